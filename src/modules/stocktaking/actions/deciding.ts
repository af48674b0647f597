import { keeperRoles } from '#kernel/pure/actor.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { insist } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { release } from '#modules/assets/offers.ts'
import { countCase, type CountMove } from '../cases.ts'
import type { contract } from '../contract.ts'
import { issueReport } from '../documents/report.ts'
import type { CountState } from '../model.ts'
import { writesOff } from '../rules/closing.ts'
import { saveCount, type CountRow } from '../store/count.ts'
import { changedCards, differenceSums } from '../store/difference.ts'
import { lockedCount, subjectOf } from './access.ts'
import { bookResult } from './booking.ts'
import { unmarked } from './closing.ts'
import { countView, returnMove } from './view.ts'

type DecidingActions = Pick<ActionsOf<typeof contract>, 'approveCount' | 'acceptCount' | 'consentCount' | 'returnCount'>
type Step = Act & { input: { countId: string; version: number; opinion?: string | undefined } }

export const decidingActions: DecidingActions = {
  async approveCount(ctx) {
    return decided(ctx, () => Promise.resolve('approve'))
  },

  /** The authority sees it through; where something is to be written off, finance consents before (A12-3; AST-R07). */
  async acceptCount(ctx) {
    return decided(ctx, async (row) =>
      writesOff((await differenceSums(ctx.tx, row.id)).pursued) ? 'forward' : 'accept',
    )
  },

  async consentCount(ctx) {
    return decided(ctx, () => Promise.resolve('consent'))
  },

  async returnCount(ctx) {
    const row = await lockedCount(ctx, ctx.input)
    // The engine asks who may and in which state, as for the other steps below.
    await moveCase(ctx, countCase, row.caseId, returnMove(row.state), { opinion: ctx.input.opinion })
    insist(unmarked(ctx.input.opinion))
    await release(ctx, await changedCards(ctx.tx, row.id))
    const next = await saveCount(ctx.tx, row, { state: 'settling' })
    await record(ctx, 'stocktaking.count-returned', {
      ...subjectOf(row),
      before: { state: row.state },
      after: { state: next.state, reason: ctx.input.opinion },
    })
    await tellKeepers(ctx, row, `资产盘点“${row.title}”（${row.number}）被退回：${ctx.input.opinion}`)
    return countView(ctx, next)
  },
}

const stateOfMove = (move: CountMove): CountState => countCase.transitions[move].to as CountState

async function decided(ctx: Step, moveOf: (row: CountRow) => Promise<CountMove>) {
  const row = await lockedCount(ctx, ctx.input)
  const move = await moveOf(row)
  // The engine asks who may: party, role, not whoever handed it in, and whether it is there at all.
  await moveCase(ctx, countCase, row.caseId, move, { opinion: ctx.input.opinion })
  insist(unmarked(ctx.input.opinion ?? ''))
  const to = stateOfMove(move)
  if (to === 'finished') await bookResult(ctx, row)
  const next = await saveCount(ctx.tx, row, { state: to, ...(to === 'finished' ? { finishedOn: ctx.today } : {}) })
  await record(ctx, to === 'finished' ? 'stocktaking.count-finished' : 'stocktaking.count-approved', {
    ...subjectOf(row),
    before: { state: row.state },
    after: { state: to, opinion: ctx.input.opinion ?? '' },
  })
  if (to === 'finished') {
    await issueReport(ctx, next)
    await tellKeepers(ctx, row, `资产盘点“${row.title}”（${row.number}）已办结，盘点结果已记入资产卡片。`)
  }
  return countView(ctx, next)
}

async function tellKeepers(act: Act, row: CountRow, text: string): Promise<void> {
  await notify(act, { organId: row.organId, roles: keeperRoles, link: `/stocktaking/counts/${row.id}`, text })
}
