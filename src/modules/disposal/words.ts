import { applicationStateLabels, disposalFormLabels, tierLabels } from './model.ts'

/** What happened, in words. */
export const facts = {
  'disposal.application-drafted': '拟订处置申请',
  'disposal.application-changed': '修改处置申请',
  'disposal.application-submitted': '提交处置申请',
  'disposal.application-withdrawn': '撤回处置申请',
  'disposal.application-reviewed': '审核同意',
  'disposal.application-returned': '退回补正',
  'disposal.application-refused': '不予同意',
  'disposal.application-consented': '财政同意，报政府',
  'disposal.application-approved': '批复处置',
  'disposal.list-consented': '按清单同意处置',
  'disposal.transfer-signed': '签收划转资产',
  'disposal.transfer-declined': '拒收划转资产',
  'disposal.carried-out': '实施处置',
  'disposal.abandoned': '终止处置',
  'disposal.proceeds-recorded': '登记处置收入',
  'disposal.proceeds-paid': '上缴处置收入',
}

export const fields = {
  form: '处置形式',
  counterparty: '接收方',
  receiverOrganId: '接收机关',
  receiver: '接收机关',
  items: '资产',
  papers: '材料',
  tier: '分级',
  consentDocument: '财政同意文号',
  consentedOn: '财政同意日期',
  governmentDocument: '政府批准文号',
  carriedOutOn: '实施日期',
  transferDocument: '交接单或票据',
  erasureRecord: '数据清除记录',
  appraisalReport: '评估报告',
  appraiser: '评估机构',
  appraisedFen: '评估价',
  tradingPlatform: '交易平台',
  tradeNumber: '交易编号',
  priceFen: '成交价',
  repriceDocument: '低价成交同意文号',
  receivedFen: '换入资产评估价',
  scrapCertificate: '报废机动车回收证明',
  proceedsExpected: '有处置收入',
  grossFen: '处置收入',
  taxesFen: '税费',
  appraisalFen: '评估费',
  tradeFen: '交易费',
  otherFen: '其他成本',
  netFen: '净收入',
  receivedOn: '收款日期',
  dueOn: '期限',
  paidOn: '上缴日期',
  late: '逾期',
  costFen: '原值',
  applications: '申请件数',
  numbers: '申请编号',
  consentedBy: '同意人',
  by: '签收人',
  voucherNumber: '缴款凭证号',
}

/** What its records are about. */
export const subjects = {
  'disposal.application': '资产处置',
  'disposal.consent-list': '小额处置清单',
}

/** States of what its records are about. */
export const states = {
  'disposal.application': applicationStateLabels,
}

/** Codes of its fields. */
export const codes = {
  form: disposalFormLabels,
  tier: tierLabels,
}

/** What its pages are called in the navigation. */
export const places = {
  '/disposal/applications': '资产处置',
  '/disposal/consents': '处置同意',
}
