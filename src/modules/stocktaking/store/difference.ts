import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Difference, Outcome, Resolution, Result, SurplusCard } from '../model.ts'
import { stateAfter } from '../rules/closing.ts'

export type DifferenceRow = Difference
/** Resolutions that change the card of the thing. */
const changing: readonly string[] = ['correct', ...Object.keys(stateAfter)]
const columns = sql`d.id, d.result, d.card_id, d.number, d.name, d.place, d.cost_fen, d.booked, d.found, d.thing, d.remark, d.cause, d.responsible,
  d.resolution, d.card, d.outcome, d.made_card_id, d.version`

const bookedJson = sql`jsonb_build_object('place', i.place, 'department', i.department, 'custodianName', i.custodian_name, 'userName', i.user_name,
  'serialNumber', i.serial_number, 'model', i.model, 'state', i.book_state)`

/**
 * Makes the difference sheet from what stands: one row for each thing that is not as booked and for each surplus. What was
 * worked before and still differs in the same way keeps its working.
 */
export async function makeSheet(tx: Tx, count: { id: string; organId: string }): Promise<void> {
  await sql`delete from stocktaking.difference d where d.count_id = ${count.id} and d.card_id is not null and not exists (
      select from stocktaking.item i where i.count_id = d.count_id and i.card_id = d.card_id and i.result = d.result and i.found = d.found)`.execute(
    tx,
  )
  await sql`insert into stocktaking.difference (id, count_id, organ_id, result, card_id, number, name, place, cost_fen, booked, found, remark)
    select gen_random_uuid(), i.count_id, i.organ_id, i.result, i.card_id, i.number, i.name, i.place, i.cost_fen, ${bookedJson}, i.found, i.remark
    from stocktaking.item i where i.count_id = ${count.id} and i.result <> 'same'
    on conflict (count_id, card_id) where card_id is not null do nothing`.execute(tx)
  await sql`insert into stocktaking.difference (id, count_id, organ_id, result, mark_id, number, name, place, cost_fen, booked, found, thing, remark)
    select gen_random_uuid(), m.count_id, m.organ_id, 'surplus', m.id, m.thing ->> 'serialNumber', m.thing ->> 'name', m.thing ->> 'place', 0, '{}', '{}',
      m.thing, m.remark
    from stocktaking.mark m where m.count_id = ${count.id} and m.card_id is null
    on conflict (count_id, mark_id) where mark_id is not null do nothing`.execute(tx)
}

/** Says of everything that nobody counted that it is missing. */
export async function missUncounted(tx: Tx, countId: string, by: { name: string; at: Date }): Promise<number> {
  const result =
    await sql`update stocktaking.item set result = 'missing', remark = '未清点到实物', counted_by_name = ${by.name}, counted_at = ${by.at}
    where count_id = ${countId} and result is null and not disputed`.execute(tx)
  return Number(result.numAffectedRows)
}

/** By kind, then in the order of a walk. @param after id of the last row seen */
export async function differencesPage(
  tx: Tx,
  countId: string,
  { result, open }: { result?: Result | undefined; open?: boolean | undefined },
  after: string | undefined,
  limit: number,
): Promise<DifferenceRow[]> {
  const { rows } =
    await sql<DifferenceRow>`select ${columns} from stocktaking.difference d where d.count_id = ${countId}
    ${result === undefined ? sql`` : sql`and d.result = ${result}`}
    ${open === undefined ? sql`` : open ? sql`and d.resolution is null` : sql`and d.resolution is not null`}
    ${
      after === undefined
        ? sql``
        : sql`and (d.result, d.place, d.number, d.id) > (select l.result, l.place, l.number, l.id from stocktaking.difference l where l.count_id = ${countId} and l.id = ${after})`
    }
    order by d.result, d.place, d.number, d.id limit ${limit}`.execute(tx)
  return rows
}

export type DifferenceSums = { total: number; open: number; pursued: number }

export async function differenceSums(tx: Tx, countId: string): Promise<DifferenceSums> {
  const { rows } =
    await sql<DifferenceSums>`select count(*)::int as total, (count(*) filter (where resolution is null))::int as open,
      (count(*) filter (where resolution = 'pursue'))::int as pursued
    from stocktaking.difference where count_id = ${countId}`.execute(tx)
  return rows[0] as DifferenceSums
}

