import { partyLabels, rolesInWords } from '#kernel/pure/case-moves.ts'
import type { CaseKind } from '#kernel/pure/case-kind.ts'
import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import { daysToLast, soonDays } from '#kernel/pure/deadline.ts'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import type { Urgency } from './contract.ts'
import type { InboxRow } from './store.ts'

/** The page of a case's subject. */
export function linkOf(kind: CaseKind, row: Pick<CaseRow, 'subjectId'>): string {
  return kind.page.replace(':subjectId', row.subjectId)
}

export function clockOf(row: CaseRow, today: LocalDate, calendar: WorkCalendar) {
  if (row.dueOn === null || row.closedAt !== null) return null
  const unit = row.clockUnit ?? 'workdays'
  const left = daysToLast(today, row.dueOn, unit, calendar, row.jurisdictionCode)
  return { dueOn: row.dueOn, unit, left, provisional: row.dueProvisional }
}

/** Nothing is overdue by a date that may still move (CAL-R01). */
export function urgencyOf(clock: { left: number; provisional: boolean } | null): Urgency {
  if (clock === null || clock.left > soonDays) return 'new'
  return clock.left < 0 && !clock.provisional ? 'overdue' : 'due'
}

/** Who must act, in words: `本级财政部门的财政审核`, or the person it was handed to. */
export function waitingInWords(row: CaseRow): string | null {
  if (row.waitingParty === null) return null
  return row.assignedPersonName ?? `${partyLabels[row.waitingParty]}的${rolesInWords(row.waitingRoles)}`
}

export function summaryOf(
  kind: CaseKind,
  row: CaseRow | InboxRow,
  organName: string,
  today: LocalDate,
  calendar: WorkCalendar,
) {
  const state = kind.states[row.state]
  const clock = clockOf(row, today, calendar)
  const signature =
    'signatureId' in row && row.signatureId !== null
      ? {
          id: row.signatureId,
          kind: row.signatureKind ?? ('co-sign' as const),
          question: row.question ?? '',
          askedByName: row.askedByName ?? '',
        }
      : null
  return {
    caseId: row.id,
    kind: row.kind,
    kindTitle: kind.title,
    title: row.title,
    applicantOrganId: row.applicantOrganId,
    applicantOrganName: organName,
    stateLabel: state?.label ?? row.state,
    task: signature ? (signature.kind === 'co-sign' ? '返回会签意见' : '返回加签意见') : (state?.task ?? null),
    waitingFor: waitingInWords(row),
    link: linkOf(kind, row),
    clock,
    urgency: urgencyOf(clock),
    enteredAt: row.enteredAt,
    openedAt: row.openedAt,
    closedAt: row.closedAt,
    signature,
  }
}
