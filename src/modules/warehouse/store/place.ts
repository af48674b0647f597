import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { Store, StoreKind } from '../model.ts'

/** Stores of a level with how many things lie in each that the reader may see. */
export async function storesOf(tx: Tx, jurisdictionCode: string): Promise<Store[]> {
  const { rows } = await sql<Store>`select s.id, s.name, s.kind, s.address, s.opened_on,
      (select count(*)::int from warehouse.item i where i.store_id = s.id and i.state in ('available', 'repair', 'lent')) as items
    from warehouse.store s where s.jurisdiction_code = ${jurisdictionCode} order by s.name`.execute(tx)
  return rows
}

/** @returns false when the level has a store of that name */
export async function insertStore(
  tx: Tx,
  store: { id: string; jurisdictionCode: string; name: string; kind: StoreKind; address: string; openedOn: string },
): Promise<boolean> {
  const { rows } = await sql`insert into warehouse.store (id, jurisdiction_code, name, kind, address, opened_on)
    values (${store.id}, ${store.jurisdictionCode}, ${store.name}, ${store.kind}, ${store.address}, ${store.openedOn})
    on conflict (jurisdiction_code, name) do nothing returning 1`.execute(tx)
  return rows.length === 1
}

export async function storeById(
  tx: Tx,
  id: string,
): Promise<{ id: string; jurisdictionCode: string; name: string; kind: StoreKind } | undefined> {
  const { rows } = await sql<{
    id: string
    jurisdictionCode: string
    name: string
    kind: StoreKind
  }>`select id, jurisdiction_code, name, kind from warehouse.store where id = ${id}`.execute(tx)
  return rows[0]
}
