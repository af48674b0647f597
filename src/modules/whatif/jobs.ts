import { z } from 'zod'
import type { JobHandlers, JobWork } from '#kernel/server/jobs.ts'
import { compute } from './actions/computing.ts'
import { scenarioById } from './store/scenario.ts'
import { finishRun, runById } from './store/run.ts'

export const jobs: JobHandlers = {
  'whatif.compute': { title: '模拟测算', run: computeRun },
}

/**
 * Computes a run that was asked for. Repeatable: it reads one snapshot and writes its result once, at the end; a run
 * that was finished, superseded or deleted meanwhile is left alone.
 */
async function computeRun({ data, transact, progress }: JobWork): Promise<{ lines: number; link: string } | null> {
  const { runId } = z.object({ runId: z.uuid() }).parse(data)
  const asked = await transact(async ({ tx }) => {
    const run = await runById(tx, runId)
    const scenario = run && run.finishedAt === null ? await scenarioById(tx, run.scenarioId) : undefined
    return run && scenario ? { run, scenario } : null
  })
  if (asked === null) return null
  const { run, scenario } = asked
  const startedAt = performance.now()
  const found = await transact((act) => compute(act, { ...scenario, changes: run.changes }, progress), {
    readOnly: true,
  })
  const tookMs = Math.round(performance.now() - startedAt)
  const counted = await transact(({ tx, now }) => finishRun(tx, runId, found, { now, tookMs }))
  return counted ? { lines: found.result.totals.lines, link: `/whatif/${scenario.id}` } : null
}
