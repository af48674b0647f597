import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Change, Scope, Sums } from '../model.ts'

export type ScenarioRow = {
  id: string
  organId: string
  jurisdictionCode: string
  title: string
  year: number
  scope: Scope
  changes: Change[]
  madeBy: string
  changedAt: Date
  version: number
}

const columns = sql`s.id, s.organ_id, s.jurisdiction_code, s.title, s.year, s.scope, s.changes, s.made_by_name as made_by, s.changed_at, s.version`

export async function scenarioById(tx: Tx, id: string): Promise<ScenarioRow | undefined> {
  return (await sql<ScenarioRow>`select ${columns} from whatif.scenario s where id = ${id}`.execute(tx)).rows[0]
}

/** Locks the scenario until the transaction ends: computing, changing and deleting it happen one after the other. */
export async function lockScenario(tx: Tx, id: string): Promise<ScenarioRow | undefined> {
  return (await sql<ScenarioRow>`select ${columns} from whatif.scenario s where id = ${id} for update`.execute(tx))
    .rows[0]
}

export async function scenariosById(tx: Tx, ids: readonly string[]): Promise<ScenarioRow[]> {
  return (
    await sql<ScenarioRow>`select ${columns} from whatif.scenario s where id = any(${[...ids]}::uuid[])`.execute(tx)
  ).rows
}

export type ListedScenario = ScenarioRow & { totals: Sums | null; finishedAt: Date | null; pendingJobId: string | null }

/** Scenarios of an organ, newest first, each with the sums of its last computation. */
export async function scenariosPage(
  tx: Tx,
  filter: { organId: string; year?: number | undefined },
  after: string | undefined,
  limit: number,
): Promise<ListedScenario[]> {
  const { rows } =
    await sql<ListedScenario>`select ${columns}, done.totals, done.finished_at, pending.job_id as pending_job_id
    from whatif.scenario s
    left join lateral (select result -> 'totals' as totals, finished_at from whatif.run
      where scenario_id = s.id and finished_at is not null order by asked_at desc, id desc limit 1) done on true
    left join lateral (select job_id from whatif.run
      where scenario_id = s.id and finished_at is null order by asked_at desc, id desc limit 1) pending on true
    where s.organ_id = ${filter.organId} ${filter.year === undefined ? sql`` : sql`and s.year = ${filter.year}`}
      ${after ? sql`and s.id < ${after}` : sql``}
    order by s.id desc limit ${limit}`.execute(tx)
  return rows
}

export async function insertScenario(
  tx: Tx,
  scenario: Omit<ScenarioRow, 'version'> & { madeById: string | null },
): Promise<void> {
  await sql`insert into whatif.scenario (id, organ_id, jurisdiction_code, title, year, scope, changes, made_by, made_by_name, changed_at)
    values (${scenario.id}, ${scenario.organId}, ${scenario.jurisdictionCode}, ${scenario.title}, ${scenario.year}, ${scenario.scope},
      ${JSON.stringify(scenario.changes)}::jsonb, ${scenario.madeById}, ${scenario.madeBy}, ${scenario.changedAt})`.execute(
    tx,
  )
}

/** Writes a scenario over the version it was read in. */
export async function updateScenario(
  tx: Tx,
  scenario: ScenarioRow,
  changes: Pick<ScenarioRow, 'title' | 'changes' | 'changedAt'>,
): Promise<ScenarioRow> {
  const next = { ...scenario, ...changes, version: scenario.version + 1 }
  const result =
    await sql`update whatif.scenario set title = ${next.title}, changes = ${JSON.stringify(next.changes)}::jsonb,
      changed_at = ${next.changedAt}, version = ${next.version}
    where id = ${scenario.id} and version = ${scenario.version}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('测算方案')
  return next
}

export async function removeScenario(tx: Tx, id: string): Promise<void> {
  await sql`delete from whatif.scenario where id = ${id}`.execute(tx)
}
