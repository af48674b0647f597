import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { Decision, Opinion, Proposal } from '../model.ts'

export type ReviewRow = {
  lineId: string
  demandId: string
  /** What the proposal rests on: inputs, standards and findings as the rules judged. */
  judgementId: string
  proposal: Proposal | null
  decision: (Omit<Decision, 'decidedAt'> & { decidedAt: Date }) | null
}

type Stored = {
  lineId: string
  demandId: string
  judgementId: string
  proposedOpinion: Opinion | null
  proposedQuantity: number
  proposedFen: number
  proposedReason: string
  centralised: boolean
  findings: Proposal['findings']
  oddness: number
  opinion: Opinion | null
  quantity: number
  amountFen: number
  reason: string
  deviates: boolean
  matchedQuantity: number
  decidedByName: string
  decidedAt: Date
  decisionId: string | null
  decisionNumber: string | null
}

const columns = sql`r.line_id, r.demand_id, r.judgement_id, r.proposed_opinion, r.proposed_quantity::float8 as proposed_quantity,
  r.proposed_fen, r.proposed_reason, r.centralised, coalesce(j.findings, '[]'::json) as findings, r.oddness, r.opinion,
  r.quantity::float8 as quantity, r.amount_fen, r.reason, r.deviates, r.matched_quantity::float8 as matched_quantity, r.decided_by_name, r.decided_at,
  r.decision_id, k.number as decision_number`

const joins = sql`join kernel.judgement j on j.id = r.judgement_id left join kernel.decision k on k.id = r.decision_id`

function asReview(row: Stored): ReviewRow {
  const { lineId, demandId, judgementId, centralised, findings, oddness } = row
  return {
    lineId,
    demandId,
    judgementId,
    proposal:
      row.proposedOpinion === null
        ? null
        : {
            opinion: row.proposedOpinion,
            quantity: row.proposedQuantity,
            amountFen: row.proposedFen,
            reason: row.proposedReason,
            centralised,
            findings,
            oddness,
          },
    decision:
      row.opinion === null
        ? null
        : {
            opinion: row.opinion,
            quantity: row.quantity,
            amountFen: row.amountFen,
            reason: row.reason,
            centralised,
            deviates: row.deviates,
            matchedQuantity: row.matchedQuantity,
            decidedBy: row.decidedByName,
            decidedAt: row.decidedAt,
            decisionId: row.decisionId,
            decisionNumber: row.decisionNumber,
          },
  }
}

export async function reviewsOf(tx: Tx, demandIds: readonly string[]): Promise<ReviewRow[]> {
  return (
    await sql<Stored>`select ${columns} from plans.review r ${joins}
      where r.demand_id = any(${[...demandIds]}::uuid[])`.execute(tx)
  ).rows.map(asReview)
}

/** Lines of demands that have a proposal already. */
export async function proposedLines(tx: Tx, demandIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    lineId: string
  }>`select line_id from plans.review where demand_id = any(${[...demandIds]}::uuid[])`.execute(tx)
  return new Set(rows.map(({ lineId }) => lineId))
}

/** Writes what the engine proposes for many lines at once; a decision already taken stays. */
export async function saveProposals(
  tx: Tx,
  cycleId: string,
  proposals: readonly { lineId: string; demandId: string; judgementId: string; proposal: Proposal }[],
  now: Date,
): Promise<void> {
  if (proposals.length === 0) return
  await sql`insert into plans.review (line_id, demand_id, judgement_id, cycle_id, proposed_opinion, proposed_quantity, proposed_fen,
      proposed_reason, centralised, oddness, proposed_at)
    select p.line_id, p.demand_id, p.judgement_id, ${cycleId}, p.opinion, p.quantity, p.amount_fen, p.reason, p.centralised,
      p.oddness, ${now}
    from jsonb_to_recordset(${JSON.stringify(
      proposals.map(({ lineId, demandId, judgementId, proposal: { findings: _, amountFen, ...proposal } }) => ({
        line_id: lineId,
        demand_id: demandId,
        judgement_id: judgementId,
        amount_fen: amountFen,
        ...proposal,
      })),
    )}::jsonb) as p(line_id uuid, demand_id uuid, judgement_id uuid, opinion text, quantity numeric, amount_fen bigint, reason text,
      centralised boolean, oddness integer)
    on conflict (line_id) do update set judgement_id = excluded.judgement_id, proposed_opinion = excluded.proposed_opinion,
      proposed_quantity = excluded.proposed_quantity, proposed_fen = excluded.proposed_fen,
      proposed_reason = excluded.proposed_reason, centralised = excluded.centralised, oddness = excluded.oddness,
      proposed_at = excluded.proposed_at`.execute(tx)
}

