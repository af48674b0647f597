import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

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

export async function formerHashes(tx: Tx, personId: string, count: number): Promise<string[]> {
  const { rows } = await sql<{
    passwordHash: string
  }>`select password_hash from people.password_history where person_id = ${personId} order by replaced_at desc limit ${count}`.execute(
    tx,
  )
  return rows.map(({ passwordHash }) => passwordHash)
}

/** Ends every session of the account and every sign-in under way. */
export async function endCredentials(tx: Tx, personId: string): Promise<void> {
  await sql`update people.account set credential_version = credential_version + 1 where person_id = ${personId}`.execute(
    tx,
  )
}
