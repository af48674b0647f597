import { defineCaseKind, type Acting } from '#kernel/pure/case-kind.ts'
import { clockUnder } from '#modules/duties/reference/terms.ts'

/** Who drafts and who decides work at the same organ: the authority, or finance for expenditure; the policy tells them apart. */
const drafter: Acting = { party: 'applicant', roles: ['plan-reviewer', 'finance-reviewer'] }
const approver: Acting = { party: 'applicant', roles: ['authority-leader', 'organ-head', 'finance-reviewer'] }

/** Setting and changing standards and the guidance catalogue (Art. 6, 9; norms A6-2, A9-1, A9-2, A9-3). */
export const draftCase = defineCaseKind({
  kind: 'drafting.draft',
  title: '标准制定',
  page: '/standards/drafts/:subjectId',
  initial: 'drafting',
  states: {
    drafting: { label: '起草中', waitsFor: drafter, task: '起草标准' },
    consulting: { label: '征求意见', waitsFor: drafter, task: '办结征求意见并送批' },
    approving: { label: '待批准', waitsFor: approver, task: '批准标准' },
    returned: { label: '退回修改', waitsFor: drafter, task: '修改标准草案' },
    approved: { label: '已批准', final: 'done' },
    refused: { label: '不予批准', final: 'refused' },
    withdrawn: { label: '已撤销', final: 'withdrawn' },
  },
  transitions: {
    consult: { label: '征求意见', from: ['drafting', 'returned'], to: 'consulting', by: drafter },
    submit: { label: '送批', from: ['drafting', 'returned', 'consulting'], to: 'approving', by: drafter },
    recall: { label: '撤回修改', from: ['approving'], to: 'returned', by: drafter, withdraws: true },
    return: {
      label: '退回修改',
      from: ['approving'],
      to: 'returned',
      by: approver,
      opinion: 'required',
      returns: true,
      notBySubmitter: true,
    },
    approve: { label: '批准', from: ['approving'], to: 'approved', by: approver, notBySubmitter: true },
    refuse: {
      label: '不予批准',
      from: ['approving'],
      to: 'refused',
      by: approver,
      opinion: 'required',
      notBySubmitter: true,
    },
    withdraw: {
      label: '撤销',
      from: ['drafting', 'consulting', 'returned'],
      to: 'withdrawn',
      by: drafter,
      opinion: 'required',
    },
  },
})

const finance: Acting = { party: 'finance', roles: ['finance-reviewer'] }

/** Finance reviews expenditure quotas and spending standards after what they rest on has changed (Art. 9 para 2; A9-3). */
export const expenditureReviewCase = defineCaseKind({
  kind: 'drafting.expenditure-review',
  title: '支出标准复核',
  page: '/standards/expenditure-reviews/:subjectId',
  initial: 'open',
  states: {
    open: {
      label: '待复核',
      waitsFor: finance,
      task: '复核支出定额和开支标准',
      clock: clockUnder('expenditure-review'),
    },
    kept: { label: '复核不调整', final: 'done' },
    revised: { label: '已修订', final: 'done' },
  },
  transitions: {
    keep: { label: '不作调整', from: ['open'], to: 'kept', by: finance, opinion: 'required' },
    revise: { label: '修订完成', from: ['open'], to: 'revised', by: finance },
  },
})
