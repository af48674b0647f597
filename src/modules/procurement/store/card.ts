import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/** Cards made of what was accepted, by purchase. */
export async function cardsOf(tx: Tx, purchaseId: string): Promise<string[]> {
  const { rows } = await sql<{
    cardId: string
  }>`select card_id from procurement.item_card where purchase_id = ${purchaseId} order by card_id`.execute(tx)
  return rows.map(({ cardId }) => cardId)
}

export async function insertCards(
  tx: Tx,
  given: { purchaseId: string; itemId: string; cardIds: readonly string[] },
): Promise<void> {
  await sql`insert into procurement.item_card (card_id, purchase_id, item_id)
    select id, ${given.purchaseId}, ${given.itemId} from unnest(${[...given.cardIds]}::uuid[]) as id`.execute(tx)
}
