import { sql } from 'kysely'
import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import type { DurationUnit } from '#kernel/pure/case-kind.ts'
import { statutoryDeadline } from '#kernel/pure/deadline.ts'
import { formatChineseDate, type LocalDate } from '#kernel/pure/local-date.ts'
import type { Act } from '../context.ts'
import { record } from '../record.ts'
import type { CaseRow } from './case-row.ts'
import { notify } from './notifications.ts'

type Clocked = Pick<
  CaseRow,
  | 'id'
  | 'kind'
  | 'subjectId'
  | 'title'
  | 'applicantOrganId'
  | 'jurisdictionCode'
  | 'waitingParty'
  | 'waitingRoles'
  | 'dueProvisional'
> & {
  dueOn: LocalDate
  clockFrom: LocalDate
  clockCount: number
  clockUnit: DurationUnit
}

/**
 * Reckons the last days of open cases anew after the calendar changed; the old value stays in the record and whoever must
 * act is told. What passed is not judged again; a certain date is never brought forward, a provisional one 暂定 never
 * into the past (facts area 8.3).
 * @returns how many cases changed, in date or in certainty
 */
export async function recomputeDueDates(act: Act, calendar: WorkCalendar): Promise<number> {
  const { rows } = await sql<Clocked>`
    select id, kind, subject_id, title, applicant_organ_id, jurisdiction_code, waiting_party, waiting_roles, due_on, due_provisional,
      clock_from, clock_count, clock_unit
    from kernel.case_item
    where closed_at is null and due_on is not null and clock_from is not null and (due_provisional or due_on >= ${act.today})
    order by id for update`.execute(act.tx)
  const moves = rows
    .map((row) => ({ row, ...dueNow(row, calendar, act.today) }))
    .filter(({ row, dueOn, provisional }) => dueOn !== row.dueOn || provisional !== row.dueProvisional)
  await sql`update kernel.case_item c set due_on = m.due_on, due_provisional = m.provisional
    from unnest(${moves.map(({ row }) => row.id)}::uuid[], ${moves.map(({ dueOn }) => dueOn)}::date[],
      ${moves.map(({ provisional }) => provisional)}::boolean[]) as m (id, due_on, provisional)
    where c.id = m.id`.execute(act.tx)
  for (const { row, dueOn, provisional } of moves) {
    await record(act, 'kernel.due-date-moved', {
      subject: { kind: row.kind, id: row.subjectId },
      organId: row.applicantOrganId,
      before: { dueOn: row.dueOn, provisional: row.dueProvisional },
      after: { dueOn, provisional },
    })
    await tell(act, row, dueOn, provisional)
  }
  return moves.length
}

function dueNow(row: Clocked, calendar: WorkCalendar, today: LocalDate): { dueOn: LocalDate; provisional: boolean } {
  const { dueOn, provisional } = statutoryDeadline({
    from: row.clockFrom,
    duration: { unit: row.clockUnit, count: row.clockCount },
    calendar,
    region: row.jurisdictionCode,
  })
  const takesTimeAway = dueOn < row.dueOn && (!row.dueProvisional || dueOn < today)
  return { dueOn: takesTimeAway ? row.dueOn : dueOn, provisional }
}

async function tell(act: Act, row: Clocked, dueOn: LocalDate, provisional: boolean): Promise<void> {
  const page = act.caseKinds.get(row.kind)?.kind.page
  const organ =
    row.waitingParty === 'applicant' || row.waitingParty === null
      ? { id: row.applicantOrganId }
      : await act.directory.partyOrgan(act.tx, row.jurisdictionCode, row.waitingParty, act.today)
  if (!page || !organ || dueOn === row.dueOn) return
  const now = `${formatChineseDate(dueOn)}${provisional ? '（暂定）' : ''}`
  await notify(act, {
    organId: organ.id,
    roles: row.waitingRoles,
    link: page.replace(':subjectId', row.subjectId),
    text: `${row.title}的办理期限因放假安排变化，由${formatChineseDate(row.dueOn)}改为${now}。`,
  })
}
