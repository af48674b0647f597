import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Sums } from '../rules/proceeds.ts'

export type ProceedsRow = Sums & {
  netFen: number
  receivedOn: string
  dueOn: string
  paidOn: string | null
  voucherNumber: string | null
  revenueCode: string
}

export async function proceedsOf(tx: Tx, applicationId: string): Promise<ProceedsRow | null> {
  const { rows } =
    await sql<ProceedsRow>`select gross_fen, taxes_fen, appraisal_fen, trade_fen, other_fen, net_fen, received_on, due_on,
      paid_on, voucher_number, revenue_code
    from disposal.proceeds where application_id = ${applicationId}`.execute(tx)
  return rows[0] ?? null
}

/** Writes what came in, once; a wrong entry is corrected until it is paid. */
export async function saveProceeds(
  tx: Tx,
  applicationId: string,
  row: Sums & { receivedOn: string; dueOn: string; revenueCode: string },
): Promise<void> {
  const { numAffectedRows } =
    await sql`insert into disposal.proceeds as p (application_id, gross_fen, taxes_fen, appraisal_fen, trade_fen,
      other_fen, received_on, due_on, revenue_code)
    values (${applicationId}, ${row.grossFen}, ${row.taxesFen}, ${row.appraisalFen}, ${row.tradeFen}, ${row.otherFen}, ${row.receivedOn},
      ${row.dueOn}, ${row.revenueCode})
    on conflict (application_id) do update set gross_fen = excluded.gross_fen, taxes_fen = excluded.taxes_fen,
      appraisal_fen = excluded.appraisal_fen, trade_fen = excluded.trade_fen, other_fen = excluded.other_fen,
      received_on = excluded.received_on, due_on = excluded.due_on, revenue_code = excluded.revenue_code
    where p.paid_on is null`.execute(tx)
  if (numAffectedRows !== 1n) throw new Conflict('处置收入')
}

export async function payProceeds(
  tx: Tx,
  applicationId: string,
  paid: { paidOn: string; voucherNumber: string },
): Promise<void> {
  const { numAffectedRows } =
    await sql`update disposal.proceeds set paid_on = ${paid.paidOn}, voucher_number = ${paid.voucherNumber}
    where application_id = ${applicationId} and paid_on is null`.execute(tx)
  if (numAffectedRows !== 1n) throw new Conflict('处置收入')
}

/** Applications whose proceeds should have been paid before a day and were not, with whom it concerns. */
export async function overdueProceeds(
  tx: Tx,
  today: string,
  after: string | null,
  limit: number,
): Promise<
  { id: string; number: string; organName: string; jurisdictionCode: string; netFen: number; dueOn: string }[]
> {
  const { rows } = await sql<{
    id: string
    number: string
    organName: string
    jurisdictionCode: string
    netFen: number
    dueOn: string
  }>`select a.id, a.number, o.name as organ_name, a.jurisdiction_code, p.net_fen, p.due_on
    from disposal.proceeds p join disposal.application a on a.id = p.application_id join organs.open_organ o on o.id = a.organ_id
    where p.paid_on is null and p.due_on < ${today} ${after === null ? sql`` : sql`and a.id > ${after}::uuid`}
    order by a.id limit ${limit}`.execute(tx)
  return rows
}
