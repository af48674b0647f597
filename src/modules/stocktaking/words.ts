/** What the record says of the acts of this module. */
export const facts = {
  'stocktaking.count-opened': '开启盘点',
  'stocktaking.team-changed': '调整盘点小组',
  'stocktaking.marks-recorded': '登记盘点结果',
  'stocktaking.item-settled': '确定盘点结果',
  'stocktaking.counting-ended': '结束清点',
  'stocktaking.counting-resumed': '继续清点',
  'stocktaking.differences-worked': '处理盘点差异',
  'stocktaking.count-submitted': '提交审定',
  'stocktaking.count-approved': '审定盘点结果',
  'stocktaking.count-returned': '退回盘点结果',
  'stocktaking.count-finished': '办结盘点',
  'stocktaking.count-withdrawn': '撤销盘点',
}

/** Titles of its pages. */
export const places = {
  '/stocktaking/counts': '资产盘点',
}
