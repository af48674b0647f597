import { defineCaseKind, type Acting } from '#kernel/pure/case-kind.ts'
import { buyerRoles, headRoles, signerRoles } from './policy.ts'

const buyer: Acting = { party: 'applicant', roles: buyerRoles }
const head: Acting = { party: 'applicant', roles: headRoles }
const signer: Acting = { party: 'applicant', roles: signerRoles }
const finance: Acting = { party: 'finance', roles: ['finance-reviewer'] }

/** A purchase 采购 from request to payment on one file (A11-1, A11-2). */
export const purchaseCase = defineCaseKind({
  kind: 'procurement.purchase',
  title: '采购',
  page: '/procurement/purchases/:subjectId',
  initial: 'draft',
  states: {
    draft: { label: '编制申请', waitsFor: buyer, task: '提交采购申请' },
    submitted: { label: '待单位审批', waitsFor: head, task: '审批采购申请' },
    'finance-review': { label: '待财政审批方式', waitsFor: finance, task: '审批采购方式变更' },
    purchasing: { label: '组织采购', waitsFor: buyer, task: '组织采购并登记结果' },
    awarded: { label: '待签合同', waitsFor: buyer, task: '签订采购合同' },
    contracted: { label: '履约中', waitsFor: buyer, task: '验收到货' },
    accepting: { label: '待验收复核', waitsFor: signer, task: '复核验收并签字' },
    accepted: { label: '已验收', waitsFor: buyer, task: '建卡、付款并办结采购' },
    closed: { label: '已办结', final: 'done' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
    terminated: { label: '已终止', final: 'refused' },
  },
  transitions: {
    submit: { label: '提交审批', from: ['draft'], to: 'submitted', by: buyer },
    withdraw: { label: '撤回', from: ['draft', 'submitted'], to: 'withdrawn', by: buyer },
    giveBack: {
      label: '退回修改',
      from: ['submitted'],
      to: 'draft',
      by: head,
      opinion: 'required',
      returns: true,
      notBySubmitter: true,
    },
    approve: { label: '同意采购', from: ['submitted'], to: 'purchasing', by: head, notBySubmitter: true },
    refer: { label: '同意并报财政审批方式', from: ['submitted'], to: 'finance-review', by: head, notBySubmitter: true },
    consent: { label: '同意采购方式', from: ['finance-review'], to: 'purchasing', by: finance, notBySubmitter: true },
    refuse: {
      label: '不同意采购方式',
      from: ['finance-review'],
      to: 'draft',
      by: finance,
      opinion: 'required',
      returns: true,
      notBySubmitter: true,
    },
    award: { label: '确定中标、成交', from: ['purchasing'], to: 'awarded', by: buyer },
    contract: { label: '签订合同', from: ['awarded'], to: 'contracted', by: buyer },
    accept: { label: '填写验收单', from: ['contracted'], to: 'accepting', by: buyer },
    signPart: {
      label: '验收复核签字（部分到货）',
      from: ['accepting'],
      to: 'contracted',
      by: signer,
      notBySubmitter: true,
    },
    signAll: { label: '验收复核签字', from: ['accepting'], to: 'accepted', by: signer, notBySubmitter: true },
    returnAcceptance: {
      label: '退回验收单',
      from: ['accepting'],
      to: 'contracted',
      by: signer,
      opinion: 'required',
      notBySubmitter: true,
    },
    supplement: { label: '签订补充合同', from: ['accepted'], to: 'contracted', by: buyer },
    close: { label: '办结', from: ['contracted', 'accepted'], to: 'closed', by: buyer },
    terminate: {
      label: '终止采购',
      from: ['purchasing', 'awarded'],
      to: 'terminated',
      by: buyer,
      opinion: 'required',
    },
    annul: {
      label: '投诉成立，采购无效',
      from: ['purchasing', 'awarded', 'contracted'],
      to: 'terminated',
      by: finance,
      opinion: 'required',
    },
  },
})

/** What a supplier asks or says against a purchase 询问、质疑, handed in on paper and recorded by the organ (政府采购法 Art. 51 to 53). */
export const questionCase = defineCaseKind({
  kind: 'procurement.question',
  title: '供应商质疑',
  page: '/procurement/questions/:subjectId',
  initial: 'received',
  states: {
    received: { label: '待答复', waitsFor: buyer, task: '答复供应商' },
    answered: { label: '已答复', final: 'done' },
    declined: { label: '不予受理', final: 'refused' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
  },
  transitions: {
    answer: { label: '答复', from: ['received'], to: 'answered', by: buyer, opinion: 'required' },
    decline: { label: '不予受理', from: ['received'], to: 'declined', by: buyer, opinion: 'required' },
    withdraw: { label: '供应商撤回', from: ['received'], to: 'withdrawn', by: buyer, opinion: 'required' },
  },
})

/** A complaint 投诉 of a supplier that is not content with the answer, for finance of the level (政府采购法 Art. 55 to 57). */
export const complaintCase = defineCaseKind({
  kind: 'procurement.complaint',
  title: '供应商投诉',
  page: '/procurement/complaints/:subjectId',
  initial: 'received',
  states: {
    received: { label: '待受理', waitsFor: finance, task: '审查受理供应商投诉' },
    accepted: { label: '处理中', waitsFor: finance, task: '处理供应商投诉' },
    rejected: { label: '已驳回', final: 'done' },
    upheld: { label: '投诉成立', final: 'done' },
    declined: { label: '不予受理', final: 'refused' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
  },
  transitions: {
    accept: { label: '受理', from: ['received'], to: 'accepted', by: finance },
    decline: { label: '不予受理', from: ['received'], to: 'declined', by: finance, opinion: 'required' },
    reject: { label: '驳回投诉', from: ['accepted'], to: 'rejected', by: finance, opinion: 'required' },
    uphold: { label: '投诉成立', from: ['accepted'], to: 'upheld', by: finance, opinion: 'required' },
    withdraw: {
      label: '供应商撤回',
      from: ['received', 'accepted'],
      to: 'withdrawn',
      by: finance,
      opinion: 'required',
    },
  },
})

/** A payment 付款 on an accepted purchase: asked for by one, approved by another, then on the ledger (A34-1). */
export const paymentCase = defineCaseKind({
  kind: 'procurement.payment',
  title: '采购付款',
  page: '/procurement/payments/:subjectId',
  initial: 'requested',
  states: {
    requested: { label: '待审批', waitsFor: head, task: '审批采购付款' },
    paid: { label: '已支付', final: 'done' },
    returned: { label: '已退回', final: 'refused' },
  },
  transitions: {
    approve: { label: '同意付款', from: ['requested'], to: 'paid', by: head, notBySubmitter: true },
    giveBack: {
      label: '退回',
      from: ['requested'],
      to: 'returned',
      by: head,
      opinion: 'required',
      notBySubmitter: true,
    },
  },
})
