import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '#kernel/server/database.ts'
import { newId } from '#kernel/server/identifier.ts'
import { Cancelled, type JobWork } from '#kernel/server/jobs.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { contract as jobsContract } from '#modules/jobs/contract.ts'
import { jobs as planJobs } from '#modules/plans/jobs.ts'
import { openStage, type StageForTest } from '../../../journeys/stage.ts'
import { callerAt, type Caller } from '../../../journeys/visit.ts'
import { fillProvince, type Province } from '../../../scripts/bench/province.ts'
import { contract } from './contract.ts'
import { jobs } from './jobs.ts'
import { linesAtOnce, type Change } from './model.ts'
import { runsOfScenarios } from './store/run.ts'
import { scenarioById } from './store/scenario.ts'
import { liveData } from './testing/live-data.ts'

/** A province too large to be computed at once: the work is handed in, followed, stopped, repeated. */
let stage: StageForTest
let filled: Province
let reviewer: Caller
/** Past the second wall, as who prepares and looks behind the scenes. */
let owner: pg.Pool
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: '2026-11-23T09:00:00+08:00' })
  owner = new pg.Pool({ connectionString: stage.application.ground.ownerUrl, max: 2 })
  filled = await fillProvince(stage.application.ground.ownerUrl, 450)
  reviewer = await callerAt(stage.address, 'sheng.jihua')
}, 120_000)
afterAll(async () => {
  await owner?.end()
  await stage?.close()
})

const lower: Change = { kind: 'standard', code: 'item.desktop', level: null, priceCapFen: 300_000 }
const year = 2027
const made = async (changes: Change[]) =>
  (await reviewer(contract.createScenario, { title: '全省测算', year, scope: 'province', changes })).body.scenario
const view = async (scenarioId: string) => (await reviewer(contract.viewScenario, { scenarioId })).body
const compute = (scenarioId: string, version = 1) => reviewer(contract.computeScenario, { scenarioId, version })
const finished = (scenarioId: string) =>
  expect.poll(async () => (await view(scenarioId)).run, { timeout: 20_000, interval: 100 }).not.toBe(null)

/** The job as the queue would run it, with what the test does at each sign of progress. */
const workOn = (runId: string, progress: JobWork['progress'] = async () => {}): Promise<unknown> => {
  const transact: JobWork['transact'] = (work, options) =>
    transaction(
      stage.application.ground.db,
      (tx) =>
        work({
          ...stage.application.ground.parts,
          tx,
          actor: { kind: 'system', personId: null, name: '系统', organ: null, roles: [] },
          now: new Date('2026-11-23T01:00:00Z'),
          today: '2026-11-23',
          requestId: newId(),
          source: null,
          afterCommit: () => {},
        }),
      { ...options, scope: systemScope },
    )
  const [handler] = Object.values(jobs)
  if (!handler) throw new Error('no job')
  return handler.run({ runId: newId(), data: { runId }, transact, progress })
}
const rows = async <T extends object>(query: string, values: unknown[] = []) =>
  (await owner.query<T>(query, values)).rows
/** A run asked for that no queue works off. */
const askedFor = async (scenarioId: string): Promise<string> => {
  const runId = newId()
  await rows(
    `insert into whatif.run (id, scenario_id, changes, asked_at, asked_by_name) select $1, id, changes, now(), '测试' from whatif.scenario where id = $2`,
    [runId, scenarioId],
  )
  return runId
}

