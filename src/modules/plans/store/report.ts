import { sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { ReportFigures, ReportTexts } from '../contract/report.ts'

export type ReportState = 'draft' | 'signed' | 'sent' | 'returned' | 'received'

export type ReportRow = {
  id: string
  jurisdictionCode: string
  year: number
  kind: 'organ' | 'consolidated'
  organId: string
  number: string
  state: ReportState
  caseId: string | null
  texts: z.infer<typeof ReportTexts>
  figures: z.infer<typeof ReportFigures>
  dueOn: string
  sentAt: Date | null
  copiedToFinanceAt: Date | null
  documentId: string | null
  version: number
}

const columns = sql`id, jurisdiction_code, year, kind, organ_id, number, state, case_id, texts, figures, due_on, sent_at, copied_to_finance_at, document_id, version`

export async function reportById(tx: Tx, id: string): Promise<ReportRow | undefined> {
  return (await sql<ReportRow>`select ${columns} from plans.report where id = ${id}`.execute(tx)).rows[0]
}

export async function lockReport(tx: Tx, id: string): Promise<ReportRow | undefined> {
  return (await sql<ReportRow>`select ${columns} from plans.report where id = ${id} for update`.execute(tx)).rows[0]
}

export async function reportOf(
  tx: Tx,
  organId: string,
  year: number,
  kind: ReportRow['kind'],
): Promise<ReportRow | undefined> {
  return (
    await sql<ReportRow>`select ${columns} from plans.report where organ_id = ${organId} and year = ${year} and kind = ${kind}`.execute(
      tx,
    )
  ).rows[0]
}

export async function reportsPage(
  tx: Tx,
  filter: {
    jurisdictionCode: string
    organId?: string | undefined
    year?: number | undefined
    kind?: string | undefined
    state?: string | undefined
    sentOrOwn?: string | undefined
  },
  after: string | undefined,
  limit: number,
): Promise<ReportRow[]> {
  return (
    await sql<ReportRow>`select ${columns} from plans.report where jurisdiction_code = ${filter.jurisdictionCode}
        ${filter.organId ? sql`and organ_id = ${filter.organId}` : sql``} ${filter.year === undefined ? sql`` : sql`and year = ${filter.year}`}
        ${filter.kind ? sql`and kind = ${filter.kind}` : sql``} ${filter.state ? sql`and state = ${filter.state}` : sql``}
        ${filter.sentOrOwn ? sql`and (state in ('sent', 'received', 'returned') or organ_id = ${filter.sentOrOwn})` : sql``}
        ${after ? sql`and id < ${after}` : sql``} order by id desc limit ${limit}`.execute(tx)
  ).rows
}

export async function insertReport(tx: Tx, row: ReportRow): Promise<void> {
  await sql`insert into plans.report (id, jurisdiction_code, year, kind, organ_id, number, state, case_id, texts, figures, due_on)
    values (${row.id}, ${row.jurisdictionCode}, ${row.year}, ${row.kind}, ${row.organId}, ${row.number}, ${row.state}, ${row.caseId},
      ${JSON.stringify(row.texts)}::jsonb, ${JSON.stringify(row.figures)}::jsonb, ${row.dueOn})`.execute(tx)
}

export async function saveReport(
  tx: Tx,
  row: ReportRow,
  changes: Partial<Omit<ReportRow, 'id' | 'version'>>,
): Promise<ReportRow> {
  const next = { ...row, ...changes, version: row.version + 1 }
  const result =
    await sql`update plans.report set state = ${next.state}, texts = ${JSON.stringify(next.texts)}::jsonb, figures = ${JSON.stringify(next.figures)}::jsonb,
      sent_at = ${next.sentAt}, copied_to_finance_at = ${next.copiedToFinanceAt}, document_id = ${next.documentId}, case_id = ${next.caseId}, version = ${next.version}
    where id = ${row.id} and version = ${row.version} and state = ${row.state}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('执行情况报告')
  return next
}

/** States of the organs' reports of a year, for the consolidated one. */
export async function organReportStates(
  tx: Tx,
  jurisdictionCode: string,
  year: number,
): Promise<Map<string, ReportState>> {
  const { rows } = await sql<{ organId: string; state: ReportState }>`select organ_id, state from plans.report
    where jurisdiction_code = ${jurisdictionCode} and year = ${year} and kind = 'organ'`.execute(tx)
  return new Map(rows.map(({ organId, state }) => [organId, state]))
}
