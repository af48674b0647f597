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

/** Sums by organ and class of a level, or of one organ; what is gone does not count. */
export async function sumsByClass(tx: Tx, of: { jurisdictionCode: string; organId: string | null }): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`select s.*, o.name as organ_name from (
      select c.organ_id, c.class_code, c.class_edition, count(*)::int as cards, sum(c.quantity)::int as quantity,
        (sum(c.quantity) filter (where c.state = 'idle'))::int as idle, sum(c.cost_fen)::bigint as cost_fen, sum(c.net_fen)::bigint as net_fen
      from assets.card c where ${of.organId === null ? sql`c.jurisdiction_code = ${of.jurisdictionCode}` : sql`c.organ_id = ${of.organId}`}
        and c.removed_on is null group by 1, 2, 3) s join organs.open_organ o on o.id = s.organ_id
    order by o.name, s.class_code, s.class_edition`.execute(tx)
  return rows.map((row) => ({ ...row, idle: row.idle ?? 0 }))
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
    await sql<LevelSum>`select jurisdiction_code, count(distinct organ_id)::int as organs, count(*)::int as cards,
      sum(quantity)::bigint as quantity, sum(cost_fen)::bigint as cost_fen, sum(net_fen)::bigint as net_fen
    from assets.card where jurisdiction_code like ${`${codePrefix}%`} and removed_on is null
    group by 1 order by 1`.execute(tx)
  return rows
}
