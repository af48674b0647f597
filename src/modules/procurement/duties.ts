import type { DutySource } from '#kernel/server/duty-source.ts'
import { deadlineDuties, objectionDuties } from './store/deadline.ts'

/** What a purchase owes on a day, from its award to the last payment (Art. 11; facts 4.3), and what suppliers are owed an answer to. */
export const duties: readonly DutySource[] = [
  ...(
    [
      ['award-notice', '公告中标、成交结果'],
      ['contract-signing', '签订采购合同'],
      ['contract-publicity', '公告采购合同'],
      ['contract-filing', '备案采购合同'],
      ['supplier-payment', '支付采购款项'],
      ['asset-card', '验收后建立资产卡片'],
    ] as const
  ).map(([term, what]): DutySource => ({ term, rows: async () => deadlineDuties(term, what) })),
  ...(
    [
      ['supplier-enquiry', 'question', '答复供应商询问'],
      ['supplier-question', 'question', '答复供应商质疑'],
      ['complaint-review', 'complaint', '审查受理供应商投诉'],
      ['complaint-reply', 'complaint', '就供应商投诉作出说明'],
      ['procurement-complaint', 'complaint', '处理供应商投诉'],
    ] as const
  ).map(([term, of, what]): DutySource => ({
    term,
    // The cases of both are in the inbox; under a clock they stand here.
    covers: [`procurement.${of}`],
    rows: async () => objectionDuties(term, of, what),
  })),
]
