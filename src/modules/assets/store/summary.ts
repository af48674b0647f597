import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { ClassEdition } from '../model.ts'

export type SumRow = {
  organId: string
  organName: string
  classCode: string
  classEdition: ClassEdition
  cards: number
  quantity: number
  idle: number
  costFen: number
  netFen: number
}

/** Sums by organ and class of a level, or of one organ, from the sums that are kept; what is gone does not count. */
export async function sumsByClass(tx: Tx, of: { jurisdictionCode: string; organId: string | null }): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`select s.*, o.name as organ_name from (
      select c.organ_id, c.class_code, c.class_edition, sum(c.cards)::int as cards, sum(c.quantity)::int as quantity, sum(c.idle)::int as idle,
        sum(c.cost_fen)::bigint as cost_fen, sum(c.cost_fen - c.accumulated_fen)::bigint as net_fen
      from assets.class_sum c where ${of.organId === null ? sql`c.jurisdiction_code = ${of.jurisdictionCode}` : sql`c.organ_id = ${of.organId}`}
      group by 1, 2, 3 having sum(c.cards) > 0) s join organs.open_organ o on o.id = s.organ_id
    order by o.name, s.class_code, s.class_edition`.execute(tx)
  return rows
}

export type LevelSum = {
  jurisdictionCode: string
  organs: number
  cards: number
  quantity: number
  costFen: number
  netFen: number
}

/** One line for each jurisdiction whose code begins so; only sums leave here (Art. 6). */
export async function sumsBelow(tx: Tx, codePrefix: string): Promise<LevelSum[]> {
  const { rows } =
    await sql<LevelSum>`select jurisdiction_code, count(*) filter (where cards > 0)::int as organs, coalesce(sum(cards), 0)::int as cards,
      coalesce(sum(quantity), 0)::bigint as quantity, coalesce(sum(cost_fen), 0)::bigint as cost_fen, coalesce(sum(net_fen), 0)::bigint as net_fen
    from (select jurisdiction_code, organ_id, sum(cards) as cards, sum(quantity) as quantity, sum(cost_fen) as cost_fen,
        sum(cost_fen - accumulated_fen) as net_fen
      from assets.class_sum where jurisdiction_code like ${`${codePrefix}%`} group by 1, 2) s
    group by 1 having sum(cards) > 0 order by 1`.execute(tx)
  return rows
}

/** Organs and classes whose kept sums are not those of their cards. */
export async function sumsDiffer(
  tx: Tx,
): Promise<{ checked: number; classes: { organId: string; classCode: string }[] }> {
  const { rows } = await sql<{ organId: string; classCode: string; same: boolean }>`with kept as (
      select organ_id, jurisdiction_code, class_code, class_edition, sum(cards) as cards, sum(quantity) as quantity, sum(idle) as idle,
        sum(cost_fen) as cost_fen, sum(accumulated_fen) as accumulated_fen from assets.class_sum group by 1, 2, 3, 4
      having (sum(cards), sum(quantity), sum(idle), sum(cost_fen), sum(accumulated_fen)) <> (0, 0, 0, 0, 0)),
    told as (select organ_id, jurisdiction_code, class_code, class_edition, count(*)::numeric as cards, sum(quantity)::numeric as quantity,
        coalesce(sum(quantity) filter (where state = 'idle'), 0)::numeric as idle, sum(cost_fen) as cost_fen, sum(accumulated_fen) as accumulated_fen
      from assets.card where removed_on is null group by 1, 2, 3, 4)
    select organ_id, class_code, kept is not distinct from told as same
    from kept full join told using (organ_id, jurisdiction_code, class_code, class_edition)`.execute(tx)
  return { checked: rows.length, classes: rows.filter(({ same }) => !same) }
}
