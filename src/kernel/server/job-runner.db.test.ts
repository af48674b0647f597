import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from './identifier.ts'
import { testAct } from '../testing/act.ts'
import { freshDatabase, type FreshDatabase } from '../testing/database.ts'
import { transaction } from './database.ts'
import { Refused } from './errors.ts'
import { prepareJobs, startJobs, type JobRunner } from './job-runner.ts'
import { askToCancel, enqueue, forgottenRuns, runById, type JobHandlers, type RunRow } from './jobs.ts'
import { record } from './record.ts'

let fresh: FreshDatabase
let runner: JobRunner
/** Asked for where no queue was told of it. */
let forgotten: string
const tries = new Map<string, number>()

const handlers: JobHandlers = {
  'test.count': {
    title: '计数',
    run: async ({ data, transact, progress }) => {
      const { upTo } = data as { upTo: number }
      for (let done = 0; done < upTo; done++) {
        await transact((act) => record(act, 'test.counted', { subject: { kind: 'test', id: String(done) } }))
        await progress(done + 1, upTo, `已数到${done + 1}`)
        await pause(20)
      }
      return { counted: upTo, link: '/counted' }
    },
  },
  'test.second-try': {
    title: '第二次成功',
    run: async ({ runId }) => {
      tries.set(runId, (tries.get(runId) ?? 0) + 1)
      if (tries.get(runId) === 1) throw new Error('a passing fault')
      return { link: '/done' }
    },
  },
  'test.refused': {
    title: '不予办理',
    run: async () => {
      throw new Refused([{ code: 'x', message: '条件不具备。', basis: null, facts: {}, remedy: null }])
    },
  },
}

beforeAll(async () => {
  fresh = await freshDatabase()
  await prepareJobs(fresh.ownerUrl, ['test.timed'])
  forgotten = await transaction(fresh.db, (tx) =>
    enqueue(testAct({ tx }), 'test.count', { upTo: 2 }, { title: '计数' }),
  )
  runner = await startJobs({
    db: fresh.db,
    appUrl: fresh.appUrl,
    handlers,
    clock: () => new Date(),
    log: () => {},
    actOf: (given, queue) => testAct({ ...given, queue }),
  })
})
afterAll(async () => {
  await runner.stop()
  await fresh.drop()
})

const ask = (name: string, data: unknown = {}) =>
  transaction(fresh.db, (tx) => enqueue(testAct({ tx, queue: runner.queue }), name, data, { title: name }))
const run = (id: string) => transaction(fresh.db, (tx) => runById(tx, id)) as Promise<RunRow>

async function until(id: string, states: readonly RunRow['state'][]): Promise<RunRow> {
  for (const end = Date.now() + 20_000; Date.now() < end; await pause(50)) {
    const row = await run(id)
    if (states.includes(row.state)) return row
  }
  throw new Error(`run stayed ${(await run(id)).state}`)
}

test('a run is worked off with the app’s rights, tells its progress and keeps its result', async () => {
  const row = await until(await ask('test.count', { upTo: 3 }), ['done'])
  expect(row).toMatchObject({ done: 3, total: 3, note: '已数到3', result: { counted: 3, link: '/counted' } })
})

test('a run that no queue was told of, as after a move to another database, is worked off from the next start on', async () => {
  expect(await until(forgotten, ['done'])).toMatchObject({ tries: 1, result: { counted: 2 } })
  expect(await transaction(fresh.db, forgottenRuns)).toEqual([])
})

test('a run asked for in an act that fails never was', async () => {
  const id = newId()
  let asked = id
  await expect(
    transaction(fresh.db, async (tx) => {
      asked = await enqueue(testAct({ tx, queue: runner.queue }), 'test.count', { upTo: 1 }, { title: 'x' })
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  expect(await run(asked)).toBeNull()
})

test('cancelling stops at the next sign of progress; what was kept stays', async () => {
  const id = await ask('test.count', { upTo: 500 })
  await until(id, ['running'])
  await transaction(fresh.db, (tx) => askToCancel(tx, id, new Date()))
  const row = await until(id, ['cancelled'])
  expect(row.done).toBeGreaterThan(0)
  expect(row.done).toBeLessThan(500)
})

/** Brings what is to be tried again later to now. */
async function retryNow(): Promise<void> {
  const owner = new pg.Client({ connectionString: fresh.ownerUrl })
  await owner.connect()
  const due = `update jobs.job set start_after = now() where name = 'runs' and state = 'retry' and start_after > now()`
  try {
    for (const end = Date.now() + 20_000; (await owner.query(due)).rowCount === 0 && Date.now() < end;) await pause(50)
  } finally {
    await owner.end()
  }
}

test('a passing fault is tried again; a refusal is final and says why', async () => {
  const passing = await ask('test.second-try')
  await retryNow()
  expect(await until(passing, ['done'])).toMatchObject({ tries: 2, result: { link: '/done' } })
  expect(await until(await ask('test.refused'), ['failed'])).toMatchObject({ tries: 1, problem: '条件不具备。' })
})

test('G19 a run whose process died is somebody else’s turn within a minute, also in a queue that an earlier version made', async () => {
  const owner = new pg.Client({ connectionString: fresh.ownerUrl })
  await owner.connect()
  try {
    await owner.query(
      `update jobs.queue set heartbeat_seconds = null, dead_letter = null, retry_limit = 2 where name = 'runs'`,
    )
    await prepareJobs(fresh.ownerUrl, ['test.timed'])
    const { rows } = await owner.query(
      `select name, heartbeat_seconds, dead_letter from jobs.queue where name in ('runs', 'timed/test.timed') order by 1`,
    )
    expect(rows).toEqual([
      { name: 'runs', heartbeat_seconds: 30, dead_letter: 'runs/lost' },
      { name: 'timed/test.timed', heartbeat_seconds: 30, dead_letter: null },
    ])
  } finally {
    await owner.end()
  }
})

test('preparing again changes nothing', () =>
  expect(prepareJobs(fresh.ownerUrl, ['test.timed'])).resolves.toBeUndefined())
