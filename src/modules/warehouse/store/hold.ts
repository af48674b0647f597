import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

export type NewHold = Readonly<{
  organId: string
  organName: string
  jurisdictionCode: string
  heldUntil: string | null
  requestId: string | null
  reason: string
  heldOn: string
}>

/**
 * Holds things for an organ; what is held by it already is held anew, what another's reservation ran out on is taken over.
 * The primary key lets no two hold one thing (GWC-R12).
 * @returns ids of what is held now; those missing are held by another
 */
export async function holdItems(tx: Tx, itemIds: readonly string[], hold: NewHold): Promise<string[]> {
  const { rows } = await sql<{
    itemId: string
  }>`insert into warehouse.hold as h (item_id, organ_id, organ_name, jurisdiction_code, held_until, request_id,
      reason, held_on)
    select id, ${hold.organId}, ${hold.organName}, ${hold.jurisdictionCode}, ${hold.heldUntil}::date, ${hold.requestId}::uuid, ${hold.reason}, ${hold.heldOn}::date
    from unnest(${[...itemIds]}::uuid[]) id
    on conflict (item_id) do update set organ_id = excluded.organ_id, organ_name = excluded.organ_name,
      jurisdiction_code = excluded.jurisdiction_code, held_until = excluded.held_until, request_id = excluded.request_id, reason = excluded.reason,
      held_on = excluded.held_on
    where (h.organ_id = excluded.organ_id and h.request_id is null) or (h.held_until is not null and h.held_until < ${hold.heldOn}::date)
    returning item_id`.execute(tx)
  return rows.map(({ itemId }) => itemId)
}

/** Lets things go that the organ holds by reservation. @returns ids of what was let go */
export async function releaseReservations(tx: Tx, itemIds: readonly string[], organId: string): Promise<string[]> {
  const { rows } = await sql<{ itemId: string }>`delete from warehouse.hold
    where item_id = any(${[...itemIds]}::uuid[]) and organ_id = ${organId} and request_id is null returning item_id`.execute(
    tx,
  )
  return rows.map(({ itemId }) => itemId)
}

/** Lets go what a request holds: all of it, or the things named. */
export async function releaseRequest(
  tx: Tx,
  requestId: string,
  itemIds: readonly string[] | null = null,
): Promise<void> {
  await sql`delete from warehouse.hold where request_id = ${requestId}
    ${itemIds === null ? sql`` : sql`and item_id = any(${[...itemIds]}::uuid[])`}`.execute(tx)
}
