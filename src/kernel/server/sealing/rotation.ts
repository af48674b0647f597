import { sql } from 'kysely'
import type { Act } from '../context.ts'
import { record } from '../record.ts'
import type { Keyring } from './keyring.ts'
import { usesOfKeys } from './reseal.ts'
import type { SealedColumn } from './sealed-column.ts'

export type GenerationState = {
  id: string
  madeAt: Date
  /** Seals now; the others only open. */
  current: boolean
  /** Since when another seals; null while it does itself, and where that is not known. */
  replacedAt: Date | null
  /** Values that rest on it. */
  uses: number
}

/** An old key is kept at least so long after it was replaced: whatever was under way with it has ended by then. */
const restMinutes = 60

/** Runs a piece of work as the system, in a transaction of its own. */
type AsSystem = <T>(work: (act: Act) => Promise<T>) => Promise<T>

/**
 * Puts a new generation of keys to use for every process; what is sealed already stays readable and is sealed anew by
 * `resealAll`. The key is on disk and named in the database before anything is sealed with it.
 * @returns the new key's id
 */
export async function rotateKeys(asSystem: AsSystem, keyring: Keyring): Promise<string> {
  const keyId = await asSystem((act) => nameNewKey(act, keyring))
  keyring.keys.use(keyId)
  return keyId
}

async function nameNewKey(act: Act, keyring: Keyring): Promise<string> {
  const { tx, now } = act
  await sql`select pg_advisory_xact_lock(hashtext('kernel.sealing_key'))`.execute(tx)
  const before = keyring.keys.current()
  const made = keyring.keys.make()
  await sql`insert into kernel.sealing_key (id, made_at) values (${made.id}, ${now})`.execute(tx)
  await sql`update kernel.sealing_key set replaced_at = ${now} where id = ${before.id}`.execute(tx)
  await record(act, 'kernel.sealing-key-rotated', {
    subject: { kind: 'kernel.sealing-key', id: made.id },
    before: { current: before.id },
    after: { current: made.id, suite: keyring.suite },
  })
  return made.id
}

/** Every generation, oldest first, with what rests on it. */
export async function keyStates(
  { tx, keyring }: Pick<Act, 'tx' | 'keyring'>,
  columns: readonly SealedColumn[],
): Promise<GenerationState[]> {
  const uses = await usesOfKeys(tx, columns)
  const { rows } = await sql<{
    id: string
    replacedAt: Date | null
  }>`select id, replaced_at from kernel.sealing_key`.execute(tx)
  const replaced = new Map(rows.map(({ id, replacedAt }) => [id, replacedAt]))
  const current = keyring.keys.current().id
  return keyring.keys.generations().map(({ id, madeAt }) => ({
    id,
    madeAt,
    current: id === current,
    replacedAt: id === current ? null : (replaced.get(id) ?? null),
    uses: uses.get(id) ?? 0,
  }))
}

/**
 * Takes an old generation out of use: its file is put aside for those who keep backups that rest on it.
 * @returns null when done, else why not, in Chinese
 */
export async function retireKey(
  asSystem: AsSystem,
  keyring: Keyring,
  keyId: string,
  columns: readonly SealedColumn[],
): Promise<string | null> {
  const why = await asSystem((act) => forgetKey(act, keyId, columns))
  if (why === null) keyring.keys.retire(keyId)
  return why
}

async function forgetKey(act: Act, keyId: string, columns: readonly SealedColumn[]): Promise<string | null> {
  const { tx, now } = act
  await sql`select pg_advisory_xact_lock(hashtext('kernel.sealing_key'))`.execute(tx)
  const state = (await keyStates(act, columns)).find(({ id }) => id === keyId)
  if (!state) return `没有密钥 ${keyId}。请用 yunbao keys status 查看现有的密钥。`
  if (state.current) return `密钥 ${keyId} 正在用于加密，不能停用。请先更换：yunbao keys rotate。`
  if (state.uses > 0) return `还有 ${state.uses} 条数据用密钥 ${keyId} 加密，不能停用。请先运行 yunbao keys reseal。`
  const restsUntil = (state.replacedAt?.getTime() ?? 0) + restMinutes * 60_000
  if (now.getTime() < restsUntil)
    return `密钥 ${keyId} 更换不足 ${restMinutes} 分钟，可能还有未完成的办理。请稍后再停用。`
  await sql`delete from kernel.sealing_key where id = ${keyId}`.execute(tx)
  await record(act, 'kernel.sealing-key-retired', { subject: { kind: 'kernel.sealing-key', id: keyId } })
  return null
}
