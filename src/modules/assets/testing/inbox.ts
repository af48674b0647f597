import { sql } from 'kysely'
import { inTx, actors } from './assets-stage.ts'

/** Cases that wait for a person by name. */
export async function inboxOf(who: string): Promise<string[]> {
  return inTx(async (tx) =>
    (
      await sql<{ id: string }>`select id from kernel.case_item where closed_at is null
        and assigned_person_id = ${actors[who]?.personId ?? null}`.execute(tx)
    ).rows.map(({ id }) => id),
  )
}
