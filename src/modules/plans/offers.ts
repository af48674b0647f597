import { startClock } from '#kernel/server/cases/engine.ts'
import type { Act } from '#kernel/server/context.ts'
import type { Tx } from '#kernel/server/database.ts'
import { found, insist } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { allOf, provided } from '#kernel/pure/verdict.ts'
import { planCase } from './cases.ts'
import { law } from './law.ts'
import { yuan } from './rules/facts.ts'
import {
  insertVersion,
  lockPlan,
  planById,
  planLines,
  replacePlanLines,
  savePlan,
  type PlanLineRow,
  type PlanRow,
} from './store/plan.ts'

export { linesByStandard as demandLinesByStandard } from './store/overview.ts'
export { cutToTotal } from './rules/plan.ts'
/* For the module `drafting`: what a standard bears on, read only. */
export {
  linesUsing,
  organsUsing,
  standardUse,
  type StandardUse,
  type UseKey,
  type UsingLine,
} from './store/standard-use.ts'
export type { PlanLineRow, PlanRow }

/* For the module `procurement`: what a plan line asks for, by the standard it was reviewed under. */
export { standardsOfLines, type LineStandard } from './store/plan.ts'

/** The review's own rules and facts, for those who ask what it would say under other standards. */
export {
  demandsToReview,
  reviewBases,
  reviewDigest,
  type DemandToReview,
  type ReviewBase,
} from './actions/review-base.ts'
/* For the module `matching`: lines that things there are already could meet, and the review's own decision on them (O3). */
export {
  cycleToMatch,
  linesToMatch,
  reopenMatched,
  reviewGoesOn,
  settleByMatching,
  unsettleMatched,
  type LineToMatch,
  type Settlement,
} from './actions/matched.ts'
export { linesByStandard, yearsOfCycles } from './store/review-base.ts'
export { proposeReview } from './rules/review.ts'
export { indexStandards, type IndexedStandards, type LineFacts, type OrganFacts } from './rules/facts.ts'

/* For the module `matching`: whether what is missing was adjusted (Art. 35). */
export { adjustmentNumbered } from './store/adjustment.ts'

/** A plan and the lines of its present version, for the budget made from it (A33-4). */
export async function planForBudget(tx: Tx, planId: string): Promise<{ plan: PlanRow; lines: PlanLineRow[] }> {
  const plan = found(await planById(tx, planId), '保障计划')
  return { plan, lines: await planLines(tx, plan.id, plan.planVersion) }
}

/**
 * Brings the plan into line with finance's figures as a new version (P50, P60); the earlier version stays as it was.
 * @param amounts 分 by plan line id; never above the present version
 */
export async function alignPlan(
  act: Act,
  planId: string,
  answer: {
    amounts: ReadonlyMap<string, number>
    reason: string
    controlFen?: number
    approvedFen?: number
    replyDocument?: string
  },
): Promise<void> {
  const plan = found(await lockPlan(act.tx, planId), '保障计划')
  insist(
    provided(plan.state === 'issued', {
      code: 'state',
      message: '只有已下达、尚未生效的计划可以按财政批复调整。',
      basis: law.budget,
    }),
  )
  const lines = await planLines(act.tx, plan.id, plan.planVersion)
  const next = lines.map((line) => ({ ...line, amountFen: answer.amounts.get(line.id) ?? line.amountFen }))
  insist(
    allOf(
      ...next.map((line, index) =>
        provided(line.amountFen <= (lines[index] as PlanLineRow).amountFen, {
          code: 'above-plan',
          message: `“${line.itemName}”的批复数${yuan(line.amountFen)}高于计划数${yuan((lines[index] as PlanLineRow).amountFen)}。`,
          basis: law.planIsBasis,
          remedy: '预算应依据计划编制，请核对。',
        }),
      ),
    ),
  )
  const totalFen = next.reduce((sum, { amountFen }) => sum + amountFen, 0)
  const changed = totalFen !== plan.totalFen
  const planVersion = changed ? plan.planVersion + 1 : plan.planVersion
  if (changed) {
    await replacePlanLines(
      act.tx,
      plan.id,
      planVersion,
      next.filter(({ amountFen }) => amountFen > 0),
    )
    await insertVersion(act.tx, plan.id, {
      planVersion,
      madeOn: act.today,
      madeBy: act.actor.name,
      reason: answer.reason,
      totalFen,
      texts: plan.texts,
    })
  }
  await savePlan(act.tx, plan, {
    planVersion,
    totalFen,
    lineCount: next.filter(({ amountFen }) => amountFen > 0).length,
    controlFen: answer.controlFen ?? plan.controlFen,
    approvedFen: answer.approvedFen ?? plan.approvedFen,
    replyDocument: answer.replyDocument ?? plan.replyDocument,
  })
  // From the reply on, the plan is to be brought into force within its term (P60).
  if (answer.approvedFen !== undefined && plan.caseId !== null) await startClock(act, planCase, plan.caseId, act.today)
  await record(act, 'plans.plan-aligned', {
    subject: { kind: 'plans.plan', id: plan.id },
    organId: plan.organId,
    before: { planVersion: plan.planVersion, totalFen: plan.totalFen },
    after: { planVersion, totalFen, reason: answer.reason },
  })
}
