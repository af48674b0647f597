import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { digestOfSecret } from '#kernel/server/identifier.ts'

/** A round trip under way; it is worth nothing after ten minutes. */
export type FlowRow = {
  nonce: string
  codeVerifier: string
  personId: string | null
  returnTo: string
}
export const flowMinutes = 10

export async function insertFlow(tx: Tx, flow: FlowRow & { state: string; browser: string; now: Date }): Promise<void> {
  await sql`insert into people.oidc_flow (state_hash, browser_hash, nonce, code_verifier, person_id, return_to, created_at)
    values (${digestOfSecret(flow.state)}, ${digestOfSecret(flow.browser)}, ${flow.nonce}, ${flow.codeVerifier}, ${flow.personId}, ${flow.returnTo}, ${flow.now})`.execute(
    tx,
  )
}

/** Takes a flow up, once: another return under the same state finds none. Null from another browser, or too late. */
export async function takeFlow(tx: Tx, state: string, browserHash: string, now: Date): Promise<FlowRow | null> {
  const { rows } = await sql<FlowRow>`delete from people.oidc_flow
    where state_hash = ${digestOfSecret(state)} and browser_hash = ${browserHash}
      and created_at > ${now}::timestamptz - make_interval(mins => ${flowMinutes})
    returning nonce, code_verifier, person_id, return_to`.execute(tx)
  return rows[0] ?? null
}

export async function forgetOldFlows(tx: Tx, now: Date): Promise<void> {
  await sql`delete from people.oidc_flow where created_at < ${now}::timestamptz - make_interval(mins => ${flowMinutes})`.execute(
    tx,
  )
}

export type LinkRow = { personId: string; linkedAt: Date; lastUsedAt: Date | null }

export async function linkOf(tx: Tx, issuer: string, personId: string): Promise<LinkRow | null> {
  const { rows } = await sql<LinkRow>`select person_id, linked_at, last_used_at from people.oidc_link
    where issuer = ${issuer} and person_id = ${personId}`.execute(tx)
  return rows[0] ?? null
}

export async function linkedPerson(tx: Tx, issuer: string, subject: string): Promise<string | null> {
  const { rows } = await sql<{
    personId: string
  }>`select person_id from people.oidc_link where issuer = ${issuer} and subject = ${subject}`.execute(tx)
  return rows[0]?.personId ?? null
}

/** In place of one the person had. @returns false where the identity belongs to another account */
export async function saveLink(
  tx: Tx,
  link: { personId: string; issuer: string; subject: string; now: Date },
): Promise<boolean> {
  await sql`delete from people.oidc_link where person_id = ${link.personId}`.execute(tx)
  const { rows } = await sql`insert into people.oidc_link (person_id, issuer, subject, linked_at)
    values (${link.personId}, ${link.issuer}, ${link.subject}, ${link.now}) on conflict (issuer, subject) do nothing returning person_id`.execute(
    tx,
  )
  return rows.length > 0
}

export async function noteUse(tx: Tx, personId: string, now: Date): Promise<void> {
  await sql`update people.oidc_link set last_used_at = ${now} where person_id = ${personId}`.execute(tx)
}

/** @returns whether there was one */
export async function deleteLink(tx: Tx, personId: string): Promise<boolean> {
  const { rows } = await sql`delete from people.oidc_link where person_id = ${personId} returning person_id`.execute(tx)
  return rows.length > 0
}
