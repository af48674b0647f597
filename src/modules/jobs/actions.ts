import { z } from 'zod'
import { actingId } from '#kernel/pure/actor.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, found, Missing } from '#kernel/server/errors.ts'
import { askToCancel, runById, runsOf, type RunRow } from '#kernel/server/jobs.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = {
  async runs(ctx) {
    const { after, limit } = ctx.input
    const cursor = /^(.+)@([0-9a-f-]{36})$/.exec(after ?? '')
    const known = z.iso.datetime().safeParse(cursor?.[1]).success && z.uuid().safeParse(cursor?.[2]).success
    if (after !== undefined && !known)
      throw new BadInput([{ pointer: '/after', message: '翻页位置无效。请从第一页重新查看。' }])
    const rows = await runsOf(
      ctx.tx,
      found(actingId(ctx.actor), '任务'),
      cursor ? { createdAt: new Date(cursor[1] as string), id: cursor[2] as string } : null,
      limit + 1,
    )
    const page = pageFrom(rows, limit, (last) => `${last.createdAt.toISOString()}@${last.id}`)
    return { ...page, items: page.items.map((row) => asRun(row, ctx.now)) }
  },

  async viewRun(ctx) {
    return asRun(await ownRun(ctx, ctx.input.runId), ctx.now)
  },

  async cancelRun(ctx) {
    const run = await ownRun(ctx, ctx.input.runId)
    await askToCancel(ctx.tx, run.id, ctx.now)
    await record(ctx, 'jobs.run-cancelled', {
      subject: { kind: 'jobs.run', id: run.id },
      organId: run.organId,
      after: { name: run.name },
    })
    return asRun(await ownRun(ctx, run.id), ctx.now)
  },
}

/** A run is its person's own, or its machine's. */
async function ownRun({ tx, actor }: Pick<Act, 'tx' | 'actor'>, runId: string): Promise<RunRow> {
  const run = found(await runById(tx, runId), '任务')
  if (run.personId === null || run.personId !== actingId(actor)) throw new Missing('任务')
  return run
}

function asRun(row: RunRow, now: Date) {
  const { id, name, title, state, done, total, note, result, problem, createdAt, finishedAt } = row
  return {
    id,
    name,
    title,
    state,
    done,
    total,
    note,
    secondsLeft: secondsLeft(row, now),
    result,
    problem,
    createdAt,
    finishedAt,
  }
}

function secondsLeft({ state, startedAt, done, total }: RunRow, now: Date): number | null {
  if (state !== 'running' || startedAt === null || total === null || done === 0) return null
  return Math.max(0, Math.round(((now.getTime() - startedAt.getTime()) / 1000 / done) * (total - done)))
}
