import type { Level } from '#kernel/pure/actor.ts'
import type { Rank } from '#modules/organs/model.ts'
import type { CatalogueEntry, EconomicCode, Standard, StandardOf, StandardsInForce } from '../model.ts'
import { termUnits, type StandardForm, type StandardValue } from '../model/value.ts'

/** Province › city › county: the codes whose standards count in a jurisdiction, nearest first. */
export function lineage(jurisdictionCode: string): string[] {
  const province = `${jurisdictionCode.slice(0, 2)}0000`
  const city = `${jurisdictionCode.slice(0, 4)}00`
  return [...new Set([jurisdictionCode, city, province])]
}

/** The level of government a code belongs to. */
export function levelOf(jurisdictionCode: string): Level {
  if (jurisdictionCode.endsWith('0000')) return 'province'
  return jurisdictionCode.endsWith('00') ? 'city' : 'county'
}

/** Rows in force on a day in a jurisdiction: the whole table, or the fields asked for. Plain data, so it travels to the browser. */
export type StandardTable = Readonly<{ on: string; jurisdictionCode: string; rows: readonly Standard[] }>

/** Rows by code, made once for a table: thousands of rooms or vehicles are judged by one. */
const indexes = new WeakMap<StandardTable, ReadonlyMap<string, readonly Standard[]>>()

function rowsOf(table: StandardTable, code: string): readonly Standard[] {
  const index = indexes.get(table) ?? Map.groupBy(table.rows, (row) => row.code)
  indexes.set(table, index)
  return index.get(code) ?? []
}

export type Whose = { level?: Level | null; rank?: Rank | null }

/**
 * The row that holds for a level and a rank: the nearest jurisdiction wins over its parents, then the row for the rank
 * over the one for all ranks, then the row for the level over the one for all levels.
 * @returns null when no row applies
 */
export function rowFor(table: StandardTable, code: string, { level = null, rank = null }: Whose = {}): Standard | null {
  const nearest = lineage(table.jurisdictionCode)
  const weight = (row: Standard) =>
    (nearest.length - nearest.indexOf(row.jurisdictionCode)) * 4 +
    (row.rank === null ? 0 : 2) +
    (row.level === null ? 0 : 1)
  return rowsOf(table, code)
    .filter(
      (row) =>
        (row.level === null || row.level === level) &&
        (row.rank === null || row.rank === rank) &&
        nearest.includes(row.jurisdictionCode),
    )
    .reduce<Standard | null>((best, row) => (best === null || weight(row) > weight(best) ? row : best), null)
}

/** True when the row's value has the form; narrows the row. */
export function hasForm<F extends StandardForm>(row: Standard, form: F): row is Standard & StandardOf<F> {
  return row.value.form === form
}

/**
 * The row of a code that a rule cannot do without.
 * @throws when none is in force or its form is another: wrong data stops the decision, it is not skipped
 */
export function figureFor<F extends StandardForm>(
  table: StandardTable,
  code: string,
  form: F,
  whose: Whose = {},
): StandardOf<F> {
  const row = rowFor(table, code, whose)
  if (!row) throw new Error(`standard ${code} is not in force on ${table.on} in ${table.jurisdictionCode}`)
  if (!hasForm(row, form)) throw new Error(`standard ${code} is ${row.value.form}, not ${form}`)
  return row
}

/** A figure as one number with its Chinese unit, for forms that are one number; null for the others. */
export function numberOf(value: StandardValue): { value: number; unit: string } | null {
  switch (value.form) {
    case 'term':
      return { value: value.amount, unit: termUnits[value.unit] }
    case 'percent':
      return { value: value.percent, unit: '%' }
    case 'quantity':
      return { value: value.amount, unit: value.unit }
    case 'amount':
      return { value: value.amountFen, unit: '分' }
    default:
      return null
  }
}

/** Share of desktops of a classified unit 涉密单位, which has two machines where others have one. */
export const desktopsOfClassified = 'equipment.desktop-classified'

/** What rules on plan lines need of a table: items by their code and the parameters of the plan (norms A8-1, A33-1). */
export function standardsFrom(
  table: StandardTable,
  catalogue: readonly CatalogueEntry[],
  economicCodes: readonly EconomicCode[],
): StandardsInForce {
  const whose = { level: levelOf(table.jurisdictionCode) }
  const rows = [...new Set(table.rows.map(({ code }) => code))].flatMap((code) => rowFor(table, code, whose) ?? [])
  return {
    on: table.on,
    jurisdictionCode: table.jurisdictionCode,
    items: rows.filter((row) => hasForm(row, 'item')).filter(({ code }) => code.startsWith('item.')),
    catalogue,
    economicCodes,
    parameters: Object.fromEntries(
      rows
        .filter(({ code }) => code.startsWith('plan.') || code === desktopsOfClassified)
        .flatMap((row) => {
          const number = numberOf(row.value)
          return number ? [[row.code, { ...number, row }]] : []
        }),
    ),
  }
}
