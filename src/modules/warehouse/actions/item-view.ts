import { allOf, mayOf, provided, type Finding } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { repairGrade } from '#modules/standards/rules/warehouse.ts'
import { can, maySeeMatter } from '../policy.ts'
import { holdsOn, mayHold } from '../rules/holding.ts'
import { mayDispose, mayFinishRepair, mayHaveRepairApproved } from '../rules/repair.ts'
import type { ItemRow } from '../store/item.ts'
import { heldOf, itemShown, warehouseStandards } from './access.ts'

/** A thing with what may be done with it; the card and the intake only for who may see them. */
export async function itemView(act: Act, item: ItemRow) {
  const { actor, today } = act
  const organ = found(actor.organ, '所代表的机关')
  const mine = item.holdOrganId === organ.id && holdsOn(heldOf(item), today)
  const ofMatter = maySeeMatter(actor, { organId: item.ownerOrganId, jurisdictionCode: item.jurisdictionCode })
  const running = can.runWarehouse(actor, item)
  return {
    item: itemShown(item, today),
    cardId: ofMatter ? item.seenCardId : null,
    intakeId: ofMatter ? item.seenIntakeId : null,
    mine,
    findings: await appraisalFindings(act, item),
    may: {
      reserve: mayOf(
        allOf(
          can.ask(actor, { organId: organ.id }),
          mayHold(item, heldOf(item), { organId: organ.id, today }),
          provided(!mine, { code: 'mine', message: '本机关已经预约或申请。' }),
        ),
      ),
      release: mayOf(
        allOf(
          can.ask(actor, { organId: organ.id }),
          provided(mine && item.holdRequestId === null, { code: 'not-mine', message: '本机关没有预约这件物品。' }),
        ),
      ),
      photograph: mayOf(can.photograph(actor, item)),
      appraise: mayOf(
        allOf(
          running,
          provided(item.state === 'applied', { code: 'received', message: '已经入仓，鉴定结果不再更改。' }),
        ),
      ),
      approveRepair: mayOf(allOf(can.approveRepair(actor, item), mayHaveRepairApproved(item))),
      finishRepair: mayOf(allOf(running, mayFinishRepair(item))),
      dispose: mayOf(allOf(running, mayDispose(item, holdsOn(heldOf(item), today)))),
    },
  }
}

/** How the grade was reckoned; nothing before the appraisal. */
async function appraisalFindings(act: Act, item: ItemRow): Promise<Finding[]> {
  if (item.appraisedOn === null || item.replacementFen === 0) return []
  const standards = await warehouseStandards(act, item.jurisdictionCode)
  const repairFen = item.repairedOn === null ? item.repairFen : item.repairSpentFen
  const { replacementFen, unsafe } = item
  const { finding } = repairGrade(standards, { repairFen, replacementFen, unsafe })
  // What was found stays as it was reckoned; a D thing is in the warehouse no longer.
  return [item.repairedOn === null ? finding : { ...finding, outcome: 'ok', message: `实际${finding.message}` }]
}
