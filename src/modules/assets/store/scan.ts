import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { OfficeScope } from '#kernel/pure/actor.ts'
import type { ReceiptAct, ReceiptCard, ScanChanges } from '../model/scan.ts'

export type ReceiptRow = {
  id: string
  organId: string
  jurisdictionCode: string
  number: string
  act: ReceiptAct
  effectiveOn: string
  reason: string
  changes: ScanChanges
  doneAt: Date
  doneBy: string | null
  doneByName: string
  cards: number
  changed: number
}

const columns = sql`r.id, r.organ_id, r.jurisdiction_code, r.number, r.act, r.effective_on, r.reason, r.changes, r.done_at, r.done_by, r.done_by_name,
  (select count(*)::int from assets.scan_receipt_card x where x.receipt_id = r.id) as cards,
  (select count(*)::int from assets.scan_receipt_card x where x.receipt_id = r.id and x.changed) as changed`

export async function insertReceipt(
  tx: Tx,
  row: Omit<ReceiptRow, 'cards' | 'changed'>,
  cards: readonly ReceiptCard[],
): Promise<void> {
  await sql`insert into assets.scan_receipt (id, organ_id, jurisdiction_code, number, act, effective_on, reason, changes, done_at, done_by, done_by_name)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.number}, ${row.act}, ${row.effectiveOn}, ${row.reason},
      ${JSON.stringify(row.changes)}::jsonb, ${row.doneAt}, ${row.doneBy}, ${row.doneByName})`.execute(tx)
  await sql`insert into assets.scan_receipt_card (receipt_id, card_id, organ_id, place_no, number, name, place, department, state, custodian_name, changed)
    select ${row.id}, c.card_id, ${row.organId}, c.place_no, c.number, c.name, c.place, c.department, c.state, c.custodian_name, c.changed
    from jsonb_to_recordset(${JSON.stringify(
      cards.map(({ cardId, custodianName, ...card }, at) => ({
        ...card,
        card_id: cardId,
        custodian_name: custodianName,
        place_no: at + 1,
      })),
    )}::jsonb) as c(card_id uuid, place_no integer, number text, name text, place text, department text, state text, custodian_name text,
      changed boolean)`.execute(tx)
}

export async function receiptById(tx: Tx, id: string): Promise<ReceiptRow | undefined> {
  const { rows } = await sql<ReceiptRow>`select ${columns} from assets.scan_receipt r where r.id = ${id}`.execute(tx)
  return rows[0]
}

export async function receiptCards(tx: Tx, receiptId: string): Promise<ReceiptCard[]> {
  const { rows } =
    await sql<ReceiptCard>`select card_id, number, name, place, department, state, custodian_name, changed
    from assets.scan_receipt_card where receipt_id = ${receiptId} order by place_no`.execute(tx)
  return rows
}

/** Newest first, by key. */
export async function receiptsPage(
  tx: Tx,
  { organId, jurisdictionCode }: OfficeScope,
  after: string | undefined,
  limit: number,
): Promise<ReceiptRow[]> {
  const { rows } = await sql<ReceiptRow>`select ${columns} from assets.scan_receipt r
    where ${organId === null ? sql`r.jurisdiction_code = ${jurisdictionCode}` : sql`r.organ_id = ${organId}`}
      ${after === undefined ? sql`` : sql`and r.id < ${after}::uuid`} order by r.id desc limit ${limit}`.execute(tx)
  return rows
}
