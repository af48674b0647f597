import { keeperRoles } from '#kernel/pure/actor.ts'
import { defineCaseKind, type Acting } from '#kernel/pure/case-kind.ts'
import { clockUnder } from '#modules/duties/reference/terms.ts'

export const keeper: Acting = { party: 'applicant', roles: keeperRoles }
export const authority: Acting = { party: 'authority', roles: ['asset-reviewer'] }
export const finance: Acting = { party: 'finance', roles: ['finance-reviewer'] }

/**
 * Disposal 资产处置 of an organ's things: reviewed by the authority, consented to by finance always, by the government where
 * the sum is large, carried out, its proceeds paid to the treasury (A12-3, A12-5; facts 2.5).
 */
export const disposalCase = defineCaseKind({
  kind: 'disposal.application',
  title: '资产处置',
  page: '/disposal/applications/:subjectId',
  initial: 'draft',
  states: {
    draft: { label: '拟稿', waitsFor: keeper, task: '提交处置申请' },
    applied: { label: '待审核', waitsFor: authority, task: '审核处置申请' },
    reviewed: { label: '待财政同意', waitsFor: finance, task: '办理处置同意' },
    government: { label: '待政府批准', waitsFor: authority, task: '登记本级人民政府的决定' },
    approved: { label: '已批复，待实施', waitsFor: keeper, task: '实施处置' },
    proceeds: {
      label: '待上缴收入',
      waitsFor: keeper,
      task: '登记并上缴处置收入',
      clock: clockUnder('disposal-proceeds'),
      // Counted from the day the money came in.
      clockOnEvent: true,
    },
    closed: { label: '已办结', final: 'done' },
    refused: { label: '不予同意', final: 'refused' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
    abandoned: { label: '已终止', final: 'withdrawn' },
  },
  transitions: {
    submit: { label: '提交', from: ['draft'], to: 'applied', by: keeper },
    withdraw: { label: '撤回', from: ['draft', 'applied'], to: 'withdrawn', by: keeper, withdraws: true },
    review: { label: '审核同意', from: ['applied'], to: 'reviewed', by: authority, notBySubmitter: true },
    returnForCorrection: {
      label: '退回补正',
      from: ['applied'],
      to: 'draft',
      by: authority,
      opinion: 'required',
      returns: true,
    },
    refuse: {
      label: '不予同意',
      from: ['applied'],
      to: 'refused',
      by: authority,
      opinion: 'required',
      notBySubmitter: true,
    },
    consent: { label: '同意处置', from: ['reviewed'], to: 'approved', by: finance, notBySubmitter: true },
    passOn: { label: '同意并报政府', from: ['reviewed'], to: 'government', by: finance, notBySubmitter: true },
    financeRefuse: {
      label: '不同意处置',
      from: ['reviewed'],
      to: 'refused',
      by: finance,
      opinion: 'required',
      notBySubmitter: true,
    },
    governmentAgree: { label: '政府批准', from: ['government'], to: 'approved', by: authority },
    governmentRefuse: {
      label: '政府不予批准',
      from: ['government'],
      to: 'refused',
      by: authority,
      opinion: 'required',
    },
    carryOut: { label: '实施处置', from: ['approved'], to: 'closed', by: keeper },
    carryOutForMoney: { label: '实施处置', from: ['approved'], to: 'proceeds', by: keeper },
    abandon: { label: '终止处置', from: ['approved'], to: 'abandoned', by: keeper, opinion: 'required' },
    pay: { label: '上缴收入', from: ['proceeds'], to: 'closed', by: keeper },
  },
})

/** The receiver of a free transfer 无偿划转 checks the things and signs for them; then the giver hands them over. */
export const receiptCase = defineCaseKind({
  kind: 'disposal.receipt',
  title: '划转资产接收',
  page: '/disposal/applications/:subjectId',
  initial: 'offered',
  states: {
    offered: { label: '待接收', waitsFor: keeper, task: '核对并签收划转资产' },
    received: { label: '已签收', final: 'done' },
    declined: { label: '已拒收', final: 'refused' },
    ended: { label: '已终止', final: 'withdrawn' },
  },
  transitions: {
    sign: { label: '签收', from: ['offered'], to: 'received', by: keeper },
    decline: { label: '拒收', from: ['offered'], to: 'declined', by: keeper, opinion: 'required' },
    end: { label: '终止', from: ['offered'], to: 'ended', by: keeper },
  },
})
