import { terms } from './reference/terms.ts'
import { dutyStateLabels } from './model.ts'

/** What happened, in words. */
export const facts = {
  'duties.reminded': '发送督办提醒',
  'duties.passed': '超过法定时限',
  'duties.list-issued': '印发督办清单',
  'duties.feed-created': '生成日历订阅地址',
  'duties.feed-revoked': '停用日历订阅地址',
}

/** Fields of what was recorded. */
export const fields = {
  term: '时限',
  text: '提醒内容',
}

/** What its records are about. */
export const subjects = {
  'duties.duty': '法定时限',
}

/** States of what its records are about. */
export const states = {
  'duties.duty': dutyStateLabels,
}

/** What its pages are called in the navigation. */
export const places = {
  '/duties': '法定时限',
  '/duties/overdue': '逾期清单',
}

/** Codes of its fields. */
export const codes = {
  term: Object.fromEntries(terms.map(({ id, title }) => [id, title])),
}
