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
}

/** What its pages are called in the navigation. */
export const places = {
  '/procurement/purchases': '采购',
}
