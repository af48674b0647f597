import { sql } from 'kysely'
import { actingId } from '#kernel/pure/actor.ts'
import { withoutPersonalNumbers } from '#kernel/pure/personal-numbers.ts'
import { withoutSecrets } from '#kernel/pure/redaction.ts'
import { committed, digestOf, headText, type AuditHead } from './audit/entry.ts'
import type { Act } from './context.ts'
import { executePrepared } from './database.ts'

/** What the source of an act begins with where it was done at the command line. */
export const commandLine = '命令行'

export type RecordDetails = {
  subject: { kind: string; id: string }
  /** The organ the matter concerns; null for matters of the system itself. */
  organId?: string | null
  before?: unknown
  after?: unknown
  /** Findings, norms and parameter versions a decision rested on. */
  basis?: unknown
  /** `denied`: somebody had no right; `failed`: tried and did not succeed (sign-in). */
  result?: 'done' | 'denied' | 'failed'
  /** Codes of the reasons against it, where it was denied or failed. */
  reasons?: readonly string[]
}

/**
 * Writes one row of the audit record in the act's own transaction: no record, no change (never fails open).
 * @param fact `<module>.<what-happened>`, e.g. `plans.demand-submitted`
 */
export async function record(act: Act, fact: string, details: RecordDetails): Promise<void> {
  await recordAll(act, [{ fact, ...details }])
}

/** As {@link record} for many facts of one act, in their order. */
export async function recordAll(act: Act, facts: readonly (RecordDetails & { fact: string })[]): Promise<void> {
  for (let from = 0; from < facts.length; from += batch) await recordBatch(act, facts.slice(from, from + batch))
}

/** Rows of one statement: many enough to be quick, few enough that thousands do not stand in memory twice. */
const batch = 1000

async function recordBatch(act: Act, facts: readonly (RecordDetails & { fact: string })[]): Promise<void> {
  const levels = await levelsOf(act, facts)
  const source = act.source === null ? null : withoutPersonalNumbers(act.source)
  const person = { name: withoutPersonalNumbers(act.actor.name), source }
  const shared = {
    atUs: act.now.getTime() * 1000,
    requestId: act.requestId,
    operation: act.operation ?? null,
    actorKind: act.actor.kind,
    personId: actingId(act.actor), // a machine is who its token is
    actingOrganId: act.actor.organ?.id ?? null,
    actingOrganName: act.actor.organ?.name ?? null,
    roles: act.actor.roles,
  }
  const rows = facts.map((details) => {
    const parts = { person, before: plain(details.before), after: plain(details.after), basis: plain(details.basis) }
    const organId = details.organId ?? null
    const head: AuditHead = {
      ...shared,
      fact: details.fact,
      subjectKind: details.subject.kind,
      subjectId: withoutPersonalNumbers(details.subject.id),
      organId,
      jurisdictionCode: act.actor.organ?.jurisdictionCode ?? (organId === null ? null : (levels.get(organId) ?? null)),
      result: details.result ?? 'done',
      reasons: details.reasons ?? [],
    }
    const { salts, commitments } = committed(parts)
    return {
      fact: head.fact,
      subject_kind: head.subjectKind,
      subject_id: head.subjectId,
      organ_id: head.organId,
      jurisdiction_code: head.jurisdictionCode,
      result: head.result,
      reasons: head.reasons,
      before: parts.before,
      after: parts.after,
      basis: parts.basis,
      salts: salts.toString('hex'),
      commitments: commitments.toString('hex'),
      digest: digestOf(headText(head, commitments)),
    }
  })
  await executePrepared(
    act.tx,
    sql`insert into kernel.audit_entry (form, at, request_id, source, operation, actor_kind, person_id, person_name, acting_organ_id,
      acting_organ_name, roles, fact, subject_kind, subject_id, organ_id, jurisdiction_code, result, reasons, before, after, basis,
      salts, commitments, digest)
    select 2, ${act.now.toISOString()}::timestamptz, ${shared.requestId}, ${source}, ${shared.operation}, ${shared.actorKind}, ${shared.personId}::uuid,
      ${person.name}, ${shared.actingOrganId}::uuid, ${shared.actingOrganName}, ${[...shared.roles]}::text[], e.fact, e.subject_kind,
      e.subject_id, e.organ_id, e.jurisdiction_code, e.result, e.reasons, nullif(e.before, 'null'::jsonb), nullif(e.after, 'null'::jsonb),
      nullif(e.basis, 'null'::jsonb), decode(e.salts, 'hex'), decode(e.commitments, 'hex'), e.digest
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (fact text, subject_kind text, subject_id text,
      organ_id uuid, jurisdiction_code text, result text, reasons text[], before jsonb, after jsonb, basis jsonb, salts text,
      commitments text, digest text)) with ordinality
      as e(fact, subject_kind, subject_id, organ_id, jurisdiction_code, result, reasons, before, after, basis, salts, commitments, digest, place)
    order by e.place`,
  )
}

/** The level of what the system does for an organ: nobody acts for one then whose level it could be. */
async function levelsOf(act: Act, facts: readonly RecordDetails[]): Promise<Map<string, string>> {
  if (act.actor.organ !== null) return new Map()
  const organIds = [...new Set(facts.flatMap(({ organId }) => organId ?? []))]
  return organIds.length === 0 ? new Map() : act.directory.levelsOf(act.tx, organIds)
}

/** As JSON keeps it, without what no record may hold. */
function plain(value: unknown): unknown {
  return value === undefined || value === null ? null : withoutSecrets(JSON.parse(JSON.stringify(value)))
}
