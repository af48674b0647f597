import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { itemStateLabels, type Grade, type ItemState } from '../model.ts'

type Repairable = { state: ItemState; grade: Grade | null; repairFen: number; repairApprovedByName: string }

/** Heavy repair 大修 is approved before it is begun (GWC-R09). */
export function mayHaveRepairApproved(item: Repairable): Verdict {
  return provided(item.state === 'repair' && item.grade === 'C' && item.repairApprovedByName === '', {
    code: 'no-approval-needed',
    message:
      item.repairApprovedByName === ''
        ? '只有待修的C级物品需要批准大修。'
        : `已由${item.repairApprovedByName}批准大修。`,
    basis: law.sharing,
  })
}

/** What is repaired: light things on the shelf, heavy ones once that is approved (A23-2; GWC-R09). */
export function mayFinishRepair(item: Repairable): Verdict {
  return allOf(
    provided(item.state === 'repair' || (item.state === 'available' && item.repairFen > 0), {
      code: 'no-repair',
      message: `物品现为“${itemStateLabels[item.state]}”，没有待办的修复。`,
    }),
    provided(item.grade !== 'C' || item.repairApprovedByName !== '', {
      code: 'GWC-R09',
      message: '大修须先经批准。',
      basis: law.sharing,
      remedy: '请由机关事务管理部门负责人批准后再修。',
    }),
  )
}

/** What nobody holds and nobody has goes to disposal, by the way of all disposals: finance consents there (GWC-R10). */
export function mayDispose(item: { state: ItemState }, held: boolean): Verdict {
  return allOf(
    provided(item.state === 'available' || item.state === 'repair', {
      code: 'not-in-store',
      message: `物品现为“${itemStateLabels[item.state]}”，不能转入待处置。`,
    }),
    provided(!held, {
      code: 'GWC-R12',
      message: '物品已被预约或申请，不能转入待处置。',
      basis: law.sharing,
      remedy: '请等预约到期或申请办结。',
    }),
  )
}
