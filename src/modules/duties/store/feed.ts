import { sql } from 'kysely'
import type { Role } from '#kernel/pure/actor.ts'
import type { Tx } from '#kernel/server/database.ts'

export type FeedRow = {
  id: string
  personId: string
  organId: string
  role: Role
  createdAt: Date
  lastFetchedAt: Date | null
  revokedAt: Date | null
}

const columns = sql`id, person_id, organ_id, role, created_at, last_fetched_at, revoked_at`

/** @returns false when the person has an address for this role already */
export async function insertFeed(tx: Tx, feed: FeedRow, tokenHash: string): Promise<boolean> {
  const { rows } = await sql`insert into duties.feed (id, person_id, organ_id, role, token_hash, created_at)
    values (${feed.id}, ${feed.personId}, ${feed.organId}, ${feed.role}, ${tokenHash}, ${feed.createdAt})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** Addresses in use of one person at one organ. */
export async function feedsOf(tx: Tx, personId: string, organId: string): Promise<FeedRow[]> {
  const { rows } = await sql<FeedRow>`select ${columns} from duties.feed
    where person_id = ${personId} and organ_id = ${organId} and revoked_at is null order by created_at, id`.execute(tx)
  return rows
}

export async function feedById(tx: Tx, id: string): Promise<FeedRow | undefined> {
  return (await sql<FeedRow>`select ${columns} from duties.feed where id = ${id} for update`.execute(tx)).rows[0]
}

export async function revokeFeed(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update duties.feed set revoked_at = ${now} where id = ${id} and revoked_at is null`.execute(tx)
}

/** The calendar of an address in use; that it was asked for is noted. */
export async function fetchedFeed(tx: Tx, tokenHash: string, now: Date): Promise<FeedRow | undefined> {
  const { rows } = await sql<FeedRow>`update duties.feed set last_fetched_at = ${now}
    where token_hash = ${tokenHash} and revoked_at is null returning ${columns}`.execute(tx)
  return rows[0]
}
