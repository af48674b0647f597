import type { DutySource } from '#kernel/server/duty-source.ts'
import { deadlineDuties } from './store/deadline.ts'

/** What a purchase owes on a day, from its award to the last payment (Art. 11; facts 4.3). */
export const duties: readonly DutySource[] = (
  [
    ['award-notice', '公告中标、成交结果'],
    ['contract-signing', '签订采购合同'],
    ['contract-publicity', '公告采购合同'],
    ['contract-filing', '备案采购合同'],
    ['supplier-payment', '支付采购款项'],
    ['asset-card', '验收后建立资产卡片'],
  ] as const
).map(([term, what]) => ({ term, rows: async () => deadlineDuties(term, what) }))
