import type { LawArticle } from '../model.ts'
import { textOfArticle } from './parse-law.ts'
import { gramsOf } from './search.ts'
import { wordDifference, type Run } from './word-difference.ts'

/** One line of a comparison: an article of the earlier version beside its counterpart in the later one. */
export type ComparedArticle = {
  state: 'same' | 'renumbered' | 'changed' | 'added' | 'removed'
  before: { key: string; label: string } | null
  after: { key: string; label: string } | null
  runs: Run[]
}

/** Below this likeness two articles are no versions of each other. */
const leastLikeness = 0.4
/** Beyond so many pairs articles are matched by number alone. */
const mostPairs = 160_000

/**
 * Two versions article by article: counterparts are found by what they say, so that an article put in early does not
 * make all that follow look changed.
 */
export function compareVersions(before: readonly LawArticle[], after: readonly LawArticle[]): ComparedArticle[] {
  return matched(before, after).map(([old, now]) => compared(old, now))
}

function compared(old: LawArticle | null, now: LawArticle | null): ComparedArticle {
  const before = old && { key: old.key, label: old.label }
  const after = now && { key: now.key, label: now.label }
  const oldText = old ? textOfArticle(old) : ''
  const newText = now ? textOfArticle(now) : ''
  const runs = wordDifference(oldText, newText)
  if (!old) return { state: 'added', before, after, runs }
  if (!now) return { state: 'removed', before, after, runs }
  if (oldText !== newText) return { state: 'changed', before, after, runs }
  return { state: old.key === now.key ? 'same' : 'renumbered', before, after, runs }
}

type Pair = readonly [LawArticle | null, LawArticle | null]

function matched(before: readonly LawArticle[], after: readonly LawArticle[]): Pair[] {
  if (before.length * after.length > mostPairs) return matchedByNumber(before, after)
  const width = after.length + 1
  const likeness = likenessTable(before, after)
  // The best way to lay both in their order side by side, from the end.
  const best = new Float64Array((before.length + 1) * width)
  const at = (i: number, j: number) => best[i * width + j] as number
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) {
      const alike = likeness(i, j)
      best[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), alike < leastLikeness ? 0 : alike + at(i + 1, j + 1))
    }
  const pairs: Pair[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    const old = before[i] ?? null
    const now = after[j] ?? null
    const alike = old && now ? likeness(i, j) : 0
    if (old && now && alike >= leastLikeness && at(i, j) === alike + at(i + 1, j + 1)) {
      pairs.push([old, now])
      i++
      j++
    } else if (old && (!now || at(i, j) === at(i + 1, j))) {
      pairs.push([old, null])
      i++
    } else {
      pairs.push([null, now])
      j++
    }
  }
  return pairs
}

function matchedByNumber(before: readonly LawArticle[], after: readonly LawArticle[]): Pair[] {
  const left = new Map(before.map((article) => [article.key, article]))
  const pairs: Pair[] = after.map((article) => {
    const old = left.get(article.key) ?? null
    left.delete(article.key)
    return [old, article]
  })
  return [...pairs, ...[...left.values()].map((article) => [article, null] as const)].sort(
    ([a, b], [c, d]) => ((b ?? a)?.number ?? 0) - ((d ?? c)?.number ?? 0),
  )
}

/** How many pairs of characters two articles share (0 to 1); the same number counts a little. */
function likenessTable(before: readonly LawArticle[], after: readonly LawArticle[]) {
  const pairsOf = (article: LawArticle) =>
    new Set(gramsOf(textOfArticle(article)).filter((gram) => [...gram].length === 2))
  const old = before.map(pairsOf)
  const now = after.map(pairsOf)
  const table = before.map((article, i) =>
    after.map((other, j) => {
      const [a, b] = [old[i] as Set<string>, now[j] as Set<string>]
      let shared = 0
      for (const gram of a) if (b.has(gram)) shared++
      const all = a.size + b.size
      return (all === 0 ? 1 : (2 * shared) / all) + (article.key === other.key ? 0.15 : 0)
    }),
  )
  return (i: number, j: number) => (table[i] as number[])[j] as number
}
