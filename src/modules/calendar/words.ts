/** What happened, in words. */
export const facts = {
  'calendar.notice-loaded': '录入放假安排',
  'calendar.notice-confirmed': '复核放假安排',
  'calendar.notice-withdrawn': '撤回放假安排',
  'calendar.override-added': '登记本地安排',
  'calendar.override-confirmed': '复核本地安排',
  'calendar.override-withdrawn': '撤回本地安排',
}
