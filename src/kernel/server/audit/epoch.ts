import { sql } from 'kysely'
import type { Act } from '../context.ts'
import type { Tx } from '../database.ts'
import { record } from '../record.ts'

/**
 * Begins an epoch of the record where the server counts its transactions lower than rows that are there already: it is not the
 * server that wrote them. Their order stands; what is written from now on comes after all of it. To be asked at every start,
 * before anything else writes.
 * @returns true when one began
 */
export async function beginEpochWhereNeeded(act: Act): Promise<boolean> {
  const { tx, now } = act
  if (!(await countsLower(tx))) return false
  // A second process that starts meanwhile waits, and finds it done.
  await sql`select pg_advisory_xact_lock(hashtext('kernel.audit_epoch'))`.execute(tx)
  if (!(await countsLower(tx))) return false
  const { rows } = await sql<{ epoch: number; firstEntry: number }>`
    insert into kernel.audit_epoch (epoch, first_entry, began_at)
    select (select coalesce(max(epoch), 0) + 1 from kernel.audit_epoch), (select max(id) + 1 from kernel.audit_entry), ${now}
    returning epoch, first_entry`.execute(tx)
  const [begun] = rows
  await record(act, 'kernel.audit-epoch-begun', {
    subject: { kind: 'audit', id: String(begun?.epoch) },
    after: { ...begun },
  })
  return true
}

/** What is committed here has a number below the next one; a higher number was given by another server. */
async function countsLower(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ lower: boolean }>`select exists (select from kernel.audit_entry
    where transaction_id >= pg_snapshot_xmax(pg_current_snapshot())
      and id >= coalesce((select max(first_entry) from kernel.audit_epoch), 0)) as lower`.execute(tx)
  return rows[0]?.lower ?? false
}

/** Rows from `from` on and before `to` were written in one epoch; `to` is null in the present one. */
export type Epoch = { from: number; to: number | null }

/** The epoch a row is of. */
export async function epochOf(tx: Tx, entryId: number): Promise<Epoch> {
  const { rows } = await sql<{ from: number; to: number | null }>`
    select coalesce(max(first_entry) filter (where first_entry <= ${entryId}), 0)::bigint as "from",
      min(first_entry) filter (where first_entry > ${entryId}) as "to" from kernel.audit_epoch`.execute(tx)
  return rows[0] ?? { from: 0, to: null }
}
