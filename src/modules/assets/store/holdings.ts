import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { ClassEdition } from '../model.ts'

/** A class as cards name it, with the rank that furniture is for. */
export type HeldClass = { classCode: string; classEdition: ClassEdition; rank: string | null }

/** Which of these organs keep their register here: what was only taken over from another organ is not yet a register. */
export async function organsWithBook(tx: Tx, organIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ organId: string }>`select b.organ_id from assets.book b
    where b.organ_id = any(${[...organIds]}::uuid[])
      and (not exists (select from assets.transfer t where t.to_organ_id = b.organ_id)
        or exists (select from assets.card c where c.organ_id = b.organ_id and c.taken_over_on is null))`.execute(tx)
  return new Set(rows.map(({ organId }) => organId))
}

/**
 * Organs with things that have stood idle since a day or longer and are in no procedure (GWC-R02); read by the index of idle
 * cards, not over the register.
 */
export async function longIdle(
  tx: Tx,
  since: string,
): Promise<{ organId: string; jurisdictionCode: string; cards: number; earliest: string }[]> {
  const { rows } = await sql<{
    organId: string
    jurisdictionCode: string
    cards: number
    earliest: string
  }>`select organ_id, jurisdiction_code, count(*)::int as cards, min(since) as earliest
    from (select c.organ_id, c.jurisdiction_code, (select max(e.effective_on) from assets.event e
        where e.card_id = c.id and jsonb_exists(e.changes, 'state')) as since
      from assets.card c where c.state = 'idle' and not exists (select from assets.engagement g where g.card_id = c.id)) t
    where since <= ${since}::date group by 1, 2 order by 1`.execute(tx)
  return rows
}

/** Cards of an organ that have stood idle since a day or longer and are in no procedure (GWC-R02). */
export async function longIdleCards(
  tx: Tx,
  organId: string,
  since: string,
): Promise<
  {
    cardId: string
    organId: string
    jurisdictionCode: string
    number: string
    name: string
    model: string
    costFen: number
    since: string
  }[]
> {
  const { rows } = await sql<{
    cardId: string
    organId: string
    jurisdictionCode: string
    number: string
    name: string
    model: string
    costFen: number
    since: string
  }>`select card_id, organ_id, jurisdiction_code, number, name, model, cost_fen, since
    from (select c.id as card_id, c.organ_id, c.jurisdiction_code, c.number, c.name, c.model, c.cost_fen,
        (select max(e.effective_on) from assets.event e where e.card_id = c.id and jsonb_exists(e.changes, 'state')) as since
      from assets.card c where c.organ_id = ${organId} and c.state = 'idle'
        and not exists (select from assets.engagement g where g.card_id = c.id)) t
    where since <= ${since}::date order by card_id`.execute(tx)
  return rows
}

/** Pieces on the books of a level's organs by class, from the sums that are kept: wherever they are, in whatever state. */
export async function bookedByClass(
  tx: Tx,
  jurisdictionCode: string,
): Promise<{ organId: string; classCode: string; classEdition: ClassEdition; quantity: number }[]> {
  const { rows } = await sql<{
    organId: string
    classCode: string
    classEdition: ClassEdition
    quantity: number
  }>`select organ_id, class_code, class_edition, sum(quantity)::int as quantity from assets.class_sum
    where jurisdiction_code = ${jurisdictionCode} group by 1, 2, 3 having sum(quantity) > 0`.execute(tx)
  return rows
}

/** What organs have idle of each class. */
export async function idleByClass(
  tx: Tx,
  organIds: readonly string[],
): Promise<(HeldClass & { organId: string; quantity: number })[]> {
  const { rows } = await sql<
    HeldClass & { organId: string; quantity: number }
  >`select organ_id, class_code, class_edition,
      detail ->> 'rank' as rank, sum(quantity)::int as quantity
    from assets.card where state = 'idle' and organ_id = any(${[...organIds]}::uuid[]) group by 1, 2, 3, 4`.execute(tx)
  return rows
}

export type IdleCardRow = HeldClass & {
  id: string
  organId: string
  organName: string
  number: string
  name: string
  place: string
  quantity: number
  acquiredOn: string
}

/** Idle cards of a level that no procedure holds; by state, not by reading the whole register. */
export async function freeIdleCards(
  tx: Tx,
  jurisdictionCode: string,
  only: readonly string[] | null,
): Promise<IdleCardRow[]> {
  const { rows } =
    await sql<IdleCardRow>`select c.id, c.organ_id, o.name as organ_name, c.number, c.name, c.place, c.quantity,
      c.acquired_on, c.class_code, c.class_edition, c.detail ->> 'rank' as rank
    from assets.card c join organs.open_organ o on o.id = c.organ_id
    where c.jurisdiction_code = ${jurisdictionCode} and c.state = 'idle' and c.removed_on is null
      ${only === null ? sql`` : sql`and c.id = any(${[...only]}::uuid[])`}
      and not exists (select from assets.engagement e where e.card_id = c.id)
    order by c.id`.execute(tx)
  return rows
}

/**
 * Changes whenever the register of these jurisdictions changes. Events are only ever added, so that their number tells;
 * the number of cards tells of those that come from elsewhere.
 */
export async function registerDigest(tx: Tx, jurisdictionCodes: readonly string[]): Promise<string> {
  const codes = [...jurisdictionCodes]
  const { rows } = await sql<{ digest: string }>`select concat(
      (select count(*) from assets.event where jurisdiction_code = any(${codes})), ':',
      (select count(*) from assets.card where jurisdiction_code = any(${codes}))) as digest`.execute(tx)
  return rows[0]?.digest ?? ''
}

export type HeldOfClass = {
  organId: string
  classCode: string
  classEdition: ClassEdition
  rank: string | null
  quantity: number
  usable: number
  idle: number
  overLife: number
}

/** What organs hold of each class, for holdings at review; `lifeEnds` says by class from which acquisition day on life is not over. */
export async function heldByClass(
  tx: Tx,
  organIds: readonly string[],
  lifeEnds: readonly { classCode: string; classEdition: ClassEdition; acquiredAfter: string }[],
): Promise<HeldOfClass[]> {
  const { rows } = await sql<HeldOfClass>`select c.organ_id, c.class_code, c.class_edition, c.detail ->> 'rank' as rank,
      sum(c.quantity)::int as quantity,
      coalesce(sum(c.quantity) filter (where c.state in ('in-use', 'idle', 'lent', 'leased')), 0)::int as usable,
      coalesce(sum(c.quantity) filter (where c.state = 'idle'), 0)::int as idle,
      coalesce(sum(c.quantity) filter (where c.acquired_on <= l.acquired_after), 0)::int as over_life
    from assets.card c left join jsonb_to_recordset(${JSON.stringify(
      lifeEnds.map((one) => ({
        class_code: one.classCode,
        class_edition: one.classEdition,
        acquired_after: one.acquiredAfter,
      })),
    )}::jsonb) as l(class_code text, class_edition text, acquired_after date) on l.class_code = c.class_code and l.class_edition = c.class_edition
    where c.organ_id = any(${[...organIds]}::uuid[]) and c.removed_on is null
      -- What was handed to the public warehouse is its organ's in the books alone (Art. 23).
      and not (c.state in ('in-warehouse', 'lent') and exists (
        select from assets.engagement e where e.card_id = c.id and e.procedure = 'intake'))
    group by 1, 2, 3, 4`.execute(tx)
  return rows
}
