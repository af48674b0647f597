import type { Act } from '#kernel/server/context.ts'
import { keepJudgements, type NewJudgement } from '#kernel/server/decisions.ts'
import { found } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { snapshotOf } from '#modules/standards/offers.ts'
import type { Holding } from '../model.ts'
import type { HoldingOfOrgan } from './holdings.ts'
import { judgedProposal, reviewLineKind, type ReviewLineInputs } from '../rules/decisions/review-line.ts'
import type { LineFacts } from '../rules/facts.ts'
import { lineFacts } from '../rules/judging.ts'
import { proposeReview } from '../rules/review.ts'
import { holdSubmitted, linesOfDemands, type DemandRow } from '../store/demand.ts'
import { proposedLines, saveProposals } from '../store/review.ts'
import { demandContexts } from './demand-context.ts'

/**
 * Lets the rules propose for the lines of demands of one cycle that have no proposal yet (A33-1); a whole batch costs as
 * many queries as one demand.
 * @returns how many lines were proposed for
 */
export async function proposeFor(
  ctx: Pick<Act, 'tx' | 'now' | 'today'>,
  demands: readonly DemandRow[],
): Promise<number> {
  // Held until the end: an application that is withdrawn meanwhile must not be left with proposals.
  const ids = await holdSubmitted(
    ctx.tx,
    demands.map(({ id }) => id),
  )
  const known = await proposedLines(ctx.tx, ids)
  const lines = Map.groupBy(await linesOfDemands(ctx.tx, ids), ({ demandId }) => demandId)
  const open = demands.filter(({ id }) => lines.get(id)?.some((line) => !known.has(line.id)))
  const contexts = await demandContexts(ctx, open)
  const first = contexts.values().next().value
  if (first === undefined) return 0
  // One cycle, one set of standards: the snapshot is the same for all of its lines.
  const { cycle, standards } = first
  const used = { snapshot: await snapshotOf(ctx.tx, standards), on: standards.on, year: cycle.year }
  const judgements: NewJudgement[] = []
  const proposals = open.flatMap((demand) => {
    const { organFacts: organ, holdings, lastYear } = found(contexts.get(demand.id), '需求申请')
    // Terms such as that of a store query are judged as of the day of submission: a slow review takes nothing away.
    const today = demand.submittedOn ?? ctx.today
    return lineFacts((lines.get(demand.id) ?? []).map(asEntered), holdings.map(asRegistered), lastYear)
      .filter(({ line }) => line.id !== null && !known.has(line.id))
      .map((facts) => {
        const proposal = proposeReview(facts, organ, standards, today)
        const judgementId = newId()
        const inputs: ReviewLineInputs = { facts, organ, today }
        const judged = judgedProposal(proposal, facts.line.unit)
        const { organId, jurisdictionCode } = demand
        judgements.push({ id: judgementId, organId, jurisdictionCode, inputs, judged, standards: used })
        return { lineId: found(facts.line.id, '需求行'), demandId: demand.id, judgementId, proposal }
      })
  })
  await keepJudgements(ctx, reviewLineKind, judgements)
  await saveProposals(ctx.tx, cycle.id, proposals, ctx.now)
  return proposals.length
}

type KeptLine = Awaited<ReturnType<typeof linesOfDemands>>[number]

/** The line as the organ filled it in, without what was found while it typed: that is judged anew. */
function asEntered(kept: KeptLine): LineFacts['line'] {
  // Named one by one: for two hundred thousand lines this is several times quicker than leaving some out.
  return {
    id: kept.id,
    needKind: kept.needKind,
    itemName: kept.itemName,
    standardCode: kept.standardCode,
    economicCode: kept.economicCode,
    quantity: kept.quantity,
    unit: kept.unit,
    unitPriceFen: kept.unitPriceFen,
    amountFen: kept.amountFen,
    fundSource: kept.fundSource,
    neededMonth: kept.neededMonth,
    existingQuantity: kept.existingQuantity,
    usableQuantity: kept.usableQuantity,
    disposingQuantity: kept.disposingQuantity,
    replacement: kept.replacement,
    reason: kept.reason,
    note: kept.note,
    inOwnBudget: kept.inOwnBudget,
    storeQuery: kept.storeQuery,
  }
}

/** Kept with the judgement as the rules saw it: counts, and where they came from. */
function asRegistered({ organId: _, ...holding }: HoldingOfOrgan): Holding {
  return holding
}
