import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parse } from '@swc/core'

export type FoundRegex = { source: string; flags: string; /** `file:occurrence`, from the root. */ places: string[] }

/**
 * Every regular expression written in our sources, tests aside: literals, `new RegExp` of a text, and those a module puts
 * together when it is loaded; each pattern once. One that is put together only when a function runs is found with an
 * empty pattern, under the name of its file.
 */
export async function regexesIn(root: string, folders: readonly string[]): Promise<FoundRegex[]> {
  const found = new Map<string, FoundRegex>()
  for (const folder of folders)
    for (const path of await readdir(join(root, folder), { recursive: true })) {
      if (!/\.(?:ts|tsx|js)$/.test(path) || /\.(?:test|e2e)\.ts$/.test(path)) continue
      const file = join(root, folder, path)
      const tree = await parse(await readFile(file, 'utf8'), { syntax: 'typescript', tsx: path.endsWith('x') })
      const place = relative(root, file)
      const see = (source: string, flags: string) => {
        const regex = found.get(`${flags} ${source}`) ?? { source, flags, places: [] }
        regex.places.push(place)
        found.set(`${flags} ${source}`, regex)
      }
      let composed = 0
      walk(tree, (source, flags) => (source === null ? void composed++ : see(source, flags)))
      if (composed === 0) continue
      const made = await madeByLoading(file)
      for (const { source, flags } of made) see(source, flags)
      if (made.length < composed) found.set(place, { source: '', flags: '', places: [place] })
    }
  return [...found.values()]
}

type Node = { type?: string; [key: string]: unknown }

/** What a module makes of `new RegExp` when it is loaded, and not already stands in it as a text. */
async function madeByLoading(file: string): Promise<RegExp[]> {
  const made: RegExp[] = []
  const plain = globalThis.RegExp
  globalThis.RegExp = new Proxy(plain, {
    construct: (target, [pattern, flags]) => {
      const regex = new target(pattern as string, flags as string)
      made.push(regex)
      return regex
    },
  })
  try {
    await import(`${file}?regexes`) // another address, so that it runs although something has loaded it
  } finally {
    globalThis.RegExp = plain
  }
  return made
}

function walk(value: unknown, see: (source: string | null, flags: string) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) walk(one, see)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const node = value as Node
  if (node.type === 'RegExpLiteral') see(node['pattern'] as string, node['flags'] as string)
  else if ((node.type === 'NewExpression' || node.type === 'CallExpression') && isRegExp(node['callee'])) {
    const [pattern, flags] = ((node['arguments'] as { expression: Node }[] | null) ?? []).map(({ expression }) =>
      textOf(expression),
    )
    if (pattern !== undefined) see(pattern, flags ?? '')
  }
  for (const member of Object.values(node)) walk(member, see)
}

function isRegExp(callee: unknown): boolean {
  const { type, value } = callee as Node
  return type === 'Identifier' && value === 'RegExp'
}

/** A text that stands in the source whole; null where it is put together. */
function textOf(node: Node): string | null {
  if (node.type === 'StringLiteral') return node['value'] as string
  return null
}
