import { z } from 'zod'
import { defineContract, Instant, pageInput, pageOf } from '#kernel/pure/contract.ts'

export const runStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const
export const runStateLabels: Record<(typeof runStates)[number], string> = {
  waiting: '排队中',
  running: '进行中',
  done: '已完成',
  failed: '未完成',
  cancelled: '已取消',
}

export const Run = z.object({
  id: z.uuid(),
  name: z.string(),
  title: z.string(),
  state: z.enum(runStates),
  done: z.number().int(),
  /** Null while it is not known how much there is. */
  total: z.number().int().nullable(),
  /** What was found so far. */
  note: z.string().nullable(),
  /** Seconds left by the pace so far; null before there is one. */
  secondsLeft: z.number().int().nullable(),
  result: z.any(),
  problem: z.string().nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
})

export const contract = defineContract('jobs', {
  runs: { method: 'GET', path: '/runs', summary: '本人发起的任务', input: z.object(pageInput), output: pageOf(Run) },
  viewRun: {
    method: 'GET',
    path: '/runs/:runId',
    summary: '查看任务进度',
    input: z.object({ runId: z.uuid() }),
    output: Run,
  },
  cancelRun: {
    method: 'POST',
    path: '/runs/:runId/cancellation',
    summary: '取消任务',
    input: z.object({ runId: z.uuid() }),
    output: Run,
  },
})
