import type { Tx } from '#kernel/server/database.ts'
import { ItemStandardValue, type ItemStandard, type StandardsInForce } from './model.ts'
import { catalogueOn, economicCodesOf, standardsOn } from './store.ts'

/**
 * All standards in force in a jurisdiction on a day, as plain data for the rules of neighbours (norms A8-1, A33-1).
 * @param year the budget year, for the economic classification
 * @throws when a row's value does not fit its kind: wrong data stops the decision, it is not skipped
 */
export async function standardsInForce(
  tx: Tx,
  jurisdictionCode: string,
  on: string,
  year: number,
): Promise<StandardsInForce> {
  const rows = await standardsOn(tx, jurisdictionCode, on)
  const items: ItemStandard[] = rows
    .filter(({ code }) => code.startsWith('item.'))
    .map((row) => ({ ...row, value: ItemStandardValue.parse(row.value) }))
  const parameters: StandardsInForce['parameters'] = Object.fromEntries(
    rows
      .filter(({ kind }) => kind === 'parameter')
      .map((row) => {
        const { amount, unit } = row.value as { amount: number; unit: string }
        return [row.code, { value: amount, unit, row }]
      }),
  )
  return {
    on,
    jurisdictionCode,
    items,
    catalogue: await catalogueOn(tx, jurisdictionCode, on),
    economicCodes: await economicCodesOf(tx, year),
    parameters,
  }
}
