import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/** Money in 分. */
export type PurchaseFigures = {
  purchases: number
  amountFen: number
  departing: number
  departingFen: number
  waiting: number
  withoutCard: number
}

/** Purchases of a level in a year: all that were submitted, those that depart from open tender, what waits for finance (A12-1, A11-2). */
export async function levelFigures(
  tx: Tx,
  { jurisdictionCode, year }: { jurisdictionCode: string; year: number },
): Promise<PurchaseFigures> {
  const { rows } = await sql<PurchaseFigures>`select count(*)::int as purchases,
      coalesce(sum(p.amount_fen), 0)::bigint as amount_fen,
      (count(*) filter (where p.needs_finance))::int as departing,
      coalesce(sum(p.amount_fen) filter (where p.needs_finance), 0)::bigint as departing_fen,
      (count(*) filter (where p.state = 'finance-review'))::int as waiting,
      (count(*) filter (where exists (select from procurement.item i where i.purchase_id = p.id and i.class_code is not null
        and i.registered_quantity < i.accepted_quantity)))::int as without_card
    from procurement.purchase p
    where p.jurisdiction_code = ${jurisdictionCode} and p.year = ${year} and p.state not in ('draft', 'withdrawn', 'terminated')`.execute(
    tx,
  )
  return rows[0] as PurchaseFigures
}
