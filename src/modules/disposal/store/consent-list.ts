import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { ConsentList } from '../model.ts'

/** @throws Conflict when the department has used that number before */
export async function insertConsentList(
  tx: Tx,
  row: ConsentList & { organId: string; jurisdictionCode: string; at: Date },
): Promise<void> {
  const { rows } =
    await sql`insert into disposal.consent_list (id, organ_id, jurisdiction_code, document, consented_on, applications,
      cost_fen, consented_by, consented_at)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.document}, ${row.consentedOn}, ${row.applications}, ${row.costFen},
      ${row.consentedBy}, ${row.at}) on conflict do nothing returning 1`.execute(tx)
  if (rows.length === 0) throw new Conflict('同意清单', `文号“${row.document}”已经使用。请核对文号。`)
}

export async function consentListsPage(
  tx: Tx,
  jurisdictionCode: string,
  after: string | undefined,
  limit: number,
): Promise<ConsentList[]> {
  const { rows } = await sql<ConsentList>`select id, document, consented_on, applications, cost_fen, consented_by
    from disposal.consent_list where jurisdiction_code = ${jurisdictionCode} ${after === undefined ? sql`` : sql`and id < ${after}::uuid`}
    order by id desc limit ${limit}`.execute(tx)
  return rows
}
