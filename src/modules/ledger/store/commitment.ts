import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Commitment } from '../model.ts'

/** A commitment with the case it belongs to; null for one entered by hand. */
export type CommitmentRow = Omit<Commitment, 'owner'> & { caseId: string | null }

const commitmentColumns = sql`id, line_id, title, counterparty, document, committed_on, open_fen, open_quantity::float8 as open_quantity,
  carried_on, case_id`

export async function insertCommitment(tx: Tx, commitment: CommitmentRow): Promise<void> {
  await sql`insert into ledger.commitment (id, line_id, title, counterparty, document, committed_on, open_fen, open_quantity, case_id)
    values (${commitment.id}, ${commitment.lineId}, ${commitment.title}, ${commitment.counterparty}, ${commitment.document},
      ${commitment.committedOn}, ${commitment.openFen}, ${commitment.openQuantity}, ${commitment.caseId})`.execute(tx)
}

export async function commitmentById(tx: Tx, id: string): Promise<CommitmentRow | undefined> {
  return (await sql<CommitmentRow>`select ${commitmentColumns} from ledger.commitment where id = ${id}`.execute(tx))
    .rows[0]
}

export async function commitmentsOf(tx: Tx, lineId: string): Promise<CommitmentRow[]> {
  return (
    await sql<CommitmentRow>`select ${commitmentColumns} from ledger.commitment where line_id = ${lineId} and open_fen > 0 order by committed_on, id`.execute(
      tx,
    )
  ).rows
}

/** Takes money off a commitment; the line must be locked. */
export async function drawCommitment(tx: Tx, id: string, amountFen: number, quantityCenti: number): Promise<void> {
  const result = await sql`update ledger.commitment set open_fen = open_fen - ${amountFen},
      open_quantity = open_quantity - ${quantityCenti}::numeric / 100
    where id = ${id} and open_fen >= ${amountFen} and open_quantity >= ${quantityCenti}::numeric / 100`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('占用', '占用的余额已变化。请刷新后核对，再重新提交。')
}

/** Puts money of a payment that was reversed back on a commitment; the line must be locked. */
export async function restoreCommitment(tx: Tx, id: string, amountFen: number, quantityCenti: number): Promise<void> {
  await sql`update ledger.commitment set open_fen = open_fen + ${amountFen},
      open_quantity = open_quantity + ${quantityCenti}::numeric / 100 where id = ${id}`.execute(tx)
}
