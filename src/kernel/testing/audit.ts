import { generateKeyPairSync, sign } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { sealAudit } from '#kernel/server/audit/seal.ts'
import type { AuditSigner } from '#kernel/server/audit/signing-key.ts'
import { transaction, type Database } from '#kernel/server/database.ts'

/** A signer whose key lives as long as the test. */
export function testSigner(): AuditSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    algorithm: 'ed25519',
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(12),
    sign: (data) => sign(null, data, privateKey),
  }
}

/**
 * Seals in rounds until so many rows are sealed: PostgreSQL counts open transactions of the whole server, so those of
 * test files running beside this one put sealing off. @returns rows sealed, fewer only after 150 seconds
 */
export async function sealUntil(db: Database, signer: AuditSigner, count: number, now = new Date()): Promise<number> {
  let sealed = 0
  for (const endsAt = Date.now() + 150_000; sealed < count && Date.now() < endsAt;) {
    sealed += (await transaction(db, (tx) => sealAudit(tx, { signer, now }))).sealed
    if (sealed < count) await pause(20)
  }
  return sealed
}
