import { addWorkdays, type WorkCalendar } from '#kernel/pure/calendar.ts'
import { daysBetween, type LocalDate } from '#kernel/pure/local-date.ts'
import { allOf, provided, verdictOf, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import { judged } from '#modules/standards/rules/finding.ts'
import { figureFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { monthsLater, termEnd } from '#modules/standards/rules/terms.ts'
import { law } from '../law.ts'
import { gradeLabels, grades, type Grade } from '../model.ts'

/**
 * GWC-R06: a loan has an end, at most twelve months away; one for a meeting or a temporary body at most to its end and the
 * working days of `warehouse.event-return` after it.
 */
export function checkLoan(
  table: StandardTable,
  { from, dueOn, eventEndsOn }: { from: LocalDate; dueOn: LocalDate | null; eventEndsOn: LocalDate | null },
  calendar: WorkCalendar,
): Finding {
  const longest = figureFor(table, 'warehouse.loan', 'term')
  const event = figureFor(table, 'warehouse.event-return', 'term')
  const limit = termEnd(longest.value, from, calendar)
  const eventLimit = eventEndsOn === null ? null : termEnd(event.value, eventEndsOn, calendar, table.jurisdictionCode)
  const last = eventLimit !== null && eventLimit < limit ? eventLimit : limit
  const ok = dueOn !== null && dueOn >= from && dueOn <= last
  return judged({
    rule: 'GWC-R06',
    norm: 'A23-2',
    rows: eventLimit === null ? [longest] : [longest, event],
    ok,
    field: 'dueOn',
    said:
      dueOn === null
        ? '借用没有约定归还日期。'
        : ok
          ? `借用至${dueOn}，最迟可至${last}。`
          : dueOn < from
            ? `归还日期${dueOn}早于借用日期${from}。`
            : `借用至${dueOn}，超过最迟归还日期${last}。`,
    remedy: `请填写不晚于${last}的归还日期。`,
    facts: { 最迟归还: last },
  })
}

/** Once, and no longer than the months of `warehouse.loan-renewal` after the day it was due. */
export function checkRenewal(
  table: StandardTable,
  { dueOn, until, renewed, today }: { dueOn: LocalDate; until: LocalDate; renewed: boolean; today: LocalDate },
): Finding {
  const term = figureFor(table, 'warehouse.loan-renewal', 'term')
  const last = monthsLater(dueOn, term.value.amount)
  const ok = !renewed && until > dueOn && until <= last && today <= dueOn
  return judged({
    rule: 'GWC-R06',
    norm: 'A23-2',
    rows: [term],
    ok,
    field: 'until',
    said: renewed
      ? '已经续借过一次，不能再续。'
      : today > dueOn
        ? `应于${dueOn}归还，已经逾期，不能续借。`
        : until <= dueOn
          ? `续借日期应晚于原归还日期${dueOn}。`
          : ok
            ? `续借至${until}，最迟可至${last}。`
            : `续借至${until}，超过最迟日期${last}。`,
    remedy:
      renewed || today > dueOn
        ? '请按期归还；仍需使用的，归还后重新申请。'
        : `请填写${dueOn}之后、不晚于${last}的日期。`,
  })
}

/** Where an open loan stands (GWC-R07): due in so many days, late, or so late that nothing more is lent to the organ. */
export type LoanStanding = Readonly<{ state: 'running' | 'late' | 'stopped'; daysLate: number; stopsOn: LocalDate }>

export function loanStanding(
  table: StandardTable,
  dueOn: LocalDate,
  today: LocalDate,
  calendar: WorkCalendar,
): LoanStanding {
  const stop = figureFor(table, 'warehouse.overdue-stop', 'term')
  const stopsOn = addWorkdays(dueOn, stop.value.amount, calendar, table.jurisdictionCode)
  const daysLate = Math.max(0, daysBetween(dueOn, today))
  return { state: daysLate === 0 ? 'running' : today > stopsOn ? 'stopped' : 'late', daysLate, stopsOn }
}

/** GWC-R07: the day after it is a warning, past the working days of `warehouse.overdue-stop` it is flagged. */
export function checkOverdue(
  table: StandardTable,
  { number, dueOn, today }: { number: string; dueOn: LocalDate; today: LocalDate },
  calendar: WorkCalendar,
): Finding {
  const { state, daysLate, stopsOn } = loanStanding(table, dueOn, today, calendar)
  return judged({
    rule: 'GWC-R07',
    norm: 'A23-2',
    rows: [figureFor(table, 'warehouse.overdue-stop', 'term')],
    ok: state === 'running',
    otherwise: 'warn',
    field: 'dueOn',
    said:
      state === 'running'
        ? `借用${number}应于${dueOn}归还。`
        : `借用${number}应于${dueOn}归还，已逾期${daysLate}天${state === 'stopped' ? '，已停止向该机关出借' : `；${stopsOn}后停止向该机关出借`}。`,
    remedy: '请立即归还。',
    facts: { 逾期天数: daysLate },
  })
}

/** GWC-R07: nothing more is lent to an organ that is long overdue. */
export function mayBorrow(
  table: StandardTable,
  open: readonly { number: string; dueOn: LocalDate }[],
  today: LocalDate,
  calendar: WorkCalendar,
): Verdict {
  return allOf(
    ...open.map(({ number, dueOn }) => {
      const { state, daysLate } = loanStanding(table, dueOn, today, calendar)
      return provided(state !== 'stopped', {
        code: 'GWC-R07',
        message: `借用${number}应于${dueOn}归还，已逾期${daysLate}天，归还前不能再借用。`,
        basis: law.sharing,
        facts: { 借用单: number, 逾期天数: daysLate },
        remedy: '请先归还逾期的物品。',
      })
    }),
  )
}

/** GWC-R08: a thing that comes back worse than it went out calls for a note on who answers for it. */
export function checkReturn(thing: { label: string; outGrade: Grade; backGrade: Grade; note: string }): Finding {
  const worse = grades.indexOf(thing.backGrade) > grades.indexOf(thing.outGrade)
  const explained = thing.note.trim() !== ''
  return judged({
    rule: 'GWC-R08',
    norm: 'A23-2',
    citation: law.sharing.citation,
    rows: [],
    ok: !worse,
    otherwise: explained ? 'warn' : 'block',
    field: 'note',
    said: worse
      ? `${thing.label}借出时为${gradeLabels[thing.outGrade]}，归还时为${gradeLabels[thing.backGrade]}${explained ? `，责任说明：${thing.note}` : ''}。`
      : `${thing.label}归还时为${gradeLabels[thing.backGrade]}，不低于借出时。`,
    remedy: explained ? '请按责任说明处理。' : '请填写损坏原因和责任说明。',
  })
}

export const mayTakeBack = (findings: readonly Finding[]): Verdict => verdictOf(findings)
