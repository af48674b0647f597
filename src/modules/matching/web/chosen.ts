import type { Allotment } from '../model.ts'

/** Pieces or money of the things chosen; money in 分. */
export function sum(of: readonly Allotment[], figure: 'pieces' | 'savedFen'): number {
  return of.reduce((total, one) => total + one[figure], 0)
}
