import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/**
 * What the reviewer refused for a demand line stays refused in a newer proposal that offers nothing else for it; where
 * something else is offered the line is proposed anew. @returns how many lines stay refused
 */
export async function keepRefusals(tx: Tx, proposal: { id: string; cycleId: string }): Promise<number> {
  const { rows } = await sql`with answered as (
      select distinct on (demand_line_id) id, demand_line_id, state, reason, answered_by_name, answered_at, decision_id
      from matching.line where cycle_id = ${proposal.cycleId} and proposal_id <> ${proposal.id} and state <> 'proposed'
      order by demand_line_id, answered_at desc, id desc)
    update matching.line l set state = 'refused', reason = o.reason, answered_by_name = o.answered_by_name, answered_at = o.answered_at,
      decision_id = o.decision_id
    from answered o where o.state = 'refused' and l.proposal_id = ${proposal.id} and l.demand_line_id = o.demand_line_id
      and not exists (select from matching.allotment a where a.line_id = l.id and not exists (select from matching.allotment b
        where b.line_id = o.id and coalesce(b.card_id, b.supply_id) = coalesce(a.card_id, a.supply_id)))
    returning 1`.execute(tx)
  return rows.length
}
