import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { OpinionDraft, OpinionState, Stance } from '../model.ts'

export type OpinionRow = {
  id: string
  consultationId: string
  organId: string
  state: OpinionState
  stance: Stance | null
  late: boolean
  draft: OpinionDraft | null
  submittedAt: Date | null
  submittedByName: string | null
  caseId: string
  version: number
}

const columns = sql`o.id, o.consultation_id, o.organ_id, o.state, o.stance, o.late, o.draft, o.submitted_at, o.submitted_by_name, o.case_id, o.version`

export async function insertOpinions(
  tx: Tx,
  consultation: { id: string; jurisdictionCode: string },
  rows: readonly { id: string; organId: string; caseId: string }[],
): Promise<void> {
  await sql`insert into consultation.opinion (id, consultation_id, organ_id, jurisdiction_code, state, case_id)
    select id, ${consultation.id}, organ_id, ${consultation.jurisdictionCode}, 'waiting', case_id from unnest(${rows.map(({ id }) => id)}::uuid[],
      ${rows.map(({ organId }) => organId)}::uuid[], ${rows.map(({ caseId }) => caseId)}::uuid[]) as t (id, organ_id, case_id)`.execute(
    tx,
  )
}

export async function opinionById(tx: Tx, id: string): Promise<OpinionRow | null> {
  const { rows } = await sql<OpinionRow>`select ${columns} from consultation.opinion o where o.id = ${id}`.execute(tx)
  return rows[0] ?? null
}

export async function lockOpinion(tx: Tx, id: string): Promise<OpinionRow | null> {
  const { rows } =
    await sql<OpinionRow>`select ${columns} from consultation.opinion o where o.id = ${id} for update`.execute(tx)
  return rows[0] ?? null
}

/** What one organ was asked; null when it was not. */
export async function opinionOfOrgan(tx: Tx, consultationId: string, organId: string): Promise<OpinionRow | null> {
  const { rows } = await sql<OpinionRow>`select ${columns} from consultation.opinion o
    where o.consultation_id = ${consultationId} and o.organ_id = ${organId}`.execute(tx)
  return rows[0] ?? null
}

/** Those of a consultation by id, which is the order in which they were asked. */
export async function opinionsPage(
  tx: Tx,
  consultationId: string,
  state: OpinionState | undefined,
  after: string | undefined,
  limit: number,
): Promise<(OpinionRow & { items: number })[]> {
  const { rows } = await sql<OpinionRow & { items: number }>`select ${columns},
      (select count(*)::int from consultation.item i where i.opinion_id = o.id) as items
    from consultation.opinion o where o.consultation_id = ${consultationId}
      ${state === undefined ? sql`` : sql`and o.state = ${state}`} ${after === undefined ? sql`` : sql`and o.id > ${after}`}
    order by o.id limit ${limit}`.execute(tx)
  return rows
}

/** Organs asked, all of them: at most as many as may be asked at once. */
export async function invitedOrgans(
  tx: Tx,
  consultationId: string,
): Promise<{ id: string; organId: string; state: OpinionState; caseId: string }[]> {
  const { rows } = await sql<{ id: string; organId: string; state: OpinionState; caseId: string }>`
    select id, organ_id, state, case_id from consultation.opinion where consultation_id = ${consultationId} order by id`.execute(
    tx,
  )
  return rows
}

/** @throws Conflict when a colleague saved or sent it meanwhile */
export async function saveOpinion(
  tx: Tx,
  row: OpinionRow,
  changes: Partial<Pick<OpinionRow, 'state' | 'stance' | 'late' | 'draft' | 'submittedAt' | 'submittedByName'>>,
): Promise<OpinionRow> {
  const next = { ...row, ...changes, version: row.version + 1 }
  const { rows } =
    await sql`update consultation.opinion set state = ${next.state}, stance = ${next.stance}, late = ${next.late},
      draft = ${next.draft === null ? null : JSON.stringify(next.draft)}::jsonb, submitted_at = ${next.submittedAt},
      submitted_by_name = ${next.submittedByName}, version = ${next.version}
    where id = ${row.id} and version = ${row.version} returning id`.execute(tx)
  if (rows.length === 0) throw new Conflict('答复')
  return next
}

/** Those that still wait are marked as what became of the consultation. */
export async function endWaiting(tx: Tx, consultationId: string, state: 'unanswered' | 'withdrawn'): Promise<void> {
  await sql`update consultation.opinion set state = ${state}, draft = null, version = version + 1
    where consultation_id = ${consultationId} and state = 'waiting'`.execute(tx)
}
