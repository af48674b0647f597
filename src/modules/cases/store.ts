import { sql } from 'kysely'
import type { Actor } from '#kernel/pure/actor.ts'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import type { Tx } from '#kernel/server/database.ts'

export type InboxRow = CaseRow & {
  signatureId: string | null
  signatureKind: 'co-sign' | 'signer' | null
  question: string | null
  askedByName: string | null
}

const far = '9999-12-31'

/**
 * Cases that wait for the actor: own organ's steps, steps of the statutory part the organ carries, opinions asked for.
 * By last day, those without one at the end.
 */
export async function inboxPage(
  tx: Tx,
  actor: Actor,
  where: { kind?: string | undefined; from?: LocalDate | undefined; until?: LocalDate | undefined },
  after: { dueOn: string; id: string } | null,
  limit: number,
): Promise<InboxRow[]> {
  const { rows } = await sql<InboxRow>`
    select * from (${waitingFor(actor)}) waiting
    where (${where.kind ?? null}::text is null or kind = ${where.kind ?? null})
      and coalesce(due_on, ${far}) >= ${where.from ?? '0001-01-01'} and coalesce(due_on, ${far}) <= ${where.until ?? far}
      and (${after?.id ?? null}::uuid is null
        or (coalesce(due_on, ${far}), coalesce(signature_id, id)) > (${after?.dueOn ?? far}::date, ${after?.id ?? null}::uuid))
    order by coalesce(due_on, ${far}), coalesce(signature_id, id) limit ${limit}`.execute(tx)
  return rows
}

export async function inboxCounts(tx: Tx, actor: Actor, today: LocalDate, soon: LocalDate): Promise<{ overdue: number; due: number; all: number }> {
  const { rows } = await sql<{ overdue: number; due: number; all: number }>`
    select count(*) filter (where due_on < ${today} and not due_provisional)::int as overdue,
      count(*) filter (where due_on <= ${soon} and (due_on >= ${today} or due_provisional))::int as due, count(*)::int as all
    from (${waitingFor(actor)}) waiting`.execute(tx)
  return rows[0] ?? { overdue: 0, due: 0, all: 0 }
}

function waitingFor({ organ, roles, personId }: Actor) {
  const organId = organ?.id ?? null
  return sql`
    select c.*, null::uuid as signature_id, null::text as signature_kind, null::text as question, null::text as asked_by_name
    from kernel.case_item c
    where c.closed_at is null and c.waiting_roles && ${[...roles]}::text[]
      and (c.assigned_person_id is null or c.assigned_person_id = ${personId})
      and ((c.waiting_party = 'applicant' and c.applicant_organ_id = ${organId})
        or (c.waiting_party = any(${[...(organ?.parts ?? [])]}::text[]) and c.jurisdiction_code = ${organ?.jurisdictionCode ?? null}))
    union all
    select c.*, s.id, s.kind, s.question, s.asked_by_name
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

export async function assignCase(tx: Tx, id: string, step: number, person: { id: string; name: string } | null): Promise<void> {
  await sql`update kernel.case_item set assigned_person_id = ${person?.id ?? null}, assigned_person_name = ${person?.name ?? null},
    step = ${step} where id = ${id}`.execute(tx)
}

/** Open cases with a last day up to `until`, or with a running clock, by id; for the timed reminders. */
export async function casesWithClock(tx: Tx, after: string | null, limit: number): Promise<(CaseRow & { overdueToldOn: LocalDate | null; remindedDays: number[] })[]> {
  const { rows } = await sql<CaseRow & { overdueToldOn: LocalDate | null; remindedDays: number[] }>`
    select c.*, coalesce((select array_agg(r.day) from kernel.case_reminder r where r.case_id = c.id and r.step = c.step), '{}') as reminded_days
    from kernel.case_item c
    where c.closed_at is null and c.due_on is not null and (${after}::uuid is null or c.id > ${after})
    order by c.id limit ${limit}`.execute(tx)
  return rows
}

/** @returns false when this reminder has been given before */
export async function keepReminder(tx: Tx, caseId: string, step: number, day: number, at: Date): Promise<boolean> {
  const { rows } = await sql`insert into kernel.case_reminder (case_id, step, day, at) values (${caseId}, ${step}, ${day}, ${at})
    on conflict do nothing returning day`.execute(tx)
  return rows.length > 0
}

/** @returns false when somebody else has told it already */
export async function keepOverdueTold(tx: Tx, caseId: string, today: LocalDate): Promise<boolean> {
  const { rows } = await sql`update kernel.case_item set overdue_told_on = ${today}
    where id = ${caseId} and overdue_told_on is null and closed_at is null returning id`.execute(tx)
  return rows.length > 0
}
