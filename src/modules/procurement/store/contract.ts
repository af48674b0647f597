import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import type { Bidder } from '../model.ts'

export type ContractRow = {
  purchaseId: string
  number: string
  supplier: string
  creditCode: string
  signedOn: string
  deliverBy: string
  termFrom: string | null
  termUntil: string | null
  amountFen: number
  bondFen: number
  warrantyMonths: number
  paymentTerms: string
  qualityTerms: string
  acceptanceTerms: string
  breachTerms: string
  disputeTerms: string
  subcontracted: boolean
  findings: Finding[]
  publishedOn: string | null
  filedOn: string | null
  signedByName: string
}

const columns = sql`purchase_id, number, supplier, credit_code, signed_on, deliver_by, term_from, term_until, amount_fen, bond_fen, warranty_months,
  payment_terms, quality_terms, acceptance_terms, breach_terms, dispute_terms, subcontracted, findings, published_on, filed_on, signed_by_name`

export async function contractOf(tx: Tx, purchaseId: string): Promise<ContractRow | null> {
  const { rows } =
    await sql<ContractRow>`select ${columns} from procurement.contract where purchase_id = ${purchaseId}`.execute(tx)
  return rows[0] ?? null
}

export async function insertContract(tx: Tx, row: ContractRow): Promise<void> {
  await sql`insert into procurement.contract (${columns})
    values (${row.purchaseId}, ${row.number}, ${row.supplier}, ${row.creditCode}, ${row.signedOn}, ${row.deliverBy}, ${row.termFrom},
      ${row.termUntil}, ${row.amountFen}, ${row.bondFen}, ${row.warrantyMonths}, ${row.paymentTerms}, ${row.qualityTerms},
      ${row.acceptanceTerms}, ${row.breachTerms}, ${row.disputeTerms}, ${row.subcontracted}, ${JSON.stringify(row.findings)}::jsonb,
      ${row.publishedOn}, ${row.filedOn}, ${row.signedByName})`.execute(tx)
}

/** When the contract was made public or filed. */
export async function markContract(tx: Tx, purchaseId: string, what: 'published' | 'filed', on: string): Promise<void> {
  await sql`update procurement.contract set ${sql.ref(`${what}_on`)} = ${on} where purchase_id = ${purchaseId}`.execute(
    tx,
  )
}

export type SupplementRow = {
  id: string
  purchaseId: string
  number: string
  signedOn: string
  amountFen: number
  reason: string
  items: { itemId: string; quantity: number }[]
}

export async function supplementsOf(tx: Tx, purchaseId: string): Promise<SupplementRow[]> {
  const { rows } = await sql<SupplementRow>`select id, purchase_id, number, signed_on, amount_fen, reason, items
    from procurement.supplement where purchase_id = ${purchaseId} order by signed_on, id`.execute(tx)
  return rows
}

/** @throws Conflict when the number is taken */
export async function insertSupplement(tx: Tx, row: SupplementRow): Promise<void> {
  const { rows } =
    await sql`insert into procurement.supplement (id, purchase_id, number, signed_on, amount_fen, reason, items)
    values (${row.id}, ${row.purchaseId}, ${row.number}, ${row.signedOn}, ${row.amountFen}, ${row.reason}, ${JSON.stringify(row.items)}::jsonb)
    on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0) throw new Conflict('补充合同', `补充合同${row.number}已经登记。请核对编号。`)
}

export type BidderRow = Bidder & { winner: boolean }

export async function biddersOf(tx: Tx, purchaseId: string): Promise<BidderRow[]> {
  const { rows } = await sql<BidderRow>`select name, credit_code, price_fen, valid, size, winner from procurement.bidder
    where purchase_id = ${purchaseId} order by bidder_no`.execute(tx)
  return rows
}

export async function insertBidders(tx: Tx, purchaseId: string, bidders: readonly BidderRow[]): Promise<void> {
  await sql`insert into procurement.bidder (purchase_id, bidder_no, name, credit_code, price_fen, valid, size, winner)
    select ${purchaseId}, r.no, r.name, r."creditCode", r."priceFen", r.valid, r.size, r.winner
    from jsonb_to_recordset(${JSON.stringify(bidders.map((bidder, at) => ({ ...bidder, no: at + 1 })))}::jsonb) as r(no integer, name text,
      "creditCode" text, "priceFen" bigint, valid boolean, size text, winner boolean)`.execute(tx)
}
