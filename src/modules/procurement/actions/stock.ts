import type { Act } from '#kernel/server/context.ts'
import { idleByItem } from '#modules/assets/offers.ts'
import type { StandardTable } from '#modules/standards/rules/in-force.ts'
import { stockOnOffer } from '#modules/warehouse/offers.ts'
import { sum } from '../rules/amounts.ts'
import { heldKey } from '../rules/request.ts'

export type InStock = Map<string, { warehouse: number; ownIdle: number }>

/**
 * What could be had of standard items without buying (A23-2): free things in the level's warehouse, and idle things of the
 * organs that the things are for.
 */
export async function stockOf(
  act: Act,
  jurisdictionCode: string,
  asked: readonly { organId: string; standardCode: string }[],
  items: StandardTable,
): Promise<InStock> {
  if (asked.length === 0) return new Map()
  const stock = await stockOnOffer(act, {
    itemIds: [...new Set(asked.map(({ standardCode }) => standardCode))],
    jurisdictionCodes: [jurisdictionCode],
  })
  const own = await idleByItem(act.tx, [...new Set(asked.map(({ organId }) => organId))], items)
  return new Map(
    asked.map(({ organId, standardCode }) => [
      heldKey(organId, standardCode),
      {
        warehouse: sum(stock.filter(({ itemId }) => itemId === standardCode).map(({ quantity }) => quantity)),
        ownIdle: own.find((idle) => idle.organId === organId && idle.standardCode === standardCode)?.quantity ?? 0,
      },
    ]),
  )
}
