import { checkDemandLine } from '#modules/plans/rules/demand.ts'
import { reviewLineKind } from '#modules/plans/rules/decisions/review-line.ts'
import { proposeReview } from '#modules/plans/rules/review.ts'
import { testFacts, testHolding, testLine, testOrgan, testStandards } from '#modules/plans/testing/standards.ts'
import { timed, type Bench, type Measure } from './measure.ts'

/** Line verdicts a second on one core, with all explanation data. */
export async function* ruleMeasures({ scale }: Bench): AsyncGenerator<Measure> {
  const count = Math.round(300_000 * scale)
  const facts = Array.from({ length: 200 }, (_, index) =>
    testFacts(testLine({ quantity: 1 + (index % 30), amountFen: (1 + (index % 30)) * 480_000 }), {
      holding: testHolding({ quantity: index % 60, usableQuantity: index % 60 }),
    }),
  )
  const each = (work: (one: (typeof facts)[number]) => unknown) => () => {
    for (let index = 0; index < count; index++) work(facts[index % facts.length] as (typeof facts)[number])
  }
  await timed(each((one) => checkDemandLine(one, testOrgan, testStandards, '2026-11-01'))) // warm
  const check = await timed(each((one) => checkDemandLine(one, testOrgan, testStandards, '2026-11-01')))
  const propose = await timed(each((one) => proposeReview(one, testOrgan, testStandards, '2026-11-01')))
  const inputs = facts.map((one) => ({ facts: one, organ: testOrgan, today: '2026-11-01' }))
  const decide = await timed(() => {
    for (let index = 0; index < count; index++)
      reviewLineKind.evaluate(inputs[index % inputs.length] as (typeof inputs)[number], testStandards)
  })
  yield {
    name: 'rules: judgement of a line with its full explanation data',
    value: (count / decide) * 1000,
    unit: 'lines/s',
    rawValue: null,
    target: 50_000,
    lowerIsBetter: false,
  }
  yield {
    name: 'rules: findings of a demand line',
    value: (count / check) * 1000,
    unit: 'lines/s',
    rawValue: null,
    target: 50_000,
    lowerIsBetter: false,
  }
  yield {
    name: 'rules: review proposal of a line',
    value: (count / propose) * 1000,
    unit: 'lines/s',
    rawValue: null,
    target: 50_000,
    lowerIsBetter: false,
  }
}
