import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { Holding } from '../model.ts'

/** Counts that organs reported themselves, for what no register tells. */
export async function reportedHoldings(
  tx: Tx,
  organIds: readonly string[],
): Promise<(Holding & { organId: string })[]> {
  const { rows } = await sql<
    Omit<Holding, 'source' | 'classCode'> & { organId: string }
  >`select organ_id, standard_code, title, unit, quantity::float8 as quantity, usable_quantity::float8 as usable_quantity,
      over_life_quantity::float8 as over_life_quantity, idle_quantity::float8 as idle_quantity, quota_quantity::float8 as quota_quantity
    from plans.holding where organ_id = any(${[...organIds]}::uuid[]) order by standard_code`.execute(tx)
  return rows.map((row) => ({ ...row, source: 'reported', classCode: null }))
}

/** Keeps a count that an organ reported. */
export async function saveHolding(
  tx: Tx,
  organId: string,
  holding: Omit<Holding, 'source' | 'classCode'>,
  asOf: string,
): Promise<void> {
  await sql`insert into plans.holding (organ_id, standard_code, title, unit, quantity, usable_quantity, over_life_quantity, idle_quantity, quota_quantity, as_of)
    values (${organId}, ${holding.standardCode}, ${holding.title}, ${holding.unit}, ${holding.quantity}, ${holding.usableQuantity}, ${holding.overLifeQuantity},
      ${holding.idleQuantity}, ${holding.quotaQuantity}, ${asOf})
    on conflict (organ_id, standard_code) do update set quantity = excluded.quantity, usable_quantity = excluded.usable_quantity,
      over_life_quantity = excluded.over_life_quantity, idle_quantity = excluded.idle_quantity, quota_quantity = excluded.quota_quantity, as_of = excluded.as_of`.execute(
    tx,
  )
}

export type IdleOffer = { standardCode: string; organId: string; title: string; quantity: number }

/** Idle things of given kinds as organs reported them. */
export async function idleReported(
  tx: Tx,
  organIds: readonly string[],
  codes: readonly string[],
): Promise<IdleOffer[]> {
  return (
    await sql<IdleOffer>`select standard_code, organ_id, title, idle_quantity::float8 as quantity from plans.holding
      where standard_code = any(${[...codes]}) and organ_id = any(${[...organIds]}::uuid[]) and idle_quantity > 0`.execute(
      tx,
    )
  ).rows
}
