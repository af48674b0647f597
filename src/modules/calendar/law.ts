import type { Basis } from '#kernel/pure/verdict.ts'

/** What this module carries; a refusal quotes one of these. */
export const law = {
  notice: { norm: null, citation: '国务院办公厅年度部分节假日安排的通知' },
  statutoryDays: { norm: null, citation: '《全国年节及纪念日放假办法》' },
  counting: { norm: null, citation: '《中华人民共和国民法典》第二百零一条、第二百零三条' },
  ownLevel: { norm: 'A6-1', citation: '《山西省机关运行保障条例》第六条第一款' },
  twoPersons: { norm: null, citation: '项目默认规则：日历变更须有文号并经第二人复核' },
} as const satisfies Record<string, Basis>
