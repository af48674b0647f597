import { hasRestrictedTotals, type OrganKind } from '#modules/organs/model.ts'
import type { OrganSums, Sums } from '../model.ts'
import { addSums, noSums } from './tally.ts'

/** Sums of one organ with what decides who may see them by themselves. */
export type OrganRow = OrganSums & { organId: string; restricted: boolean }

/** Kinds of organ whose size is for their own level only. */
export function hasRestrictedKind(kind: OrganKind): boolean {
  return hasRestrictedTotals({ kind, name: '', secretUnit: false })
}

const smallestFold = 3

/**
 * Organs of other levels whose size is restricted stand together as 其他. Where fewer than three would, the smallest of
 * the others join them: from the jurisdiction's sum and the organs shown nobody can reckon out what one organ has.
 * @param ownCode jurisdiction of the reader, whose organs all stand by themselves
 */
export function foldRestricted(rows: readonly OrganRow[], ownCode: string): OrganSums[] {
  const plain = (row: OrganRow): OrganSums => {
    const { restricted: _, ...shown } = row
    return shown
  }
  return [...Map.groupBy(rows, ({ jurisdictionCode }) => jurisdictionCode)].flatMap(([code, organs]) => {
    const first = organs.filter(({ restricted }) => restricted)
    if (code === ownCode || first.length === 0) return organs.map(plain)
    const open = organs
      .filter(({ restricted }) => !restricted)
      .toSorted((a, b) => a.askedFen - b.askedFen || (a.organId < b.organId ? -1 : 1))
    const joining = open.slice(0, Math.max(0, smallestFold - first.length))
    const folded = [...first, ...joining]
    const sums = noSums()
    for (const row of folded) addSums(sums, row)
    const other: OrganSums = {
      ...(sums satisfies Sums),
      organId: null,
      organName: `其他机关（${folded.length}个合并）`,
      jurisdictionCode: code,
      jurisdictionName: organs[0]?.jurisdictionName ?? '',
    }
    return [...open.slice(joining.length).map(plain), other]
  })
}
