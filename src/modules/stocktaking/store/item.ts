import { sql, type RawBuilder } from 'kysely'
import { executePrepared, together, type Tx } from '#kernel/server/database.ts'
import type { CountScope, Item } from '../model.ts'
import type { Standing } from '../rules/standing.ts'

export type ItemRow = Omit<Item, 'countedAt'> & { countedAt: Date | null }

const columns = sql`i.card_id, i.number, i.name, i.model, i.serial_number, i.unit, i.quantity, i.cost_fen, i.department, i.place, i.user_name,
  i.custodian_name, i.book_state, i.result, i.disputed, i.found, i.remark, i.counted_by_name, i.counted_at`
const frozen = sql`count_id, card_id, organ_id, number, name, model, serial_number, unit, quantity, cost_fen, department, place, user_name,
  custodian_name, book_state`

const begins = (column: string, words: readonly string[]): RawBuilder<unknown> =>
  words.length === 0
    ? sql`true`
    : sql`exists (select from unnest(${[...words]}::text[]) word where starts_with(${sql.ref(column)}, word))`

/** Cards that one statement freezes: each is done in seconds on a busy machine too, long before the database gives it up. */
const frozenAtOnce = 20_000

/**
 * Freezes the book: every card of the organ in the scope that is there and was booked by the base day.
 * @param except cards that something happened to after the base day; they are frozen by {@link freezeCards} as they were
 */
export async function freezeBook(
  tx: Tx,
  count: { id: string; organId: string; baseOn: string; scope: CountScope },
  except: readonly string[],
): Promise<void> {
  for (let after: string | null = null; ;) {
    const { done, last } = await freezePart(tx, count, except, after)
    if (done < frozenAtOnce) return
    after = last
  }
}

async function freezePart(
  tx: Tx,
  count: { id: string; organId: string; baseOn: string; scope: CountScope },
  except: readonly string[],
  after: string | null,
): Promise<{ done: number; last: string | null }> {
  const { scope } = count
  const { rows } = await sql<{ done: number; last: string | null }>`with part as materialized (
    select c.id, c.organ_id, c.number, c.name, c.model, c.serial_number, c.unit, c.quantity, c.cost_fen, c.department, c.place,
      c.user_name, c.custodian_name, c.state
    from assets.open_card c
    where c.organ_id = ${count.organId} ${after === null ? sql`` : sql`and c.id > ${after}::uuid`} and c.removed_on is null and c.booked_on <= ${count.baseOn}
      and ${begins('c.place', scope.places)} and ${begins('c.department', scope.departments)} and ${begins('c.custodian_name', scope.custodians)}
      and starts_with(c.class_code, ${scope.classPrefix ?? ''}) and not c.id = any(${[...except]}::uuid[])
    order by c.id limit ${frozenAtOnce}), taken as (
    insert into stocktaking.item (${frozen}) select ${count.id}, part.* from part)
    select count(*)::int as done, (select id from part order by id desc limit 1) as last from part`.execute(tx)
  return rows[0] as { done: number; last: string | null }
}

export type FrozenCard = { cardId: string } & Pick<
  ItemRow,
  | 'number'
  | 'name'
  | 'model'
  | 'serialNumber'
  | 'unit'
  | 'quantity'
  | 'costFen'
  | 'department'
  | 'place'
  | 'userName'
  | 'custodianName'
  | 'bookState'
>

export async function freezeCards(
  tx: Tx,
  count: { id: string; organId: string },
  cards: readonly FrozenCard[],
): Promise<void> {
  const rows = cards.map((card) => ({
    card_id: card.cardId,
    number: card.number,
    name: card.name,
    model: card.model,
    serial_number: card.serialNumber,
    unit: card.unit,
    quantity: card.quantity,
    cost_fen: card.costFen,
    department: card.department,
    place: card.place,
    user_name: card.userName,
    custodian_name: card.custodianName,
    book_state: card.bookState,
  }))
  await sql`insert into stocktaking.item (${frozen})
    select ${count.id}, r.card_id, ${count.organId}, r.number, r.name, r.model, r.serial_number, r.unit, r.quantity, r.cost_fen, r.department,
      r.place, r.user_name, r.custodian_name, r.book_state
    from jsonb_populate_recordset(null::stocktaking.item, ${JSON.stringify(rows)}::jsonb) r`.execute(tx)
}

export type ItemFilter = {
  place?: string | undefined
  placePrefix?: string | undefined
  text?: string | undefined
  which?: 'open' | 'disputed' | 'differing' | 'same' | undefined
}

type Which = NonNullable<ItemFilter['which']>

