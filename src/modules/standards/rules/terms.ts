import { statutoryDeadline } from '#kernel/pure/deadline.ts'
import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import { addDays, addMonths, type LocalDate } from '#kernel/pure/local-date.ts'
import type { ValueOf } from '../model/value.ts'

/** The same day some months later; the last day of the month where it has no such day (31 January + 1 → 28 February). */
export function monthsLater(date: LocalDate, months: number): LocalDate {
  return addMonths(date, months)
}

/** The same day of the year `years` later; 29 February becomes 28 February. */
export function yearsLater(date: LocalDate, years: number): LocalDate {
  return monthsLater(date, years * 12)
}

/**
 * The last day of a term that starts on `from`; that day itself does not count. Days, months and years run on natural
 * dates, working days on the calendar (CAL-R05: the two are never mixed). Hours end on the same or the next day.
 */
export function termEnd(
  { amount, unit }: Pick<ValueOf<'term'>, 'amount' | 'unit'>,
  from: LocalDate,
  calendar: WorkCalendar,
  region?: string,
): LocalDate {
  switch (unit) {
    case 'day':
      return addDays(from, amount)
    case 'hour':
      return addDays(from, Math.ceil(amount / 24))
    case 'month':
      return monthsLater(from, amount)
    case 'year':
      return yearsLater(from, amount)
    case 'workday':
      return statutoryDeadline({
        from,
        duration: { count: amount, unit: 'workdays' },
        calendar,
        ...(region === undefined ? {} : { region }),
      }).dueOn
  }
}
