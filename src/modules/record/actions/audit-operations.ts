import type { Act } from '#kernel/server/context.ts'

/** What an operation is called; null where none was asked for, or where no module has it any more. */
export function operationName({ declared }: Pick<Act, 'declared'>, code: string | null): string | null {
  return code === null ? null : (declared?.summaries.get(code) ?? null)
}

/** Codes of the operations whose name has these words in it; what is no name is taken for a code. */
export function operationsNamed({ declared }: Pick<Act, 'declared'>, words: string): string[] {
  const named = [...(declared?.summaries ?? [])].filter(([, name]) => name.includes(words)).map(([code]) => code)
  return named.length === 0 ? [words] : named
}
