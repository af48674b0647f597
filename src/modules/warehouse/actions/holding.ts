import { allOf, provided } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { insist, permit } from '#kernel/server/errors.ts'
import { recordAll } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can } from '../policy.ts'
import { mayHold, reservedUntil } from '../rules/holding.ts'
import { holdItems, releaseReservations } from '../store/hold.ts'
import type { ItemRow } from '../store/item.ts'
import {
  heldOf,
  itemShown,
  lockedItem,
  lockedItems,
  ownOrgan,
  seenItem,
  warehouseStandards,
  workCalendar,
} from './access.ts'
import { itemView } from './item-view.ts'

type HoldingActions = Pick<ActionsOf<typeof contract>, 'reserveItem' | 'releaseItem'>

export const holdingActions: HoldingActions = {
  async reserveItem(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.ask(ctx.actor, { organId: organ.id }))
    await lockedItem(ctx, ctx.input.itemId, ctx.input.version)
    await reserve(ctx, [ctx.input.itemId], organ, ctx.input.reason)
    return itemView(ctx, await seenItem(ctx, ctx.input.itemId))
  },

  async releaseItem(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.ask(ctx.actor, { organId: organ.id }))
    await lockedItems(ctx, [ctx.input.itemId])
    await letGo(ctx, [ctx.input.itemId], organ.id)
    return itemView(ctx, await seenItem(ctx, ctx.input.itemId))
  },
}

export type Holder = Readonly<{ id: string; name: string; jurisdictionCode: string }>

/**
 * Reserves things for an organ for the working days of `warehouse.reservation` (GWC-R12): all of them or none.
 * @returns the last day of the reservation
 * @throws Missing when one is not the actor's to know of; Refused naming who holds one and until when
 */
export async function reserve(act: Act, itemIds: readonly string[], holder: Holder, reason: string): Promise<string> {
  const items = await lockedItems(act, itemIds)
  const standards = await warehouseStandards(act, holder.jurisdictionCode)
  const until = reservedUntil(standards, act.today, await workCalendar(act))
  await hold(act, items, holder, { heldUntil: until, requestId: null, reason })
  await recordAll(
    act,
    items.map((item) => ({
      fact: 'warehouse.item-reserved',
      subject: { kind: 'warehouse.item', id: item.id },
      organId: holder.id,
      before: itemShown(item, act.today).hold,
      after: { number: item.number, until, reason },
    })),
  )
  return until
}

/** Holds things that this act has locked; the later of two who come at once meets the hold of the first. */
export async function hold(
  act: Act,
  items: readonly ItemRow[],
  holder: Holder,
  how: { heldUntil: string | null; requestId: string | null; reason: string },
): Promise<void> {
  const asking = { organId: holder.id, today: act.today }
  insist(
    allOf(...items.map((item) => ofLevel(item, holder)), ...items.map((item) => mayHold(item, heldOf(item), asking))),
  )
  const ids = items.map(({ id }) => id)
  const held = await holdItems(act.tx, ids, {
    organId: holder.id,
    organName: holder.name,
    jurisdictionCode: holder.jurisdictionCode,
    heldOn: act.today,
    ...how,
  })
  if (held.length === ids.length) return
  // The rows were locked after another had taken them: what is there now says who.
  const now = await lockedItems(act, ids)
  insist(allOf(...now.map((item) => mayHold(item, heldOf(item), asking))))
  insist(
    provided(false, {
      code: 'GWC-R12',
      message: '所选物品中有正在办理申请的。',
      basis: law.sharing,
      remedy: '请刷新后核对。',
    }),
  )
}

function ofLevel(item: ItemRow, holder: Holder) {
  return provided(item.jurisdictionCode === holder.jurisdictionCode, {
    code: 'other-level',
    message: `${item.name}（${item.number ?? ''}）在其他层级或地区的公物仓，不能直接预约。`,
    basis: law.ownLevel,
    remedy: '请由双方机关事务管理部门和财政部门协商划转。',
  })
}

/** Ends the reservations of an organ on these things; what it does not hold stays as it is. */
export async function letGo(act: Act, itemIds: readonly string[], organId: string): Promise<void> {
  const released = await releaseReservations(act.tx, itemIds, organId)
  await recordAll(
    act,
    released.map((id) => ({ fact: 'warehouse.item-released', subject: { kind: 'warehouse.item', id }, organId })),
  )
}
