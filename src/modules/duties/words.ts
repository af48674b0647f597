/** What happened, in words. */
export const facts = {
  'duties.reminded': '发送督办提醒',
  'duties.passed': '超过法定时限',
  'duties.list-issued': '印发督办清单',
  'duties.feed-created': '生成日历订阅地址',
  'duties.feed-revoked': '停用日历订阅地址',
}

/** What its pages are called in the navigation. */
export const places = {
  '/duties': '法定时限',
  '/duties/overdue': '逾期清单',
}
