import { keeperRoles } from '#kernel/pure/actor.ts'
import { defineCaseKind, type Acting } from '#kernel/pure/case-kind.ts'

const keeper: Acting = { party: 'applicant', roles: keeperRoles }
const head: Acting = { party: 'applicant', roles: ['organ-head', 'authority-leader'] }
const reviewer: Acting = { party: 'authority', roles: ['asset-reviewer'] }
const finance: Acting = { party: 'finance', roles: ['finance-reviewer'] }

/**
 * A count 盘点 from the frozen book to the archive (A12-4): counted, differences worked, seen through by the organ's head and
 * the authority, and by finance where a shortage is to be written off (facts 2.5).
 */
export const countCase = defineCaseKind({
  kind: 'stocktaking.count',
  title: '资产盘点',
  page: '/stocktaking/counts/:subjectId',
  initial: 'counting',
  states: {
    counting: { label: '盘点中', waitsFor: keeper, task: '清点实物' },
    settling: { label: '差异处理', waitsFor: keeper, task: '处理盘点差异' },
    'at-head': { label: '待机关审定', waitsFor: head, task: '审定盘点结果' },
    'at-authority': { label: '待主管部门审核', waitsFor: reviewer, task: '审核盘点结果' },
    'at-finance': { label: '待财政部门同意', waitsFor: finance, task: '审核盘亏待查资产' },
    finished: { label: '已办结', final: 'done' },
    withdrawn: { label: '已撤销', final: 'withdrawn' },
  },
  transitions: {
    end: { label: '结束清点', from: ['counting'], to: 'settling', by: keeper },
    resume: { label: '继续清点', from: ['settling'], to: 'counting', by: keeper, opinion: 'required' },
    submit: { label: '提交审定', from: ['settling'], to: 'at-head', by: keeper },
    approve: { label: '审定', from: ['at-head'], to: 'at-authority', by: head, notBySubmitter: true },
    accept: { label: '审核通过', from: ['at-authority'], to: 'finished', by: reviewer, notBySubmitter: true },
    forward: {
      label: '审核通过，送财政部门',
      from: ['at-authority'],
      to: 'at-finance',
      by: reviewer,
      notBySubmitter: true,
    },
    consent: { label: '同意', from: ['at-finance'], to: 'finished', by: finance, notBySubmitter: true },
    returnByHead: { label: '退回', from: ['at-head'], to: 'settling', by: head, opinion: 'required', returns: true },
    returnByAuthority: {
      label: '退回',
      from: ['at-authority'],
      to: 'settling',
      by: reviewer,
      opinion: 'required',
      returns: true,
    },
    returnByFinance: {
      label: '退回',
      from: ['at-finance'],
      to: 'settling',
      by: finance,
      opinion: 'required',
      returns: true,
    },
    withdraw: {
      label: '撤销',
      from: ['counting', 'settling'],
      to: 'withdrawn',
      by: keeper,
      opinion: 'required',
      withdraws: true,
    },
  },
})
export type CountMove = keyof typeof countCase.transitions
