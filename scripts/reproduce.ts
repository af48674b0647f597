import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runStep } from './run-step.ts'

/** `npm run reproduce`: builds the screens twice into empty folders and compares every file. Exits 1 where two differ. */
const folder = await mkdtemp(join(tmpdir(), 'yunbao-reproduce-'))
const digests: Map<string, string>[] = []
for (const turn of ['first', 'second']) {
  const directory = join(folder, turn)
  if ((await runStep('vite', ['build', '--logLevel', 'warn', '--emptyOutDir', '--outDir', directory])) !== 0)
    process.exit(1)
  const found = new Map<string, string>()
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) {
      const path = join(entry.parentPath, entry.name)
      found.set(
        path.slice(directory.length),
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      )
    }
  digests.push(found)
}
await rm(folder, { recursive: true, force: true })
const [first, second] = digests as [Map<string, string>, Map<string, string>]
const different = [...new Set([...first.keys(), ...second.keys()])].filter(
  (path) => first.get(path) !== second.get(path),
)
const whole = createHash('sha256')
  .update(JSON.stringify([...first].toSorted()))
  .digest('hex')
console.log(
  different.length === 0 ? `${first.size} files, the same twice: ${whole}` : `differ: ${different.join(', ')}`,
)
process.exit(different.length === 0 ? 0 : 1)
