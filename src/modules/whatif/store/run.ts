import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { Change, ChangedLine, OrganSums, Result } from '../model.ts'

export type RunRow = {
  id: string
  scenarioId: string
  changes: Change[]
  jobId: string | null
  askedAt: Date
  askedByName: string
  finishedAt: Date | null
  tookMs: number | null
  result: Result | null
}

const columns = sql`id, scenario_id, changes, job_id, asked_at, asked_by_name, finished_at, took_ms, result`

export async function runById(tx: Tx, id: string): Promise<RunRow | undefined> {
  return (await sql<RunRow>`select ${columns} from whatif.run where id = ${id}`.execute(tx)).rows[0]
}

/** The last finished computation of each scenario, and the last one asked for that is not finished. */
export async function runsOfScenarios(
  tx: Tx,
  scenarioIds: readonly string[],
): Promise<Map<string, { done: RunRow | null; pending: RunRow | null }>> {
  const { rows } = await sql<RunRow>`select distinct on (scenario_id, finished_at is null) ${columns} from whatif.run
    where scenario_id = any(${[...scenarioIds]}::uuid[])
    order by scenario_id, finished_at is null, asked_at desc, id desc`.execute(tx)
  return new Map(
    scenarioIds.map((id) => {
      const own = rows.filter(({ scenarioId }) => scenarioId === id)
      return [
        id,
        {
          done: own.find(({ finishedAt }) => finishedAt !== null) ?? null,
          pending: own.find(({ finishedAt }) => finishedAt === null) ?? null,
        },
      ]
    }),
  )
}

export async function insertRun(
  tx: Tx,
  run: Pick<RunRow, 'id' | 'scenarioId' | 'changes' | 'jobId' | 'askedAt' | 'askedByName'>,
): Promise<void> {
  await sql`insert into whatif.run (id, scenario_id, changes, job_id, asked_at, asked_by_name)
    values (${run.id}, ${run.scenarioId}, ${JSON.stringify(run.changes)}::jsonb, ${run.jobId}, ${run.askedAt}, ${run.askedByName})`.execute(
    tx,
  )
}

export type Findings = { result: Result; organs: readonly OrganSums[]; lines: readonly ChangedLine[] }

/**
 * Writes what came out, once: of two that finish the same run the first counts. Earlier computations of the scenario go.
 * @returns whether this one counted; false also where run or scenario were deleted meanwhile
 */
export async function finishRun(
  tx: Tx,
  runId: string,
  { result, organs, lines }: Findings,
  at: { now: Date; tookMs: number },
): Promise<boolean> {
  const { rows } = await sql<{ scenarioId: string }>`update whatif.run set result = ${JSON.stringify(result)}::jsonb,
      finished_at = ${at.now}, took_ms = ${at.tookMs} where id = ${runId} and finished_at is null returning scenario_id`.execute(
    tx,
  )
  const scenarioId = rows[0]?.scenarioId
  if (scenarioId === undefined) return false
  await insertOrgans(tx, runId, organs)
  await insertLines(tx, runId, lines)
  await sql`delete from whatif.run where scenario_id = ${scenarioId} and id <> ${runId} and finished_at is not null`.execute(
    tx,
  )
  return true
}

/** Rows of one statement; COPY does not go through row-level security. */
const batch = 1000

async function insertOrgans(tx: Tx, runId: string, organs: readonly OrganSums[]): Promise<void> {
  for (let from = 0; from < organs.length; from += batch) {
    const rows = organs
      .slice(from, from + batch)
      .map(({ organId, organName, jurisdictionCode, jurisdictionName, ...sums }, index) => ({
        place: from + index,
        organ_id: organId,
        organ_name: organName,
        jurisdiction_code: jurisdictionCode,
        jurisdiction_name: jurisdictionName,
        difference_fen: sums.scenarioFen - sums.baseFen,
        sums,
      }))
    await sql`insert into whatif.organ_sum (run_id, place, organ_id, organ_name, jurisdiction_code, jurisdiction_name, difference_fen, sums)
      select ${runId}, r.place, r.organ_id, r.organ_name, r.jurisdiction_code, r.jurisdiction_name, r.difference_fen, r.sums
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(place integer, organ_id uuid, organ_name text,
        jurisdiction_code text, jurisdiction_name text, difference_fen bigint, sums jsonb)`.execute(tx)
  }
}

