import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '#kernel/pure/canonical-json.ts'
import { Judged } from '#kernel/pure/decision.ts'
import { differences } from '#kernel/pure/difference.ts'
import { explain, explanationLines, periodText } from '#kernel/pure/explanation.ts'
import { factLabel, factText } from '#kernel/pure/fact-text.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { anyReviewLine } from '../../testing/decisions.ts'
import { testFacts, testLine, testOrgan, testStandards } from '../../testing/standards.ts'
import { proposeReview } from '../review.ts'
import { reviewLineKind } from './review-line.ts'

const { itemByCode: _, economicByCode: __, catalogueByKind: ___, ...standards } = testStandards
const asKept = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

describe('the decision on a line', () => {
  test('A8-1 property: replayed from kept inputs and standards it is the same to the last step', () => {
    fc.assert(
      fc.property(anyReviewLine, (inputs) => {
        const judged = reviewLineKind.evaluate(inputs, standards)
        const again = reviewLineKind.evaluate(asKept(inputs), asKept(standards))
        expect(canonicalJson(again)).toBe(canonicalJson(judged))
        expect(differences(asKept(judged), again)).toEqual([])
        expect(Judged.parse(judged)).toEqual(asKept(judged))
      }),
    )
  })

  test('A33-1 property: it concludes what the workbench proposes', () => {
    fc.assert(
      fc.property(anyReviewLine, ({ facts, organ, today }) => {
        const proposal = proposeReview(facts, organ, testStandards, today)
        const { conclusion, findings } = reviewLineKind.evaluate({ facts, organ, today }, standards)
        expect(findings).toEqual(proposal.findings)
        expect(conclusion.values).toMatchObject({ 核定数量: proposal.quantity, '核定金额（分）': proposal.amountFen })
        expect(conclusion.says).toContain(proposal.reason)
      }),
    )
  })

  test('A8-1 property: the explanation holds every article, standard, input and step it used, and no other figure', () => {
    fc.assert(
      fc.property(anyReviewLine, (inputs) => {
        const judged = reviewLineKind.evaluate(inputs, standards)
        const text = explanationLines(explain(judged)).join('\n')
        for (const finding of judged.findings) {
          const said = [
            finding.message,
            finding.basis.citation,
            finding.remedy ?? '',
            ...Object.entries(finding.facts).map(([label, value]) => `${factLabel(label)}：${factText(label, value)}`),
            ...finding.parameters.flatMap((used) => [used.title, used.value, used.citation, periodText(used)]),
            ...finding.steps.flatMap(({ label, expression, result }) => [label, `${expression} ＝ ${result}`]),
          ]
          for (const part of said) expect(text).toContain(part)
        }
        const known = figuresIn(JSON.stringify(judged), amountsOf(judged))
        for (const figure of figuresOf(text)) expect(known, figure).toContain(figure)
      }),
    )
  })

  test('A9-2 a later row of a standard changes the outcome of today and leaves that of the decision', () => {
    const line = testLine({ quantity: 1, unitPriceFen: 450_000, amountFen: 450_000 })
    const inputs = { facts: testFacts(line), organ: testOrgan, today: '2026-11-01' }
    const lower: StandardsInForce = {
      ...standards,
      items: standards.items.map((item) =>
        item.code === 'item.desktop'
          ? { ...item, id: 'later', from: '2028-01-01', value: { ...item.value, priceCapFen: 400_000 } }
          : item,
      ),
    }
    const then = reviewLineKind.evaluate(inputs, standards)
    const now = reviewLineKind.evaluate(inputs, lower)
    expect(then.conclusion.values['核定金额（分）']).toBe(450_000)
    expect(now.conclusion.values).toMatchObject({ 审核意见: '核减', '核定金额（分）': 400_000 })
    expect(differences(then, now).map(({ label }) => label)).toContain('结论 › 数值 › 核定金额（元）')
    expect(reviewLineKind.evaluate(inputs, standards)).toEqual(then)
  })
})

test('one line is judged well within a frame of the screen (16 ms), explanation and all', () => {
  const lines = fc.sample(anyReviewLine, 400)
  for (const inputs of lines) explain(reviewLineKind.evaluate(inputs, standards)) // warm
  const startedAt = performance.now()
  for (const inputs of lines) explain(reviewLineKind.evaluate(inputs, standards))
  expect((performance.now() - startedAt) / lines.length).toBeLessThan(16)
})

/** Runs of digits with separators and decimals, as people read figures. */
function figuresOf(text: string): string[] {
  return (text.match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map((figure) => figure.replace(/,+$/, ''))
}

/** Every figure of the data, and amounts in 分 as yuan. */
function figuresIn(json: string, amounts: readonly number[]): Set<string> {
  return new Set([
    ...figuresOf(json),
    ...figuresOf(json).map((figure) => factText('', Number(figure.replaceAll(',', '')))),
    ...amounts.map((fen) => factText('（分）', fen)),
  ])
}

function amountsOf({ findings, conclusion }: Judged): number[] {
  return [conclusion.values, ...findings.map(({ facts }) => facts)].flatMap((facts) =>
    Object.values(facts).filter((value) => typeof value === 'number'),
  )
}
