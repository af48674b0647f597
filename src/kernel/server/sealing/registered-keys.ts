import { sql } from 'kysely'
import type { Tx } from '../database.ts'
import type { Keyring } from './keyring.ts'

/** Keys that the database rests on are named in it, so that a start without one of them is refused. */
async function registerKey(tx: Tx, keyId: string, madeAt: Date): Promise<void> {
  await sql`insert into kernel.sealing_key (id, made_at) values (${keyId}, ${madeAt}) on conflict do nothing`.execute(
    tx,
  )
}

/**
 * At the start: every key the database rests on is here, and the one that seals is known to it. The first key is made
 * only where the database rests on none.
 * @throws Error naming the missing keys and the remedy
 */
export async function insistOnKeys(tx: Tx, keyring: Keyring): Promise<void> {
  // Two processes that start at once take turns, or both would make a first key.
  await sql`select pg_advisory_xact_lock(hashtext('kernel.sealing_key'))`.execute(tx)
  const { rows } = await sql<{ id: string }>`select id from kernel.sealing_key order by made_at`.execute(tx)
  const here = new Set(keyring.keys.generations().map(({ id }) => id))
  const missing = rows.map(({ id }) => id).filter((id) => !here.has(id))
  if (missing.length > 0)
    throw new Error(
      `数据库中有用密钥 ${missing.join('、')} 加密的数据，但 ${keyring.keys.place} 中没有这${missing.length > 1 ? '些' : '个'}密钥。` +
        `请从备份恢复密钥文件（${missing.map((id) => `sealing-${id}.key`).join('、')} 和 sealing-current）后再启动；没有密钥，这些数据无法读取。`,
    )
  const current = keyring.keys.current()
  await registerKey(tx, current.id, current.madeAt)
}
