import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { discoverModules } from '#apps/modules.ts'
import { openFileStore } from '#kernel/server/file-store.ts'
import { checkEffects } from './check-effects.ts'
import type { LabGround } from './ground.ts'
import type { OperationRecord } from './operation-log.ts'

export type Fault = { rule: string; what: string }

export type Evidence = {
  client: pg.Client
  records: readonly OperationRecord[]
  ground: LabGround
  filesDirectory: string
}

/** Keys whose act is in effect: the key's row is written with the effect, or neither is. */
export async function effectsOf(client: pg.Client, records: readonly OperationRecord[]): Promise<Set<string>> {
  const { rows } = await client.query<{ key: string }>(
    'select key from kernel.idempotency where key = any($1) and status = 200',
    [records.map(({ key }) => key)],
  )
  return new Set(rows.map(({ key }) => key))
}

/** Everything that must hold after the last restart, once nothing is under way any more. */
export async function check(evidence: Evidence): Promise<Fault[]> {
  const { client } = evidence
  const faults = [...(await quiet(client))]
  faults.push(...(await checkKeys(evidence)))
  faults.push(...(await checkEffects(evidence)))
  faults.push(...(await checkLedger(client)))
  faults.push(...(await checkCases(client)))
  faults.push(...(await checkJobs(evidence)))
  faults.push(...(await checkFiles(evidence)))
  return faults
}

/** Waits until every job has ended and every row of the record is sealed: both come about by themselves. */
async function quiet(client: pg.Client): Promise<Fault[]> {
  const open = `select (select count(*)::int from kernel.job_run where state in ('waiting', 'running')) as jobs,
    (select count(*)::int from kernel.audit_entry e where not exists (select from kernel.audit_leaf l where l.entry_id = e.id)) as unsealed`
  for (const until = Date.now() + 180_000; ; await pause(250)) {
    const { jobs, unsealed } = (await client.query<{ jobs: number; unsealed: number }>(open)).rows[0] ?? {
      jobs: 0,
      unsealed: 0,
    }
    if (jobs === 0 && unsealed === 0) return []
    if (Date.now() > until)
      return [
        {
          rule: 'quiet',
          what: `${jobs} jobs unfinished and ${unsealed} rows of the record unsealed after three minutes`,
        },
      ]
  }
}

/** Each acknowledged act has its key's row, each refused one has none; each has its rows in the record, all of them sealed. */
async function checkKeys({ client, records }: Evidence): Promise<Fault[]> {
  const { rows } = await client.query<{ key: string; status: number | null; facts: number; unsealed: number }>(
    `select i.key, i.status, count(e.id)::int as facts, count(e.id) filter (where l.position is null)::int as unsealed
     from kernel.idempotency i
       left join kernel.audit_entry e on (e.transaction_id::text::numeric % 4294967296)::bigint = i.xmin::text::bigint
       left join kernel.audit_leaf l on l.entry_id = e.id
     where i.key like 'lab-%' group by i.actor, i.operation, i.key, i.status`,
  )
  const byKey = Map.groupBy(rows, ({ key }) => key)
  const known = new Set(records.map(({ key }) => key))
  const faults: Fault[] = rows
    .filter(({ key }) => !known.has(key))
    .map(({ key }) => ({ rule: 'keys', what: `${key} was never asked for` }))
  for (const { key, id, operation, outcome, status, code } of records) {
    const found = byKey.get(key) ?? []
    const said = `${id} ${operation}, answered ${outcome} (${status ?? code})`
    if (found.length !== (outcome === 'ok' ? 1 : 0))
      faults.push({ rule: 'keys', what: `${said}: ${found.length} rows` })
    for (const row of found) {
      if (row.facts === 0) faults.push({ rule: 'record', what: `${said}: no row in the record` })
      if (row.unsealed > 0) faults.push({ rule: 'record', what: `${said}: ${row.unsealed} rows not sealed` })
    }
  }
  return faults
}

