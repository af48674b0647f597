import { sql } from 'kysely'
import { actingId, type Actor } from '#kernel/pure/actor.ts'
import type { Act } from './context.ts'
import type { TransactionOptions, Tx } from './database.ts'
import { newId } from './identifier.ts'

/**
 * Long and timed work. A run is a row (what, for whom, how far, result), written with the act that asks for it; the queue
 * only says when it is somebody's turn. So nothing asked for is lost, and a run asked for in an undone act never was.
 */

/** What a handler is given: transactions of its own, and a way to say how far it is. */
export type JobWork = {
  runId: string
  data: unknown
  /**
   * One transaction on behalf of the person who asked (or the system); batches keep each of these short. A long reading
   * asks for `readOnly`, so that all it reads is of one moment.
   */
  transact: <T>(work: (act: Act) => Promise<T>, options?: TransactionOptions) => Promise<T>
  /** Kept at once and shown; throws Cancelled when the person has asked to stop. */
  progress: (done: number, total: number | null, note?: string) => Promise<void>
}

/** What came of work that a person asked for, and the page it stands on. */
export type JobResult = Readonly<Record<string, unknown> & { link: string }>

/** `run` must be repeatable: a run whose process died is run again. */
export type JobHandler =
  | {
      title: string
      /** Timed work: cron in Asia/Shanghai. */
      cron: string
      run: (work: JobWork) => Promise<unknown>
    }
  | {
      title: string
      cron?: undefined
      /** Runs when asked for. The result is shown to the person; null where another run has taken its place. */
      run: (work: JobWork) => Promise<JobResult | null>
    }
export type JobHandlers = Readonly<Record<string, JobHandler>>

/** Puts a run into the queue within a transaction; `act.queue`. */
export type Queue = { send: (tx: Tx, runId: string) => Promise<void> }

/** The person asked to stop; what was kept until then stays. */
export class Cancelled extends Error {}

export type RunState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
export type RunRow = {
  id: string
  name: string
  title: string
  data: unknown
  actor: Actor
  organId: string | null
  personId: string | null
  state: RunState
  done: number
  total: number | null
  note: string | null
  result: unknown
  problem: string | null
  tries: number
  cancelAsked: boolean
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

/** Asks for a run, in the act's transaction. @returns the run's id, to follow its progress */
export async function enqueue(act: Act, name: string, data: unknown, { title }: { title: string }): Promise<string> {
  const id = newId()
  await sql`insert into kernel.job_run (id, name, title, data, actor, organ_id, person_id, created_at)
    values (${id}, ${name}, ${title}, ${JSON.stringify(data)}, ${JSON.stringify(act.actor)}, ${act.actor.organ?.id ?? null},
      ${actingId(act.actor)}, ${act.now})`.execute(act.tx)
  await act.queue.send(act.tx, id)
  return id
}

export async function runById(tx: Tx, id: string): Promise<RunRow | null> {
  const { rows } = await sql<RunRow>`select * from kernel.job_run where id = ${id}`.execute(tx)
  return rows[0] ?? null
}

/** Runs a person asked for, newest first. */
export async function runsOf(
  tx: Tx,
  personId: string,
  after: { createdAt: Date; id: string } | null,
  limit: number,
): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`select * from kernel.job_run where person_id = ${personId}
    and (${after?.id ?? null}::uuid is null or (created_at, id) < (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by created_at desc, id desc limit ${limit}`.execute(tx)
  return rows
}

/** Asks a run to stop: at once when it has not begun, else at its next sign of progress. */
export async function askToCancel(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update kernel.job_run set cancel_asked = true,
      state = case when state = 'waiting' then 'cancelled' else state end,
      finished_at = case when state = 'waiting' then ${now} else finished_at end
    where id = ${id} and state in ('waiting', 'running')`.execute(tx)
}

/**
 * Runs that are to be done and of which the queue knows nothing: it is another installation's, from which the rows came, or has
 * forgotten them. Processes that start at once ask in turn.
 */
export async function forgottenRuns(tx: Tx): Promise<string[]> {
  await sql`select pg_advisory_xact_lock(hashtext('kernel.job_run'))`.execute(tx)
  const { rows } = await sql<{ id: string }>`select id from kernel.job_run r where state in ('waiting', 'running')
    and not exists (select from jobs.job j where j.data ->> 'runId' = r.id::text) order by created_at, id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Takes a run up, unless it is finished, cancelled or gone. */
export async function takeUp(tx: Tx, id: string, now: Date): Promise<RunRow | null> {
  const { rows } =
    await sql<RunRow>`update kernel.job_run set state = 'running', started_at = coalesce(started_at, ${now}), tries = tries + 1
    where id = ${id} and state in ('waiting', 'running') returning *`.execute(tx)
  return rows[0] ?? null
}

/** @returns whether the person has asked to stop */
export async function saveProgress(
  tx: Tx,
  id: string,
  done: number,
  total: number | null,
  note: string | null,
): Promise<boolean> {
  const { rows } = await sql<{ cancelAsked: boolean }>`update kernel.job_run
    set done = ${done}, total = ${total}, note = coalesce(${note}, note) where id = ${id} returning cancel_asked`.execute(
    tx,
  )
  return rows[0]?.cancelAsked ?? false
}

export async function finishRun(
  tx: Tx,
  id: string,
  end: { state: 'done' | 'failed' | 'cancelled'; result?: unknown; problem?: string },
  now: Date,
): Promise<void> {
  await sql`update kernel.job_run set state = ${end.state}, result = ${end.result === undefined ? null : JSON.stringify(end.result)},
    problem = ${end.problem ?? null}, finished_at = ${now} where id = ${id}`.execute(tx)
}
