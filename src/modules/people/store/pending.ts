import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { SessionMethod } from './sessions.ts'

/** Notes that the password was right; what waited longer than it may is cleared away on the way. */
export async function insertPendingSignIn(
  tx: Tx,
  pending: {
    tokenHash: string
    personId: string
    credentialVersion: number
    now: Date
    expiresAt: Date
    source: string | null
    method: SessionMethod
  },
): Promise<void> {
  await sql`delete from people.pending_sign_in where person_id = ${pending.personId} and expires_at <= ${pending.now}`.execute(
    tx,
  )
  await sql`insert into people.pending_sign_in (token_hash, person_id, credential_version, created_at, expires_at, source, method)
    values (${pending.tokenHash}, ${pending.personId}, ${pending.credentialVersion}, ${pending.now}, ${pending.expiresAt}, ${pending.source}, ${pending.method})`.execute(
    tx,
  )
}

/** Whose sign-in waits under a token; null when none does, it took too long, or the password was changed meanwhile. */
export async function pendingSignIn(
  tx: Tx,
  tokenHash: string,
  now: Date,
): Promise<{ personId: string; method: SessionMethod } | null> {
  const { rows } = await sql<{ personId: string; method: SessionMethod }>`
    select s.person_id, s.method from people.pending_sign_in s join people.account a on a.person_id = s.person_id
    where s.token_hash = ${tokenHash} and s.expires_at > ${now} and s.created_at <= ${now}::timestamptz + interval '1 minute'
      and s.credential_version = a.credential_version and a.state = 'active'`.execute(tx)
  return rows[0] ?? null
}

/** @returns false where another request took it */
export async function takePendingSignIn(tx: Tx, tokenHash: string): Promise<boolean> {
  const { rows } = await sql`delete from people.pending_sign_in where token_hash = ${tokenHash} returning 1`.execute(tx)
  return rows.length > 0
}
