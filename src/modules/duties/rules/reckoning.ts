import { addWorkdays, type WorkCalendar } from '#kernel/pure/calendar.ts'
import { durationUnitLabels, type DurationUnit } from '#kernel/pure/case-kind.ts'
import {
  daysToLast as daysBefore,
  isOverdue,
  soonDays,
  statutoryDeadline,
  yearlyDeadline,
  yearlyReminders,
} from '#kernel/pure/deadline.ts'
import { addDays, formatChineseDate, type LocalDate } from '#kernel/pure/local-date.ts'
import type { Step } from '#kernel/pure/verdict.ts'
import type { DutyState, StatutoryTerm } from '../model.ts'

/** What is reckoned with of a duty. */
export type Reckonable = Readonly<{
  year: number | null
  countedFrom: LocalDate | null
  dueOn: LocalDate
  provisional: boolean
  fulfilledOn: LocalDate | null
  jurisdictionCode: string
}>

/** The last day that still counts as near: the day before the working day after the third one. */
export function nearDay(today: LocalDate, calendar: WorkCalendar, region?: string): LocalDate {
  return addDays(addWorkdays(today, soonDays + 1, calendar, region), -1)
}

/** Where a duty stands; a date that may still move is never late (CAL-R01), and what was late stays known as late. */
export function dutyStateOf(
  duty: Pick<Reckonable, 'dueOn' | 'provisional' | 'fulfilledOn'>,
  { today, near }: { today: LocalDate; near: LocalDate },
): DutyState {
  if (duty.fulfilledOn !== null) return isOverdue(duty.fulfilledOn, duty) ? 'done-late' : 'done'
  if (isOverdue(today, duty)) return 'overdue'
  return duty.dueOn <= near ? 'near' : 'coming'
}

/** In which days what is left of a term is told: natural days only where the term is one of natural days. */
export function unitOf({ rule }: StatutoryTerm): DurationUnit {
  return rule.kind === 'after-event' && rule.duration.unit !== 'workdays' ? 'calendar-days' : 'workdays'
}

/** Days from a day to the last day of a duty; for what was done it is the day of doing that counts. */
export function daysToLast(duty: Reckonable, term: StatutoryTerm, today: LocalDate, calendar: WorkCalendar): number {
  return daysBefore(duty.fulfilledOn ?? today, duty.dueOn, unitOf(term), calendar, duty.jurisdictionCode)
}

/** How the last day came about: words, and the arithmetic line by line. */
export function reckoningOf(
  duty: Reckonable,
  { rule }: StatutoryTerm,
  calendar: WorkCalendar,
): { explanation: string; steps: Step[] } {
  const region = duty.jurisdictionCode
  const last = formatChineseDate(duty.dueOn)
  if (rule.kind === 'after-event' && duty.countedFrom !== null) {
    const { duration, strict } = rule
    const counted = statutoryDeadline({
      from: duty.countedFrom,
      duration,
      calendar,
      region,
      ...(strict ? { strict } : {}),
    })
    const words = `${duration.count}${durationUnitLabels[duration.unit]}`
    const moved =
      counted.dueOn === duty.dueOn ? '' : `按当时的放假安排确定为${last}；放假安排变动不缩短已经确定的期限。`
    return {
      explanation: `${counted.explanation}${moved}`,
      steps: [
        { label: '起算日', expression: rule.event, result: duty.countedFrom },
        { label: '期限', expression: `${duty.countedFrom} + ${words}`, result: duty.dueOn },
      ],
    }
  }
  if (rule.kind === 'yearly' && duty.year !== null) {
    const { explanation, remindOn } = yearlyDeadline(rule.date, { year: duty.year, calendar, region })
    return {
      explanation,
      steps: [
        { label: '年度', expression: `${duty.year}年度`, result: String(duty.year) },
        { label: '最后一日', expression: rule.date.of === 'year' ? '当年' : '次年', result: duty.dueOn },
        { label: '最后提醒日', expression: '当日或之前最后一个工作日', result: remindOn },
      ],
    }
  }
  const setBy = rule.kind === 'window' ? rule.setBy : '本级确定的日期'
  return {
    explanation: `由${setBy}确定，最后一日为${last}。`,
    steps: [{ label: '最后一日', expression: setBy, result: duty.dueOn }],
  }
}

/** The reminder dates of a duty, in order: of a yearly date as declared, of a count on the days of it. */
export function reminderDaysOf(duty: Reckonable, { rule }: StatutoryTerm, calendar: WorkCalendar): LocalDate[] {
  const region = duty.jurisdictionCode
  if (rule.kind === 'yearly' && duty.year !== null)
    return yearlyReminders(rule.remindOn, { year: duty.year, calendar, region })
  const { countedFrom: from } = duty
  if (rule.kind !== 'after-event' || from === null) return []
  return rule.remindOnDays.map((count) =>
    rule.duration.unit === 'workdays' ? addWorkdays(from, count, calendar, region) : addDays(from, count),
  )
}

/**
 * The reminder that is to go out today: the latest date reached, so that a system that was down sends one and not three;
 * null when none is reached yet, or it has gone out.
 */
export function reminderDue(
  days: readonly LocalDate[],
  given: readonly LocalDate[],
  today: LocalDate,
): LocalDate | null {
  const latest = days.filter((day) => day <= today).at(-1)
  return latest === undefined || given.some((day) => day >= latest) ? null : latest
}
