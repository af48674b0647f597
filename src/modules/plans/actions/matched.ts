import { provided } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { undoDecisions } from '#kernel/server/decisions.ts'
import { found, insist } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { standardsInForce } from '#modules/standards/offers.ts'
import { law } from '../law.ts'
import { reviewLineKind } from '../rules/decisions/review-line.ts'
import { indexStandards } from '../rules/facts.ts'
import { neededPieces, settlementOf } from '../rules/matched.ts'
import { stockThatStays } from '../rules/quantity-standard.ts'
import { mayDecide } from '../rules/review.ts'
import type { CycleRow } from '../store/cycle.ts'
import { demandById, lineById, lockDemand, type DemandRow } from '../store/demand.ts'
import { undecidedLines } from '../store/matched.ts'
import { eraseDecisions, reviewsOf } from '../store/review.ts'
import { seenCycle } from './cycle.ts'
import { proposeFor } from './proposing.ts'
import { demandsToReview } from './review-base.ts'
import { keepDecisions, lockedForReview, saveProgress } from './review.ts'

/** A line that things there are already could meet (A23-2; PLAN-R06). */
export type LineToMatch = {
  lineId: string
  demandId: string
  organId: string
  organName: string
  lineNo: number
  itemName: string
  standardCode: string
  unit: string
  asked: number
  /** Pieces that the standard admits. */
  needed: number
  /** What the organ has in use of the kind, as the review counts it. */
  inUse: number
  /** What buying one would cost under the standard, 分. */
  priceFen: number
  /** Takes the place of an old thing; else it is a shortage proved by the standard. */
  replacement: boolean
  submittedOn: string
}

const batchOfDemands = 200

/** The cycle, if the actor reads its level. */
export { seenCycle as cycleToMatch }

/**
 * Lines of a cycle that wait for the review and ask for things of a standard, with how many it admits and at what price;
 * and the standards they were judged by.
 */
export async function linesToMatch(
  act: Pick<Act, 'tx' | 'today'>,
  cycle: CycleRow,
): Promise<{ lines: LineToMatch[]; standards: StandardsInForce }> {
  const standards = indexStandards(
    await standardsInForce(act.tx, cycle.jurisdictionCode, cycle.standardsOn, cycle.year),
  )
  const open = await undecidedLines(act.tx, cycle.id)
  const lines: LineToMatch[] = []
  let after: string | null = null
  for (;;) {
    const demands: Awaited<ReturnType<typeof demandsToReview>> = await demandsToReview(
      act,
      cycle,
      after,
      batchOfDemands,
    )
    for (const { demandId, organ, organFacts, on, facts } of demands)
      facts.forEach((fact, index) => {
        const { line } = fact
        if (line.id === null || !open.has(line.id)) return
        const needed = neededPieces(fact, organFacts, standards, on)
        if (needed === null) return
        lines.push({
          lineId: line.id,
          demandId,
          organId: organ.id,
          organName: organ.name,
          lineNo: index + 1,
          itemName: line.itemName,
          standardCode: line.standardCode ?? '',
          unit: line.unit,
          asked: line.quantity ?? 0,
          needed: needed.pieces,
          inUse: stockThatStays(fact),
          priceFen: needed.priceFen,
          replacement: line.replacement !== null,
          submittedOn: on,
        })
      })
    if (demands.length < batchOfDemands) return { lines, standards }
    after = demands.at(-1)?.demandId ?? null
  }
}

export type Settlement = {
  lineId: string
  /** The line as the proposal saw it. */
  asked: number
  standardCode: string
  needed: number
  matched: number
  priceFen: number
  reason: string
}

/**
 * Decides a line by matching (opinion O3, PLAN-R06): all of it with zero new money, or the rest cut to what is still
 * bought. The same decision as any of the review: same people, same locks, kept and told alike.
 * @returns pieces and money that are still bought, 分
 * @throws Refused when the line was changed since, the review is closed, or the actor may not decide
 */
export async function settleByMatching(
  act: Act,
  { lineId, asked, standardCode, needed, matched, priceFen, reason }: Settlement,
): Promise<{ boughtFen: number; bought: number }> {
  const line = found(await lineById(act.tx, lineId), '需求行')
  const demand = await lockedForReview(act, line.demandId)
  await proposeFor(act, [demand])
  const review = found(
    (await reviewsOf(act.tx, [demand.id])).find((row) => row.lineId === lineId),
    '需求行',
  )
  insist(
    provided(line.quantity === asked && line.standardCode === standardCode, {
      code: 'line-changed',
      message: `第${line.lineNo}行“${line.itemName}”在测算后作过修改。`,
      basis: law.warehouse,
      remedy: '请重新测算后再采纳。',
    }),
  )
  const settlement = settlementOf({ amountFen: line.amountFen ?? 0 }, { needed, matched, priceFen })
  const decision = { ...settlement, reason, matchedQuantity: matched }
  const proposal = found(review.proposal, '审核建议')
  insist(mayDecide({ quantity: line.quantity ?? 0, amountFen: line.amountFen ?? 0 }, decision, proposal))
  const deviates =
    decision.opinion !== proposal.opinion ||
    decision.quantity !== proposal.quantity ||
    decision.amountFen !== proposal.amountFen
  await keepDecisions(act, demand, [{ line, review, decision: { ...decision, deviates } }])
  return { boughtFen: decision.amountFen, bought: Math.max(0, needed - matched) }
}

/**
 * Takes the decision of a matched line back because the things do not come, whoever ended that: while the review goes on
 * the line waits for it again.
 * @returns false where the review is closed: its decision stays, and what is missing is decided by adjustment (Art. 35)
 */
export async function reopenMatched(act: Act, lineId: string, reason: string): Promise<boolean> {
  const line = found(await lineById(act.tx, lineId), '需求行')
  const demand = found(await lockDemand(act.tx, line.demandId), '需求申请')
  if (demand.state !== 'submitted') return false
  await undoMatched(act, demand, lineId, reason)
  return true
}

/** Whether the demand of a line is still under review, so that the line can be decided anew. */
export async function reviewGoesOn({ tx }: Pick<Act, 'tx'>, lineId: string): Promise<boolean> {
  const line = found(await lineById(tx, lineId), '需求行')
  return (await demandById(tx, line.demandId))?.state === 'submitted'
}

/** Takes the decision of a matched line back: it waits for the review again. */
export async function unsettleMatched(act: Act, lineId: string, reason: string): Promise<void> {
  const line = found(await lineById(act.tx, lineId), '需求行')
  await undoMatched(act, await lockedForReview(act, line.demandId), lineId, reason)
}

async function undoMatched(act: Act, demand: DemandRow, lineId: string, reason: string): Promise<void> {
  const before = (await reviewsOf(act.tx, [demand.id])).filter((row) => row.lineId === lineId)
  await eraseDecisions(act.tx, demand.id, [lineId])
  await undoDecisions(act, reviewLineKind, [lineId], reason)
  await saveProgress(act, demand)
  await record(act, 'plans.decisions-undone', {
    subject: { kind: 'plans.demand', id: demand.id },
    organId: demand.organId,
    before: before.map(({ decision }) => ({ lineId, decision })),
    basis: { reason },
  })
}
