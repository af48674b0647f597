import { moveCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { settleByMatching, unsettleMatched } from '#modules/plans/offers.ts'
import { lapseCase } from '../cases.ts'
import { wayLabels, type Way } from '../model/lapse.ts'
import { settlementText } from '../rules/answering.ts'
import { openLapsesOf, settleLapseRow, type LapseRow } from '../store/lapse.ts'
import { allotmentsOf, lineById } from '../store/line.ts'

export const planners = ['organ-clerk', 'organ-head'] as const
export const lapsePage = (id: string) => `/matching/lapses/${id}`

/** Keeps how a need is met after all, ends its case and tells the organ. */
export async function settled(
  act: Act,
  lapse: LapseRow,
  { way, document, opinion }: { way: Way; document: string; opinion: string },
): Promise<void> {
  await moveCase(act, lapseCase, lapse.caseId, 'settle', { opinion })
  const how = { way, document, opinion }
  await settleLapseRow(act.tx, lapse, { ...how, settledOn: act.today, settledByName: act.actor.name })
  await record(act, 'matching.lapse-settled', {
    subject: { kind: 'matching.lapse', id: lapse.id },
    organId: lapse.organId,
    before: { state: 'open' },
    after: { state: 'settled', ...how },
  })
  await notify(act, {
    organId: lapse.organId,
    roles: planners,
    link: lapsePage(lapse.id),
    text: `第${lapse.lineNo}行“${lapse.itemName}”调剂未成的${lapse.pieces}${lapse.unit}：${wayLabels[way]}。${opinion}`,
  })
}

/**
 * The money for what does not come is asked again while the review goes on: the line is decided anew with what it still has,
 * and the rest is bought (A33-1).
 * @throws Refused once the review is closed
 */
export async function buyWithinReview(act: Act, lineId: string, opinion: string): Promise<void> {
  const line = found(await lineById(act.tx, lineId, true), '调剂建议')
  const kept = (await allotmentsOf(act.tx, lineId)).filter(({ accepted }) => accepted)
  await unsettleMatched(act, line.demandLineId, opinion)
  await settleByMatching(act, {
    lineId: line.demandLineId,
    asked: line.asked,
    standardCode: line.standardCode,
    needed: line.needed,
    matched: line.acceptedPieces,
    priceFen: line.priceFen,
    reason: settlementText(
      kept.map(({ source, pieces, supply: { own, organName } }) => ({ source, pieces, own, organName })),
      line,
      opinion,
    ),
  })
}

/** What was missing of a line is decided with it, within the review: nothing of it waits any more. */
export async function settleWithReview(act: Act, lineId: string, opinion: string): Promise<void> {
  for (const lapse of await openLapsesOf(act.tx, lineId))
    await settled(act, lapse, { way: 'review', document: '', opinion })
}
