import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { check } from 'recheck'
import { regexesIn } from './regex/find-regexes.ts'

/**
 * `npm run regex-check`: every regular expression of our source is asked whether some text makes it slow (recheck:
 * automata where they decide it, else an attack). What was found safe is remembered by its pattern, so that a run asks
 * only about new ones. Exits 1 on a vulnerable one, or on one that could not be decided and is not named here.
 */

/** Found slow for long texts, or not decided; each with the reason why no long text of a stranger's comes near it. */
const argued: readonly { file: string; because: string }[] = [
  { file: 'src/apps/commands/usage.ts', because: 'messages of the command line, made of the own arguments' },
  { file: 'src/kernel/pure/fact-text.ts', because: 'the digits of one number, two dozen at most' },
  { file: 'src/kernel/pure/money.ts', because: 'the digits of one amount' },
  { file: 'src/modules/plans/rules/facts.ts', because: 'the digits of one amount' },
  { file: 'src/kernel/testing/global-database.ts', because: 'manifests of our own modules, in tests' },
  { file: 'src/kernel/web/form/inputs.tsx', because: "in the browser, over the writer's own text" },
  { file: 'src/modules/norms/rules/source.ts', because: 'our own sources, read by the command line and the tests' },
  {
    file: 'src/modules/people/rules/common-password.ts',
    because: 'a password, a thousand characters at most by contract',
  },
  { file: 'src/modules/people/rules/password.ts', because: 'a password, a thousand characters at most by contract' },
]

/** Put together when a function runs: of what, and why it is linear. */
const composedInFunctions: Readonly<Record<string, string>> = {
  'src/modules/norms/rules/source.ts': 'the name of a law in our own sources, letters only',
}

const root = join(import.meta.dirname, '..')
const cacheFile = join(root, 'node_modules', '.cache', 'yunbao-regex-check.json')
const safe = new Set<string>(
  await readFile(cacheFile, 'utf8').then(
    (text) => JSON.parse(text) as string[],
    () => [],
  ),
)
const keyOf = (source: string, flags: string) => createHash('sha256').update(`${flags} ${source}`).digest('hex')

const found = await regexesIn(root, ['src', 'scripts', 'bin'])
const composed = found.filter(({ source }) => source === '')
const regexes = found.filter(({ source }) => source !== '')
const open = new Map(regexes.map((regex) => [keyOf(regex.source, regex.flags), regex]))
const isArgued = ({ places }: { places: readonly string[] }) =>
  places.every((place) => argued.some(({ file }) => file === place))
for (const [key, regex] of open) if (safe.has(key) || isArgued(regex)) open.delete(key)
const startedAt = performance.now()
const faults = composed
  .filter(({ places }) => composedInFunctions[places[0] as string] === undefined)
  .map(({ places }) => `${places[0]}: puts a regular expression together where it cannot be checked`)
const queue = [...open.entries()]
await Promise.all(
  Array.from({ length: 2 }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [key, { source, flags, places }] = next
      const found = await check(source, flags, { timeout: 20_000 })
      if (found.status === 'safe') safe.add(key)
      else if (found.status === 'vulnerable')
        faults.push(
          `${places[0]} /${source}/${flags}: ${found.complexity.summary}, e.g. ${found.attack.pattern.slice(0, 120)}`,
        )
      else faults.push(`${places[0]} /${source}/${flags}: ${found.error.kind}`)
    }
  }),
)
await mkdir(join(cacheFile, '..'), { recursive: true })
await writeFile(cacheFile, JSON.stringify([...safe].toSorted()))
for (const fault of faults) console.error(fault)
console.log(
  `${regexes.length} regular expressions, ${open.size} asked about in ${((performance.now() - startedAt) / 1000).toFixed(1)} s, ${faults.length} faults`,
)
process.exit(faults.length === 0 ? 0 : 1)
