import { sql } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import type { Engagement, Procedure } from '../model.ts'

/** Which procedure holds each of these cards; cards that none holds are not among them. */
export async function engagementsOf(tx: Tx, cardIds: readonly string[]): Promise<Map<string, Engagement>> {
  const { rows } = await executePrepared(
    tx,
    sql<Engagement & { cardId: string }>`select card_id, procedure, record_id, link, engaged_on
      from assets.engagement where card_id = any(${[...cardIds]}::uuid[])`,
  )
  return new Map(rows.map(({ cardId, ...engagement }) => [cardId, engagement]))
}

/**
 * Enters cards that this act has locked into a procedure, in one statement.
 * @returns how many entered; fewer where another procedure holds one
 */
export async function insertEngagements(
  tx: Tx,
  cardIds: readonly string[],
  engagement: { procedure: Procedure; recordId: string; link: string; engagedOn: string },
): Promise<number> {
  const { rows } =
    await sql`insert into assets.engagement (card_id, organ_id, jurisdiction_code, procedure, record_id, link, engaged_on)
    select c.id, c.organ_id, c.jurisdiction_code, ${engagement.procedure}, ${engagement.recordId}, ${engagement.link}, ${engagement.engagedOn}
    from assets.card c where c.id = any(${[...cardIds]}::uuid[]) on conflict (card_id) do nothing returning 1`.execute(
      tx,
    )
  return rows.length
}

export async function deleteEngagements(tx: Tx, cardIds: readonly string[]): Promise<void> {
  await sql`delete from assets.engagement where card_id = any(${[...cardIds]}::uuid[])`.execute(tx)
}
