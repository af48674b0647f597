import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { AcceptanceState } from '../model.ts'

export type AcceptanceItemRow = {
  acceptanceId: string
  itemId: string
  delivered: number
  accepted: number
  note: string
}
export type AcceptanceRow = {
  id: string
  purchaseId: string
  acceptanceNo: number
  state: AcceptanceState
  deliveredOn: string
  conclusion: string
  draftedOn: string
  draftedBy: string | null
  draftedByName: string
  signedOn: string | null
  signedBy: string | null
  signedByName: string | null
  items: AcceptanceItemRow[]
}

export async function acceptancesOf(tx: Tx, purchaseId: string): Promise<AcceptanceRow[]> {
  const { rows } = await sql<Omit<AcceptanceRow, 'items'>>`
    select id, purchase_id, acceptance_no, state, delivered_on, conclusion, drafted_on, drafted_by, drafted_by_name, signed_on, signed_by,
      signed_by_name from procurement.acceptance where purchase_id = ${purchaseId} order by acceptance_no`.execute(tx)
  const { rows: items } = await sql<AcceptanceItemRow>`
    select acceptance_id, item_id, delivered::float8 as delivered, accepted::float8 as accepted, note
    from procurement.acceptance_item where acceptance_id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(tx)
  return rows.map((row) => ({ ...row, items: items.filter(({ acceptanceId }) => acceptanceId === row.id) }))
}

export async function insertAcceptance(tx: Tx, row: AcceptanceRow): Promise<void> {
  const { rows } =
    await sql`insert into procurement.acceptance (id, purchase_id, acceptance_no, state, delivered_on, conclusion, drafted_on,
      drafted_by, drafted_by_name)
    values (${row.id}, ${row.purchaseId}, ${row.acceptanceNo}, 'drafted', ${row.deliveredOn}, ${row.conclusion}, ${row.draftedOn},
      ${row.draftedBy}, ${row.draftedByName}) on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0) throw new Conflict('验收单', '已有一张验收单等待复核。请先复核签字或者退回。')
  await sql`insert into procurement.acceptance_item (acceptance_id, item_id, delivered, accepted, note)
    select ${row.id}, r."itemId", r.delivered, r.accepted, r.note
    from jsonb_to_recordset(${JSON.stringify(row.items)}::jsonb) as r("itemId" uuid, delivered numeric, accepted numeric, note text)`.execute(
    tx,
  )
}

/** The second person signs the acceptance, or sends it back. */
export async function answerAcceptance(
  tx: Tx,
  id: string,
  answered: { state: 'signed' | 'returned'; on: string; by: string | null; byName: string },
): Promise<void> {
  const signed = answered.state === 'signed'
  const result =
    await sql`update procurement.acceptance set state = ${answered.state}, signed_on = ${signed ? answered.on : null}::date,
      signed_by = ${signed ? answered.by : null}::uuid, signed_by_name = ${answered.byName}
    where id = ${id} and state = 'drafted'`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('验收单')
}
