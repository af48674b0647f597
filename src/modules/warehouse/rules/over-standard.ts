import { itemLimit, sharedLimits, type Unit } from '#modules/standards/rules/equipment.ts'
import { hasForm, rowFor, type StandardTable } from '#modules/standards/rules/in-force.ts'

/** Pieces of a standard item at an organ: in use, idle or lent; the idle ones among them. */
export type Holding = Readonly<{ quantity: number; idle: number }>

/** More than the standard admits of one item, or of items that share a limit (A22-1; ground of intake G2). */
export type OverStandard = Readonly<{
  /** Item whose row says the limit. */
  code: string
  title: string
  unit: string
  /** Items that count together. */
  codes: readonly string[]
  held: number
  limit: number
  /** How the limit was reckoned, `60人 × 80%，舍去小数`. */
  reckoned: string
  excess: number
  idle: number
}>

/** Limits that follow from headcount; rooms and approved quotas are judged elsewhere. */
const byHeadcount: readonly string[] = ['percent-of-staff', 'one-per-group', 'per-person']

/**
 * What an organ holds beyond its standards of quantity, rounded as the evaluators round (EQ-01, EQ-06, EQ-07). An organ whose
 * people are not on record cannot be judged.
 */
export function overStandard(table: StandardTable, unit: Unit, holdings: ReadonlyMap<string, Holding>): OverStandard[] {
  if (unit.staffInPost === 0) return []
  const shared = new Set(sharedLimits.flatMap(({ codes }) => codes))
  const single = [...holdings.keys()].filter((code) => !shared.has(code)).toSorted()
  const groups = [...single.map((code) => ({ name: null, code, codes: [code] })), ...sharedLimits]
  return groups.flatMap(({ name, code, codes }) => {
    const row = rowFor(table, code)
    if (row === null || !hasForm(row, 'item') || !byHeadcount.includes(row.value.limit.basis)) return []
    const limit = itemLimit(table, code, unit)
    if (!limit) return []
    const sum = (figure: keyof Holding) => codes.reduce((all, one) => all + (holdings.get(one)?.[figure] ?? 0), 0)
    const excess = sum('quantity') - limit.quantity
    if (excess <= 0) return []
    return [
      {
        code,
        title: name ?? row.title,
        unit: row.value.unit,
        codes,
        held: sum('quantity'),
        limit: limit.quantity,
        reckoned: limit.step.expression.replace(/^⌊(.*)⌋$/, '$1，舍去小数'),
        excess,
        idle: sum('idle'),
      },
    ]
  })
}
