import type { Standard } from '../model.ts'

export const differenceLabels = { added: '新增', removed: '废止', changed: '修订', same: '未变' } as const
export type Difference = keyof typeof differenceLabels

export type Compared = { before: Standard | null; after: Standard | null; how: Difference }

/**
 * Two states of the table side by side, row by row of one code, level and rank: what came, what went, what is another
 * figure. A new version with the same figure counts as the same: nothing changes for whoever is bound by it.
 */
export function comparison(before: readonly Standard[], after: readonly Standard[]): Compared[] {
  const keyOf = ({ code, level, rank }: Standard) => [code, level ?? '', rank ?? ''].join('|')
  const old = new Map(before.map((row) => [keyOf(row), row]))
  const next = new Map(after.map((row) => [keyOf(row), row]))
  return [...new Set([...old.keys(), ...next.keys()])].toSorted().map((key) => {
    const pair = { before: old.get(key) ?? null, after: next.get(key) ?? null }
    return { ...pair, how: differenceOf(pair) }
  })
}

function differenceOf({ before, after }: { before: Standard | null; after: Standard | null }): Difference {
  if (before === null) return 'added'
  if (after === null) return 'removed'
  return JSON.stringify(sorted(before.value)) === JSON.stringify(sorted(after.value)) ? 'same' : 'changed'
}

/** Keys in one order: the database does not keep the order they were written in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}

/** A figure in words cut at its commas and semicolons; each part says whether the other figure lacks it. */
export function differingParts(text: string, other: string): { part: string; differs: boolean }[] {
  const partsOf = (words: string) => words.split(/(?<=[，；])/)
  const bare = (part: string) => part.replace(/[，；]$/, '')
  const others = new Set(partsOf(other).map(bare))
  return partsOf(text).map((part) => ({ part, differs: other !== '' && !others.has(bare(part)) }))
}
