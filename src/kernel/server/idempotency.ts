import { sql } from 'kysely'
import type { Tx } from './database.ts'
import { Refused } from './errors.ts'

export type StoredAnswer = { status: number; response: unknown }

/**
 * Claims a key for this actor and operation in the effect's own transaction. A second request with the key waits on
 * the row until the first commits, then gets the same answer; another request under the same key is refused
 * (draft-ietf-httpapi-idempotency-key-header).
 * @returns the stored answer of an earlier request, or null when this one is the first
 */
export async function claimKey(
  tx: Tx,
  claim: { actor: string; operation: string; key: string; digest: string; now: Date },
): Promise<StoredAnswer | null> {
  const { actor, operation, key, digest, now } = claim
  const inserted = await sql`insert into kernel.idempotency (actor, operation, key, request_digest, created_at)
    values (${actor}, ${operation}, ${key}, ${digest}, ${now}) on conflict do nothing`.execute(tx)
  if (inserted.numAffectedRows === 1n) return null
  const { rows } = await sql<{ requestDigest: string; status: number | null; response: unknown }>`
    select request_digest, status, response from kernel.idempotency
    where actor = ${actor} and operation = ${operation} and key = ${key}`.execute(tx)
  const row = rows[0]
  if (!row || row.requestDigest !== digest)
    throw new Refused([
      {
        code: 'idempotency-key-reused',
        message: '这个请求编号已用于另一项内容。请刷新页面后重新提交。',
        basis: null,
        facts: {},
        remedy: '刷新页面后重新提交。',
      },
    ])
  return row.status === null ? null : { status: row.status, response: row.response }
}

/** Stores the answer with the effect; both commit or neither. */
export async function storeAnswer(
  tx: Tx,
  claim: { actor: string; operation: string; key: string },
  stored: StoredAnswer,
): Promise<void> {
  await sql`update kernel.idempotency set status = ${stored.status}, response = ${JSON.stringify(stored.response ?? null)}::jsonb
    where actor = ${claim.actor} and operation = ${claim.operation} and key = ${claim.key}`.execute(tx)
}
