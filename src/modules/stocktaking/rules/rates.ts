import type { Rates, Tally } from '../model.ts'

/** Share in basis points, rounded half up: 1,201 of 1,204 is 9975. */
function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part * 20_000 + whole) / (whole * 2))
}

/**
 * Rates of a count (AST-T11). What is idle or worn out is there as booked: it agrees; what is nowhere, elsewhere, twice in
 * the book or described wrongly does not.
 */
export function ratesOf(tally: Tally): Rates {
  return {
    progress: share(tally.counted, tally.items),
    agreement: share(tally.same + tally.idle + tally.damaged, tally.items),
    shortage: share(tally.missing, tally.items),
  }
}

/** 9975 → `99.75%`; a dash where nothing was counted. */
export function rateText(basisPoints: number | null): string {
  return basisPoints === null ? '–' : `${(basisPoints / 100).toFixed(2)}%`
}
