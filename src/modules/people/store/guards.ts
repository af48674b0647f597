import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

export type Guard = { failures: number; names: string[]; lockedUntil: Date | null; lastFailedAt: Date | null }

/** Names are kept as digests: people type passwords into the wrong field. */
export function guardSubject(username: string): string {
  return createHash('sha256').update(`account ${username}`).digest('hex')
}

/** Locks and reads the count of failures of an account name or a source; made when missing. */
export async function lockGuard(tx: Tx, kind: 'account' | 'source', subject: string): Promise<Guard> {
  await sql`insert into people.sign_in_guard (kind, subject, failures) values (${kind}, ${subject}, 0) on conflict do nothing`.execute(
    tx,
  )
  const { rows } =
    await sql<Guard>`select failures, names, locked_until, last_failed_at from people.sign_in_guard where kind = ${kind} and subject = ${subject} for update`.execute(
      tx,
    )
  return rows[0] as Guard
}

export async function saveGuard(
  tx: Tx,
  kind: 'account' | 'source',
  subject: string,
  guard: Omit<Guard, 'lastFailedAt'>,
  now: Date,
): Promise<void> {
  await sql`update people.sign_in_guard set failures = ${guard.failures}, names = ${guard.names}, locked_until = ${guard.lockedUntil}, last_failed_at = ${now}
    where kind = ${kind} and subject = ${subject}`.execute(tx)
}

export async function clearGuard(tx: Tx, subject: string): Promise<void> {
  await sql`delete from people.sign_in_guard where kind = 'account' and subject = ${subject}`.execute(tx)
}

export async function isLocked(tx: Tx, kind: 'account' | 'source', subject: string, now: Date): Promise<boolean> {
  return (
    (
      await sql`select 1 from people.sign_in_guard where kind = ${kind} and subject = ${subject} and locked_until > ${now}`.execute(
        tx,
      )
    ).rows.length > 0
  )
}
