import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { CorrectionField, CorrectionState } from '../model/personal-data.ts'

export type CorrectionRow = {
  id: string
  personId: string
  personName: string
  organId: string
  organName: string
  jurisdictionCode: string
  field: CorrectionField
  state: CorrectionState
  askedAt: Date
  decidedAt: Date | null
  decidedByName: string | null
  answer: string | null
}

const columns = sql`c.id, c.person_id, p.name as person_name, c.organ_id, o.name as organ_name, c.jurisdiction_code, c.field, c.state,
  c.asked_at, c.decided_at, d.name as decided_by_name, c.answer`
const tables = sql`people.correction c join people.person p on p.id = c.person_id join organs.open_organ o on o.id = c.organ_id
  left join people.person d on d.id = c.decided_by`

/** @returns false when the person has asked for this field already */
export async function insertCorrection(
  tx: Tx,
  row: Pick<CorrectionRow, 'id' | 'personId' | 'organId' | 'jurisdictionCode' | 'field' | 'askedAt'>,
): Promise<boolean> {
  const { rows } =
    await sql`insert into people.correction (id, person_id, organ_id, jurisdiction_code, field, state, asked_at)
    values (${row.id}, ${row.personId}, ${row.organId}, ${row.jurisdictionCode}, ${row.field}, 'asked', ${row.askedAt})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** Locked, so that of two decisions at once the second sees the first. */
export async function correctionById(tx: Tx, id: string, lock = false): Promise<CorrectionRow | null> {
  const { rows } =
    await sql<CorrectionRow>`select ${columns} from ${tables} where c.id = ${id} ${lock ? sql`for update of c` : sql``}`.execute(
      tx,
    )
  return rows[0] ?? null
}

export async function correctionsOfPerson(tx: Tx, personId: string): Promise<CorrectionRow[]> {
  return (
    await sql<CorrectionRow>`select ${columns} from ${tables} where c.person_id = ${personId} order by c.asked_at desc, c.id desc limit 50`.execute(
      tx,
    )
  ).rows
}

export async function correctionsPage(
  tx: Tx,
  jurisdictionCode: string,
  state: CorrectionState | undefined,
  after: string | undefined,
  limit: number,
): Promise<CorrectionRow[]> {
  return (
    await sql<CorrectionRow>`select ${columns} from ${tables} where c.jurisdiction_code = ${jurisdictionCode}
      and (${state ?? null}::text is null or c.state = ${state ?? null})
      and (${after ?? null}::uuid is null or (c.asked_at, c.id) < (select asked_at, id from people.correction where id = ${after ?? null}))
      order by c.asked_at desc, c.id desc limit ${limit}`.execute(tx)
  ).rows
}

/** Moves an open request; false when it is not open any more. */
export async function endCorrection(
  tx: Tx,
  id: string,
  end: { state: 'done' | 'declined' | 'withdrawn'; decidedBy: string | null; answer: string | null; now: Date },
): Promise<boolean> {
  const { rows } =
    await sql`update people.correction set state = ${end.state}, decided_by = ${end.decidedBy}, decided_at = ${end.now},
    answer = ${end.answer} where id = ${id} and state = 'asked' returning id`.execute(tx)
  return rows.length > 0
}

/** A person's name or post, corrected. */
export async function correctPerson(tx: Tx, personId: string, change: { name?: string; post?: string }): Promise<void> {
  await sql`update people.person set name = coalesce(${change.name ?? null}, name), post = coalesce(${change.post ?? null}, post),
    version = version + 1 where id = ${personId}`.execute(tx)
}