const whichOf: Record<Which, RawBuilder<unknown>> = {
  open: sql`and i.result is null and not i.disputed`,
  disputed: sql`and i.disputed`,
  differing: sql`and i.result <> 'same'`,
  same: sql`and i.result = 'same'`,
}
/** How many of them a place has: where there are none nobody looks. */
const manyOf: Record<Which, RawBuilder<unknown>> = {
  open: sql`(s.items - s.counted - s.disputed)`,
  disputed: sql`s.disputed`,
  differing: sql`(s.counted - s.same)`,
  same: sql`s.same`,
}

/** Which places, in the words of a table that has them. */
function placesNamed(table: 's' | 'w', countId: string, { place, placePrefix }: ItemFilter): RawBuilder<unknown> {
  const of = (column: string) => sql.ref(`${table}.${column}`)
  return sql`${of('count_id')} = ${countId} ${place === undefined ? sql`` : sql`and ${of('place')} = ${place}`}
    ${placePrefix === undefined ? sql`` : sql`and starts_with(${of('place')}, ${placePrefix})`}`
}

const placesOf = (countId: string, filter: ItemFilter): RawBuilder<unknown> =>
  sql`${placesNamed('s', countId, filter)} ${filter.which === undefined ? sql`` : sql`and ${manyOf[filter.which]} > 0`}`

const thingsOf = ({ text, which }: ItemFilter): RawBuilder<unknown> =>
  sql`${text === undefined ? sql`` : sql`and position(lower(${text}) in stocktaking.words_of(i.name, i.number, i.serial_number, i.model)) > 0`}
    ${which === undefined ? sql`` : whichOf[which]}`

type Span = { after: string | undefined; limit: number }
export type ItemsFound = { rows: ItemRow[]; total: number | null }

/**
 * A page in the order of a walk: by place, then number. Of words what is found is counted up to 10,000, null means more; of
 * places what their sums say; nothing on later pages.
 * @param after card of the last row seen
 */
export async function itemsPage(tx: Tx, countId: string, filter: ItemFilter, span: Span): Promise<ItemsFound> {
  const found = filter.text === undefined ? null : await wordedPage(tx, countId, filter, filter.text, span)
  if (found !== null) return found
  const [rows, total] = await together(tx, (at) => [
    walkedPage(at, countId, filter, span),
    span.after === undefined && filter.text === undefined ? placesTotal(at, countId, filter) : null,
  ])
  return { rows, total }
}

/** Place after place until the page is full. */
async function walkedPage(tx: Tx, countId: string, filter: ItemFilter, { after, limit }: Span): Promise<ItemRow[]> {
  const first = after === undefined
  const { rows } = await executePrepared(
    tx,
    sql<ItemRow>`${
      first
        ? sql``
        : sql`with seen as materialized (select place, number, card_id from stocktaking.item where count_id = ${countId} and card_id = ${after})`
    }
    select i.* from stocktaking.place_sum s cross join lateral (
      select ${columns} from stocktaking.item i where i.count_id = s.count_id and i.place = s.place ${thingsOf(filter)}
      ${first ? sql`` : sql`and (i.place, i.number, i.card_id) > (select place, number, card_id from seen)`}
      order by i.number, i.card_id limit ${limit}) i
    where ${placesOf(countId, filter)} ${first ? sql`` : sql`and s.place >= (select place from seen)`}
    order by s.place, i.number, i.card_id limit ${limit}`,
  )
  return rows
}

async function placesTotal(tx: Tx, countId: string, filter: ItemFilter): Promise<number> {
  const { which } = filter
  const { rows } = await executePrepared(
    tx,
    sql<{ n: number }>`select coalesce(sum(${which === undefined ? sql`s.items` : manyOf[which]}), 0)::int as n
      from stocktaking.place_sum s where ${placesOf(countId, filter)}`,
  )
  return rows[0]?.n ?? 0
}

const mostFound = 10_000

/** What holds a word, by the words of the places (decision 58); null for a word on so many that a walk soon fills the page. */
async function wordedPage(
  tx: Tx,
  countId: string,
  filter: ItemFilter,
  text: string,
  { after, limit }: Span,
): Promise<ItemsFound | null> {
  const word = sql`lower(${text})`
  const which = filter.which === undefined ? sql`` : whichOf[filter.which]
  const { rows } = await executePrepared(
    tx,
    sql<{ found: number; total: number; ids: string[] }>`with found as materialized (
        select split_part(line, chr(31), 2)::uuid as card_id
        from stocktaking.place_words w cross join lateral string_to_table(w.words, chr(10)) line
        where ${placesNamed('w', countId, filter)} and position(${word} in w.words) > 0 and position(${word} in split_part(line, chr(31), 1)) > 0
        limit ${mostFound + 1}),
      things as materialized (select i.place, i.number, i.card_id from found f
        join stocktaking.item i on i.count_id = ${countId} and i.card_id = f.card_id ${which}
        where (select count(*) from found) <= ${mostFound})
      select (select count(*)::int from found) as found, (select count(*)::int from things) as total, array(
        select t.card_id from things t
        ${after === undefined ? sql`` : sql`where (t.place, t.number, t.card_id) > (select place, number, card_id from stocktaking.item where count_id = ${countId} and card_id = ${after})`}
        order by t.place, t.number, t.card_id limit ${limit}) as ids`,
  )
  const { found, total, ids } = rows[0] ?? { found: 0, total: 0, ids: [] }
  if (found > mostFound) return null
  if (ids.length === 0) return { rows: [], total: after === undefined ? total : null }
  const { rows: page } = await executePrepared(
    tx,
    sql<ItemRow>`select ${columns} from stocktaking.item i where i.count_id = ${countId} and i.card_id = any(${ids}::uuid[])
      order by i.place, i.number, i.card_id`,
  )
  return { rows: page, total: after === undefined ? total : null }
}

