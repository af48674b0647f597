import { repairGradeLabels } from '#modules/standards/rules/warehouse.ts'
import { repairStateLabels } from './model.ts'

/** What happened, in words. */
export const facts = {
  'repairs.request-made': '申请维修',
  'repairs.quote-recorded': '登记维修报价',
  'repairs.repair-approved': '批准大修',
  'repairs.repair-refused': '不予维修',
  'repairs.repair-finished': '维修完成',
  'repairs.repair-failed': '未能修复',
  'repairs.repair-paid': '登记维修付款',
  'repairs.payment-reversed': '冲销维修付款',
  'repairs.payment-forgone': '维修费用不再支付',
  'repairs.request-withdrawn': '撤回维修申请',
}

export const fields = {
  fault: '故障情况',
  heldFen: '占用',
  repairer: '维修单位',
  offerFen: '维修报价',
  replacementFen: '重置价',
  unsafe: '存在安全隐患',
  grade: '鉴定等级',
  actualFen: '实际费用',
  finishedOn: '完成日期',
  ledgerLineId: '列支的计划行',
  invoiceNumber: '发票号码',
  paidOn: '付款日期',
  answer: '答复',
  voucherNumber: '会计凭证号',
}

/** What its records are about. */
export const subjects = {
  'repairs.request': '资产维修',
  'repairs.payment': '维修付款',
}

/** States of what its records are about. */
export const states = {
  'repairs.request': repairStateLabels,
}

/** Codes of its fields. */
export const codes = {
  grade: repairGradeLabels,
}

/** What its pages are called in the navigation. */
export const places = {
  '/repairs/requests': '资产维修',
}