export type DecisionToSave = {
  lineId: string
  decisionId: string
  opinion: Opinion
  quantity: number
  amountFen: number
  reason: string
  deviates: boolean
  /** Pieces met by matching; none where left out. */
  matchedQuantity?: number
}

export async function saveDecisions(
  tx: Tx,
  decisions: readonly DecisionToSave[],
  by: { personId: string | null; name: string; now: Date },
): Promise<void> {
  await sql`update plans.review r set opinion = d.opinion, quantity = d.quantity, amount_fen = d.amount_fen, reason = d.reason, deviates = d.deviates,
      matched_quantity = coalesce(d.matched_quantity, 0), decision_id = d.decision_id, decided_by = ${by.personId}, decided_by_name = ${by.name}, decided_at = ${by.now}
    from jsonb_to_recordset(${JSON.stringify(decisions.map(({ lineId, decisionId, amountFen, matchedQuantity, ...rest }) => ({ line_id: lineId, decision_id: decisionId, amount_fen: amountFen, matched_quantity: matchedQuantity, ...rest })))}::jsonb)
      as d(line_id uuid, decision_id uuid, opinion text, quantity numeric, amount_fen bigint, reason text, deviates boolean,
        matched_quantity numeric)
    where r.line_id = d.line_id`.execute(tx)
}

export async function eraseDecisions(tx: Tx, demandId: string, lineIds: readonly string[]): Promise<number> {
  const result =
    await sql`update plans.review set opinion = null, quantity = null, amount_fen = null, reason = null, deviates = null, decided_by = null,
      decided_by_name = null, decided_at = null, decision_id = null, matched_quantity = 0
    where demand_id = ${demandId} and opinion is not null and line_id = any(${[...lineIds]}::uuid[])`.execute(tx)
  return Number(result.numAffectedRows ?? 0n)
}

/** Forgets a demand's review when it goes back to the organ: the lines may change. */
export async function eraseReviews(tx: Tx, demandId: string): Promise<void> {
  await sql`delete from plans.review where demand_id = ${demandId}`.execute(tx)
}

export type DemandProgress = { decided: number; approvedFen: number }

export async function reviewProgress(tx: Tx, demandId: string): Promise<DemandProgress> {
  const { rows } =
    await sql<DemandProgress>`select (count(*) filter (where opinion is not null))::int as decided, coalesce(sum(amount_fen), 0)::bigint as approved_fen
    from plans.review where demand_id = ${demandId}`.execute(tx)
  return rows[0] as DemandProgress
}

/** Submitted lines of a cycle, oddest first; the cursor is `oddness:lineId`. */
export async function oddLinesPage(
  tx: Tx,
  filter: { cycleId: string; needKind?: string | undefined; undecidedOnly?: boolean | undefined },
  after: { oddness: number; lineId: string } | null,
  limit: number,
): Promise<{ review: ReviewRow; organId: string; oddness: number }[]> {
  const { rows } = await sql<Stored & { organId: string }>`
    select ${columns}, d.organ_id
    from plans.review r join plans.demand d on d.id = r.demand_id join plans.demand_line l on l.id = r.line_id
      ${joins}
    where r.cycle_id = ${filter.cycleId} and d.state = 'submitted'
      ${filter.needKind ? sql`and l.need_kind = ${filter.needKind}` : sql``}
      ${filter.undecidedOnly ? sql`and r.opinion is null` : sql``}
      ${after ? sql`and (r.oddness, r.line_id) < (${after.oddness}, ${after.lineId}::uuid)` : sql``}
    order by r.oddness desc, r.line_id desc limit ${limit}`.execute(tx)
  return rows.map((row) => ({ review: asReview(row), organId: row.organId, oddness: row.oddness }))
}

/** What is asked and decided so far in a cycle; demands carry the sum of their own decisions. */
export async function cycleTotals(tx: Tx, cycleId: string): Promise<{ askedFen: number; approvedFen: number }> {
  const { rows } = await sql<{ askedFen: number; approvedFen: number }>`
    select coalesce(sum(asked_fen), 0)::bigint as asked_fen, coalesce(sum(approved_fen), 0)::bigint as approved_fen
    from plans.demand where cycle_id = ${cycleId} and state in ('submitted', 'reviewed')`.execute(tx)
  return rows[0] as { askedFen: number; approvedFen: number }
}
