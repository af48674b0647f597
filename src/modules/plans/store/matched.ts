import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/** Lines of a cycle that wait for a decision of the review. */
export async function undecidedLines(tx: Tx, cycleId: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select l.id from plans.demand_line l
      join plans.demand d on d.id = l.demand_id left join plans.review r on r.line_id = l.id
    where d.cycle_id = ${cycleId} and d.state = 'submitted' and r.opinion is null`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
