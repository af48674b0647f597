import { defineCaseKind, type Acting } from '#kernel/pure/case-kind.ts'
import { clockUnder } from '#modules/duties/reference/terms.ts'

const organClerk: Acting = { party: 'applicant', roles: ['organ-clerk', 'organ-head', 'plan-reviewer'] }
const organHead: Acting = { party: 'applicant', roles: ['organ-head', 'authority-leader'] }
const planReviewer: Acting = { party: 'authority', roles: ['plan-reviewer'] }
const authorityLeader: Acting = { party: 'authority', roles: ['authority-leader'] }
const finance: Acting = { party: 'finance', roles: ['finance-reviewer'] }

/** Demand application 需求申请 (Art. 32, 33). */
export const demandCase = defineCaseKind({
  kind: 'plans.demand',
  title: '需求申请',
  page: '/plans/demands/:subjectId',
  initial: 'draft',
  states: {
    draft: { label: '填报中', waitsFor: organClerk, task: '填报年度需求申请' },
    submitted: { label: '审核中', waitsFor: planReviewer, task: '审核需求申请' },
    returned: {
      label: '退回补正',
      waitsFor: organClerk,
      task: '补正需求申请',
      clock: clockUnder('demand-correction'),
    },
    reviewed: { label: '已审结', final: 'done' },
  },
  transitions: {
    submit: { label: '提交审核', from: ['draft', 'returned'], to: 'submitted', by: organClerk },
    withdraw: { label: '撤回', from: ['submitted'], to: 'draft', by: organClerk, withdraws: true },
    return: {
      label: '退回补正',
      from: ['submitted'],
      to: 'returned',
      by: planReviewer,
      opinion: 'required',
      returns: true,
      notBySubmitter: true,
    },
    close: { label: '审结', from: ['submitted'], to: 'reviewed', by: planReviewer, notBySubmitter: true },
  },
})

/** The authority's or an organ's plan: drafted, signed, issued, in force (Art. 31, 33). */
export const planCase = defineCaseKind({
  kind: 'plans.plan',
  title: '年度保障计划',
  page: '/plans/plans/:subjectId',
  initial: 'draft',
  states: {
    draft: { label: '草案', waitsFor: organClerk, task: '编制年度保障计划' },
    consulting: { label: '待签发', waitsFor: organHead, task: '签发年度保障计划' },
    issued: {
      label: '已下达',
      waitsFor: organClerk,
      task: '预算批复后使计划生效',
      clock: clockUnder('plan-in-force'),
      clockOnEvent: true,
    },
    'in-force': { label: '执行中', final: 'done' },
  },
  transitions: {
    submit: { label: '送签', from: ['draft'], to: 'consulting', by: organClerk },
    withdraw: { label: '撤回', from: ['consulting'], to: 'draft', by: organClerk, withdraws: true },
    return: { label: '退回', from: ['consulting'], to: 'draft', by: organHead, opinion: 'required', returns: true },
    issue: { label: '签发', from: ['consulting'], to: 'issued', by: organHead, notBySubmitter: true },
    enterIntoForce: { label: '计划生效', from: ['issued'], to: 'in-force', by: organClerk },
  },
})

/** Adjustment filing 调整备案: adjust first, file within 15 working days (Art. 35, norms A35-1, A35-2; PLAN-R13, R14). */
export const adjustmentCase = defineCaseKind({
  kind: 'plans.adjustment',
  title: '计划调整备案',
  page: '/plans/adjustments/:subjectId',
  initial: 'made',
  states: {
    made: {
      label: '已调整待备案',
      waitsFor: organClerk,
      task: '提交调整备案',
      clock: clockUnder('adjustment-filing'),
    },
    'awaiting-finance': { label: '待财政批准', waitsFor: finance, task: '批准预算调剂' },
    filed: { label: '已提交备案', waitsFor: planReviewer, task: '受理调整备案' },
    returned: {
      label: '退回补正',
      waitsFor: organClerk,
      task: '补正调整备案',
      clock: clockUnder('adjustment-correction'),
    },
    received: { label: '已收讫', final: 'done' },
    objected: { label: '提出异议', waitsFor: organClerk, task: '处理对调整的异议' },
    withdrawn: { label: '已撤销', final: 'withdrawn' },
    refused: { label: '财政不予批准', final: 'refused' },
  },
  transitions: {
    file: { label: '提交备案', from: ['made', 'returned', 'objected'], to: 'filed', by: organClerk },
    fileForFinance: {
      label: '提交备案并报财政批准',
      from: ['made', 'returned', 'objected'],
      to: 'awaiting-finance',
      by: organClerk,
    },
    approve: { label: '批准预算调剂', from: ['awaiting-finance'], to: 'filed', by: finance, notBySubmitter: true },
    refuse: {
      label: '不予批准',
      from: ['awaiting-finance'],
      to: 'refused',
      by: finance,
      opinion: 'required',
      notBySubmitter: true,
    },
    receive: { label: '收讫', from: ['filed'], to: 'received', by: planReviewer, notBySubmitter: true },
    return: {
      label: '退回补正',
      from: ['filed'],
      to: 'returned',
      by: planReviewer,
      opinion: 'required',
      returns: true,
    },
    object: { label: '提出异议', from: ['filed'], to: 'objected', by: planReviewer, opinion: 'required' },
    withdraw: {
      label: '撤销调整',
      from: ['made', 'returned', 'objected'],
      to: 'withdrawn',
      by: organClerk,
      opinion: 'required',
    },
  },
})

