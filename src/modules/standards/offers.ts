import type { Tx } from '#kernel/server/database.ts'
import type { StandardsInForce } from './model.ts'
import { standardsFrom, type StandardTable } from './rules/in-force.ts'
import { catalogueOn, economicCodesOf, standardsOn } from './store.ts'

/**
 * What rules on plan lines need of the standards in force in a jurisdiction on a day, as plain data (norms A8-1, A33-1).
 * @param year the budget year, for the economic classification
 * @throws when a row's value does not fit its form: wrong data stops the decision, it is not skipped
 */
export async function standardsInForce(
  tx: Tx,
  jurisdictionCode: string,
  on: string,
  year: number,
): Promise<StandardsInForce> {
  return standardsFrom(
    await standardTable(tx, jurisdictionCode, on, ['item.', 'plan.']),
    await catalogueOn(tx, jurisdictionCode, on),
    await economicCodesOf(tx, year),
  )
}

/**
 * Every standard in force in a jurisdiction on a day, for the evaluators in `rules/`.
 * @param only codes or, ending in a dot, families of codes (`office.`, `vehicle.`); all when left out
 */
export async function standardTable(
  tx: Tx,
  jurisdictionCode: string,
  on: string,
  only: readonly string[] | null = null,
): Promise<StandardTable> {
  return { on, jurisdictionCode, rows: await standardsOn(tx, jurisdictionCode, on, only) }
}
