/** Quantities as hundredths, so that they add up exactly. */
export const centi = (quantity: number): number => Math.round(quantity * 100)

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

/** Sums by key, in the order the keys first appear. */
export function sumsBy<T>(rows: readonly T[], key: (row: T) => string, value: (row: T) => number): Map<string, number> {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + value(row))
  return sums
}