/** Locked in the order of their ids. */
export async function lockDifferences(tx: Tx, countId: string, ids: readonly string[]): Promise<DifferenceRow[]> {
  const { rows } =
    await sql<DifferenceRow>`select ${columns} from stocktaking.difference d where d.count_id = ${countId}
    and d.id = any(${[...new Set(ids)]}::uuid[]) order by d.id for update`.execute(tx)
  return rows
}

/** The whole sheet part by part, each locked in the order of ids. @param after id of the last row seen */
export async function lockDifferencesAfter(
  tx: Tx,
  countId: string,
  after: string | null,
  limit: number,
): Promise<DifferenceRow[]> {
  const { rows } =
    await sql<DifferenceRow>`select ${columns} from stocktaking.difference d where d.count_id = ${countId}
    ${after === null ? sql`` : sql`and d.id > ${after}::uuid`} order by d.id limit ${limit} for update`.execute(tx)
  return rows
}

/** What the sheet came to; amounts in 分. */
export type ResolvedSums = {
  total: number
  corrected: number
  registered: number
  registeredFen: number
  pursued: number
  pursuedFen: number
}

export async function resolvedSums(tx: Tx, countId: string): Promise<ResolvedSums> {
  const { rows } = await sql<ResolvedSums>`select count(*)::int as total,
      (count(*) filter (where resolution = 'correct'))::int as corrected,
      (count(*) filter (where resolution = 'register'))::int as registered,
      coalesce(sum((card ->> 'valueFen')::bigint) filter (where resolution = 'register'), 0)::bigint as registered_fen,
      (count(*) filter (where resolution = 'pursue'))::int as pursued,
      coalesce(sum(cost_fen) filter (where resolution = 'pursue'), 0)::bigint as pursued_fen
    from stocktaking.difference where count_id = ${countId}`.execute(tx)
  return rows[0] as ResolvedSums
}

/** Cards that were pursued as losses, a batch at most. */
export async function pursuedCards(tx: Tx, countId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ cardId: string }>`select card_id from stocktaking.difference
    where count_id = ${countId} and resolution = 'pursue' and card_id is not null and coalesce(outcome, 'corrected') = 'corrected' order by id limit ${limit}`.execute(
    tx,
  )
  return rows.map(({ cardId }) => cardId)
}

/** Cards that the working of the sheet will change, as far as they are still there. */
export async function changedCards(tx: Tx, countId: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select c.id from stocktaking.difference d join assets.open_card c on c.id = d.card_id
    where d.count_id = ${countId} and d.resolution = any(${[...changing]}::text[]) and c.removed_on is null and c.organ_id = d.organ_id
    order by c.id`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function workDifferences(
  tx: Tx,
  rows: readonly Pick<DifferenceRow, 'id' | 'version'>[],
  worked: { resolution: Resolution; cause: string; responsible: string; card: SurplusCard | null },
): Promise<void> {
  const versions = rows.map(({ id, version }) => ({ id, version }))
  const result =
    await sql`update stocktaking.difference d set resolution = ${worked.resolution}, cause = ${worked.cause},
      responsible = ${worked.responsible}, card = ${worked.card === null ? null : JSON.stringify(worked.card)}::jsonb, version = d.version + 1
    from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as r(id uuid, version integer) where d.id = r.id and d.version = r.version`.execute(
      tx,
    )
  if (Number(result.numAffectedRows) !== rows.length) throw new Conflict('盘点差异')
}

export async function saveOutcomes(
  tx: Tx,
  outcomes: readonly { id: string; outcome: Outcome; madeCardId: string | null }[],
): Promise<void> {
  const rows = outcomes.map(({ id, outcome, madeCardId }) => ({ id, outcome, made_card_id: madeCardId }))
  await sql`update stocktaking.difference d set outcome = r.outcome, made_card_id = r.made_card_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, outcome text, made_card_id uuid) where d.id = r.id`.execute(
    tx,
  )
}
