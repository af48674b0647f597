import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { Found, Result, SurplusThing } from '../model.ts'

export type MarkRow = {
  id: string
  cardId: string | null
  result: Result
  found: Found
  thing: SurplusThing | null
  remark: string
  personId: string | null
  personName: string
  countedAt: Date
  settles: boolean
}

const columns = sql`m.id, m.card_id, m.result, m.found, m.thing, m.remark, m.person_id, m.person_name, m.counted_at, m.settles`

/** @returns ids that were not known before */
export async function insertMarks(
  tx: Tx,
  count: { id: string; organId: string },
  marks: readonly MarkRow[],
  receivedAt: Date,
): Promise<Set<string>> {
  const rows = marks.map((mark) => ({
    id: mark.id,
    card_id: mark.cardId,
    result: mark.result,
    found: mark.found,
    thing: mark.thing,
    remark: mark.remark,
    person_id: mark.personId,
    person_name: mark.personName,
    counted_at: mark.countedAt,
    settles: mark.settles,
  }))
  const { rows: kept } = await sql<{
    id: string
  }>`insert into stocktaking.mark (id, count_id, organ_id, card_id, result, found, thing, remark,
      person_id, person_name, counted_at, received_at, settles)
    select r.id, ${count.id}, ${count.organId}, r.card_id, r.result, r.found, nullif(r.thing, 'null'::jsonb), r.remark, r.person_id, r.person_name, r.counted_at,
      ${receivedAt}, r.settles
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, card_id uuid, result text, found jsonb, thing jsonb, remark text,
      person_id uuid, person_name text, counted_at timestamptz, settles boolean)
    on conflict (id) do nothing returning id`.execute(tx)
  return new Set(kept.map(({ id }) => id))
}

export async function knownMarks(tx: Tx, countId: string, ids: readonly string[]): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ id: string; cardId: string | null }>`select id, card_id from stocktaking.mark
    where count_id = ${countId} and id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, cardId }) => [id, cardId]))
}

export async function marksOf(tx: Tx, countId: string, cardIds: readonly string[]): Promise<MarkRow[]> {
  const { rows } = await sql<MarkRow>`select ${columns} from stocktaking.mark m
    where m.count_id = ${countId} and m.card_id = any(${[...new Set(cardIds)]}::uuid[]) order by m.counted_at, m.id`.execute(
    tx,
  )
  return rows
}

export async function markById(tx: Tx, countId: string, id: string): Promise<MarkRow | undefined> {
  const { rows } = await sql<MarkRow>`select ${columns} from stocktaking.mark m
    where m.count_id = ${countId} and m.id = ${id}`.execute(tx)
  return rows[0]
}
