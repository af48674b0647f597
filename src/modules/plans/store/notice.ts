import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'

export type NoticeRow = {
  id: string
  number: string
  cycleId: string
  demandId: string
  jurisdictionCode: string
  organId: string
  lineCount: number
  amountFen: number
  issuedOn: string
  dueOn: string
  deliveredAt: Date | null
  acknowledgedAt: Date | null
  acknowledgedBy: string | null
  acknowledgedByName: string | null
  documentId: string | null
}

const columns = sql`id, number, cycle_id, demand_id, jurisdiction_code, organ_id, line_count, amount_fen, issued_on, due_on, delivered_at,
  acknowledged_at, acknowledged_by, acknowledged_by_name, document_id`

export async function noticeById(tx: Tx, id: string): Promise<NoticeRow | undefined> {
  return (await sql<NoticeRow>`select ${columns} from plans.notice where id = ${id}`.execute(tx)).rows[0]
}

export async function noticesPage(
  tx: Tx,
  filter: { jurisdictionCode: string; cycleId?: string | undefined; organId?: string | undefined },
  after: string | undefined,
  limit: number,
): Promise<NoticeRow[]> {
  return (
    await sql<NoticeRow>`select ${columns} from plans.notice where jurisdiction_code = ${filter.jurisdictionCode}
        ${filter.cycleId ? sql`and cycle_id = ${filter.cycleId}` : sql``} ${filter.organId ? sql`and organ_id = ${filter.organId}` : sql``}
        ${after ? sql`and id < ${after}` : sql``} order by id desc limit ${limit}`.execute(tx)
  ).rows
}

export async function insertNotice(tx: Tx, notice: NoticeRow): Promise<void> {
  await sql`insert into plans.notice (id, number, cycle_id, demand_id, jurisdiction_code, organ_id, line_count, amount_fen, issued_on, due_on, delivered_at)
    values (${notice.id}, ${notice.number}, ${notice.cycleId}, ${notice.demandId}, ${notice.jurisdictionCode}, ${notice.organId}, ${notice.lineCount},
      ${notice.amountFen}, ${notice.issuedOn}, ${notice.dueOn}, ${notice.deliveredAt})`.execute(tx)
}

export async function saveNoticeDocument(tx: Tx, id: string, documentId: string): Promise<void> {
  await sql`update plans.notice set document_id = ${documentId} where id = ${id}`.execute(tx)
}

export async function saveAcknowledgement(
  tx: Tx,
  notice: NoticeRow,
  by: { personId: string | null; name: string; now: Date },
): Promise<NoticeRow> {
  const result =
    await sql`update plans.notice set acknowledged_at = ${by.now}, acknowledged_by = ${by.personId}, acknowledged_by_name = ${by.name}
    where id = ${notice.id} and acknowledged_at is null`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('书面通知', '该通知已经签收。')
  return { ...notice, acknowledgedAt: by.now, acknowledgedBy: by.personId, acknowledgedByName: by.name }
}