/** Closing a budget year 年度结束: the authority asks with the figures of the ledger, finance consents (facts 1.3, B80). */
export const closingCase = defineCaseKind({
  kind: 'plans.closing',
  title: '年度结束',
  page: '/plans/cycles/:subjectId/closing',
  initial: 'draft',
  states: {
    draft: { label: '核对台账', waitsFor: planReviewer, task: '提请年度结束' },
    asked: { label: '待财政同意', waitsFor: finance, task: '审核年度结束' },
    returned: { label: '退回核对', waitsFor: planReviewer, task: '核对台账，重新提请年度结束' },
    closed: { label: '已结束', final: 'done' },
  },
  transitions: {
    ask: { label: '提请年度结束', from: ['draft', 'returned'], to: 'asked', by: planReviewer },
    giveBack: {
      label: '退回核对',
      from: ['asked'],
      to: 'returned',
      by: finance,
      opinion: 'required',
      returns: true,
      notBySubmitter: true,
    },
    consent: { label: '同意年度结束', from: ['asked'], to: 'closed', by: finance, notBySubmitter: true },
  },
})

/** An organ's execution report, due 31 March (Art. 36 para 1). */
export const organReportCase = defineCaseKind({
  kind: 'plans.organ-report',
  title: '执行情况报告',
  page: '/plans/reports/:subjectId',
  initial: 'draft',
  states: {
    draft: { label: '编制中', waitsFor: organClerk, task: '编制执行情况报告' },
    signed: { label: '已签发', waitsFor: organClerk, task: '报送执行情况报告' },
    sent: { label: '已报送', waitsFor: planReviewer, task: '接收执行情况报告' },
    returned: { label: '退回补正', waitsFor: organClerk, task: '补正执行情况报告' },
    received: { label: '已收到', final: 'done' },
  },
  transitions: {
    sign: { label: '签发', from: ['draft', 'returned'], to: 'signed', by: organHead },
    reopen: { label: '更新数字，重新签发', from: ['signed'], to: 'draft', by: organClerk },
    send: { label: '报送', from: ['signed'], to: 'sent', by: organClerk },
    receive: { label: '收到', from: ['sent'], to: 'received', by: planReviewer },
    return: { label: '退回补正', from: ['sent'], to: 'returned', by: planReviewer, opinion: 'required', returns: true },
  },
})

/** The authority's consolidated report, due 30 June, to the government with copy to finance (Art. 36 para 2). */
export const consolidatedReportCase = defineCaseKind({
  kind: 'plans.consolidated-report',
  title: '执行情况汇总报告',
  page: '/plans/reports/:subjectId',
  initial: 'draft',
  states: {
    draft: { label: '编制中', waitsFor: planReviewer, task: '编制执行情况汇总报告' },
    signed: { label: '已签发', waitsFor: planReviewer, task: '报告本级人民政府并抄送财政' },
    sent: { label: '已报告并抄送财政', final: 'done' },
  },
  transitions: {
    sign: { label: '签发', from: ['draft'], to: 'signed', by: authorityLeader },
    reopen: { label: '更新数字，重新签发', from: ['signed'], to: 'draft', by: planReviewer },
    send: { label: '报告并抄送', from: ['signed'], to: 'sent', by: planReviewer },
  },
})
