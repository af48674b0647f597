import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { objectionTermCodes } from '../rules/terms.ts'

/** A term that runs on a purchase, reckoned when its event was recorded. */
export type DeadlineRow = {
  term: string
  about: string
  countedFrom: string
  dueOn: string
  provisional: boolean
  fulfilledOn: string | null
}

export async function deadlinesOf(tx: Tx, purchaseId: string): Promise<DeadlineRow[]> {
  const { rows } = await sql<DeadlineRow>`select term, about, counted_from, due_on, provisional, fulfilled_on
    from procurement.deadline where purchase_id = ${purchaseId} order by due_on, term, about`.execute(tx)
  return rows
}

export async function setDeadline(
  tx: Tx,
  purchaseId: string,
  { term, about, countedFrom, dueOn, provisional }: Omit<DeadlineRow, 'fulfilledOn'>,
): Promise<void> {
  await sql`insert into procurement.deadline (purchase_id, term, about, counted_from, due_on, provisional)
    values (${purchaseId}, ${term}, ${about}, ${countedFrom}, ${dueOn}, ${provisional}) on conflict do nothing`.execute(
    tx,
  )
}

/** Done on the day; a term that does not run is left alone. */
export async function fulfil(
  tx: Tx,
  purchaseId: string,
  term: string,
  on: string,
  about: string | null = null,
): Promise<void> {
  await sql`update procurement.deadline set fulfilled_on = ${on} where purchase_id = ${purchaseId} and term = ${term} and fulfilled_on is null
    ${about === null ? sql`` : sql`and about = ${about}`}`.execute(tx)
}

/** Done on the day it seemed, and then not after all: it is due again as it was. */
export async function reopenTerm(tx: Tx, purchaseId: string, term: string, about: string): Promise<void> {
  await sql`update procurement.deadline set fulfilled_on = null
    where purchase_id = ${purchaseId} and term = ${term} and about = ${about}`.execute(tx)
}

/** A purchase that ends owes nothing any more of its own course; what suppliers asked and complained of is still answered. */
export async function dropDeadlines(tx: Tx, purchaseId: string): Promise<void> {
  await sql`delete from procurement.deadline where purchase_id = ${purchaseId} and fulfilled_on is null
    and term <> all(${Object.keys(objectionTermCodes)}::text[])`.execute(tx)
}

/** What was taken back or refused is owed no longer: the term with its number. */
export async function dropTerms(tx: Tx, purchaseId: string, terms: readonly string[], about: string): Promise<void> {
  await sql`delete from procurement.deadline where purchase_id = ${purchaseId} and about = ${about} and fulfilled_on is null
    and term = any(${[...terms]}::text[])`.execute(tx)
}

/** The duties of one term on all purchases, for the register of duties. */
export function deadlineDuties(term: string, what: string): RawBuilder<unknown> {
  return sql`
    select ${term} || ':' || d.purchase_id || ':' || coalesce(nullif(d.about, ''), '1') as key, p.organ_id, p.jurisdiction_code, p.year,
      ${what} || '：' || p.title || '（' || p.number || '）' as title, d.counted_from as opens_on, d.counted_from, d.due_on, d.provisional,
      d.fulfilled_on, '/procurement/purchases/' || p.id as link
    from procurement.deadline d join procurement.purchase p on p.id = d.purchase_id where d.term = ${term}`
}

/** The duties of one term on what suppliers handed in; each leads to its own page. */
export function objectionDuties(term: string, of: 'question' | 'complaint', what: string): RawBuilder<unknown> {
  return sql`
    select ${term} || ':' || o.id as key, o.organ_id, o.jurisdiction_code, p.year,
      ${what} || '：' || p.title || '（' || o.number || '）' as title, d.counted_from as opens_on, d.counted_from, d.due_on, d.provisional,
      d.fulfilled_on, ${`/procurement/${of}s/`} || o.id as link
    from procurement.deadline d join ${sql.table(`procurement.${of}`)} o on o.purchase_id = d.purchase_id and o.number = d.about
      join procurement.purchase p on p.id = d.purchase_id where d.term = ${term}`
}

/** Balances that do not agree, for `yunbao verify`: funding against items, cards against acceptance. */
export async function faultyPurchases(
  tx: Tx,
): Promise<{ checked: number; faults: { number: string; what: string }[] }> {
  const { rows } = await sql<{
    number: string
    heldFen: number
    itemsFen: number
    acceptedFen: number
    paidFen: number
  }>`
    select p.number, f.held_fen, f.paid_fen, i.items_fen, i.accepted_fen
    from procurement.purchase p,
      lateral (select coalesce(sum(held_fen), 0)::bigint as held_fen, coalesce(sum(paid_fen), 0)::bigint as paid_fen
        from procurement.funding where purchase_id = p.id) f,
      lateral (select coalesce(sum(coalesce(round(contract_quantity * contract_price_fen), amount_fen)), 0)::bigint as items_fen,
          coalesce(sum(round(accepted_quantity * contract_price_fen)), 0)::bigint as accepted_fen
        from procurement.item where purchase_id = p.id) i
    where p.state in ('submitted', 'finance-review', 'purchasing', 'awarded', 'contracted', 'accepting', 'accepted')`.execute(
    tx,
  )
  return {
    checked: rows.length,
    faults: rows.flatMap(({ number, heldFen, itemsFen, acceptedFen, paidFen }) => [
      ...(heldFen === itemsFen ? [] : [{ number, what: '占用与采购内容的金额不符' }]),
      ...(paidFen <= acceptedFen ? [] : [{ number, what: '支付超过已验收的金额' }]),
    ]),
  }
}
