import type { Act } from '#kernel/server/context.ts'
import { idleByItem } from '#modules/assets/offers.ts'
import type { StandardTable } from '#modules/standards/rules/in-force.ts'
import { heldKey } from '../rules/request.ts'

export type InStock = Map<string, { warehouse: number; ownIdle: number }>

/** What could be had of standard items without buying: idle things of the organs that the things are for (A23-2). */
export async function stockOf(
  act: Act,
  asked: readonly { organId: string; standardCode: string }[],
  items: StandardTable,
): Promise<InStock> {
  const organIds = [...new Set(asked.map(({ organId }) => organId))]
  const own = await idleByItem(act.tx, organIds, items)
  return new Map(
    asked.map(({ organId, standardCode }) => [
      heldKey(organId, standardCode),
      {
        warehouse: 0,
        ownIdle: own.find((idle) => idle.organId === organId && idle.standardCode === standardCode)?.quantity ?? 0,
      },
    ]),
  )
}
