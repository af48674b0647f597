import {
  addWorkdays,
  dayKindLabels,
  dayOf,
  isWorkday,
  workdaysBetween,
  type CalendarDay,
  type WorkCalendar,
} from './calendar.ts'
import type { Duration } from './case-kind.ts'
import {
  addDays,
  datesFrom,
  formatChineseDate,
  formatMonthDay,
  weekdayOf,
  yearOf,
  type LocalDate,
} from './local-date.ts'

/** How a term is counted: the first day does not count, a last day off moves on (CAL-R04; 民法典 Art. 201, 203). */
export const countingCitation = '《中华人民共和国民法典》第二百零一条、第二百零三条'

export type Term = Readonly<{ from: LocalDate; duration: Duration; calendar: WorkCalendar; region?: string }>

export type StatutoryDeadline = Readonly<{
  /** The last day; in time until it ends at 24:00. */
  dueOn: LocalDate
  /** 暂定: a day of the count lies in a year without a notice (CAL-R01); nothing is overdue by itself then. */
  provisional: boolean
  /** Chinese, for people: how the count went. */
  explanation: string
  /** Days from Monday to Friday that do not count, and weekend days that do. */
  exceptions: readonly CalendarDay[]
}>

/** The last day of a term that starts on `from`, e.g. 15 working days after an adjustment (norm A35-2, PLAN-R13). */
export function statutoryDeadline({ from, duration, calendar, region }: Term): StatutoryDeadline {
  return duration.unit === 'workdays'
    ? inWorkdays(from, duration.count, calendar, region)
    : inCalendarDays(from, duration.count, calendar, region)
}

function inWorkdays(from: LocalDate, count: number, calendar: WorkCalendar, region?: string): StatutoryDeadline {
  const dueOn = addWorkdays(from, count, calendar, region)
  const days = datesFrom(addDays(from, 1), dueOn).map((date) => dayOf(date, calendar, region))
  const provisional = days.some((day) => day.provisional)
  const exceptions = days.filter(({ date }) => isWorkday(date, calendar, region) === weekdayOf(date) >= 6)
  const parts = [`${formatChineseDate(from)}起${count}个工作日：当日不计`, ...exceptionTexts(exceptions)]
  const explanation = `${parts.join('，')}，第${count}个工作日为${formatChineseDate(dueOn)}。${provisionalNote(days)}`
  return { dueOn, provisional, explanation, exceptions }
}

function inCalendarDays(from: LocalDate, count: number, calendar: WorkCalendar, region?: string): StatutoryDeadline {
  const last = addDays(from, count)
  // A term that ends on a day off ends on the first working day after it; count 0 is the day itself.
  const dueOn = count === 0 || isWorkday(last, calendar, region) ? last : addWorkdays(last, 1, calendar, region)
  const moved = datesFrom(last, dueOn).map((date) => dayOf(date, calendar, region))
  const provisional = moved.some((day) => day.provisional)
  const postponed = dueOn === last ? '' : `，该日为休息日，顺延至${formatChineseDate(dueOn)}`
  const explanation = `${formatChineseDate(from)}起${count}天：当日不计，第${count}天为${formatChineseDate(last)}${postponed}。${provisionalNote(moved)}`
  return { dueOn, provisional, explanation, exceptions: [] }
}

/** 春节放假2月16日至2月20日、2月23日(6天)不计; 春节调休上班2月14日、2月28日计入. Days off first. */
function exceptionTexts(exceptions: readonly CalendarDay[]): string[] {
  const groups = new Map<string, CalendarDay[]>()
  for (const day of exceptions) {
    const key = `${day.kind} ${day.name}`
    groups.set(key, [...(groups.get(key) ?? []), day])
  }
  const texts = [...groups.values()].map((days) => {
    const [{ kind, name }] = days as [CalendarDay]
    const counts = kind === 'make-up-workday' || kind === 'local-workday'
    const end = counts ? '计入' : `（${days.length}天）不计`
    return { counts, text: `${name}${dayKindLabels[kind]}${runs(days.map(({ date }) => date))}${end}` }
  })
  return texts.sort((a, b) => Number(a.counts) - Number(b.counts)).map(({ text }) => text)
}

function runs(dates: readonly LocalDate[]): string {
  const spans: [LocalDate, LocalDate][] = []
  for (const date of dates) {
    const span = spans.at(-1)
    if (span && addDays(span[1], 1) === date) span[1] = date
    else spans.push([date, date])
  }
  return spans
    .map(([first, last]) =>
      first === last ? formatMonthDay(first) : `${formatMonthDay(first)}至${formatMonthDay(last)}`,
    )
    .join('、')
}

function provisionalNote(days: readonly CalendarDay[]): string {
  const years = [...new Set(days.filter((day) => day.provisional).map(({ date }) => yearOf(date)))]
  if (years.length === 0) return ''
  return `暂定：${years.join('、')}年放假安排通知尚未录入，按周末和法定节假日推算，录入后自动重算。`
}

/** On which dates the given days of the count fall (PLAN-R14: days 10, 13, 15, 16). */
export function reminderDates({ from, duration, calendar, region }: Term, onDays: readonly number[]): LocalDate[] {
  return onDays.map((day) =>
    duration.unit === 'workdays' ? addWorkdays(from, day, calendar, region) : addDays(from, day),
  )
}

/**
 * Working days left until the last day: 0 on that day, negative when late (PLAN-T13). A day off after the last day is
 * late by 0 working days all the same, so whether it is late is `today > dueOn`.
 */
export function daysLeft(today: LocalDate, dueOn: LocalDate, calendar: WorkCalendar, region?: string): number {
  return workdaysBetween(today, dueOn, calendar, region)
}

/** Late by itself only when the last day is past and certain (CAL-R01). */
export function isOverdue(
  today: LocalDate,
  { dueOn, provisional }: Pick<StatutoryDeadline, 'dueOn' | 'provisional'>,
): boolean {
  return !provisional && today > dueOn
}
