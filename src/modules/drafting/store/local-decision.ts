import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/** Which of some rows of standards leave the decision to the levels below. */
export async function localRowsOf(tx: Tx, standardIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ standardId: string }>`select standard_id from drafting.local_decision
    where standard_id = any(${[...standardIds]}::uuid[])`.execute(tx)
  return new Set(rows.map(({ standardId }) => standardId))
}

export async function insertLocalDecisions(tx: Tx, draftId: string, standardIds: readonly string[]): Promise<void> {
  if (standardIds.length === 0) return
  await sql`insert into drafting.local_decision (standard_id, draft_id)
    select id, ${draftId}::uuid from unnest(${[...standardIds]}::uuid[]) as id`.execute(tx)
}
