import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ActingOrgan, Actor, Role } from '#kernel/pure/actor.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import { settingKeys, type Settings } from '../model.ts'

export async function settingsOf(tx: Tx): Promise<Settings> {
  const { rows } = await sql<{ key: string; value: number }>`select key, value from people.setting`.execute(tx)
  const values = Object.fromEntries(rows.map(({ key, value }) => [key, value]))
  for (const key of settingKeys) if (values[key] === undefined) throw new Error(`people.setting lacks ${key}`)
  return values as Settings
}

export type AccountRow = {
  personId: string
  name: string
  organId: string
  username: string
  state: 'active' | 'disabled'
  passwordHash: string
  passwordSetAt: Date
  mustChange: boolean
  initialUntil: Date | null
  credentialVersion: number
  lastOrganId: string | null
}

const accountColumns = sql`a.person_id, p.name, p.organ_id, a.username, a.state, a.password_hash, a.password_set_at, a.must_change, a.initial_until, a.credential_version, a.last_organ_id`

export async function accountNamed(tx: Tx, username: string): Promise<AccountRow | null> {
  return (
    (
      await sql<AccountRow>`select ${accountColumns} from people.account a join people.person p on p.id = a.person_id where a.username = ${username}`.execute(
        tx,
      )
    ).rows[0] ?? null
  )
}

export async function accountOf(tx: Tx, personId: string, lock = false): Promise<AccountRow | null> {
  return (
    (
      await sql<AccountRow>`select ${accountColumns} from people.account a join people.person p on p.id = a.person_id where a.person_id = ${personId} ${lock ? sql`for update of a` : sql``}`.execute(
        tx,
      )
    ).rows[0] ?? null
  )
}

/** The rights a person has on a day, by organ; a delegation counts while what it was delegated from does. */
const holdingOn = (day: string) => sql`
  select h.person_id, h.organ_id, h.role from people.holding h
  where h.valid_from <= ${day} and (h.valid_until is null or h.valid_until >= ${day})
    and (h.delegated_from is null or exists (select from people.holding o where o.id = h.delegated_from
      and o.valid_from <= ${day} and (o.valid_until is null or o.valid_until >= ${day})))`

export type HeldAt = {
  organId: string
  organName: string
  jurisdictionCode: string
  jurisdictionName: string
  level: ActingOrgan['level']
  parts: ActingOrgan['parts']
  roles: Role[]
}

/** Organs at which a person holds roles on a day, by name; closed organs are none. */
export async function heldAt(tx: Tx, personId: string, day: string): Promise<HeldAt[]> {
  const { rows } = await executePrepared(
    tx,
    sql<HeldAt>`
    select o.id as organ_id, o.name as organ_name, o.jurisdiction_code, o.jurisdiction_name, o.level, array_agg(distinct h.role) as roles,
      coalesce((select array_agg(part) from organs.open_organ_part where organ_id = o.id and valid_from <= ${day} and (valid_until is null or valid_until >= ${day})), '{}') as parts
    from (${holdingOn(day)}) h join organs.open_organ o on o.id = h.organ_id
    where h.person_id = ${personId} and o.valid_from <= ${day} and (o.valid_until is null or o.valid_until >= ${day})
    group by o.id, o.name, o.jurisdiction_code, o.jurisdiction_name, o.level order by o.name`,
  )
  return rows
}

export type SessionRow = { id: string; personId: string; organId: string | null; lastSeenAt: Date }

export async function insertSession(
  tx: Tx,
  session: {
    id: string
    tokenHash: string
    personId: string
    credentialVersion: number
    organId: string | null
    now: Date
    expiresAt: Date
    source: string | null
  },
): Promise<void> {
  await sql`insert into people.session (id, token_hash, person_id, credential_version, organ_id, created_at, last_seen_at, expires_at, source)
    values (${session.id}, ${session.tokenHash}, ${session.personId}, ${session.credentialVersion}, ${session.organId}, ${session.now}, ${session.now}, ${session.expiresAt}, ${session.source})`.execute(
    tx,
  )
}

/** Ends the oldest sessions beyond the number allowed at once. */
export async function endSurplusSessions(tx: Tx, personId: string, keep: number, now: Date): Promise<void> {
  await sql`update people.session set ended_at = ${now} where id in (
    select id from people.session where person_id = ${personId} and ended_at is null and expires_at > ${now} order by created_at desc offset ${keep})`.execute(
    tx,
  )
}

export async function endSessionByToken(tx: Tx, tokenHash: string, now: Date): Promise<void> {
  await sql`update people.session set ended_at = ${now} where token_hash = ${tokenHash} and ended_at is null`.execute(
    tx,
  )
}

/** @returns whether there was such a session of the person */
export async function endSessionById(tx: Tx, personId: string, id: string, now: Date): Promise<boolean> {
  const { rows } =
    await sql`update people.session set ended_at = ${now} where id = ${id} and person_id = ${personId} and ended_at is null returning id`.execute(
      tx,
    )
  return rows.length > 0
}

export async function liveSessions(
  tx: Tx,
  personId: string,
  now: Date,
): Promise<{ id: string; tokenHash: string; createdAt: Date; lastSeenAt: Date; source: string | null }[]> {
  const { rows } = await sql<{
    id: string
    tokenHash: string
    createdAt: Date
    lastSeenAt: Date
    source: string | null
  }>`
    select id, token_hash, created_at, last_seen_at, source from people.session
    where person_id = ${personId} and ended_at is null and expires_at > ${now} order by created_at desc`.execute(tx)
  return rows
}

