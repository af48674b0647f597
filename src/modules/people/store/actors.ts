import { sql } from 'kysely'
import type { ActingOrgan, Actor, Role } from '#kernel/pure/actor.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import { rolesInForce } from '../rules/granting.ts'
import { rolesThatRequire } from '../rules/second-factor.ts'
import type { SettingKey } from '../model.ts'
import { accountNamed } from './accounts.ts'

/** The rights a person has on a day, by organ, and on whose behalf; a delegation counts while what it was delegated from does. */
const holdingOn = (day: string) => sql`
  select h.person_id, h.organ_id, h.role, d.person_id as behalf from people.holding h
    left join people.holding d on d.id = h.delegated_from and d.valid_from <= ${day} and (d.valid_until is null or d.valid_until >= ${day})
  where h.valid_from <= ${day} and (h.valid_until is null or h.valid_until >= ${day})
    and (h.delegated_from is null or d.id is not null)`

export type HeldAt = {
  organId: string
  organName: string
  jurisdictionCode: string
  jurisdictionName: string
  level: ActingOrgan['level']
  parts: ActingOrgan['parts']
  roles: Role[]
  /** Those held by delegation: nobody holds a role at an organ twice on a day. */
  onBehalf: { role: Role; personId: string }[]
}

/** Organs at which a person holds roles on a day, by name; closed organs are none. */
export async function heldAt(tx: Tx, personId: string, day: string): Promise<HeldAt[]> {
  const { rows } = await executePrepared(
    tx,
    sql<HeldAt>`
    select o.id as organ_id, o.name as organ_name, o.jurisdiction_code, o.jurisdiction_name, o.level, array_agg(distinct h.role) as roles,
      coalesce(jsonb_agg(distinct jsonb_build_object('role', h.role, 'personId', h.behalf)) filter (where h.behalf is not null), '[]') as on_behalf,
      coalesce((select array_agg(part) from organs.open_organ_part where organ_id = o.id and valid_from <= ${day} and (valid_until is null or valid_until >= ${day})), '{}') as parts
    from (${holdingOn(day)}) h join organs.open_organ o on o.id = h.organ_id
    where h.person_id = ${personId} and o.valid_from <= ${day} and (o.valid_until is null or o.valid_until >= ${day})
    group by o.id, o.name, o.jurisdiction_code, o.jurisdiction_name, o.level order by o.name`,
  )
  return rows.map((at) => ({ ...at, roles: rolesInForce(at.roles, at.parts) }))
}

/** Older than the profile allows; the accounts of a demonstration are everybody's and never expire. */
function passwordExpired(now: Date) {
  return sql<boolean>`((a.password_set_at at time zone 'Asia/Shanghai')::date
      < ${localDateOf(now)}::date - (select value from people.setting where key = 'password-days')
    and (select profile from people.policy) = 'dengbao-3'
    and not exists (select from people.account where demonstration_position is not null))`
}

const minutesOf = (key: SettingKey) => sql`make_interval(mins => (select value from people.setting where key = ${key}))`

type SignedIn = {
  id: string
  personId: string
  organId: string | null
  lastSeenAt: Date
  name: string
  mustChange: boolean
  steppedUp: boolean
  /** Roles that ask for a second factor; empty where there is one, here or at the provider, and in a demonstration. */
  rolesInNeed: Role[]
}

/**
 * The actor of a session's token; null when the session has ended, idled away or expired, or the account is disabled.
 * Whoever still has the initial password, or one that has expired, or lacks the second factor their roles ask for, holds no
 * role until that is mended. A session of a time to come (the clock was set back) is worth nothing.
 */
export async function actorOf(tx: Tx, tokenHash: string, now: Date): Promise<Actor | null> {
  const session = (
    await executePrepared(
      tx,
      sql<SignedIn>`
      select s.id, s.person_id, s.organ_id, s.last_seen_at, p.name, (a.must_change or (s.method = 'password' and ${passwordExpired(now)})) as must_change,
        coalesce(s.proved_at between ${now}::timestamptz - ${minutesOf('step-up-minutes')} and ${now}::timestamptz + interval '1 minute', false) as stepped_up,
        case when s.second_proof = 'provider' or exists (select from people.second_factor f where f.person_id = s.person_id)
            or exists (select from people.account where demonstration_position is not null)
          then '{}' else (select array_agg(role) from people.second_factor_role) end as roles_in_need
      from people.session s join people.account a on a.person_id = s.person_id join people.person p on p.id = s.person_id
      where s.token_hash = ${tokenHash} and s.ended_at is null and s.expires_at > ${now} and a.state = 'active'
        and s.credential_version = a.credential_version
        and s.last_seen_at between ${now}::timestamptz - ${minutesOf('session-idle-minutes')} and ${now}::timestamptz + interval '5 minutes'`,
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
  const lacking = rolesThatRequire(
    held.flatMap(({ roles }) => roles),
    { secondFactorRoles: session.rolesInNeed, demonstration: false },
  )
  const unready = session.mustChange ? 'password' : lacking.length > 0 ? 'second-factor' : undefined
  const actor = { ...actorAt(session.personId, session.name, at), steppedUp: session.steppedUp }
  return unready === undefined ? actor : { ...actor, roles: [], unready }
}

/** Somebody acting for an organ with what they hold there. */
export function actorAt(personId: string, name: string, at: HeldAt | null): Actor {
  return {
    kind: 'person',
    personId,
    name,
    organ: at && actingOrgan(at),
    roles: at?.roles ?? [],
    onBehalf: at?.onBehalf ?? [],
  }
}

/**
 * The actor an account stands for without a session, at the command line, where its person proved to be there just now.
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
  return { ...actorAt(account.personId, account.name, at), steppedUp: true }
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
