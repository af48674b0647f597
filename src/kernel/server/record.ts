import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson } from '#kernel/pure/canonical-json.ts'
import type { Act } from './context.ts'
import type { Tx } from './database.ts'

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
  const entries = facts.map((details): AuditContent => ({
    at: act.now.toISOString(),
    requestId: act.requestId,
    source: act.source,
    actorKind: act.actor.kind,
    personId: act.actor.personId,
    personName: act.actor.name,
    actingOrganId: act.actor.organ?.id ?? null,
    actingOrganName: act.actor.organ?.name ?? null,
    roles: [...act.actor.roles],
    fact: details.fact,
    subjectKind: details.subject.kind,
    subjectId: details.subject.id,
    organId: details.organId ?? null,
    before: plain(details.before),
    after: plain(details.after),
    basis: plain(details.basis),
  }))
  const { at, requestId, source, actorKind, personId, personName, actingOrganId, actingOrganName, roles } =
    entries[0] as AuditContent
  const rows = entries.map((entry) => ({
    fact: entry.fact,
    subject_kind: entry.subjectKind,
    subject_id: entry.subjectId,
    organ_id: entry.organId,
    before: entry.before,
    after: entry.after,
    basis: entry.basis,
    digest: digestOf(entry),
  }))
  await sql`insert into kernel.audit_entry (at, request_id, source, actor_kind, person_id, person_name, acting_organ_id,
      acting_organ_name, roles, fact, subject_kind, subject_id, organ_id, before, after, basis, digest)
    select ${at}::timestamptz, ${requestId}, ${source}, ${actorKind}, ${personId}::uuid, ${personName}, ${actingOrganId}::uuid,
      ${actingOrganName}, ${roles}::text[], e.fact, e.subject_kind, e.subject_id, e.organ_id, nullif(e.before, 'null'::jsonb),
      nullif(e.after, 'null'::jsonb), nullif(e.basis, 'null'::jsonb), e.digest
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (fact text, subject_kind text, subject_id text,
      organ_id uuid, before jsonb, after jsonb, basis jsonb, digest text)) with ordinality
      as e(fact, subject_kind, subject_id, organ_id, before, after, basis, digest, place) order by e.place`.execute(
    act.tx,
  )
}

export type AuditContent = {
  at: string
  requestId: string
  source: string | null
  actorKind: string
  personId: string | null
  personName: string
  actingOrganId: string | null
  actingOrganName: string | null
  roles: string[]
  fact: string
  subjectKind: string
  subjectId: string
  organId: string | null
  before: unknown
  after: unknown
  basis: unknown
}

/** Digest of a row's content over its canonical JSON; jsonb does not keep key order, so keys are sorted. */
export function digestOf(content: AuditContent): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}

function plain(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value))
}

const genesis = '0'.repeat(64)

function chained(previous: string, digest: string): string {
  return createHash('sha256').update(previous).update(digest).digest('hex')
}

/**
 * Seals finished rows into the chain, oldest transaction first. Rows of transactions still open are left for later:
 * identity order is not commit order, and a row that commits late must not fall between sealed ones.
 * @returns how many rows were sealed; 0 when another process is sealing.
 */
export async function sealAudit(tx: Tx, limit = 5000): Promise<number> {
  const lock = await sql<{
    got: boolean
  }>`select pg_try_advisory_xact_lock(hashtext('kernel.audit_seal')) as got`.execute(tx)
  if (!lock.rows[0]?.got) return 0
  const head = (
    await sql<{ position: number; entryId: number; transactionId: string; chain: string }>`
      select position, entry_id, transaction_id::text, chain from kernel.audit_seal order by position desc limit 1`.execute(
      tx,
    )
  ).rows[0]
  // The text has a name of its own: sorted as text, transaction 1000 would come before 999.
  const { rows } = await sql<{ id: number; transactionText: string; digest: string }>`
    select id, transaction_id::text as transaction_text, digest from kernel.audit_entry
    where (transaction_id, id) > (${head?.transactionId ?? '0'}::xid8, ${head?.entryId ?? 0}::bigint)
      and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
    order by transaction_id, id limit ${limit}`.execute(tx)
  if (rows.length === 0) return 0
  let chain = head?.chain ?? genesis
  const seals = rows.map((row, index) => {
    chain = chained(chain, row.digest)
    return { position: (head?.position ?? 0) + index + 1, entry: row.id, transaction: row.transactionText, chain }
  })
  await sql`insert into kernel.audit_seal (position, entry_id, transaction_id, chain)
    select * from unnest(${seals.map((s) => s.position)}::bigint[], ${seals.map((s) => s.entry)}::bigint[],
      ${seals.map((s) => s.transaction)}::xid8[], ${seals.map((s) => s.chain)}::text[])`.execute(tx)
  return rows.length
}

