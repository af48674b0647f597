import { sql } from 'kysely'
import { transaction } from '#kernel/server/database.ts'
import { decideAll } from '#kernel/server/decisions.ts'
import { keptStandards, replay } from '#modules/decisions/replay.ts'
import { judgementsDecidedOn } from '#modules/decisions/store.ts'
import { proposeFor } from '#modules/plans/actions/proposing.ts'
import { reviewLineKind, takenOnLine } from '#modules/plans/rules/decisions/review-line.ts'
import { submittedDemands } from '#modules/plans/store/demand.ts'
import { reviewsOf } from '#modules/plans/store/review.ts'
import { asReviewer, timed, type Bench, type Measure } from './measure.ts'

/** Decisions of a review kept for good, an organ's lines at a time, and judgements replayed from what was kept. */
export async function* decisionMeasures(bench: Bench): AsyncGenerator<Measure> {
  const { bare, ground, province, scale } = bench
  const reviewer = asReviewer(bench)
  const organs = Math.max(20, Math.round(700 * scale))
  const demands = await reviewer(({ tx }) => submittedDemands(tx, province.cycleId, null, organs))
  await reviewer((act) => proposeFor(act, demands))
  const reviews = Map.groupBy(
    await reviewer(({ tx }) =>
      reviewsOf(
        tx,
        demands.map(({ id }) => id),
      ),
    ),
    ({ demandId }) => demandId,
  )
  let kept = 0
  const ours = await timed(async () => {
    for (const { id, organId, jurisdictionCode, year } of demands)
      await reviewer(async (act) => {
        const decided = await decideAll(
          act,
          reviewLineKind,
          (reviews.get(id) ?? []).flatMap(({ lineId, judgementId, proposal }) =>
            proposal === null
              ? []
              : [
                  {
                    subject: { kind: 'plans.demand-line', id: lineId },
                    organId,
                    jurisdictionCode,
                    year,
                    title: '测算',
                    link: `/plans/demands/${id}`,
                    judgementId,
                    findings: proposal.findings,
                    taken: takenOnLine(proposal, {
                      quantity: proposal.quantity,
                      amountFen: proposal.amountFen,
                      unit: '项',
                    }),
                    deviates: false,
                    held: true,
                  },
                ],
          ),
        )
        kept += decided.length
      })
  })
  await sql`create table if not exists public.bare_decision (like kernel.decision)`.execute(bare.kysely)
  const raw = await timed(async () => {
    for (const { organId } of demands)
      await transaction(bare, (tx) =>
        sql`insert into public.bare_decision select * from kernel.decision where organ_id = ${organId}`.execute(tx),
      )
  })
  yield {
    name: 'decisions of a review kept, an organ at a time',
    value: (kept / ours) * 1000,
    unit: 'decisions/s',
    rawValue: (kept / raw) * 1000,
    target: null,
    lowerIsBetter: false,
  }

  const page = await reviewer(({ tx }) => judgementsDecidedOn(tx, 1, null, kept))
  const replayed = await timed(() =>
    reviewer(async ({ tx }) => {
      const standardsOf = keptStandards(tx)
      for (const judgement of page) {
        const { result } = await replay(ground.parts.decisionKinds, standardsOf, judgement)
        if (result !== 'equal') throw new Error(`judgement ${judgement.id} replays as ${result}`)
      }
    }),
  )
  yield {
    name: 'decisions replayed and compared to the last step',
    value: (page.length / replayed) * 1000,
    unit: 'decisions/s',
    rawValue: null,
    target: null,
    lowerIsBetter: false,
  }
}