export async function itemOf(tx: Tx, countId: string, cardId: string): Promise<ItemRow | undefined> {
  const { rows } =
    await sql<ItemRow>`select ${columns} from stocktaking.item i where i.count_id = ${countId} and i.card_id = ${cardId}`.execute(
      tx,
    )
  return rows[0]
}

/** What was counted, in the order of ids; for verification. */
export async function countedItems(tx: Tx, countId: string, after: string | null, limit: number): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select ${columns} from stocktaking.item i
    where i.count_id = ${countId} and (i.result is not null or i.disputed) and (${after}::uuid is null or i.card_id > ${after}::uuid)
    order by i.card_id limit ${limit}`.execute(tx)
  return rows
}

/** Locked in the order of their ids. */
export async function lockItems(tx: Tx, countId: string, cardIds: readonly string[]): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select ${columns} from stocktaking.item i
    where i.count_id = ${countId} and i.card_id = any(${[...new Set(cardIds)]}::uuid[]) order by i.card_id for update`.execute(
    tx,
  )
  return rows
}

/** Which cards on the list a number, or a serial number that only one has, stands for. */
export async function itemsByCode(tx: Tx, countId: string, codes: readonly string[]): Promise<Map<string, string>> {
  const asked = sql`unnest(${[...codes]}::text[]) asked(code)`
  const { rows } = await sql<{ code: string; cardId: string }>`
    select distinct on (code) code, card_id from (
      select asked.code, i.card_id, 0 as rank from ${asked} join stocktaking.item i on i.count_id = ${countId} and i.number = asked.code
      union all
      select asked.code, min(i.card_id::text)::uuid, 1 from ${asked} join stocktaking.item i
        on i.count_id = ${countId} and i.serial_number = asked.code and i.serial_number <> '' group by asked.code having count(*) = 1
    ) found order by code, rank`.execute(tx)
  return new Map(rows.map(({ code, cardId }) => [code, cardId]))
}

/** Writes what stands of things after they were counted; where counters disagree, nothing does. */
export async function saveStandings(
  tx: Tx,
  countId: string,
  standings: ReadonlyMap<string, Standing | null>,
): Promise<void> {
  const rows = [...standings].map(([cardId, standing]) => ({
    card_id: cardId,
    result: standing === null || standing.disputed ? null : standing.voice.result,
    disputed: standing?.disputed ?? false,
    found: standing === null || standing.disputed ? {} : standing.voice.found,
    remark: standing?.voice.remark ?? '',
    by: standing?.voice.personName ?? null,
    at: standing?.voice.countedAt ?? null,
  }))
  await sql`update stocktaking.item i set result = r.result, disputed = r.disputed, found = r.found, remark = r.remark,
      counted_by_name = r.by, counted_at = r.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(card_id uuid, result text, disputed boolean, found jsonb, remark text, by text, at timestamptz)
    where i.count_id = ${countId} and i.card_id = r.card_id`.execute(tx)
}

/** What nobody counted, and was said to be missing when counting ended, is to be counted again. */
export async function reopenUncounted(tx: Tx, countId: string): Promise<void> {
  await sql`update stocktaking.item i set result = null, remark = '', counted_by_name = null, counted_at = null
    where i.count_id = ${countId} and i.result = 'missing' and not exists (
      select from stocktaking.mark m where m.count_id = i.count_id and m.card_id = i.card_id)`.execute(tx)
}

/** What a scope can be chosen from: what cards of the organ say, the most frequent first. */
export async function scopeWords(
  tx: Tx,
  organId: string,
): Promise<{ places: string[]; departments: string[]; custodians: string[] }> {
  const words = async (column: 'place' | 'department' | 'custodian_name') =>
    (
      await sql<{ word: string }>`select ${sql.ref(column)} as word from assets.open_card
        where organ_id = ${organId} and removed_on is null and ${sql.ref(column)} <> '' group by 1 order by count(*) desc, 1 limit 300`.execute(
        tx,
      )
    ).rows.map(({ word }) => word)
  return {
    places: await words('place'),
    departments: await words('department'),
    custodians: await words('custodian_name'),
  }
}
