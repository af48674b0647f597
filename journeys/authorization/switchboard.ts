/**
 * Makes every function of the policies (`policy.ts` of each module, predicates of kernel/pure/actor.ts) answer through
 * one board, so that a test knows which of them an operation asked, and can turn each into a mutant of itself.
 * Used as a plugin of Vite in tests and as a load hook of Node in commands; the product never sees it.
 */
export type Consulted = Readonly<{
  /** `<module>.<function>`, e.g. `plans.can.review`. */
  name: string
  ask: (...args: never[]) => unknown
  args: readonly unknown[]
  answer: unknown
}>

export type Board = {
  /** Changes what one function answers, or (`*`) what every function answers, while a mutant lives. */
  mutant: Readonly<{ name: string; alter: (answer: unknown, args: readonly unknown[], name: string) => unknown }> | null
  /** Told of each question that no other policy function asked. */
  listener: ((consulted: Consulted) => void) | null
  /** Told of every name and what it answered, asked from wherever. */
  names: Map<string, unknown> | null
  /** Nobody reads beyond the own scope, whatever the code has asked for: the second wall stands alone. */
  wallClosed: boolean
  /** Policy functions under way. */
  depth: number
}

const key = Symbol.for('yunbao.policy-switchboard')
type Holder = Record<symbol, { board: Board; call: typeof callThrough } | undefined>

function callThrough(name: string, ask: (...args: never[]) => unknown, args: readonly unknown[]): unknown {
  const board = switchboard()
  board.depth++
  let answer: unknown
  try {
    answer = ask(...(args as never[]))
  } finally {
    board.depth--
  }
  if (board.mutant?.name === name || board.mutant?.name === '*') answer = board.mutant.alter(answer, args, name)
  board.names?.set(name, answer)
  if (board.depth === 0) board.listener?.({ name, ask: (...given) => callThrough(name, ask, given), args, answer })
  return answer
}

/** The one board of this process. */
export function switchboard(): Board {
  const holder = globalThis as unknown as Holder
  const held = (holder[key] ??= {
    board: { mutant: null, listener: null, names: null, wallClosed: false, depth: 0 },
    call: callThrough,
  })
  return held.board
}

/** Module of a policy file, `actor` for the predicates of the kernel; null for every other file. */
export function policyOf(path: string): string | null {
  const module = /\/src\/modules\/([a-z]+)\/policy\.ts$/.exec(path)?.[1]
  return module ?? (path.endsWith('/src/kernel/pure/actor.ts') ? 'actor' : null)
}

/** What a source file becomes under the board; null where it stays as it is. */
export function underBoard(path: string, source: string): string | null {
  const module = policyOf(path)
  if (module !== null) return throughBoard(module, source)
  return path.endsWith('/src/kernel/server/scope.ts') ? wallClosable(source) : null
}

/** `beyondScope`, so that it can be kept from going beyond. */
function wallClosable(source: string): string {
  const declared = 'export async function beyondScope<T>('
  if (!source.includes(declared)) throw new Error('beyondScope is declared otherwise than the switchboard knows')
  return source.replace(
    declared,
    `export async function beyondScope(...given) {
  const held = globalThis[Symbol.for('yunbao.policy-switchboard')]
  return held?.board.wallClosed ? given[2]() : beyondScope$asked(...given)
}
async function beyondScope$asked<T>(`,
  )
}

const functions = /^(export )?function ([A-Za-z]+)\b(?=[(<])/gm

/** Names of the functions of a policy file, those of its object `can` left out. */
export function functionsOf(source: string): string[] {
  return [...source.matchAll(functions)].map(([, , name = '']) => name)
}

/** The source of a policy file with each function answering through the board. */
export function throughBoard(module: string, source: string): string {
  const wrapped = functionsOf(source)
  const renamed = source
    .replace(functions, (_, __, name: string) => `function ${name}$asked`)
    .replace(/^export const can = \{/m, 'const can$asked = {')
  const lead = `function ask$board(name, fn, args) {
  const held = globalThis[Symbol.for('yunbao.policy-switchboard')]
  return held ? held.call(name, fn, args) : fn(...args)
}
`
  const wrappers = wrapped.map(
    (name) => `export function ${name}(...args) { return ask$board('${module}.${name}', ${name}$asked, args) }`,
  )
  const members = renamed.includes('const can$asked = {')
    ? `export const can = Object.fromEntries(Object.entries(can$asked).map(([verb, fn]) =>
  [verb, (...args) => ask$board('${module}.can.' + verb, fn, args)]))`
    : ''
  return `${renamed}\n${lead}${wrappers.join('\n')}\n${members}\n`
}
