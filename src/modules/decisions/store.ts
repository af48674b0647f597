import { sql } from 'kysely'
import type { Conclusion, DecisionEffect, Taken } from '#kernel/pure/decision.ts'
import type { Finding, Outcome } from '#kernel/pure/verdict.ts'
import type { Tx } from '#kernel/server/database.ts'
import type { DecisionStanding } from './model.ts'
import type { DecisionScope } from './policy.ts'

export type HeadRow = {
  id: string
  number: string
  kind: string
  title: string | null
  says: string | null
  subjectKind: string
  subjectId: string
  organId: string
  year: number
  effect: DecisionEffect
  standing: DecisionStanding
  outcome: Outcome
  deviates: boolean
  decidedBy: string
  decidedAt: Date
  link: string
}

export type DecisionRow = HeadRow & {
  jurisdictionCode: string
  judgementId: string
  rulesVersion: number
  standardsOn: string | null
  standardsYear: number | null
  standardsSnapshot: string | null
  inputs: unknown
  findings: Finding[] | null
  conclusion: Conclusion | null
  taken: Taken | null
  digest: string
  purgedAt: Date | null
  supersedesId: string | null
  supersedesNumber: string | null
  supersededById: string | null
  supersededByNumber: string | null
}

const standing = sql`case when d.effect = 'undone' or n.effect = 'undone' then 'undone' when n.id is not null then 'superseded'
  else 'present' end`
const head = sql`d.id, d.number, d.kind, d.title, coalesce(d.taken ->> 'says', j.conclusion ->> 'says') as says, d.subject_kind,
  d.subject_id, d.organ_id, d.year, d.effect, ${standing} as standing, d.outcome, d.deviates, d.decided_by_name as decided_by,
  d.decided_at, d.link`
const joins = sql`join kernel.judgement j on j.id = d.judgement_id left join kernel.decision n on n.supersedes_id = d.id`

/** What a scope may know of: the level's, or the own organ's once they were told. */
function readable(scope: DecisionScope) {
  return scope.jurisdictionCode === null
    ? sql`d.organ_id = ${scope.organId} and (not d.held or exists (select from kernel.decision_release l where l.decision_id = d.id))`
    : sql`d.jurisdiction_code = ${scope.jurisdictionCode}`
}

export type DecisionFilter = {
  kind?: string | undefined
  organId?: string | undefined
  year?: number | undefined
  outcome?: Outcome | undefined
  standing?: DecisionStanding | undefined
  deviating?: boolean | undefined
  norm?: string | undefined
  standard?: string | undefined
}

/** Newest first. */
export async function decisionsPage(
  tx: Tx,
  scope: DecisionScope,
  filter: DecisionFilter,
  after: { decidedAt: Date; id: string } | null,
  limit: number,
): Promise<HeadRow[]> {
  return (
    await sql<HeadRow>`select ${head} from kernel.decision d ${joins} where ${readable(scope)}
      ${filter.kind ? sql`and d.kind = ${filter.kind}` : sql``} ${filter.organId ? sql`and d.organ_id = ${filter.organId}` : sql``}
      ${filter.year === undefined ? sql`` : sql`and d.year = ${filter.year}`}
      ${filter.outcome ? sql`and d.outcome = ${filter.outcome}` : sql``} ${filter.deviating ? sql`and d.deviates` : sql``}
      ${filter.standing ? sql`and ${standing} = ${filter.standing}` : sql``}
      ${filter.norm ? sql`and d.norms @> array[${filter.norm}]::text[]` : sql``}
      ${filter.standard ? sql`and d.standards @> array[${filter.standard}]::text[]` : sql``}
      ${after ? sql`and (d.decided_at, d.id) < (${after.decidedAt}, ${after.id}::uuid)` : sql``}
      order by d.decided_at desc, d.id desc limit ${limit}`.execute(tx)
  ).rows
}

