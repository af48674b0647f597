import type { CalendarNotice } from './calendar-notices.ts'
import { addDays, datesFrom, weekdayOf, yearOf, type LocalDate } from './local-date.ts'
import { statutoryDays, statutoryDaysCitation } from './statutory-days.ts'

/** A local exception 本地安排 that adds days off or working days in one jurisdiction and those below it. */
export type CalendarOverride = Readonly<{
  /** GB/T 2260 code; 140000 counts for the whole province. */
  jurisdictionCode: string
  daysOff: readonly LocalDate[]
  workdays: readonly LocalDate[]
  reason: string
  citation: string
}>

export const dayKinds = ['workday', 'weekend', 'holiday', 'make-up-workday', 'local-day-off', 'local-workday'] as const
export type DayKind = (typeof dayKinds)[number]
export const dayKindLabels: Record<DayKind, string> = {
  workday: '工作日',
  weekend: '周末',
  holiday: '放假',
  'make-up-workday': '调休上班',
  'local-day-off': '本地放假',
  'local-workday': '本地上班',
}

/** What a date is and by which document. */
export type CalendarDay = Readonly<{
  date: LocalDate
  kind: DayKind
  /** Name of the holiday, or the reason of a local exception; null on plain days. */
  name: string | null
  /** Document the day rests on; null on plain days. */
  source: string | null
  /** True 暂定 while no notice covers the year (CAL-R01). */
  provisional: boolean
}>

type Special = Readonly<{ kind: Exclude<DayKind, 'workday' | 'weekend'>; name: string; source: string }>

/** Notices and local exceptions, indexed by day. Make it once (`makeCalendar`) and ask it often. */
export type WorkCalendar = Readonly<{
  confirmedYears: ReadonlySet<number>
  national: ReadonlyMap<LocalDate, Special>
  local: ReadonlyMap<string, ReadonlyMap<LocalDate, Special>>
}>

/** How the notice is cited to people. */
export function citeNotice({ year, document }: Pick<CalendarNotice, 'year' | 'document'>): string {
  return `国务院办公厅关于${year}年部分节假日安排的通知（${document}）`
}

/**
 * @param notices at most one for each year; of two that name the same day the later year's wins
 * @param overrides of two that name the same day in one jurisdiction the later in the list wins
 */
export function makeCalendar(
  notices: readonly CalendarNotice[],
  overrides: readonly CalendarOverride[] = [],
): WorkCalendar {
  const national = new Map<LocalDate, Special>()
  for (const notice of [...notices].sort((a, b) => a.year - b.year)) {
    const source = citeNotice(notice)
    for (const { name, from, to } of notice.holidays)
      for (const date of datesFrom(from, to)) national.set(date, { kind: 'holiday', name, source })
    for (const { name, makeUp = [] } of notice.holidays)
      for (const date of makeUp) national.set(date, { kind: 'make-up-workday', name, source })
  }
  const local = new Map<string, Map<LocalDate, Special>>()
  for (const { jurisdictionCode, daysOff, workdays, reason, citation } of overrides) {
    const days = local.get(jurisdictionCode) ?? new Map<LocalDate, Special>()
    for (const date of daysOff) days.set(date, { kind: 'local-day-off', name: reason, source: citation })
    for (const date of workdays) days.set(date, { kind: 'local-workday', name: reason, source: citation })
    local.set(jurisdictionCode, days)
  }
  return { confirmedYears: new Set(notices.map(({ year }) => year)), national, local }
}

/** The day as it counts in a jurisdiction: its own exception, then its city's, its province's, the notice, the week. */
export function dayOf(date: LocalDate, calendar: WorkCalendar, region?: string): CalendarDay {
  const provisional = isProvisional(date, calendar)
  const special = localDay(date, calendar, region) ?? calendar.national.get(date)
  if (special)
    return {
      date,
      ...special,
      provisional: provisional && special.kind !== 'local-day-off' && special.kind !== 'local-workday',
    }
  const statutory = provisional ? statutoryDays(yearOf(date)).get(date) : undefined
  if (statutory) return { date, kind: 'holiday', name: statutory, source: statutoryDaysCitation, provisional }
  return { date, kind: weekdayOf(date) >= 6 ? 'weekend' : 'workday', name: null, source: null, provisional }
}

/** 暂定: no notice covers the date's year, so weekends and statutory days are all that is known (CAL-R01). */
export function isProvisional(date: LocalDate, calendar: WorkCalendar): boolean {
  return !calendar.confirmedYears.has(yearOf(date))
}

function localDay(date: LocalDate, { local }: WorkCalendar, region: string | undefined): Special | undefined {
  if (region === undefined || local.size === 0) return undefined
  for (const code of [region, `${region.slice(0, 4)}00`, `${region.slice(0, 2)}0000`]) {
    const special = local.get(code)?.get(date)
    if (special) return special
  }
  return undefined
}

const working: readonly DayKind[] = ['workday', 'make-up-workday', 'local-workday']

export function isWorkday(date: LocalDate, calendar: WorkCalendar, region?: string): boolean {
  return working.includes(dayOf(date, calendar, region).kind)
}

/** More days off in a row than this is a broken calendar, not a long holiday. */
const longestBreakDays = 100

/**
 * The n-th working day after a date, which itself never counts (Civil Code 民法典 Art. 201, CAL-R04); for n = 0 the date.
 * @throws RangeError when n is negative or no integer, or when the calendar has no working day for 100 days
 */
export function addWorkdays(from: LocalDate, count: number, calendar: WorkCalendar, region?: string): LocalDate {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`cannot count ${count} working days`)
  let date = from
  let idle = 0
  for (let left = count; left > 0;) {
    date = addDays(date, 1)
    idle = isWorkday(date, calendar, region) ? 0 : idle + 1
    if (idle === 0) left--
    if (idle > longestBreakDays) throw new RangeError(`no working day in the ${longestBreakDays} days before ${date}`)
  }
  return date
}

/** Working days after `from` up to and with `to`; negative when `to` is earlier, so that it undoes `addWorkdays`. */
export function workdaysBetween(from: LocalDate, to: LocalDate, calendar: WorkCalendar, region?: string): number {
  if (to < from) return 0 - workdaysBetween(to, from, calendar, region)
  return datesFrom(addDays(from, 1), to).filter((date) => isWorkday(date, calendar, region)).length
}

/** The date itself, or the nearest working day before it: when to remind of a fixed date (PLAN-T19). */
export function lastWorkdayUpTo(date: LocalDate, calendar: WorkCalendar, region?: string): LocalDate {
  for (let back = 0; back <= longestBreakDays; back++) {
    const day = addDays(date, -back)
    if (isWorkday(day, calendar, region)) return day
  }
  throw new RangeError(`no working day in the ${longestBreakDays} days before ${date}`)
}
