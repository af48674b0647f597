import { sql } from 'kysely'
import type { SecondProof } from '../model.ts'
import type { Tx } from '#kernel/server/database.ts'

/** How somebody showed who they are. */
export type SessionMethod = 'password' | 'oidc'

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
    secondProof: SecondProof
    method: SessionMethod
  },
): Promise<void> {
  await sql`insert into people.session (id, token_hash, person_id, credential_version, organ_id, created_at, last_seen_at, proved_at, expires_at, source, second_proof, method)
    values (${session.id}, ${session.tokenHash}, ${session.personId}, ${session.credentialVersion}, ${session.organId}, ${session.now}, ${session.now}, ${session.now}, ${session.expiresAt}, ${session.source}, ${session.secondProof}, ${session.method})`.execute(
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

/** @returns how it had been signed in; null when there was none */
export async function endSessionByToken(tx: Tx, tokenHash: string, now: Date): Promise<SessionMethod | null> {
  const { rows } = await sql<{
    method: SessionMethod
  }>`update people.session set ended_at = ${now} where token_hash = ${tokenHash} and ended_at is null returning method`.execute(
    tx,
  )
  return rows[0]?.method ?? null
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

/** Every sign-in of a person that is still kept, newest first. */
export async function sessionsEver(
  tx: Tx,
  personId: string,
): Promise<{ createdAt: Date; lastSeenAt: Date; endedAt: Date | null; source: string | null }[]> {
  const { rows } = await sql<{ createdAt: Date; lastSeenAt: Date; endedAt: Date | null; source: string | null }>`
    select created_at, last_seen_at, ended_at, source from people.session where person_id = ${personId} order by created_at desc limit 1000`.execute(
    tx,
  )
  return rows
}

export async function setSessionOrgan(tx: Tx, tokenHash: string, personId: string, organId: string): Promise<void> {
  await sql`update people.session set organ_id = ${organId} where token_hash = ${tokenHash}`.execute(tx)
  await sql`update people.account set last_organ_id = ${organId} where person_id = ${personId}`.execute(tx)
}

/** Keeps the present session alive over a change of its own password. */
export async function renewSession(tx: Tx, tokenHash: string, credentialVersion: number): Promise<void> {
  await sql`update people.session set credential_version = ${credentialVersion} where token_hash = ${tokenHash}`.execute(
    tx,
  )
}

/** Gives a session another token and notes that its person proved anew who is there. */
export async function proveSession(
  tx: Tx,
  tokenHash: string,
  proved: { newTokenHash: string; now: Date },
): Promise<{ expiresAt: Date } | null> {
  const { rows } = await sql<{
    expiresAt: Date
  }>`update people.session set token_hash = ${proved.newTokenHash}, proved_at = ${proved.now} where token_hash = ${tokenHash} and ended_at is null returning expires_at`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** Ends all sessions of a person, but the one with the token, if given. @returns how many */
export async function endSessionsOfPerson(
  tx: Tx,
  personId: string,
  now: Date,
  except: string | null = null,
): Promise<number> {
  await sql`delete from people.pending_sign_in where person_id = ${personId}`.execute(tx)
  const { rows } = await sql`update people.session set ended_at = ${now}
    where person_id = ${personId} and ended_at is null and expires_at > ${now} and token_hash is distinct from ${except} returning 1`.execute(
    tx,
  )
  return rows.length
}

export type LevelSessionRow = {
  id: string
  personId: string
  personName: string
  username: string
  organName: string
  organId: string
  jurisdictionCode: string
  createdAt: Date
  lastSeenAt: Date
  source: string | null
  tokenHash: string
}

const live = (
  now: Date,
) => sql`s.ended_at is null and s.expires_at > ${now} and s.credential_version = a.credential_version
  and a.state = 'active' and s.last_seen_at > ${now}::timestamptz - make_interval(mins => (select value from people.setting where key = 'session-idle-minutes'))`
const levelColumns = sql`s.id, s.person_id, p.name as person_name, a.username, o.name as organ_name, o.id as organ_id, o.jurisdiction_code,
  s.created_at, s.last_seen_at, s.source, s.token_hash`
const levelTables = sql`people.session s join people.account a on a.person_id = s.person_id
  join people.person p on p.id = s.person_id join organs.open_organ o on o.id = p.organ_id`

/** Live sessions of the people of a level, newest first. @param filter.text part of a name or of an account's name */
export async function levelSessionPage(
  tx: Tx,
  filter: { jurisdictionCode: string; text: string | null },
  page: { after: string | null; limit: number },
  now: Date,
): Promise<{ rows: LevelSessionRow[]; total: number | null }> {
  const wanted = sql`${levelTables} where ${live(now)} and o.jurisdiction_code = ${filter.jurisdictionCode}
    and (${filter.text}::text is null or position(${filter.text ?? ''} in p.name) > 0 or position(${filter.text ?? ''} in a.username) > 0)`
  const { rows } = await sql<LevelSessionRow>`select ${levelColumns} from ${wanted}
    and (${page.after}::uuid is null or (s.created_at, s.id) < (select created_at, id from people.session where id = ${page.after}))
    order by s.created_at desc, s.id desc limit ${page.limit}`.execute(tx)
  const counted = await sql<{
    count: number
  }>`select count(*)::int as count from (select from ${wanted} limit 10001) counted`.execute(tx)
  const total = counted.rows[0]?.count ?? 0
  return { rows, total: total > 10_000 ? null : total }
}

/** A live session with whose it is; null where it has ended. */
export async function liveSession(tx: Tx, id: string, now: Date): Promise<LevelSessionRow | null> {
  const { rows } =
    await sql<LevelSessionRow>`select ${levelColumns} from ${levelTables} where s.id = ${id} and ${live(now)}`.execute(
      tx,
    )
  return rows[0] ?? null
}