async function checkLedger(client: pg.Client): Promise<Fault[]> {
  const { rows } = await client.query<{ what: string }>(`
    with sums as (select line_id,
        sum(amount_fen) filter (where kind in ('open', 'adjust')) as planned,
        sum(case kind when 'commit' then amount_fen when 'release' then -amount_fen
          when 'execute' then case when commitment_id is null then 0 else -amount_fen end
          when 'reverse' then case when commitment_id is null then 0 else amount_fen end else 0 end) as committed,
        sum(case kind when 'execute' then amount_fen when 'reverse' then -amount_fen else 0 end) as executed
      from ledger.entry group by line_id),
      held as (select line_id, sum(open_fen) as open from ledger.commitment group by line_id)
    select concat_ws(' ', l.number, l.planned_fen, l.committed_fen, l.executed_fen, 'entries', s.planned, s.committed, s.executed, 'held', h.open) as what
    from ledger.line l left join sums s on s.line_id = l.id left join held h on h.line_id = l.id
    where l.planned_fen <> s.planned or l.committed_fen <> s.committed or l.executed_fen <> s.executed
      or l.committed_fen <> coalesce(h.open, 0) or l.committed_fen < 0 or l.executed_fen < 0
      or l.committed_fen + l.executed_fen > l.planned_fen`)
  return rows.map(({ what }) => ({ rule: 'ledger', what }))
}

/** Steps without gap or fork, each a transition its kind declares, the last where the case stands; one end at most. */
async function checkCases(client: pg.Client): Promise<Fault[]> {
  const kinds = new Map(
    (await discoverModules()).flatMap(({ cases }) => cases ?? []).map(({ kind }) => [kind.kind, kind]),
  )
  const { rows } = await client.query<{
    id: string
    kind: string
    state: string
    outcome: string | null
    steps: { step: number; transition: string; from: string; to: string }[] | null
  }>(`select c.id, c.kind, c.state, c.outcome, json_agg(json_build_object('step', s.step, 'transition', s.transition, 'from', s.from_state, 'to', s.to_state)
      order by s.step) filter (where s.step is not null) as steps
    from kernel.case_item c left join kernel.case_step s on s.case_id = c.id group by c.id`)
  const faults: Fault[] = []
  for (const { id, kind, state, outcome, steps } of rows) {
    const declared = kinds.get(kind)
    if (!declared) continue
    let at: string = declared.initial
    for (const [place, { transition, from, to }] of (steps ?? []).entries()) {
      const allowed = declared.transitions[transition]
      if (!allowed || from !== at || !allowed.from.includes(from) || allowed.to !== to)
        faults.push({
          rule: 'cases',
          what: `${kind} ${id}: step ${place + 1} ${transition} from ${from} to ${to}, the case stood at ${at}`,
        })
      at = to
    }
    if (at !== state || ((declared.states[state]?.final ?? null) === null) !== (outcome === null))
      faults.push({ rule: 'cases', what: `${kind} ${id} stands at ${state} (${outcome}), its steps end at ${at}` })
  }
  return faults
}

/** Each job handed in stands in its row once, and has come to its end. */
async function checkJobs({ client, records }: Evidence): Promise<Fault[]> {
  const { rows } = await client.query<{ id: string; state: string; problem: string | null }>(
    `select id, state, problem from kernel.job_run where name = 'plans.propose-all'`,
  )
  const asked = records.filter(({ operation, outcome }) => operation === 'plans.proposeAll' && outcome === 'ok')
  const faults: Fault[] = rows
    .filter(({ state }) => state !== 'done')
    .map(({ id, state, problem }) => ({ rule: 'jobs', what: `${id} is ${state}: ${problem}` }))
  const there = new Set(rows.map(({ id }) => id))
  for (const { id, gist } of asked)
    if (!there.has(String(gist?.['runId'])))
      faults.push({ rule: 'jobs', what: `${id} was promised a run that is not there` })
  if (rows.length !== asked.length)
    faults.push({ rule: 'jobs', what: `${rows.length} runs for ${asked.length} acknowledged requests` })
  return faults
}

/** Each row of a file has its content, unchanged; content without a row goes with the daily tidying. */
async function checkFiles({ client, filesDirectory }: Evidence): Promise<Fault[]> {
  const files = await openFileStore(filesDirectory)
  const { rows } = await client.query<{ sha256: string }>('select sha256 from kernel.stored_file')
  const kept = new Set(rows.map(({ sha256 }) => sha256))
  const faults = (await files.verify([...kept])).map((digest) => ({
    rule: 'files',
    what: `${digest} is gone or changed`,
  }))
  const unkept = async (digests: readonly string[]) => digests.filter((digest) => !kept.has(digest))
  await files.sweep(unkept, { olderThanMs: 0, now: Date.now() })
  const folders = await readdir(filesDirectory, { withFileTypes: true })
  const there = (
    await Promise.all(folders.filter((one) => one.isDirectory()).map(({ name }) => readdir(join(filesDirectory, name))))
  ).flat()
  for (const name of there) if (!kept.has(name)) faults.push({ rule: 'files', what: `${name} has no row` })
  return faults
}
