import { fromKysely, PgBoss } from 'pg-boss'
import { systemActor } from '#kernel/pure/actor.ts'
import type { Act } from './context.ts'
import { transaction, type Database, type TransactionOptions } from './database.ts'
import { DatabaseAway, OutcomeUnknown, RetryLater } from './database/errors.ts'
import { Refused } from './errors.ts'
import { newId } from './identifier.ts'
import {
  Cancelled,
  finishRun,
  forgottenRuns,
  runById,
  saveProgress,
  takeUp,
  type JobHandler,
  type JobHandlers,
  type Queue,
  type RunRow,
} from './jobs.ts'
import { scopeOf, systemScope } from './scope.ts'

const schema = 'jobs'
const runQueue = 'runs'
const timedQueue = (name: string) => `timed/${name}`
/** Where the queue puts runs it gives up. */
const lostQueue = 'runs/lost'
/** How often a run may fail by itself; a process that dies or a database that is away is not its fault. */
const maxTries = 3
/** A run whose process gives no sign of life for so long is somebody else's turn. */
const heartbeatSeconds = 30
const runOptions = {
  retryLimit: 20,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 3600,
  heartbeatSeconds,
  deadLetter: lostQueue,
}
const timedOptions = { retryLimit: 2, expireInSeconds: 900, heartbeatSeconds }

/** Makes the queue's own tables and one queue for each timed job; as the owner, before the app works with them. */
export async function prepareJobs(ownerUrl: string, timed: readonly string[]): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema,
    supervise: false,
    schedule: false,
    max: 1,
    registerInstance: false,
  })
  boss.on('error', () => {}) // the call under way reports it
  await boss.start()
  try {
    await boss.createQueue(lostQueue)
    await boss.createQueue(runQueue, runOptions)
    await boss.updateQueue(runQueue, runOptions) // one that an earlier version made
    for (const name of timed) {
      await boss.createQueue(timedQueue(name), { policy: 'stately', ...timedOptions })
      await boss.updateQueue(timedQueue(name), timedOptions)
    }
  } finally {
    await boss.stop({ graceful: false })
  }
}

export type JobRunner = {
  queue: Queue
  /** Lets runs under way finish, at most 10 s; the rest is run again at the next start. */
  stop: () => Promise<void>
}

/**
 * Works off runs and timed jobs with the app's rights; several processes share one queue.
 * @param parts.actOf an act in a transaction, as the app puts it together
 */
export async function startJobs(parts: {
  db: Database
  appUrl: string
  handlers: JobHandlers
  actOf: (given: Pick<Act, 'tx' | 'actor' | 'now' | 'requestId'>, queue: Queue) => Act
  clock: () => Date
  log: (line: string) => void
}): Promise<JobRunner> {
  const { db, handlers, clock, log } = parts
  const boss = new PgBoss({
    connectionString: parts.appUrl,
    schema,
    migrate: false,
    createSchema: false,
    max: 4,
    application_name: 'yunbao jobs',
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
  })
  boss.on('error', (error) => log(`任务队列：${error.message}`))
  await boss.start()
  const queue: Queue = {
    send: async (tx, runId) => {
      await boss.send(runQueue, { runId }, { db: fromKysely(tx as never) })
    },
  }
  const asSystem = <T>(work: (tx: Act['tx']) => Promise<T>) => transaction(db, work, { scope: systemScope })
  await asSystem(async (tx) => {
    for (const runId of await forgottenRuns(tx)) await queue.send(tx, runId)
  })
  const transactAs =
    (actor: Act['actor'], requestId: string) =>
    async <T>(work: (act: Act) => Promise<T>, options: TransactionOptions = {}): Promise<T> => {
      const after: (() => void | Promise<void>)[] = []
      const perform = (tx: Act['tx']) => {
        after.length = 0
        return work({
          ...parts.actOf({ tx, actor, now: clock(), requestId }, queue),
          afterCommit: (later) => void after.push(later),
        })
      }
      const result = await transaction(db, perform, { ...options, scope: scopeOf(actor) })
      for (const later of after) await later()
      return result
    }
  await boss.work<{ runId: string }>(runQueue, { pollingIntervalSeconds: 1, batchSize: 1 }, async ([job]) => {
    if (job) await workOff(job.data.runId)
  })
  await boss.work<{ runId: string }>(lostQueue, { pollingIntervalSeconds: 10 }, async ([job]) => {
    if (job) await asSystem((tx) => giveUp(tx, job.data.runId, clock()))
  })
  const workOff = async (runId: string): Promise<void> => {
    const run = await asSystem((tx) => takeUp(tx, runId, clock()))
    if (!run) return
    const handler = handlers[run.name]
    try {
      if (!handler) throw new Error(`没有名为 ${run.name} 的任务`)
      const result = await handler.run(workOf(run))
      await asSystem((tx) => finishRun(tx, runId, { state: 'done', result }, clock()))
    } catch (error) {
      if (error instanceof Cancelled) return asSystem((tx) => finishRun(tx, runId, { state: 'cancelled' }, clock()))
      const final = error instanceof Refused || (run.tries >= maxTries && !isPassing(error))
      if (final)
        await asSystem((tx) => finishRun(tx, runId, { state: 'failed', problem: problemOf(error, runId) }, clock()))
      log(`任务“${run.title}”未完成（第 ${run.tries} 次）：${error instanceof Error ? error.stack : String(error)}`)
      if (!final) throw error // the queue tries again later
    }
  }
  const workOf = (run: RunRow) => ({
    runId: run.id,
    data: run.data,
    transact: transactAs(run.actor, run.id),
    progress: async (done: number, total: number | null, note?: string) => {
      if (await asSystem((tx) => saveProgress(tx, run.id, done, total, note ?? null))) throw new Cancelled()
    },
  })
  for (const [name, handler] of timedOf(handlers)) {
    await boss.work(timedQueue(name), { pollingIntervalSeconds: 10 }, () =>
      runTimed(handler, transactAs(systemActor, newId())),
    )
    await boss.schedule(timedQueue(name), handler.cron as string, null, { tz: 'Asia/Shanghai' })
  }
  return { queue, stop: () => boss.stop({ graceful: true, timeout: 10_000, close: true }) }
}

/** Names of the jobs that run by the clock. */
export function timedOf(handlers: JobHandlers): [string, JobHandler][] {
  return Object.entries(handlers).filter(([, { cron }]) => cron !== undefined)
}

/** Timed work keeps no run row: its effect is its trace. */
export async function runTimed(
  handler: JobHandler,
  transact: <T>(work: (act: Act) => Promise<T>) => Promise<T>,
): Promise<void> {
  await handler.run({ runId: newId(), data: null, transact, progress: async () => {} })
}

/** Nothing is wrong with the run: the database was away, or too many were at it. */
function isPassing(error: unknown): boolean {
  return error instanceof DatabaseAway || error instanceof RetryLater || error instanceof OutcomeUnknown
}

/** Tells the person of a run that was begun again and again and never came to an end. */
async function giveUp(tx: Act['tx'], runId: string, now: Date): Promise<void> {
  const run = await runById(tx, runId)
  if (run && ['waiting', 'running'].includes(run.state))
    await finishRun(tx, runId, { state: 'failed', problem: problemOf(null, runId) }, now)
}

function problemOf(error: unknown, runId: string): string {
  if (error instanceof Refused) return error.message
  return `任务未能完成，已记录（编号 ${runId}）。请稍后重新发起；仍不成功的，请将编号告知系统管理员。`
}