/** All that was decided on a record, the newest first. */
export async function decisionsOnSubject(
  tx: Tx,
  scope: DecisionScope,
  subject: { kind: string; id: string },
): Promise<HeadRow[]> {
  return (
    await sql<HeadRow>`select ${head} from kernel.decision d ${joins}
      where d.subject_id = ${subject.id} and d.subject_kind = ${subject.kind} and ${readable(scope)}
      order by d.decided_at desc, d.id desc limit 200`.execute(tx)
  ).rows
}

const whole = sql`${head}, d.jurisdiction_code, d.judgement_id, j.rules_version, j.standards_on, j.standards_year, j.standards_snapshot,
  j.inputs, j.findings, j.conclusion, d.taken, d.digest, coalesce(d.purged_at, j.purged_at) as purged_at, d.supersedes_id,
  b.number as supersedes_number, n.id as superseded_by_id, n.number as superseded_by_number`

/** One decision by id or number, if the scope may know of it. */
export async function decisionBy(tx: Tx, scope: DecisionScope, reference: string): Promise<DecisionRow | undefined> {
  const by = reference.startsWith('JD-') ? sql`d.number = ${reference}` : sql`d.id = ${reference}::uuid`
  return (
    await sql<DecisionRow>`select ${whole} from kernel.decision d ${joins} left join kernel.decision b on b.id = d.supersedes_id
      where ${by} and ${readable(scope)} order by d.decided_at desc limit 1`.execute(tx)
  ).rows[0]
}

export type JudgementRow = Pick<
  DecisionRow,
  | 'kind'
  | 'jurisdictionCode'
  | 'rulesVersion'
  | 'standardsOn'
  | 'standardsYear'
  | 'standardsSnapshot'
  | 'inputs'
  | 'findings'
  | 'conclusion'
  | 'purgedAt'
> & { id: string; number: string }

/** Judgements that a decision rests on, in the order of their ids; every `step`-th by the last bits of the id. */
export async function judgementsDecidedOn(
  tx: Tx,
  step: number,
  after: string | null,
  limit: number,
): Promise<JudgementRow[]> {
  return (
    await sql<JudgementRow>`select j.*, (select d.number from kernel.decision d where d.judgement_id = j.id order by d.id limit 1) as number
      from kernel.judgement j
      where exists (select from kernel.decision d where d.judgement_id = j.id)
        ${step > 1 ? sql`and ('x' || right(j.id::text, 6))::bit(24)::int % ${step} = 0` : sql``}
        ${after ? sql`and j.id > ${after}::uuid` : sql``} order by j.id limit ${limit}`.execute(tx)
  ).rows
}

export async function countDecisions(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from kernel.decision`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Decisions whose digest no longer fits what they hold; emptied ones cannot be recomputed. */
export async function faultyDigests(tx: Tx): Promise<{ checked: number; numbers: string[] }> {
  const { rows } = await sql<{ checked: number; numbers: string[] | null }>`
    select count(*)::int as checked, (array_agg(d.number) filter (where d.digest <> kernel.decision_digest(d, j)))[:100] as numbers
    from kernel.decision d join kernel.judgement j on j.id = d.judgement_id
    where d.purged_at is null and j.purged_at is null`.execute(tx)
  return { checked: rows[0]?.checked ?? 0, numbers: rows[0]?.numbers ?? [] }
}

/** Digests that the audit record keeps for a decision and the decision no longer has, or the decision is gone. */
export async function unlikeTheRecord(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    select e.kept ->> 'number' as number
    from (select jsonb_array_elements(basis -> 'decisions') as kept from kernel.audit_entry
      where jsonb_typeof(basis -> 'decisions') = 'array') e
    left join kernel.decision d on d.id = (e.kept ->> 'id')::uuid
    where d.digest is distinct from e.kept ->> 'digest' limit 100`.execute(tx)
  return rows.map(({ number }) => number)
}
