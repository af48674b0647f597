import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { Unmet } from '../model/unmet.ts'

export type NewUnmet = Unmet & { organId: string }

const batch = 2000

export async function insertUnmet(
  tx: Tx,
  proposal: { id: string; cycleId: string; jurisdictionCode: string },
  rows: readonly NewUnmet[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += batch)
    await sql`insert into matching.unmet (proposal_id, demand_line_id, cycle_id, jurisdiction_code, organ_id, organ_name, demand_id,
        line_no, item_name, unit, needed, missing, price_fen, reasons)
      select ${proposal.id}, r."demandLineId", ${proposal.cycleId}, ${proposal.jurisdictionCode}, r."organId", r."organName", r."demandId",
        r."lineNo", r."itemName", r."unit", r."needed", r."missing", r."priceFen", r."reasons"
      from jsonb_to_recordset(${JSON.stringify(rows.slice(from, from + batch))}::jsonb) as r("demandLineId" uuid, "organId" uuid,
        "organName" text, "demandId" uuid, "lineNo" integer, "itemName" text, "unit" text, "needed" integer, "missing" integer,
        "priceFen" bigint, "reasons" jsonb)`.execute(tx)
}

/** Of proposals that another has taken the place of nothing is left to buy any more. */
export async function clearUnmet(tx: Tx, cycleId: string, presentId: string): Promise<void> {
  await sql`delete from matching.unmet where cycle_id = ${cycleId} and proposal_id <> ${presentId}`.execute(tx)
}

/** By demand line. @param after demand line of the last one seen */
export async function unmetPage(
  tx: Tx,
  proposalId: string,
  after: string | undefined,
  limit: number,
): Promise<Unmet[]> {
  const { rows } =
    await sql<Unmet>`select demand_id, demand_line_id, organ_name, line_no, item_name, unit, needed, missing, price_fen, reasons
    from matching.unmet where proposal_id = ${proposalId}
    ${after === undefined ? sql`` : sql`and demand_line_id > ${after}::uuid`} order by demand_line_id limit ${limit}`.execute(
      tx,
    )
  return rows
}
