import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/** A card on its way from one organ to another, with its value at book. */
export type TransferRow = {
  cardId: string
  effectiveOn: string
  fromOrganId: string
  fromJurisdictionCode: string
  toOrganId: string
  toJurisdictionCode: string
  number: string
  newNumber: string
  name: string
  costFen: number
  accumulatedFen: number
  document: string
  caseId: string | null
  acceptedBy: string
  acceptedByName: string
}

export async function insertTransfers(
  tx: Tx,
  rows: readonly TransferRow[],
  by: { name: string; at: Date },
): Promise<void> {
  await sql`insert into assets.transfer (card_id, effective_on, from_organ_id, from_jurisdiction_code, to_organ_id, to_jurisdiction_code, number,
      new_number, name, cost_fen, accumulated_fen, document, case_id, accepted_by, accepted_by_name, recorded_at, recorded_by)
    select r."cardId", r."effectiveOn", r."fromOrganId", r."fromJurisdictionCode", r."toOrganId", r."toJurisdictionCode", r.number, r."newNumber",
      r.name, r."costFen", r."accumulatedFen", r.document, r."caseId", r."acceptedBy", r."acceptedByName", ${by.at}, ${by.name}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("cardId" uuid, "effectiveOn" date, "fromOrganId" uuid,
      "fromJurisdictionCode" text, "toOrganId" uuid, "toJurisdictionCode" text, number text, "newNumber" text, name text, "costFen" bigint,
      "accumulatedFen" bigint, document text, "caseId" uuid, "acceptedBy" uuid, "acceptedByName" text)`.execute(tx)
}

/** Transfers of a card, oldest first. */
export async function transfersOf(tx: Tx, cardId: string): Promise<TransferRow[]> {
  const { rows } =
    await sql<TransferRow>`select card_id, effective_on, from_organ_id, from_jurisdiction_code, to_organ_id,
      to_jurisdiction_code, number, new_number, name, cost_fen, accumulated_fen, document, case_id, accepted_by, accepted_by_name
    from assets.transfer where card_id = ${cardId} order by recorded_at`.execute(tx)
  return rows
}

/** Numbers of cards of these that wait for a signature in a hand-over. */
export async function numbersInHandover(tx: Tx, cardIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`select number from assets.handover_card
    where open and card_id = any(${[...cardIds]}::uuid[]) order by number limit 20`.execute(tx)
  return rows.map(({ number }) => number)
}

/** Moved cards whose books do not add up: the giver charged through the month before, the receiver goes on from there. */
export async function transfersDiffer(tx: Tx): Promise<{ checked: number; numbers: string[] }> {
  const { rows } = await sql<{ checked: number; numbers: string[] | null }>`select count(*)::int as checked,
      (array_agg(t.new_number) filter (where t.accumulated_fen <> c.opening_fen + coalesce(d.charged_fen, 0)))[1:100] as numbers
    from assets.transfer t join assets.card c on c.id = t.card_id
      left join lateral (select sum(x.charged_fen)::bigint as charged_fen
        from (select distinct month from assets.depreciation_month) m join assets.depreciation x on x.month = m.month and x.card_id = t.card_id
        where m.month < date_trunc('month', t.effective_on)) d on true`.execute(tx)
  return { checked: rows[0]?.checked ?? 0, numbers: rows[0]?.numbers ?? [] }
}