async function insertLines(tx: Tx, runId: string, lines: readonly ChangedLine[]): Promise<void> {
  for (let from = 0; from < lines.length; from += batch) {
    const rows = lines.slice(from, from + batch).map((line, index) => ({
      place: from + index,
      organ_id: line.organId,
      need_kind: line.needKind,
      difference_fen: line.scenario.amountFen - line.base.amountFen,
      line,
    }))
    await sql`insert into whatif.changed_line (run_id, place, organ_id, need_kind, difference_fen, line)
      select ${runId}, r.place, r.organ_id, r.need_kind, r.difference_fen, r.line
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(place integer, organ_id uuid, need_kind text,
        difference_fen bigint, line jsonb)`.execute(tx)
  }
}

/** Computations asked for that nobody waits for any more. */
export async function forgetPending(tx: Tx, scenarioId: string): Promise<void> {
  await sql`delete from whatif.run where scenario_id = ${scenarioId} and finished_at is null`.execute(tx)
}

type StoredOrgan = Pick<OrganSums, 'organId' | 'organName' | 'jurisdictionCode' | 'jurisdictionName'> & {
  place: number
  differenceFen: number
  sums: Omit<OrganSums, 'organId' | 'organName' | 'jurisdictionCode' | 'jurisdictionName'>
}

/** Sums by organ: largest difference first (`size`), or those who get more, or less, first. The cursor is `difference:place`. */
export async function organsPage(
  tx: Tx,
  runId: string,
  order: 'size' | 'more' | 'less',
  after: { differenceFen: number; place: number } | null,
  limit: number,
): Promise<{ differenceFen: number; place: number; row: OrganSums }[]> {
  // Places are given in the order of size, so that this order needs no other key.
  const later =
    after === null
      ? sql``
      : order === 'size'
        ? sql`and place > ${after.place}`
        : order === 'more'
          ? sql`and (difference_fen < ${after.differenceFen} or (difference_fen = ${after.differenceFen} and place > ${after.place}))`
          : sql`and (difference_fen, place) > (${after.differenceFen}, ${after.place})`
  const by =
    order === 'size' ? sql`place` : order === 'more' ? sql`difference_fen desc, place` : sql`difference_fen, place`
  const { rows } =
    await sql<StoredOrgan>`select place, organ_id, organ_name, jurisdiction_code, jurisdiction_name, difference_fen, sums
    from whatif.organ_sum where run_id = ${runId} ${later} order by ${by} limit ${limit}`.execute(tx)
  return rows.map(({ place, differenceFen, sums, ...organ }) => ({ place, differenceFen, row: { ...organ, ...sums } }))
}

export async function countOrgans(tx: Tx, runId: string): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from whatif.organ_sum where run_id = ${runId}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Changed lines in the order of their places: the largest difference first. */
export async function linesPage(
  tx: Tx,
  runId: string,
  filter: { organId?: string | undefined; needKind?: string | undefined },
  after: number,
  limit: number,
): Promise<{ place: number; line: ChangedLine }[]> {
  const { rows } = await sql<{ place: number; line: ChangedLine }>`select place, line from whatif.changed_line
    where run_id = ${runId} and place > ${after} ${filter.organId ? sql`and organ_id = ${filter.organId}` : sql``}
      ${filter.needKind ? sql`and need_kind = ${filter.needKind}` : sql``}
    order by place limit ${limit}`.execute(tx)
  return rows
}
