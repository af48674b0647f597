import { insist, found, permit } from '#kernel/server/errors.ts'
import { allOf, provided, type Finding } from '#kernel/pure/verdict.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { record } from '#kernel/server/record.ts'
import { release, setCardState } from '#modules/assets/offers.ts'
import { repairGrade } from '#modules/standards/rules/warehouse.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can } from '../policy.ts'
import { holdsOn } from '../rules/holding.ts'
import { mayDispose, mayFinishRepair, mayHaveRepairApproved } from '../rules/repair.ts'
import { changeItems, type ItemChanges, type ItemRow } from '../store/item.ts'
import { storeById } from '../store/place.ts'
import { heldOf, lockedItem, seenItem, warehouseStandards } from './access.ts'
import { itemView } from './item-view.ts'

type AppraisingActions = Pick<
  ActionsOf<typeof contract>,
  'appraiseItem' | 'approveRepair' | 'finishRepair' | 'sendToDisposal'
>

export const appraisingActions: AppraisingActions = {
  /** The grade follows from the cost of repair against that of a new one (GWC-R09); nobody sets it by hand. */
  async appraiseItem(ctx) {
    const { itemId, version, note, ...given } = ctx.input
    const item = await lockedItem(ctx, itemId, version)
    permit(can.runWarehouse(ctx.actor, item))
    const store = await storeById(ctx.tx, given.storeId)
    insist(
      allOf(
        provided(item.state === 'applied', { code: 'received', message: '已经入仓，鉴定结果不再更改。' }),
        provided(store?.jurisdictionCode === item.jurisdictionCode, {
          code: 'no-store',
          message: '没有找到所选的仓库。',
          remedy: '请重新选择本级的仓库。',
        }),
        withoutMarks(note, given.place),
      ),
    )
    const { grade, finding } = repairGrade(await warehouseStandards(ctx, item.jurisdictionCode), given)
    return changed(
      ctx,
      item,
      'warehouse.item-appraised',
      {
        ...given,
        // A virtual store leaves the thing where it is.
        place: given.place === '' ? item.place : given.place,
        grade,
        appraisedGrade: grade,
        appraisalNote: note,
        appraisedOn: ctx.today,
        appraisedByName: ctx.actor.name,
      },
      [finding],
    )
  },

  async approveRepair(ctx) {
    const item = await lockedItem(ctx, ctx.input.itemId, ctx.input.version)
    permit(can.approveRepair(ctx.actor, item))
    insist(allOf(mayHaveRepairApproved(item), withoutMarks(ctx.input.opinion ?? '')))
    return changed(ctx, item, 'warehouse.repair-approved', { repairApprovedByName: ctx.actor.name })
  },

  /** A repaired thing is ready; what could not be saved goes to disposal. */
  async finishRepair(ctx) {
    const { itemId, version, spentFen, repairedOn, usable, note } = ctx.input
    const item = await lockedItem(ctx, itemId, version)
    permit(can.runWarehouse(ctx.actor, item))
    insist(
      allOf(
        mayFinishRepair(item),
        provided(repairedOn <= ctx.today && repairedOn >= (item.takenOn ?? repairedOn), {
          code: 'repair-day',
          message: '修复日期应在入仓之后、不晚于今天。',
          remedy: '请核对日期。',
        }),
        provided(usable || !holdsOn(heldOf(item), ctx.today), {
          code: 'GWC-R12',
          message: '物品已被预约或申请，请先与预约机关协商。',
          basis: law.sharing,
        }),
        withoutMarks(note),
      ),
    )
    const repaired = { repairSpentFen: item.repairSpentFen + spentFen, repairedOn, repairFen: 0 }
    if (!usable) {
      await toDisposal(ctx, item, `修复不成功${note === '' ? '' : `：${note}`}`)
      return changed(ctx, item, 'warehouse.item-repaired', {
        ...repaired,
        state: 'disposal',
        grade: 'D',
        leftOn: ctx.today,
      })
    }
    return changed(ctx, item, 'warehouse.item-repaired', { ...repaired, state: 'available', grade: 'A' })
  },

  /** GWC-R10: the warehouse only sets the state; consent, sale and write-off are the procedure of disposal. */
  async sendToDisposal(ctx) {
    const { itemId, version, reason } = ctx.input
    const item = await lockedItem(ctx, itemId, version)
    permit(can.runWarehouse(ctx.actor, item))
    insist(allOf(mayDispose(item, holdsOn(heldOf(item), ctx.today)), withoutMarks(reason)))
    await toDisposal(ctx, item, reason)
    return changed(ctx, item, 'warehouse.item-to-disposal', { state: 'disposal', leftOn: ctx.today }, [], reason)
  },
}

async function toDisposal(act: Act, item: ItemRow, reason: string): Promise<void> {
  await release(act, [item.cardId])
  await setCardState(act, [item.cardId], 'disposal-pending', {
    effectiveOn: act.today,
    reason: `公物仓${item.number ?? ''}转入待处置：${reason}`,
    caseId: null,
  })
}

async function changed(
  act: Act,
  item: ItemRow,
  fact: string,
  changes: ItemChanges,
  findings: readonly Finding[] = [],
  reason = '',
) {
  await changeItems(act.tx, [item.id], changes)
  await record(act, fact, {
    subject: { kind: 'warehouse.item', id: item.id },
    organId: item.ownerOrganId,
    before: Object.fromEntries(Object.keys(changes).map((key) => [key, item[key as keyof ItemChanges]])),
    after: { ...changes, ...(reason === '' ? {} : { reason }) },
    ...(findings.length === 0 ? {} : { basis: { findings } }),
  })
  return itemView(act, found(await seenItem(act, item.id), '公物仓物品'))
}

const withoutMarks = (...texts: string[]) =>
  provided(secrecyMarkIn(texts.join(' ')) === null, {
    code: 'A44-1',
    message: '填写的内容带有密级标志。本系统为非涉密系统，不得填写涉密内容。',
    basis: law.secrecy,
  })
