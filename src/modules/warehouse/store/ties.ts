import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { OpenTie } from '#modules/organs/offers.ts'

/** What keeps an organ from being closed (ORG-R06): cards on its register, loans to be given back, bodies it leads. */
export async function tiesOf(tx: Tx, organId: string): Promise<OpenTie[]> {
  const { rows } = await sql<{ cards: number; loans: number; bodies: number }>`select
      (select count(*)::int from assets.open_card where organ_id = ${organId} and removed_on is null) as cards,
      (select count(*)::int from warehouse.request where organ_id = ${organId} and state in ('lent', 'renewing', 'returning')) as loans,
      (select count(*)::int from warehouse.body where lead_organ_id = ${organId} and cleared_on is null) as bodies`.execute(
    tx,
  )
  return [
    { label: '资产卡片', count: rows[0]?.cards ?? 0 },
    { label: '未归还的公物仓借用', count: rows[0]?.loans ?? 0 },
    { label: '未清理的临时机构、会议活动', count: rows[0]?.bodies ?? 0 },
  ]
}
