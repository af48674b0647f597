import { sql, type RawBuilder } from 'kysely'
import { executePrepared, sendingOf, type Sending, type Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { CardFacts, CardState, DepreciationBase } from '../model.ts'
import { heldOf, searchTextOf } from '../rules/search.ts'
import { classNameOf } from '../model/classes.ts'

/** A card as it is kept: present facts, what was charged, and the months its depreciation goes on over. */
export type CardRow = CardFacts & {
  id: string
  organName: string
  base: DepreciationBase
  openingFen: number
  accumulatedFen: number
  netFen: number
  registeredOn: string
  takenOverOn: string | null
  removedOn: string | null
  version: number
}
type FlatRow = Omit<CardRow, 'base'> & {
  baseFen: number
  baseMonths: number | null
  baseIn: string
  baseBeforeFen: number
  baseMonthly: number | null
}

const columns = sql`c.id, c.organ_id, o.name as organ_name, c.jurisdiction_code, c.number, c.class_code, c.class_edition, c.name, c.model,
  c.serial_number, c.unit, c.quantity, c.value_kind, c.cost_fen, c.fiscal_fen, c.other_fen, c.acquired_on, c.acquired_by, c.booked_on,
  c.depreciation_months, c.state, c.department, c.place, c.user_name, c.custodian_id, c.custodian_name, c.supplier, c.contract_number,
  c.invoice_number, c.voucher_number, c.warranty_until, c.inspection_due, c.note, c.detail, c.base_fen, c.base_months,
  to_char(c.base_in, 'YYYY-MM') as base_in, c.base_before_fen, c.base_monthly, c.opening_fen, c.accumulated_fen, c.net_fen, c.registered_on, c.taken_over_on,
  c.removed_on,
  c.version`
const tables = sql`assets.card c join organs.open_organ o on o.id = c.organ_id`

function cardOf({ baseFen, baseMonths, baseIn, baseBeforeFen, baseMonthly, ...row }: FlatRow): CardRow {
  return {
    ...row,
    base: { fen: baseFen, months: baseMonths, inMonth: baseIn, beforeFen: baseBeforeFen, monthlyFen: baseMonthly },
  }
}

/**
 * Cards of a condition in the order of their registration, batch by batch and all of one moment: a cursor sees what was
 * there when it was opened, whatever others do while it is read. One at a time in a transaction.
 */
export async function* cardsOfOneMoment(tx: Tx, where: RawBuilder<unknown>, batch: number): AsyncGenerator<CardRow[]> {
  await sql`declare cards_of_one_moment no scroll cursor for select ${columns} from ${tables} where ${where} order by c.id`.execute(
    tx,
  )
  for (;;) {
    const { rows } = await sql<FlatRow>`fetch ${sql.lit(batch)} from cards_of_one_moment`.execute(tx)
    if (rows.length > 0) yield rows.map(cardOf)
    if (rows.length < batch) break
  }
  await sql`close cards_of_one_moment`.execute(tx)
}

export async function cardById(tx: Tx, id: string): Promise<CardRow | undefined> {
  const { rows } = await executePrepared(tx, sql<FlatRow>`select ${columns} from ${tables} where c.id = ${id}`)
  return rows[0] && cardOf(rows[0])
}

/** Locked in the order of their ids, so that two bulk acts never wait for each other. */
export async function lockCards(tx: Tx, ids: readonly string[]): Promise<CardRow[]> {
  const { rows } = await sql<FlatRow>`select ${columns} from ${tables}
    where c.id = any(${[...new Set(ids)]}::uuid[]) order by c.id for update of c`.execute(tx)
  return rows.map(cardOf)
}

export async function cardsById(tx: Tx, ids: readonly string[]): Promise<CardRow[]> {
  const { rows } = await sql<FlatRow>`select ${columns} from ${tables}
    where c.id = any(${[...new Set(ids)]}::uuid[]) order by c.number, c.id`.execute(tx)
  return rows.map(cardOf)
}

/** Cards of an organ by their numbers, those that went among them. */
export async function cardsByNumber(
  tx: Tx,
  organId: string,
  numbers: readonly string[],
): Promise<Map<string, CardRow>> {
  if (numbers.length === 0) return new Map()
  const { rows } = await sql<FlatRow>`select ${columns} from ${tables}
    where c.organ_id = ${organId} and c.number = any(${[...new Set(numbers)]}::text[])`.execute(tx)
  return new Map(rows.map((row) => [row.number, cardOf(row)]))
}

/** Of an organ by its number, or else by a serial number that only one card has. */
export async function cardByNumber(tx: Tx, organId: string, code: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    (select id, 0 as rank from assets.card where organ_id = ${organId} and number = ${code})
    union all (select min(id::text)::uuid, 1 from assets.card where organ_id = ${organId} and serial_number = ${code} and serial_number <> ''
      having count(*) = 1) order by rank limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

/** Things a person keeps at an organ. */
export async function cardsKeptBy(tx: Tx, organId: string, personId: string): Promise<CardRow[]> {
  const { rows } = await sql<FlatRow>`select ${columns} from ${tables}
    where c.custodian_id = ${personId} and c.organ_id = ${organId} and c.removed_on is null order by c.number limit 200`.execute(
    tx,
  )
  return rows.map(cardOf)
}

export type CardToSave = {
  id: string
  state: CardState
  openingFen: number
  accumulatedFen: number
  registeredOn: string
  importId?: string | null
}

/** The card's columns in the words of the table. */
export function cardColumnsOf({ id, state, openingFen, accumulatedFen, registeredOn, importId }: CardToSave) {
  const { facts, base, takenOverOn, removedOn } = state
  return {
    id,
    organ_id: facts.organId,
    jurisdiction_code: facts.jurisdictionCode,
    number: facts.number,
    class_code: facts.classCode,
    class_edition: facts.classEdition,
    name: facts.name,
    model: facts.model,
    serial_number: facts.serialNumber,
    unit: facts.unit,
    quantity: facts.quantity,
    value_kind: facts.valueKind,
    cost_fen: facts.costFen,
    fiscal_fen: facts.fiscalFen,
    other_fen: facts.otherFen,
    acquired_on: facts.acquiredOn,
    acquired_by: facts.acquiredBy,
    booked_on: facts.bookedOn,
    depreciation_months: facts.depreciationMonths,
    state: facts.state,
    department: facts.department,
    place: facts.place,
    user_name: facts.userName,
    custodian_id: facts.custodianId,
    custodian_name: facts.custodianName,
    supplier: facts.supplier,
    contract_number: facts.contractNumber,
    invoice_number: facts.invoiceNumber,
    voucher_number: facts.voucherNumber,
    warranty_until: facts.warrantyUntil,
    inspection_due: facts.inspectionDue,
    note: facts.note,
    detail: facts.detail,
    base_fen: base.fen,
    base_months: base.months,
    base_in: `${base.inMonth}-01`,
    base_before_fen: base.beforeFen,
    base_monthly: base.monthlyFen,
    opening_fen: openingFen,
    accumulated_fen: accumulatedFen,
    registered_on: registeredOn,
    taken_over_on: takenOverOn,
    removed_on: removedOn,
    import_id: importId ?? null,
  }
}

/**
 * Rows of `assets.card_text`: what the list is searched by follows from the facts. Lists by column: pairs in JSON would take the
 * server longer to read than to index.
 */
function textRows(cards: readonly CardToSave[]) {
  const texts = cards.map(({ id, state: { facts } }) => {
    const { organId, jurisdictionCode } = facts
    const words = searchTextOf(facts, classNameOf(facts.classEdition, facts.classCode))
    return { id, organId, jurisdictionCode, words, pairs: heldOf(words, jurisdictionCode).join('\n') }
  })
  const list = (of: (text: (typeof texts)[number]) => string) => texts.map(of)
  return sql`(select card_id, organ_id, jurisdiction_code, words, string_to_array(pairs, chr(10)) as pairs
    from unnest(${list(({ id }) => id)}::uuid[], ${list(({ organId }) => organId)}::uuid[], ${list(({ jurisdictionCode }) => jurisdictionCode)}::text[],
      ${list(({ words }) => words)}::text[], ${list(({ pairs }) => pairs)}::text[]) as t(card_id, organ_id, jurisdiction_code, words, pairs))`
}

const saved =
  `organ_id jurisdiction_code number class_code class_edition name model serial_number unit quantity value_kind
  cost_fen fiscal_fen other_fen acquired_on acquired_by booked_on depreciation_months state department place user_name
  custodian_id custodian_name supplier contract_number invoice_number voucher_number warranty_until inspection_due note detail
  base_fen base_months base_in base_before_fen base_monthly taken_over_on removed_on`.split(/\s+/)
const inserted = ['id', ...saved, 'opening_fen', 'accumulated_fen', 'registered_on', 'import_id']
const list = (names: readonly string[], of = '') => sql.raw(names.map((name) => `${of}${name}`).join(', '))

/**
 * Cards as they come in, in one statement put together now and sent when called; their texts follow by
 * {@link insertCardTexts}.
 * @throws Conflict when a number is taken
 */
export function insertCards(cards: readonly CardToSave[]): Sending {
  const statement = sql`insert into assets.card (${list(inserted)})
    select ${list(inserted, 'r.')} from json_populate_recordset(null::assets.card, ${JSON.stringify(cards.map(cardColumnsOf))}::json) r
    on conflict (organ_id, number) do nothing returning 1`
  return async (tx) => {
    const { rows } = await statement.execute(tx)
    if (rows.length !== cards.length) throw new Conflict('资产编号', '资产编号已被使用。请核对编号，或留空由系统编号。')
  }
}

export function insertCardTexts(cards: readonly CardToSave[]): Sending {
  return sendingOf(sql`insert into assets.card_text (card_id, organ_id, jurisdiction_code, words, pairs)
    select r.card_id, r.organ_id, r.jurisdiction_code, r.words, r.pairs from ${textRows(cards)} r`)
}

/** Saves what events made of cards that this act has locked. */
export async function saveCards(tx: Tx, cards: readonly CardToSave[]): Promise<void> {
  const sets = sql.raw(saved.map((name) => `${name} = r.${name}`).join(', '))
  const result = await sql`update assets.card c set ${sets}, version = c.version + 1
    from json_populate_recordset(null::assets.card, ${JSON.stringify(cards.map(cardColumnsOf))}::json) r where c.id = r.id`.execute(
    tx,
  )
  if (Number(result.numAffectedRows) !== cards.length) throw new Conflict('资产卡片')
  await sql`update assets.card_text t set organ_id = r.organ_id, jurisdiction_code = r.jurisdiction_code, words = r.words, pairs = r.pairs
    from ${textRows(cards)} r
    where t.card_id = r.card_id and (t.words, t.organ_id, t.jurisdiction_code) is distinct from (r.words, r.organ_id, r.jurisdiction_code)`.execute(
    tx,
  )
}

export type Book = { openedIn: string; closedThrough: string | null }

/**
 * Where the depreciation of an organ stands; `share` for cards that come in, `update` for a month that is closed, so that no
 * card comes in while its month is being closed.
 */
export async function lockBook(
  tx: Tx,
  organ: { organId: string; jurisdictionCode: string },
  month: string,
  how: 'share' | 'update',
): Promise<Book> {
  await sql`insert into assets.book (organ_id, jurisdiction_code, opened_in) values (${organ.organId}, ${organ.jurisdictionCode}, ${`${month}-01`})
    on conflict do nothing`.execute(tx)
  const { rows } =
    await sql<Book>`select to_char(opened_in, 'YYYY-MM') as opened_in, to_char(closed_through, 'YYYY-MM') as closed_through
    from assets.book where organ_id = ${organ.organId} for ${sql.raw(how)}`.execute(tx)
  return rows[0] as Book
}

export async function bookOf(tx: Tx, organId: string): Promise<Book | null> {
  const { rows } = await executePrepared(
    tx,
    sql<Book>`select to_char(opened_in, 'YYYY-MM') as opened_in, to_char(closed_through, 'YYYY-MM') as closed_through
    from assets.book where organ_id = ${organId}`,
  )
  return rows[0] ?? null
}

/** Numbers of an organ that are taken, of those asked for. */
export async function takenNumbers(tx: Tx, organId: string, numbers: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`select number from assets.card
    where organ_id = ${organId} and number = any(${[...numbers]}::text[])`.execute(tx)
  return rows.map(({ number }) => number)
}

export async function cardIdsAfter(tx: Tx, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select id from assets.card where ${after}::uuid is null or id > ${after}::uuid
    order by id limit ${limit}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Cards whose accumulated depreciation is not what was there before plus what the closed months charged. */
export async function chargesDiffer(tx: Tx): Promise<{ checked: number; numbers: string[] }> {
  const { rows } = await sql<{ checked: number; numbers: string[] | null }>`select count(*)::int as checked,
      (array_agg(c.number) filter (where c.accumulated_fen <> c.opening_fen + coalesce(d.charged_fen, 0)))[1:100] as numbers
    from assets.card c left join (select card_id, sum(charged_fen)::bigint as charged_fen from assets.depreciation group by 1) d on d.card_id = c.id`.execute(
    tx,
  )
  return { checked: rows[0]?.checked ?? 0, numbers: rows[0]?.numbers ?? [] }
}
