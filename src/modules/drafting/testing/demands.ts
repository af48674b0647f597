import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { newId } from '#kernel/server/identifier.ts'
import { demonstrationOrganId } from '#modules/organs/offers.ts'

export type AskedLine = { standardCode?: string; needKind?: string; quantity: number; unitPriceFen: number }

/** What an organ asks for in a year, as the plan cycle keeps it. */
export async function asked(
  tx: Tx,
  { organKey, jurisdictionCode, year }: { organKey: string; jurisdictionCode: string; year: number },
  lines: readonly AskedLine[],
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into plans.cycle (id, jurisdiction_code, year, state, demand_opens_on, demand_closes_on, review_until, plan_until, standards_on, opened_on)
    values (${newId()}, ${jurisdictionCode}, ${year}, 'open', '2026-06-01', '2026-06-30', '2026-07-31', '2026-08-20', '2026-06-01', '2026-05-15')
    on conflict (jurisdiction_code, year) do update set state = 'open' returning id`.execute(tx)
  const cycleId = rows[0]?.id as string
  const demandId = newId()
  await sql`insert into plans.demand (id, cycle_id, jurisdiction_code, organ_id, year, number, state)
    values (${demandId}, ${cycleId}, ${jurisdictionCode}, ${demonstrationOrganId(organKey)}, ${year}, ${demandId}, 'submitted')`.execute(
    tx,
  )
  for (const [index, { standardCode, needKind, quantity, unitPriceFen }] of lines.entries())
    await sql`insert into plans.demand_line (id, demand_id, cycle_id, line_no, need_kind, item_name, standard_code, quantity, unit, unit_price_fen, amount_fen, fund_source, reason, note)
      values (${newId()}, ${demandId}, ${cycleId}, ${index + 1}, ${needKind ?? 'N09'}, '台式计算机', ${standardCode ?? null}, ${quantity}, '台',
        ${unitPriceFen}, ${quantity * unitPriceFen}, 'general-budget', '更新', '')`.execute(tx)
}
