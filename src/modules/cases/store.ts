import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#kernel/pure/actor.ts'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import type { Tx } from '#kernel/server/database.ts'
import type { Urgency } from './contract.ts'

export type InboxRow = CaseRow & {
  signatureId: string | null
  signatureKind: 'co-sign' | 'signer' | null
  question: string | null
  askedByName: string | null
}

const far = '9999-12-31'

/** The last days that still count as soon, by the unit of a case's clock. */
export type Soon = Readonly<{ today: LocalDate; workdays: LocalDate; calendarDays: LocalDate }>

/** The same three as `urgencyOf` tells on each row: a date that may still move is never overdue (CAL-R01). */
function urgencyIs({ today, workdays, calendarDays }: Soon): Record<Urgency, RawBuilder<boolean>> {
  const soon = sql`case when clock_unit = 'calendar-days' then ${calendarDays}::date else ${workdays}::date end`
  return {
    overdue: sql`(due_on < ${today} and not due_provisional)`,
    due: sql`(due_on <= ${soon} and (due_on >= ${today} or due_provisional))`,
    new: sql`(due_on is null or due_on > ${soon})`,
  }
}

export type InboxCounts = { overdue: number; due: number; all: number }

/**
 * Cases that wait for the actor: own organ's steps, steps of the statutory part the organ carries, opinions asked for.
 * By last day, those without one at the end; with how many there are in all, whatever the page is narrowed to. The rows
 * are looked through once, by what sorts and counts them, and only those of the page are fetched whole.
 */
export async function inboxPage(
  tx: Tx,
  actor: Actor,
  where: { kind?: string | undefined; urgency?: Urgency | undefined; soon: Soon },
  after: { dueOn: string; id: string } | null,
  limit: number,
): Promise<{ rows: InboxRow[]; counts: InboxCounts }> {
  const { overdue, due } = urgencyIs(where.soon)
  const { rows } = await sql<InboxRow & InboxCounts>`
    with waiting as materialized (${waitingFor(actor)}),
      counted as (select count(*) filter (where ${overdue})::int as overdue, count(*) filter (where ${due})::int as due,
        count(*)::int as all from waiting),
      page as (select case_id, signature_id, last_day, coalesce(signature_id, case_id) as place from waiting
        where (${where.kind ?? null}::text is null or kind = ${where.kind ?? null})
          and ${where.urgency ? urgencyIs(where.soon)[where.urgency] : sql`true`}
          and (${after?.id ?? null}::uuid is null
            or (last_day, coalesce(signature_id, case_id)) > (${after?.dueOn ?? far}::date, ${after?.id ?? null}::uuid))
        order by last_day, coalesce(signature_id, case_id) limit ${limit})
    select c.*, s.id as signature_id, s.kind as signature_kind, s.question, s.asked_by_name, counted.*
    from counted left join page on true left join kernel.case_item c on c.id = page.case_id
      left join kernel.case_signature s on s.id = page.signature_id
    order by page.last_day, page.place`.execute(tx)
  const { overdue: late, due: soon, all } = rows[0] as InboxCounts
  return { rows: rows.filter(({ id }) => id !== null), counts: { overdue: late, due: soon, all } }
}

function waitingFor({ organ, roles, personId }: Actor) {
  const organId = organ?.id ?? null
  const sorting = sql`c.id as case_id, c.kind, c.due_on, coalesce(c.due_on, ${far}::date) as last_day, c.due_provisional, c.clock_unit`
  return sql`
    select ${sorting}, null::uuid as signature_id
    from kernel.case_item c
    where c.closed_at is null and c.waiting_roles && ${[...roles]}::text[]
      and (c.assigned_person_id is null or c.assigned_person_id = ${personId})
      and ((c.waiting_party = 'applicant' and c.applicant_organ_id = ${organId})
        or (c.waiting_party = any(${[...(organ?.parts ?? [])]}::text[]) and c.jurisdiction_code = ${organ?.jurisdictionCode ?? null}))
    union all
    select ${sorting}, s.id
    from kernel.case_signature s join kernel.case_item c on c.id = s.case_id
    where s.organ_id = ${organId} and s.answered_at is null and s.recalled_at is null and c.closed_at is null
      and (s.person_id = ${personId} or (s.person_id is null and ${[...roles]}::text[] && array['organ-head', 'organ-clerk', 'authority-leader', 'plan-reviewer', 'finance-reviewer']))`
}

/** Cases whose applicant is the organ, newest first. */
export async function startedPage(
  tx: Tx,
  organId: string,
  open: 'open' | 'closed' | 'all',
  after: { openedAt: Date; id: string } | null,
  limit: number,
): Promise<CaseRow[]> {
  const { rows } = await sql<CaseRow>`select * from kernel.case_item
    where applicant_organ_id = ${organId}
      and (${open} = 'all' or (closed_at is null) = (${open} = 'open'))
      and (${after?.id ?? null}::uuid is null or (opened_at, id) < (${after?.openedAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by opened_at desc, id desc limit ${limit}`.execute(tx)
  return rows
}

/** Whose the case is within its state; the reminders given go along, so that none is repeated. */
export async function assignCase(
  tx: Tx,
  id: string,
  step: number,
  person: { id: string; name: string } | null,
): Promise<void> {
  await sql`update kernel.case_item set assigned_person_id = ${person?.id ?? null}, assigned_person_name = ${person?.name ?? null},
    step = ${step} where id = ${id}`.execute(tx)
  await sql`insert into kernel.case_reminder (case_id, step, day, at)
    select case_id, ${step}::integer, day, at from kernel.case_reminder where case_id = ${id} and step = ${step - 1}`.execute(
    tx,
  )
}

/** Open cases with a last day, by id, with the reminders given in the present step. */
export async function casesWithClock(
  tx: Tx,
  after: string | null,
  limit: number,
): Promise<(CaseRow & { overdueToldOn: LocalDate | null; remindedDays: number[] })[]> {
  const { rows } = await sql<CaseRow & { overdueToldOn: LocalDate | null; remindedDays: number[] }>`
    select c.*, coalesce((select array_agg(r.day) from kernel.case_reminder r where r.case_id = c.id and r.step = c.step), '{}') as reminded_days
    from kernel.case_item c
    where c.closed_at is null and c.due_on is not null and (${after}::uuid is null or c.id > ${after})
    order by c.id limit ${limit}`.execute(tx)
  return rows
}

/** @returns false when this reminder has been given before */
export async function keepReminder(tx: Tx, caseId: string, step: number, day: number, at: Date): Promise<boolean> {
  const { rows } =
    await sql`insert into kernel.case_reminder (case_id, step, day, at) values (${caseId}, ${step}, ${day}, ${at})
    on conflict do nothing returning day`.execute(tx)
  return rows.length > 0
}

/** @returns false when somebody else has told it already, or the case has moved on meanwhile */
export async function keepOverdueTold(
  tx: Tx,
  { id, step }: Pick<CaseRow, 'id' | 'step'>,
  today: LocalDate,
): Promise<boolean> {
  const { rows } = await sql`update kernel.case_item set overdue_told_on = ${today}
    where id = ${id} and step = ${step} and overdue_told_on is null and closed_at is null returning id`.execute(tx)
  return rows.length > 0
}
