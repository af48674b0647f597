import { canonicalJson } from '#kernel/pure/canonical-json.ts'
import type { Act } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import { runById as jobById } from '#kernel/server/jobs.ts'
import { mayOf } from '#kernel/pure/verdict.ts'
import type { AnswerOf } from '#kernel/pure/contract.ts'
import type { contract } from '../contract.ts'
import { linesAtOnce } from '../model.ts'
import { can, maySee } from '../policy.ts'
import { runsOfScenarios, type RunRow } from '../store/run.ts'
import { lockScenario, scenarioById, type ScenarioRow } from '../store/scenario.ts'
import { basesOf, basisOf } from './computing.ts'

export type ScenarioAnswer = AnswerOf<(typeof contract)['viewScenario']>

/** The scenario, if it is the actor's office's own; locked when it is about to change. */
export async function seenScenario(
  { tx, actor }: Pick<Act, 'tx' | 'actor'>,
  id: string,
  lock = false,
): Promise<ScenarioRow> {
  const scenario = found(await (lock ? lockScenario : scenarioById)(tx, id), '测算方案')
  if (!maySee(actor, scenario)) throw new Missing('测算方案')
  return scenario
}

/** The job that computes a run now, or that failed to; null once it was cancelled or is done. */
export async function openJob({ tx }: Pick<Act, 'tx'>, run: RunRow | null): Promise<string | null> {
  const job = run?.jobId ? await jobById(tx, run.jobId) : null
  return job && job.state !== 'cancelled' && job.state !== 'done' ? job.id : null
}

/** The scenario with its last result, what computes now, and whether the result still tells. */
export async function scenarioView(act: Pick<Act, 'tx' | 'actor'>, scenario: ScenarioRow): Promise<ScenarioAnswer> {
  const runs = (await runsOfScenarios(act.tx, [scenario.id])).get(scenario.id)
  const bases = await basesOf(act, scenario)
  const lines = bases.reduce((sum, base) => sum + base.lines, 0)
  return {
    scenario,
    run: runs?.done ? finished(runs.done) : null,
    jobId: await openJob(act, runs?.pending ?? null),
    stale: runs?.done ? await staleness(act, scenario, runs.done, bases) : null,
    atOnce: lines <= linesAtOnce,
    may: { compute: mayOf(can.compute(act.actor, scenario)) },
  }
}

function finished(run: RunRow): NonNullable<ScenarioAnswer['run']> {
  return {
    id: run.id,
    askedAt: run.askedAt,
    askedBy: run.askedByName,
    finishedAt: found(run.finishedAt, '测算结果'),
    tookMs: run.tookMs ?? 0,
    result: found(run.result, '测算结果'),
  }
}

async function staleness(
  act: Pick<Act, 'tx'>,
  scenario: ScenarioRow,
  run: RunRow,
  bases: Awaited<ReturnType<typeof basesOf>>,
): Promise<ScenarioAnswer['stale']> {
  if (canonicalJson(scenario.changes) !== canonicalJson(run.changes)) return 'changes'
  return (await basisOf(act, scenario.scope, bases)).digest === run.result?.basis.digest ? null : 'data'
}
