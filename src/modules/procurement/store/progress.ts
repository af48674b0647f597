import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { PurchaseState } from '../model.ts'

export type ProgressRow = {
  itemId: string
  purchaseId: string
  number: string
  state: PurchaseState
  organId: string
  name: string
  unit: string
  quantity: number
  deliverBy: string | null
  acceptedQuantity: number
  registeredQuantity: number
  cardIds: string[]
}

/** What is bought on a plan line, the newest first; the cards made of it, a hundred of an item at most. */
export async function progressOfLine(tx: Tx, ledgerLineId: string): Promise<ProgressRow[]> {
  const { rows } = await sql<ProgressRow>`
    select i.id as item_id, p.id as purchase_id, p.number, p.state, p.organ_id, i.name, i.unit,
      coalesce(i.contract_quantity, i.quantity)::float8 as quantity, c.deliver_by,
      i.accepted_quantity::float8 as accepted_quantity, i.registered_quantity::float8 as registered_quantity,
      array(select k.card_id from procurement.item_card k where k.item_id = i.id order by k.card_id limit 100) as card_ids
    from procurement.item i join procurement.purchase p on p.id = i.purchase_id
      left join procurement.contract c on c.purchase_id = p.id
    where i.ledger_line_id = ${ledgerLineId} and p.state not in ('draft', 'withdrawn')
    order by p.id desc, i.item_no limit 50`.execute(tx)
  return rows
}