/**
 * Recomputes every digest, of rows not sealed yet too, and the whole chain. Finds edited, deleted, inserted and
 * reordered rows and names the first.
 * Cutting off the tail shows only against a checkpoint kept elsewhere: compare `head` with the one in printed documents.
 */
export async function verifyAudit(
  tx: Tx,
): Promise<{ checked: number; unsealed: number; head: string; faults: string[] }> {
  const faults: string[] = []
  let chain = genesis
  let position = 0
  for (;;) {
    const { rows } = await sql<SealedRow>`
      select s.position, s.chain, s.entry_id, e.* from kernel.audit_seal s
      left join kernel.audit_entry e on e.id = s.entry_id
      where s.position > ${position} order by s.position limit 2000`.execute(tx)
    for (const row of rows) {
      if (row.position !== position + 1) faults.push(`封存序列在第 ${position + 1} 位中断`)
      position = row.position
      if (row.id === null) faults.push(`审计记录 ${row.entryId} 已被删除`)
      else if (digestOf(contentOf(row)) !== row.digest) faults.push(`审计记录 ${row.id} 的内容与摘要不符，已被改动`)
      chain = chained(chain, row.digest ?? '')
      if (chain !== row.chain) {
        faults.push(`封存链自第 ${row.position} 位（审计记录 ${row.entryId}）起不符`)
        chain = row.chain
      }
    }
    if (rows.length < 2000) break
  }
  for (let after = 0; ;) {
    const { rows } = await sql<OpenRow>`select e.* from kernel.audit_entry e
      where e.id > ${after} and not exists (select from kernel.audit_seal s where s.entry_id = e.id) order by e.id limit 2000`.execute(
      tx,
    )
    for (const row of rows)
      if (digestOf(contentOf(row)) !== row.digest)
        faults.push(`审计记录 ${row.id}（尚未封存）的内容与摘要不符，已被改动`)
    after = rows.at(-1)?.id ?? after
    if (rows.length < 2000) break
  }
  const rest = await sql<{ unsealed: number; hidden: number }>`
    select count(*) filter (where e.transaction_id >= h.transaction_id)::int as unsealed,
      count(*) filter (where e.transaction_id < h.transaction_id)::int as hidden
    from kernel.audit_entry e left join kernel.audit_seal s on s.entry_id = e.id
      cross join (select coalesce(max(transaction_id::text::numeric), 0)::text::xid8 as transaction_id from kernel.audit_seal) h
    where s.entry_id is null`.execute(tx)
  const { unsealed, hidden } = rest.rows[0] as { unsealed: number; hidden: number }
  if (hidden > 0) faults.push(`有 ${hidden} 条审计记录插在已封存的记录之间`)
  return { checked: position + unsealed + hidden, unsealed, head: chain, faults }
}

type OpenRow = Omit<AuditContent, 'at'> & { id: number; digest: string; at: Date }

type SealedRow = Omit<AuditContent, 'at'> & {
  position: number
  chain: string
  entryId: number
  id: number | null
  digest: string | null
  at: Date
}

function contentOf(row: Omit<AuditContent, 'at'> & { at: Date }): AuditContent {
  const { at, requestId, source, actorKind, personId, personName, actingOrganId, actingOrganName, roles } = row
  const { fact, subjectKind, subjectId, organId, before, after, basis } = row
  return {
    at: at.toISOString(),
    requestId,
    source,
    actorKind,
    personId,
    personName,
    actingOrganId,
    actingOrganName,
    roles,
    fact,
    subjectKind,
    subjectId,
    organId,
    before,
    after,
    basis,
  }
}
