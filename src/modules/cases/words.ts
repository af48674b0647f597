/** What happened, in words. */
export const facts = {
  'cases.handed-over': '转办',
  'cases.taken-back': '收回转办',
  'cases.signature-asked': '请求意见',
  'cases.signature-answered': '返回意见',
  'cases.signature-recalled': '收回会签',
  'cases.overdue': '逾期提醒',
}
