import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { Totals } from '../model.ts'

export type ProposalRow = {
  id: string
  cycleId: string
  jurisdictionCode: string
  year: number
  jobId: string | null
  askedByName: string
  askedAt: Date
  finishedAt: Date | null
  tookMs: number | null
  lineCount: number
  stockPieces: number
  savedFen: number
  boundFen: number
  byTurnFen: number
}

const columns = sql`id, cycle_id, jurisdiction_code, year, job_id, asked_by_name, asked_at, finished_at, took_ms, line_count,
  stock_pieces, saved_fen, bound_fen, by_turn_fen`

export async function proposalById(tx: Tx, id: string): Promise<ProposalRow | undefined> {
  return (await sql<ProposalRow>`select ${columns} from matching.proposal where id = ${id}`.execute(tx)).rows[0]
}

/** The proposal in force of a cycle, which is the last one finished, and the one being reckoned. */
export async function proposalsOf(
  tx: Tx,
  cycleId: string,
): Promise<{ present: ProposalRow | null; pending: ProposalRow | null }> {
  const { rows } = await sql<ProposalRow>`
    (select ${columns} from matching.proposal where cycle_id = ${cycleId} and finished_at is null limit 1)
    union all
    (select ${columns} from matching.proposal where cycle_id = ${cycleId} and finished_at is not null
      order by finished_at desc, id desc limit 1)`.execute(tx)
  return {
    present: rows.find(({ finishedAt }) => finishedAt !== null) ?? null,
    pending: rows.find(({ finishedAt }) => finishedAt === null) ?? null,
  }
}

/** @returns whether it was written; false while another is being reckoned for the cycle */
export async function insertProposal(
  tx: Tx,
  row: Pick<ProposalRow, 'id' | 'cycleId' | 'jurisdictionCode' | 'year' | 'jobId' | 'askedByName' | 'askedAt'>,
): Promise<boolean> {
  const result =
    await sql`insert into matching.proposal (id, cycle_id, jurisdiction_code, year, job_id, asked_by_name, asked_at)
    values (${row.id}, ${row.cycleId}, ${row.jurisdictionCode}, ${row.year}, ${row.jobId}, ${row.askedByName}, ${row.askedAt})
    on conflict do nothing`.execute(tx)
  return result.numAffectedRows === 1n
}

export async function forgetProposal(tx: Tx, id: string): Promise<void> {
  await sql`delete from matching.proposal where id = ${id} and finished_at is null`.execute(tx)
}

/** Locks the proposal that a job finishes; none where it was given up or finished already. */
export async function lockPending(tx: Tx, id: string): Promise<ProposalRow | undefined> {
  return (
    await sql<ProposalRow>`select ${columns} from matching.proposal where id = ${id} and finished_at is null for update`.execute(
      tx,
    )
  ).rows[0]
}

export async function finishProposal(
  tx: Tx,
  id: string,
  found: Pick<ProposalRow, 'lineCount' | 'stockPieces' | 'savedFen' | 'boundFen' | 'byTurnFen'>,
  at: { now: Date; tookMs: number },
): Promise<void> {
  await sql`update matching.proposal set finished_at = ${at.now}, took_ms = ${at.tookMs}, line_count = ${found.lineCount},
      stock_pieces = ${found.stockPieces}, saved_fen = ${found.savedFen}, bound_fen = ${found.boundFen},
      by_turn_fen = ${found.byTurnFen}
    where id = ${id}`.execute(tx)
}

/** Proposals of before whose lines nobody answered go; what was answered stays for the record. */
export async function clearUnanswered(tx: Tx, cycleId: string, presentId: string): Promise<void> {
  await sql`delete from matching.line where cycle_id = ${cycleId} and proposal_id <> ${presentId} and state = 'proposed'`.execute(
    tx,
  )
}

/** What the present proposal of a cycle says, and what was answered in the cycle so far, each demand line once (GWC-R13). */
export async function totalsOf(tx: Tx, cycleId: string, proposalId: string | null): Promise<Totals> {
  const { rows } = await sql<Totals>`select
      (count(*) filter (where proposal_id = ${proposalId}))::int as lines,
      coalesce(sum(matched) filter (where proposal_id = ${proposalId}), 0)::int as pieces,
      coalesce(sum(saved_fen) filter (where proposal_id = ${proposalId}), 0)::bigint as saved_fen,
      (count(*) filter (where proposal_id = ${proposalId} and state = 'proposed'))::int as open_lines,
      coalesce(sum(saved_fen) filter (where proposal_id = ${proposalId} and state = 'proposed'), 0)::bigint as open_fen,
      (count(*) filter (where state = 'accepted'))::int as accepted_lines,
      coalesce(sum(accepted_pieces), 0)::int as accepted_pieces,
      coalesce(sum(accepted_fen), 0)::bigint as accepted_fen,
      (count(*) filter (where proposal_id = ${proposalId} and state = 'refused'))::int as refused_lines
    from matching.line where cycle_id = ${cycleId}`.execute(tx)
  return rows[0] as Totals
}

/** Cards, and things of other levels, kept for a line that was accepted: they are in no other proposal. */
export async function keptThings(tx: Tx, jurisdictionCode: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select coalesce(a.card_id, a.supply_id) as id from matching.allotment a
    join matching.line l on l.id = a.line_id where a.accepted and l.jurisdiction_code = ${jurisdictionCode}`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