describe('a province', () => {
  it('is handed in, followed to the end, and touches nothing live', async () => {
    expect(filled.lines).toBeGreaterThan(linesAtOnce)
    const live = () => transaction(stage.application.ground.db, (tx) => liveData(tx), { scope: systemScope })
    const before = await live()
    const scenario = await made([lower])
    const asked = (await compute(scenario.id)).body
    expect([asked.atOnce, asked.run]).toEqual([false, null])
    const jobId = asked.jobId ?? expect.fail()
    await finished(scenario.id)
    const { run, jobId: after, stale } = await view(scenario.id)
    expect([run?.result.totals.lines, after, stale]).toEqual([filled.lines, null, null])
    expect(run?.result.totals.changedLines).toBeGreaterThan(0)
    await expect.poll(async () => (await reviewer(jobsContract.viewRun, { runId: jobId })).body.state).toBe('done')
    const { done, total } = (await reviewer(jobsContract.viewRun, { runId: jobId })).body
    expect([done, total]).toEqual([filled.lines, filled.lines])
    expect(await live()).toEqual(before)
  })

  it('its base is what the job of the review proposes, line by line in sum and by opinion', async () => {
    const scenario = await made([])
    await compute(scenario.id)
    await finished(scenario.id)
    const { totals, opinions } = (await view(scenario.id)).run?.result ?? expect.fail()
    expect([totals.changedLines, totals.scenarioFen]).toEqual([0, totals.baseFen])
    await planJobs['plans.propose-all']?.run({
      runId: newId(),
      data: { cycleId: filled.cycleId },
      transact: stage.application.ground.act,
      progress: async () => {},
    })
    const proposed = await rows<{ opinion: string; lines: number; fen: string }>(
      `select proposed_opinion as opinion, count(*)::int as lines, sum(proposed_fen) as fen from plans.review where cycle_id = $1 group by 1 order by 1`,
      [filled.cycleId],
    )
    expect(proposed.map(({ opinion, lines, fen }) => [opinion, lines, Number(fen)])).toEqual(
      opinions.map(({ opinion, baseLines, baseFen }) => [opinion, baseLines, baseFen]),
    )
  })

  it('asked for twice at once is computed once', async () => {
    const scenario = await made([lower])
    const answers = await Promise.all(Array.from({ length: 6 }, () => compute(scenario.id)))
    expect(new Set(answers.map(({ body }) => body.jobId)).size).toBe(1)
    await finished(scenario.id)
    expect(await rows('select id from whatif.run where scenario_id = $1', [scenario.id])).toHaveLength(1)
    expect(
      (await rows('select id from kernel.job_run where title = $1', [`模拟测算：${scenario.title}`])).length,
    ).toBeGreaterThan(0)
  })

  it('stopped by the person, it leaves no result and can be asked for again', async () => {
    const scenario = await made([lower])
    const runId = await askedFor(scenario.id)
    await expect(
      workOn(runId, async () => {
        throw new Cancelled()
      }),
    ).rejects.toBeInstanceOf(Cancelled)
    expect(await rows('select place from whatif.organ_sum where run_id = $1', [runId])).toEqual([])
    expect((await view(scenario.id)).run).toBe(null)
    await compute(scenario.id)
    await finished(scenario.id)
    expect(await rows('select id from whatif.run where id = $1', [runId])).toEqual([])
  })

  it('cancelled while it waits, it is not shown as running any more', async () => {
    const scenario = await made([lower])
    const { jobId } = (await compute(scenario.id)).body
    await reviewer(jobsContract.cancelRun, { runId: jobId ?? expect.fail() })
    await expect.poll(async () => (await view(scenario.id)).jobId, { timeout: 10_000 }).toBe(null)
  })

  it('run again after its process died, or by two processes, it keeps one result', async () => {
    const scenario = await made([lower])
    const runId = await askedFor(scenario.id)
    await expect(
      workOn(runId, async (done) => {
        if (done > 0) throw new Error('the process died')
      }),
    ).rejects.toThrow('the process died')
    const [first, second] = await Promise.all([workOn(runId), workOn(runId)])
    expect([first, second].filter((result) => result === null)).toHaveLength(1)
    expect(await workOn(runId)).toBe(null)
    const kept = await rows<{ organs: number; lines: number }>(
      `select (select count(*)::int from whatif.organ_sum where run_id = $1) as organs, (select count(*)::int from whatif.changed_line where run_id = $1) as lines`,
      [runId],
    )
    const { run } = await view(scenario.id)
    expect(kept).toEqual([{ organs: filled.organs, lines: run?.result.totals.changedLines }])
  })

  it('deleted meanwhile, it ends without a word', async () => {
    const scenario = await made([lower])
    const runId = await askedFor(scenario.id)
    const ended = workOn(runId, async (done) => {
      if (done > 0) await rows('delete from whatif.scenario where id = $1', [scenario.id])
    })
    expect(await ended).toBe(null)
  })

  it('reads one moment: what changes while it reads is not half in it', async () => {
    const scenario = await made([])
    const runId = await askedFor(scenario.id)
    const before = await rows<{ fen: string }>(
      'select sum(amount_fen) as fen from plans.demand_line where cycle_id = $1',
      [filled.cycleId],
    )
    await workOn(runId, async (done) => {
      if (done > 0)
        await rows('update plans.demand_line set amount_fen = amount_fen + 100 where cycle_id = $1', [filled.cycleId])
    })
    const { run } = await view(scenario.id)
    expect(run?.result.totals.askedFen).toBe(Number(before[0]?.fen))
  })

  it('a scope that is too large is not previewed, and says how large it is', async () => {
    const { body } = await reviewer(contract.preview, { year, scope: 'province', changes: [lower] })
    expect([body.result, body.lines]).toEqual([null, filled.lines])
  })
})

it('nothing of the sandbox refers to live rows by a foreign key', async () => {
  const found = await rows<{ target: string }>(`select distinct confrelid::regclass::text as target from pg_constraint
    where contype = 'f' and connamespace = 'whatif'::regnamespace order by 1`)
  expect(found.map(({ target }) => target)).toEqual(['whatif.run', 'whatif.scenario'])
})

it('A6-1 behind the second wall an office sees its own scenarios and results, and no other', async () => {
  const scenario = await made([lower])
  await compute(scenario.id)
  await finished(scenario.id)
  const seenBy = (organId: string) =>
    transaction(
      stage.application.ground.db,
      async (tx) => [
        await scenarioById(tx, scenario.id),
        (await runsOfScenarios(tx, [scenario.id])).get(scenario.id)?.done,
      ],
      { scope: { all: '', person: '', organ: organId, jurisdiction: '140000', level: '140000' } },
    )
  const own = await seenBy(filled.authorityId)
  expect([own[0]?.id, own[1] === null]).toEqual([scenario.id, false])
  expect(await seenBy(newId())).toEqual([undefined, null])
})
