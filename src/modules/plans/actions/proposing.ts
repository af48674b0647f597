import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
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
  const proposals = open.flatMap((demand) => {
    const { organFacts, standards, holdings, lastYear } = found(contexts.get(demand.id), '需求申请')
    // Terms such as that of a store query are judged as of the day of submission: a slow review takes nothing away.
    const on = demand.submittedOn ?? ctx.today
    return lineFacts(lines.get(demand.id) ?? [], holdings, lastYear)
      .filter(({ line }) => line.id !== null && !known.has(line.id))
      .map((facts) => ({
        lineId: found(facts.line.id ?? undefined, '需求行'),
        demandId: demand.id,
        proposal: proposeReview(facts, organFacts, standards, on),
      }))
  })
  await saveProposals(ctx.tx, demands[0]?.cycleId ?? '', proposals, ctx.now)
  return proposals.length
}
