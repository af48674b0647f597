import { sql } from 'kysely'
import type { Role } from '#kernel/pure/actor.ts'
import type { Tx } from '#kernel/server/database.ts'

export type SecondFactorRow = { secret: string; confirmedAt: Date; lastStep: number }

export async function secondFactorOf(tx: Tx, personId: string): Promise<SecondFactorRow | null> {
  const { rows } =
    await sql<SecondFactorRow>`select secret, confirmed_at, last_step::float8 as last_step from people.second_factor where person_id = ${personId}`.execute(
      tx,
    )
  return rows[0] ?? null
}

/** Puts a confirmed secret in place of the one before, if any. */
export async function putSecondFactor(
  tx: Tx,
  factor: { personId: string; secret: string; confirmedAt: Date; lastStep: number },
): Promise<void> {
  await sql`insert into people.second_factor (person_id, secret, confirmed_at, last_step)
    values (${factor.personId}, ${factor.secret}, ${factor.confirmedAt}, ${factor.lastStep})
    on conflict (person_id) do update set secret = excluded.secret, confirmed_at = excluded.confirmed_at, last_step = excluded.last_step`.execute(
    tx,
  )
}

/**
 * Spends the code of a step: of any number sent side by side one gets true.
 * @returns false where this step or a later one was spent already
 */
export async function spendStep(tx: Tx, personId: string, step: number): Promise<boolean> {
  const { rows } =
    await sql`update people.second_factor set last_step = ${step} where person_id = ${personId} and last_step < ${step} returning 1`.execute(
      tx,
    )
  return rows.length > 0
}

/** @returns whether there was one */
export async function deleteSecondFactor(tx: Tx, personId: string): Promise<boolean> {
  await sql`delete from people.second_factor_enrolment where person_id = ${personId}`.execute(tx)
  const { rows } = await sql`delete from people.second_factor where person_id = ${personId} returning 1`.execute(tx)
  return rows.length > 0
}

export async function putEnrolment(
  tx: Tx,
  enrolment: { personId: string; secret: string; createdAt: Date },
): Promise<void> {
  await sql`insert into people.second_factor_enrolment (person_id, secret, created_at)
    values (${enrolment.personId}, ${enrolment.secret}, ${enrolment.createdAt})
    on conflict (person_id) do update set secret = excluded.secret, created_at = excluded.created_at`.execute(tx)
}

/** The waiting secret, locked; null where none is or it is older than `since`. */
export async function lockEnrolment(tx: Tx, personId: string, since: Date): Promise<string | null> {
  const { rows } = await sql<{
    secret: string
  }>`select secret from people.second_factor_enrolment where person_id = ${personId} and created_at > ${since} for update`.execute(
    tx,
  )
  return rows[0]?.secret ?? null
}

export async function endEnrolment(tx: Tx, personId: string): Promise<void> {
  await sql`delete from people.second_factor_enrolment where person_id = ${personId}`.execute(tx)
}

/** Puts new recovery codes in place of all before. */
export async function putRecoveryCodes(
  tx: Tx,
  personId: string,
  codes: readonly { tag: string; hash: string }[],
): Promise<void> {
  await sql`delete from people.recovery_code where person_id = ${personId}`.execute(tx)
  await sql`insert into people.recovery_code (person_id, tag, code_hash)
    select ${personId}, tag, hash from jsonb_to_recordset(${JSON.stringify(codes.map(({ tag, hash }) => ({ tag, hash })))}::jsonb) as c(tag text, hash text)`.execute(
    tx,
  )
}

/** Hash of an unused recovery code. */
export async function recoveryHash(tx: Tx, personId: string, tag: string): Promise<string | null> {
  const { rows } = await sql<{
    codeHash: string
  }>`select code_hash from people.recovery_code where person_id = ${personId} and tag = ${tag} and used_at is null`.execute(
    tx,
  )
  return rows[0]?.codeHash ?? null
}

/** @returns false where somebody was faster */
export async function spendRecoveryCode(tx: Tx, personId: string, tag: string, now: Date): Promise<boolean> {
  const { rows } =
    await sql`update people.recovery_code set used_at = ${now} where person_id = ${personId} and tag = ${tag} and used_at is null returning 1`.execute(
      tx,
    )
  return rows.length > 0
}

export async function recoveryCodesLeft(tx: Tx, personId: string): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from people.recovery_code where person_id = ${personId} and used_at is null`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

/** Roles whose holders must have a second factor. */
export async function secondFactorRoles(tx: Tx): Promise<Role[]> {
  const { rows } = await sql<{ role: Role }>`select role from people.second_factor_role order by role`.execute(tx)
  return rows.map(({ role }) => role)
}

export async function putSecondFactorRoles(tx: Tx, roles: readonly Role[]): Promise<void> {
  await sql`delete from people.second_factor_role where not role = any(${[...roles]}::text[])`.execute(tx)
  await sql`insert into people.second_factor_role (role) select unnest(${[...roles]}::text[]) on conflict do nothing`.execute(
    tx,
  )
}
