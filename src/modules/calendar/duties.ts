import type { DutySource } from '#kernel/server/duty-source.ts'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { yearlyDate } from '#kernel/pure/deadline.ts'
import { yearOf } from '#kernel/pure/local-date.ts'
import { yearlyDateOf } from '#modules/duties/reference/terms.ts'
import { noticeDuties } from './store.ts'

/** Next year's notice is to be entered by the end of the year (facts area 8.3); those that came with the program are no duty. */
export const duties: readonly DutySource[] = [
  {
    term: 'holiday-notice',
    remindsItself: true, // calendar.remind, weekly from November on
    rows: async ({ tx, today, directory }) => {
      const authority = await directory.topAuthority(tx, today)
      const years = [yearOf(today) - 1, yearOf(today)].filter(
        (year) => !builtInNotices.some((notice) => notice.year === year + 1),
      )
      if (authority === null || years.length === 0) return null
      const date = yearlyDateOf('holiday-notice')
      const owed = years.map((year) => ({ year, dueOn: yearlyDate(date, year) }))
      return noticeDuties('holiday-notice', {
        organId: authority.id,
        jurisdictionCode: authority.jurisdictionCode,
        owed,
      })
    },
  },
]
