import {
  acceptanceStateLabels,
  methodLabels,
  organisationLabels,
  paymentStateLabels,
  purchaseKindLabels,
  purchaseStateLabels,
  reservedLabels,
} from './model.ts'
import {
  aboutLabels,
  complaintStateLabels,
  consequenceLabels,
  questionKindLabels,
  questionOutcomeLabels,
  questionStateLabels,
} from './model/objection.ts'

/** What happened, in words. */
export const facts = {
  'procurement.purchase-drafted': '编制采购申请',
  'procurement.purchase-saved': '修改采购申请',
  'procurement.purchase-submitted': '提交采购申请',
  'procurement.purchase-withdrawn': '撤回采购申请',
  'procurement.purchase-approved': '同意采购',
  'procurement.purchase-returned': '退回采购申请',
  'procurement.method-approved': '批准采购方式变更',
  'procurement.method-refused': '不批准采购方式变更',
  'procurement.intention-published': '公开采购意向',
  'procurement.purchase-started': '采购开始',
  'procurement.awarded': '确定中标、成交',
  'procurement.purchase-terminated': '终止采购',
  'procurement.result-published': '公告采购结果',
  'procurement.contract-signed': '签订采购合同',
  'procurement.contract-published': '公告采购合同',
  'procurement.contract-filed': '备案采购合同',
  'procurement.contract-supplemented': '签订补充合同',
  'procurement.acceptance-drafted': '填写验收单',
  'procurement.acceptance-signed': '验收复核签字',
  'procurement.acceptance-returned': '退回验收单',
  'procurement.cards-registered': '按验收建立资产卡片',
  'procurement.purchase-closed': '办结采购',
  'procurement.payment-requested': '申请采购付款',
  'procurement.payment-approved': '同意采购付款',
  'procurement.payment-returned': '退回采购付款',
  'procurement.payment-reversed': '冲销采购付款',
  'procurement.question-recorded': '登记供应商质疑、询问',
  'procurement.question-answered': '答复供应商质疑、询问',
  'procurement.question-declined': '不予受理供应商质疑',
  'procurement.question-withdrawn': '供应商撤回质疑、询问',
  'procurement.complaint-recorded': '登记供应商投诉',
  'procurement.complaint-accepted': '受理供应商投诉',
  'procurement.complaint-declined': '不予受理供应商投诉',
  'procurement.complaint-replied': '就供应商投诉作出说明',
  'procurement.purchase-suspended': '投诉期间暂停采购',
  'procurement.purchase-resumed': '恢复采购',
  'procurement.complaint-decided': '处理决定供应商投诉',
  'procurement.complaint-withdrawn': '供应商撤回投诉',
  'procurement.purchase-annulled': '投诉成立，采购无效',
}

/** Fields of what was recorded. */
export const fields = {
  projectNumber: '采购项目编号',
  startedOn: '采购开始',
  noticeOn: '公告日期',
  publishedOn: '公开日期',
  supplier: '供应商',
  bidders: '供应商家数',
  acceptanceNo: '验收单序号',
  delivered: '到货数量',
  accepted: '合格数量',
  complete: '全部验收',
  invoiceNumber: '发票号码',
  paymentNo: '付款序号',
  voucher: '会计凭证号',
  method: '采购方式',
  address: '公开网址',
  on: '日期',
  item: '采购内容',
  cards: '资产卡片数',
  knownOn: '知悉日期',
  answerUntil: '答复期限',
  outcome: '结论',
  consequence: '处理后果',
  reply: '说明',
  suspendedFrom: '暂停起',
  suspendedUntil: '暂停止',
  releasedFen: '释放占用',
  replyUntil: '答复截止日',
}

/** What its records are about. */
export const subjects = {
  'procurement.payment': '采购付款',
  'procurement.purchase': '采购',
  'procurement.question': '询问、质疑',
  'procurement.complaint': '投诉',
}

/** States of what its records are about. */
export const states = {
  'procurement.payment': paymentStateLabels,
  'procurement.question': questionStateLabels,
  'procurement.complaint': complaintStateLabels,
  'procurement.purchase': { ...acceptanceStateLabels, ...purchaseStateLabels },
}

/** Codes of its fields. */
export const codes = {
  method: methodLabels,
  kind: { ...purchaseKindLabels, ...questionKindLabels },
  about: aboutLabels,
  outcome: questionOutcomeLabels,
  consequence: consequenceLabels,
  reserved: reservedLabels,
  organisation: organisationLabels,
}

/** What its pages are called in the navigation. */
export const places = {
  '/procurement/purchases': '采购',
  '/procurement/objections': '质疑投诉',
}
