import { keeperRoles } from '#kernel/pure/actor.ts'
import { defineCaseKind, type Acting } from '#kernel/pure/case-kind.ts'

export const keeper: Acting = { party: 'applicant', roles: keeperRoles }
/** Who answers for the organ's money: a heavy repair needs approval (facts 3.2, grade C). */
export const head: Acting = { party: 'applicant', roles: ['organ-head', 'authority-leader'] }

/** Repair 维修 of a thing: what it costs against a new one decides whether it is repaired (A12-4; GWC-R09). */
export const repairCase = defineCaseKind({
  kind: 'repairs.request',
  title: '资产维修',
  page: '/repairs/requests/:subjectId',
  initial: 'reported',
  states: {
    reported: { label: '待报价', waitsFor: keeper, task: '登记维修报价' },
    quoted: { label: '待批准', waitsFor: head, task: '批准大修' },
    approved: { label: '维修中', waitsFor: keeper, task: '维修完成后登记结果' },
    repaired: { label: '已修复', final: 'done' },
    refused: { label: '不予维修', final: 'refused' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
  },
  transitions: {
    quoteLight: { label: '报价（轻修）', from: ['reported'], to: 'approved', by: keeper },
    quoteHeavy: { label: '报价（大修，报批）', from: ['reported'], to: 'quoted', by: keeper },
    quoteTooDear: { label: '报价（不值得维修）', from: ['reported'], to: 'refused', by: keeper },
    approve: { label: '批准大修', from: ['quoted'], to: 'approved', by: head, notBySubmitter: true },
    refuse: {
      label: '不予批准',
      from: ['quoted'],
      to: 'refused',
      by: head,
      opinion: 'required',
      notBySubmitter: true,
    },
    finish: { label: '修复', from: ['approved'], to: 'repaired', by: keeper },
    giveUp: { label: '未能修复', from: ['approved'], to: 'refused', by: keeper, opinion: 'required' },
    withdraw: { label: '撤回', from: ['reported', 'quoted'], to: 'withdrawn', by: keeper, withdraws: true },
  },
})