export async function setSessionOrgan(tx: Tx, tokenHash: string, personId: string, organId: string): Promise<void> {
  await sql`update people.session set organ_id = ${organId} where token_hash = ${tokenHash}`.execute(tx)
  await sql`update people.account set last_organ_id = ${organId} where person_id = ${personId}`.execute(tx)
}

/** Older than the setting allows; the accounts of a demonstration are everybody's and never expire. */
function passwordExpired(now: Date) {
  return sql`((a.password_set_at at time zone 'Asia/Shanghai')::date
      < ${localDateOf(now)}::date - (select value from people.setting where key = 'password-days')
    and not exists (select from people.account where demonstration_position is not null))`
}

/**
 * The actor of a session's token; null when the session has ended, idled away or expired, or the account is disabled.
 * Whoever still has the initial password, or one that has expired, holds no role until it is changed.
 */
export async function actorOf(tx: Tx, tokenHash: string, now: Date): Promise<Actor | null> {
  const session = (
    await executePrepared(
      tx,
      sql<SessionRow & { name: string; mustChange: boolean }>`
      select s.id, s.person_id, s.organ_id, s.last_seen_at, p.name, (a.must_change or ${passwordExpired(now)}) as must_change
      from people.session s join people.account a on a.person_id = s.person_id join people.person p on p.id = s.person_id
      where s.token_hash = ${tokenHash} and s.ended_at is null and s.expires_at > ${now} and a.state = 'active'
        and s.credential_version = a.credential_version
        and s.last_seen_at > ${now}::timestamptz - make_interval(mins => (select value from people.setting where key = 'session-idle-minutes'))`,
    )
  ).rows[0]
  if (!session) return null
  // Once a minute is enough for the idle limit, and spares a write on every request.
  if (now.getTime() - session.lastSeenAt.getTime() > 60_000)
    await sql`update people.session set last_seen_at = ${now} where id = ${session.id} and last_seen_at < ${now}`.execute(
      tx,
    )
  const held = await heldAt(tx, session.personId, localDateOf(now))
  const at = held.find(({ organId }) => organId === session.organId) ?? null
  return {
    kind: 'person',
    personId: session.personId,
    name: session.name,
    organ: at && actingOrgan(at),
    roles: session.mustChange ? [] : (at?.roles ?? []),
  }
}

/**
 * The actor an account stands for without a session: whoever runs the command line on the server names the account.
 * @param organ name or id of the organ to act for; null takes the account's own, as sign-in does
 * @returns a sentence why not, in Chinese, where the account cannot act
 */
export async function actorOfAccount(
  tx: Tx,
  username: string,
  organ: string | null,
  now: Date,
): Promise<Actor | string> {
  const account = await accountNamed(tx, username)
  if (!account) return `没有账号“${username}”。`
  if (account.state !== 'active') return `账号“${username}”已停用。`
  if (account.mustChange) return `账号“${username}”还在使用初始密码。请本人登录并修改密码后再用。`
  const held = await heldAt(tx, account.personId, localDateOf(now))
  const at =
    organ === null
      ? (held.find(({ organId }) => organId === account.organId) ?? held[0])
      : held.find(({ organId, organName }) => organId === organ || organName === organ)
  if (!at)
    return organ === null
      ? `账号“${username}”目前没有任何角色。`
      : `账号“${username}”在“${organ}”没有角色。可以选择：${held.map(({ organName }) => organName).join('、') || '无'}。`
  return { kind: 'person', personId: account.personId, name: account.name, organ: actingOrgan(at), roles: at.roles }
}

export function actingOrgan({
  organId,
  organName,
  jurisdictionCode,
  jurisdictionName,
  level,
  parts,
}: HeldAt): ActingOrgan {
  return { id: organId, name: organName, jurisdictionCode, jurisdictionName, level, parts }
}

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

/** Sets a password; the one before goes to the history and all other sessions end with the credential's number. */
export async function setPassword(
  tx: Tx,
  account: AccountRow,
  password: { hash: string; mustChange: boolean; initialUntil: Date | null },
  now: Date,
): Promise<number> {
  await sql`insert into people.password_history (person_id, password_hash, replaced_at) values (${account.personId}, ${account.passwordHash}, ${now})`.execute(
    tx,
  )
  const { rows } = await sql<{
    credentialVersion: number
  }>`update people.account set password_hash = ${password.hash}, password_set_at = ${now}, must_change = ${password.mustChange},
    initial_until = ${password.initialUntil}, credential_version = credential_version + 1 where person_id = ${account.personId} returning credential_version`.execute(
    tx,
  )
  return rows[0]?.credentialVersion ?? 0
}

/** Keeps the present session alive over a change of its own password. */
export async function renewSession(tx: Tx, tokenHash: string, credentialVersion: number): Promise<void> {
  await sql`update people.session set credential_version = ${credentialVersion} where token_hash = ${tokenHash}`.execute(
    tx,
  )
}

export async function formerHashes(tx: Tx, personId: string, count: number): Promise<string[]> {
  const { rows } = await sql<{
    passwordHash: string
  }>`select password_hash from people.password_history where person_id = ${personId} order by replaced_at desc limit ${count}`.execute(
    tx,
  )
  return rows.map(({ passwordHash }) => passwordHash)
}
