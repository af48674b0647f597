import {
  addWorkdays,
  dayKindLabels,
  dayOf,
  isWorkday,
  lastWorkdayUpTo,
  workdaysBetween,
  type CalendarDay,
  type WorkCalendar,
} from './calendar.ts'
import type { Duration, DurationUnit } from './case-kind.ts'
import {
  addDays,
  addMonths,
  datesFrom,
  daysBetween,
  formatChineseDate,
  formatMonthDay,
  localDate,
  weekdayOf,
  yearOf,
  type LocalDate,
} from './local-date.ts'

export type Term = Readonly<{
  from: LocalDate
  duration: Duration
  calendar: WorkCalendar
  region?: string
  /** 从严: a last day off stays the last day, as the facts count construction terms; what remains is to be early. */
  strict?: boolean
}>

/** From how many days left on, by its own unit, a matter counts as near 临近. */
export const soonDays = 3

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

/**
 * The last day of a term that starts on `from`: 15 working days after an adjustment (norm A35-2, PLAN-R13), a month after
 * retiring (OF case 8), 20 days after finance's reply (PUB-T01).
 */
export function statutoryDeadline({ from, duration, calendar, region, strict }: Term): StatutoryDeadline {
  const { unit, count } = duration
  if (unit === 'workdays') return inWorkdays(from, count, calendar, region)
  const last = unit === 'months' ? addMonths(from, count) : addDays(from, count)
  return endingOn(last, { from, duration, calendar, ...(region ? { region } : {}), ...(strict ? { strict } : {}) })
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

/** A term in days or months: a last day off ends on the first working day after it, unless taken strictly. */
function endingOn(last: LocalDate, { from, duration, calendar, region, strict }: Term): StatutoryDeadline {
  const { unit, count } = duration
  // Count 0 is the day itself, whatever day it is.
  const stays = count === 0 || strict === true || isWorkday(last, calendar, region)
  const dueOn = stays ? last : addWorkdays(last, 1, calendar, region)
  const moved = strict ? [] : datesFrom(last, dueOn).map((date) => dayOf(date, calendar, region))
  const off = isWorkday(last, calendar, region)
    ? ''
    : strict
      ? `，该日为休息日，从严掌握不顺延，最迟的工作日为${formatChineseDate(lastWorkdayUpTo(last, calendar, region))}`
      : count === 0
        ? ''
        : `，该日为休息日，顺延至${formatChineseDate(dueOn)}`
  const how = unit === 'months' ? monthText(from, count, last) : `第${count}天为${formatChineseDate(last)}`
  const explanation = `${formatChineseDate(from)}起${count}${unit === 'months' ? '个月' : '天'}：当日不计，${how}${off}。${provisionalNote(moved)}`
  return { dueOn, provisional: moved.some((day) => day.provisional), explanation, exceptions: [] }
}

/** 民法典 Art. 202: the day of the same number, else the last of the month. */
function monthText(from: LocalDate, count: number, last: LocalDate): string {
  const sameDay = from.slice(8) === last.slice(8)
  return sameDay
    ? `${count}个月后的对应日为${formatChineseDate(last)}`
    : `${count}个月后没有对应日，以月末日${formatChineseDate(last)}为最后一日`
}

/** A day that comes every year: 31 March, of the year of law itself or of the year after. */
export type YearlyDate = Readonly<{ month: number; day: number; of: 'year' | 'year-after' }>

/** The day of a yearly date for a year of law, e.g. the report on 2026 is due on 2027-03-31 (A36-1, PJ case 8). */
export function yearlyDate({ month, day, of }: YearlyDate, year: number): LocalDate {
  return localDate(of === 'year' ? year : year + 1, month, day)
}

export type YearlyDeadline = StatutoryDeadline &
  Readonly<{ /** Last working day on or before it. */ remindOn: LocalDate }>

/**
 * A day fixed by date does not move: the calendar date is the last day, and the last working day on or before it is
 * when to remind (PLAN-T19; facts area 1.6, item 6).
 */
export function yearlyDeadline(
  date: YearlyDate,
  { year, calendar, region }: { year: number; calendar: WorkCalendar; region?: string },
): YearlyDeadline {
  const dueOn = yearlyDate(date, year)
  const remindOn = lastWorkdayUpTo(dueOn, calendar, region)
  const { provisional } = dayOf(dueOn, calendar, region)
  const day = `最后一日为${date.of === 'year' ? '当' : '次'}年${formatMonthDay(dueOn)}`
  const fixed =
    remindOn === dueOn
      ? `${formatChineseDate(dueOn)}为工作日`
      : `${formatChineseDate(dueOn)}为休息日，固定日期不顺延，之前最后一个工作日为${formatChineseDate(remindOn)}`
  const note = provisional ? `该年放假安排通知尚未录入，最后一个工作日为推算。` : ''
  return { dueOn, remindOn, provisional: false, explanation: `${year}年度，${day}：${fixed}。${note}`, exceptions: [] }
}

/** When the reminders of a yearly date go out: each on its day or the last working day before it (PLAN-R17). */
export function yearlyReminders(
  days: readonly YearlyDate[],
  { year, calendar, region }: { year: number; calendar: WorkCalendar; region?: string },
): LocalDate[] {
  return [...new Set(days.map((day) => lastWorkdayUpTo(yearlyDate(day, year), calendar, region)))].sort()
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

/**
 * Days from a day to the last day, as people are told them: negative when past it, and then by one at least, on the days off
 * that follow too.
 */
export function daysToLast(
  day: LocalDate,
  dueOn: LocalDate,
  unit: DurationUnit,
  calendar: WorkCalendar,
  region?: string,
): number {
  const left = unit === 'workdays' ? daysLeft(day, dueOn, calendar, region) : daysBetween(day, dueOn)
  return day > dueOn && left === 0 ? -1 : left
}

/** Late by itself only when the last day is past and certain (CAL-R01). */
export function isOverdue(
  today: LocalDate,
  { dueOn, provisional }: Pick<StatutoryDeadline, 'dueOn' | 'provisional'>,
): boolean {
  return !provisional && today > dueOn
}
