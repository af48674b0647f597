import type { WorkCalendar } from './calendar.ts'
import { datesFrom, yearOf, type LocalDate } from './local-date.ts'

type Special = NonNullable<ReturnType<WorkCalendar['national']['get']>>

/**
 * What a count of days looked at, as plain JSON: the special days between two dates as they counted in one region, and
 * which of the years had their notice. Kept with a decision, so that the count can be made again although the calendar
 * was corrected since.
 */
export type CalendarSlice = {
  confirmedYears: readonly number[]
  special: readonly (readonly [date: LocalDate, Special])[]
}

/** Cuts the days from `from` to `until` out of a calendar, each as it counts in the region. */
export function calendarSlice(
  calendar: WorkCalendar,
  from: LocalDate,
  until: LocalDate,
  region: string,
): CalendarSlice {
  const dates = datesFrom(from, until)
  const scopes = [region, `${region.slice(0, 4)}00`, `${region.slice(0, 2)}0000`]
  return {
    confirmedYears: [...new Set(dates.map(yearOf))].filter((year) => calendar.confirmedYears.has(year)),
    special: dates.flatMap((date) => {
      const local = scopes.map((code) => calendar.local.get(code)?.get(date)).find((day) => day !== undefined)
      const day = local ?? calendar.national.get(date)
      return day === undefined ? [] : [[date, day] as const]
    }),
  }
}

/** The calendar a slice stands for; beyond its days it knows nothing. Counting in it needs no region. */
export function calendarOfSlice({ confirmedYears, special }: CalendarSlice): WorkCalendar {
  return { confirmedYears: new Set(confirmedYears), national: new Map(special), local: new Map() }
}
