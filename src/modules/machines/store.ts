import { sql } from 'kysely'
import { machineRoles, type ActingOrgan, type Actor } from '#kernel/pure/actor.ts'
import { localDateOf, type LocalDate } from '#kernel/pure/local-date.ts'
import type { MachineScope } from '#kernel/pure/machine-scope.ts'
import type { Tx } from '#kernel/server/database.ts'
import { settingKeys, type Settings, type TokenState } from './model.ts'

export type TokenRow = {
  id: string
  mark: string
  organId: string
  organName: string
  jurisdictionCode: string
  name: string
  purpose: string
  scopes: string[]
  issuedAt: Date
  issuedByName: string
  validUntil: LocalDate
  lastUsedAt: Date | null
  revokedAt: Date | null
  revokedByName: string | null
  revokedFor: string | null
}

const columns = sql`t.id, t.mark, t.organ_id, o.name as organ_name, o.jurisdiction_code, t.name, t.purpose, t.scopes, t.issued_at,
  t.issued_by_name, t.valid_until, t.last_used_at, t.revoked_at, t.revoked_by_name, t.revoked_for`
const tables = sql`machines.token t join organs.open_organ o on o.id = t.organ_id`

export async function settingsOf(tx: Tx): Promise<Settings> {
  const { rows } = await sql<{ key: string; value: number }>`select key, value from machines.setting`.execute(tx)
  const values = Object.fromEntries(rows.map(({ key, value }) => [key, value]))
  for (const key of settingKeys) if (values[key] === undefined) throw new Error(`machines.setting lacks ${key}`)
  return values as Settings
}

export async function saveSettings(tx: Tx, settings: Settings): Promise<void> {
  for (const key of settingKeys)
    await sql`update machines.setting set value = ${settings[key]} where key = ${key}`.execute(tx)
}

export async function insertToken(
  tx: Tx,
  token: {
    id: string
    hash: string
    mark: string
    organId: string
    name: string
    purpose: string
    scopes: readonly string[]
    issuedAt: Date
    issuedBy: string
    issuedByName: string
    validUntil: LocalDate
  },
): Promise<void> {
  await sql`insert into machines.token (id, token_hash, mark, organ_id, name, purpose, scopes, issued_at, issued_by, issued_by_name, valid_until)
    values (${token.id}, ${token.hash}, ${token.mark}, ${token.organId}, ${token.name}, ${token.purpose}, ${[...token.scopes]}::text[],
      ${token.issuedAt}, ${token.issuedBy}, ${token.issuedByName}, ${token.validUntil})`.execute(tx)
}

export async function tokenById(tx: Tx, id: string, options: { lock?: boolean } = {}): Promise<TokenRow | null> {
  const { rows } =
    await sql<TokenRow>`select ${columns} from ${tables} where t.id = ${id} ${options.lock ? sql`for update of t` : sql``}`.execute(
      tx,
    )
  return rows[0] ?? null
}

/** Tokens of a level's organs, newest first; `after` is the id of the last one seen. */
export async function tokenPage(
  tx: Tx,
  filter: { jurisdictionCode: string; state?: TokenState | undefined; organId?: string | undefined },
  after: string | undefined,
  limit: number,
  today: LocalDate,
): Promise<{ rows: TokenRow[]; total: number | null }> {
  const states = {
    valid: sql`t.revoked_at is null and t.valid_until >= ${today}`,
    expired: sql`t.revoked_at is null and t.valid_until < ${today}`,
    revoked: sql`t.revoked_at is not null`,
  }
  const wanted = sql`${tables} where o.jurisdiction_code = ${filter.jurisdictionCode}
    and ${filter.state ? states[filter.state] : sql`true`}
    and (${filter.organId ?? null}::uuid is null or t.organ_id = ${filter.organId ?? null})`
  // Identifiers are UUIDv7: their order is that of issuing.
  const { rows } = await sql<TokenRow>`select ${columns} from ${wanted}
    and (${after ?? null}::uuid is null or t.id < ${after ?? null}) order by t.id desc limit ${limit}`.execute(tx)
  const counted = await sql<{
    count: number
  }>`select count(*)::int as count from (select from ${wanted} limit 10001) counted`.execute(tx)
  const total = counted.rows[0]?.count ?? 0
  return { rows, total: total > 10_000 ? null : total }
}

export async function revokeToken(tx: Tx, id: string, by: { name: string; reason: string; at: Date }): Promise<void> {
  await sql`update machines.token set revoked_at = ${by.at}, revoked_by_name = ${by.name}, revoked_for = ${by.reason}
    where id = ${id} and revoked_at is null`.execute(tx)
}

/**
 * The machine a token stands for; null when it is unknown, revoked, past its last day, or its organ is closed. Asked at
 * every request, so that a revoked token is worth nothing in any process.
 */
export async function machineOf(
  tx: Tx,
  tokenHash: string,
  now: Date,
): Promise<{ actor: Actor; requestsPerMinute: number } | null> {
  const day = localDateOf(now)
  const { rows } = await sql<
    Omit<ActingOrgan, 'id' | 'name'> & {
      id: string
      name: string
      scopes: MachineScope[]
      lastUsedAt: Date | null
      organId: string
      organName: string
      requestsPerMinute: number
    }
  >`select t.id, t.name, t.scopes, t.last_used_at, o.id as organ_id, o.name as organ_name, o.jurisdiction_code, o.jurisdiction_name, o.level,
      coalesce((select array_agg(part) from organs.open_organ_part where organ_id = o.id and valid_from <= ${day} and (valid_until is null or valid_until >= ${day})), '{}') as parts,
      (select value from machines.setting where key = 'requests-per-minute') as requests_per_minute
    from ${tables}
    where t.token_hash = ${tokenHash} and t.revoked_at is null and t.valid_until >= ${day}
      and o.valid_from <= ${day} and (o.valid_until is null or o.valid_until >= ${day})`.execute(tx)
  const token = rows[0]
  if (!token) return null
  const { organId, organName, jurisdictionCode, jurisdictionName, level, parts } = token
  await noteUse(tx, token, now)
  return {
    actor: {
      kind: 'machine',
      personId: null,
      name: `接口：${token.name}`,
      organ: { id: organId, name: organName, jurisdictionCode, jurisdictionName, level, parts },
      roles: machineRoles,
      machine: { tokenId: token.id, scopes: token.scopes },
    },
    requestsPerMinute: token.requestsPerMinute,
  }
}

/** Once a minute is enough; who finds the row taken leaves it, so that a long request keeps no other waiting. */
async function noteUse(tx: Tx, token: { id: string; lastUsedAt: Date | null }, now: Date): Promise<void> {
  if (token.lastUsedAt !== null && now.getTime() - token.lastUsedAt.getTime() <= 60_000) return
  await sql`update machines.token set last_used_at = ${now} where id in (
    select id from machines.token where id = ${token.id} and (last_used_at is null or last_used_at < ${now}) for update skip locked)`.execute(
    tx,
  )
}
