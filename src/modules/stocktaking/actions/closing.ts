import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { allOf, provided } from '#kernel/pure/verdict.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { engage } from '#modules/assets/offers.ts'
import { countCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can } from '../policy.ts'
import { maySubmit, mayEnd, mayWork } from '../rules/closing.ts'
import { saveCount, type CountRow } from '../store/count.ts'
import {
  changedCards,
  differenceSums,
  lockDifferences,
  makeSheet,
  missUncounted,
  workDifferences,
  type DifferenceRow,
} from '../store/difference.ts'
import { reopenUncounted } from '../store/item.ts'
import { tallyOf } from '../store/progress.ts'
import { lockedCount, seenCount, subjectOf } from './access.ts'
import { countView, isIn } from './view.ts'

type ClosingActions = Pick<
  ActionsOf<typeof contract>,
  'endCounting' | 'resumeCounting' | 'workDifferences' | 'workSurplus' | 'submitCount' | 'withdrawCount'
>

export const closingActions: ClosingActions = {
  /** Ends the count of things and makes the difference sheet. */
  async endCounting(ctx) {
    const row = await lockedCount(ctx, ctx.input)
    permit(can.lead(ctx.actor, row, '结束清点'))
    const tally = await tallyOf(ctx.tx, row.id)
    insist(allOf(isIn(row, 'counting'), mayEnd(tally, ctx.input.uncountedAreMissing)))
    await moveCase(ctx, countCase, row.caseId, 'end', {})
    const missed = await missUncounted(ctx.tx, row.id, { name: ctx.actor.name, at: ctx.now })
    await makeSheet(ctx.tx, row)
    const next = await saveCount(ctx.tx, row, { state: 'settling', endedOn: ctx.today })
    await record(ctx, 'stocktaking.counting-ended', {
      ...subjectOf(row),
      after: { ...(await tallyOf(ctx.tx, row.id)), uncountedAsMissing: missed },
    })
    return countView(ctx, next)
  },

  async resumeCounting(ctx) {
    const row = await lockedCount(ctx, ctx.input)
    permit(can.lead(ctx.actor, row, '继续清点'))
    insist(allOf(isIn(row, 'settling'), unmarked(ctx.input.opinion)))
    await moveCase(ctx, countCase, row.caseId, 'resume', { opinion: ctx.input.opinion })
    await reopenUncounted(ctx.tx, row.id)
    const next = await saveCount(ctx.tx, row, { state: 'counting', endedOn: null })
    await record(ctx, 'stocktaking.counting-resumed', { ...subjectOf(row), after: { reason: ctx.input.opinion } })
    return countView(ctx, next)
  },

  /** Differences of one kind, each with cause and who answers for it (facts 2.5). */
  async workDifferences(ctx) {
    const { countId, differenceIds, ...worked } = ctx.input
    const row = await settled(ctx, countId)
    const differences = await lockDifferences(ctx.tx, row.id, differenceIds)
    if (differences.length !== new Set(differenceIds).size) throw new Missing('盘点差异')
    return work(ctx, row, differences, { ...worked, card: null })
  },

  /** What the card of a surplus thing will say, and what its value rests on. */
  async workSurplus(ctx) {
    const { countId, differenceId, version, card, cause, responsible } = ctx.input
    const row = await settled(ctx, countId)
    const [difference] = await lockDifferences(ctx.tx, row.id, [differenceId])
    if (found(difference, '盘点差异').version !== version) throw new Conflict('盘点差异')
    return work(ctx, row, [difference as DifferenceRow], { resolution: 'register', cause, responsible, card })
  },

  /** Hands the worked sheet to the organ's head. */
  async submitCount(ctx) {
    const row = await lockedCount(ctx, ctx.input)
    permit(can.lead(ctx.actor, row, '提交盘点结果'))
    const { open } = await differenceSums(ctx.tx, row.id)
    insist(allOf(isIn(row, 'settling'), maySubmit(open), unmarked(ctx.input.conclusion)))
    await moveCase(ctx, countCase, row.caseId, 'submit', {})
    // Until it is decided no other procedure changes what the count will.
    await engage(ctx, await changedCards(ctx.tx, row.id), 'count', row.id, `/stocktaking/counts/${row.id}`)
    const next = await saveCount(ctx.tx, row, { state: 'at-head', conclusion: ctx.input.conclusion })
    await record(ctx, 'stocktaking.count-submitted', {
      ...subjectOf(row),
      before: { state: row.state },
      after: { state: next.state, conclusion: ctx.input.conclusion },
    })
    return countView(ctx, next)
  },

  async withdrawCount(ctx) {
    const row = await lockedCount(ctx, ctx.input)
    permit(can.lead(ctx.actor, row, '撤销盘点'))
    insist(allOf(isIn(row, 'counting', 'settling'), unmarked(ctx.input.opinion)))
    await moveCase(ctx, countCase, row.caseId, 'withdraw', { opinion: ctx.input.opinion })
    const next = await saveCount(ctx.tx, row, { state: 'withdrawn' })
    await record(ctx, 'stocktaking.count-withdrawn', { ...subjectOf(row), after: { reason: ctx.input.opinion } })
    return countView(ctx, next)
  },
}

async function settled(act: Act, countId: string): Promise<CountRow> {
  const row = await seenCount(act, countId, 'share')
  permit(can.lead(act.actor, row, '处理盘点差异'))
  insist(isIn(row, 'settling'))
  return row
}

async function work(
  act: Act,
  row: CountRow,
  differences: readonly DifferenceRow[],
  worked: Parameters<typeof mayWork>[1],
) {
  insist(allOf(...differences.map((difference) => mayWork(difference, worked))))
  await workDifferences(act.tx, differences, worked)
  await record(act, 'stocktaking.differences-worked', {
    ...subjectOf(row),
    before: { differences: differences.map(({ id, resolution, cause }) => ({ id, resolution, cause })) },
    after: { ...worked, differences: differences.map(({ id, cardId, name }) => ({ id, cardId, name })) },
  })
  return { worked: differences.length, open: (await differenceSums(act.tx, row.id)).open }
}

/** A44-1 for free words of a step. */
export const unmarked = (words: string) =>
  provided(secrecyMarkIn(words) === null, {
    code: 'A44-1',
    message: '填写的内容带有密级标志。本系统为非涉密系统。',
    basis: law.secrecy,
    remedy: '请删除相关内容。',
  })
