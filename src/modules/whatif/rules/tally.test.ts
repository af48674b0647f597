import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proposeReview } from '#modules/plans/offers.ts'
import type { Change, OrganSums } from '../model.ts'
import { testDemand, testWorlds, thingAsked } from '../testing/demands.ts'
import { foldRestricted, type OrganRow } from './folding.ts'
import { judgeDemand } from './judging.ts'
import { addSums, countDemand, largest, lineDifference, newTally, noSums, tables } from './tally.ts'

const lower: Change[] = [{ kind: 'standard', code: 'item.desktop', level: null, priceCapFen: 400_000 }]
const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

describe('sums', () => {
  it('A14-1 kinds, things, opinions and demands all add up to the totals', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.array(
            fc.record({ quantity: fc.integer({ min: 1, max: 30 }), price: fc.integer({ min: 300_000, max: 600_000 }) }),
            { maxLength: 5 },
          ),
          { maxLength: 6 },
        ),
        (demands) => {
          const tally = newTally(1000)
          const byDemand = noSums()
          for (const lines of demands) {
            const demand = testDemand(
              lines.map(({ quantity, price }, index) => thingAsked(quantity, price, { lineId: idOf(index) })),
            )
            addSums(
              byDemand,
              countDemand(tally, demand, judgeDemand(demand, testWorlds(lower), lower, proposeReview), true),
            )
          }
          const { totals, kinds, items, opinions } = tables(tally)
          expect(byDemand).toEqual(totals)
          for (const parts of [kinds, items]) {
            const sum = noSums()
            for (const part of parts) addSums(sum, part)
            expect(sum).toEqual(totals)
          }
          const sumOf = (figure: 'baseLines' | 'scenarioLines' | 'baseFen' | 'scenarioFen') =>
            opinions.reduce((sum, opinion) => sum + opinion[figure], 0)
          expect([sumOf('baseLines'), sumOf('scenarioLines')]).toEqual([totals.lines, totals.lines])
          expect([sumOf('baseFen'), sumOf('scenarioFen')]).toEqual([totals.baseFen, totals.scenarioFen])
          const kept = largest(tally)
          expect(kept).toHaveLength(totals.changedLines)
          expect(kept.reduce((sum, line) => sum + lineDifference(line), 0)).toBe(totals.scenarioFen - totals.baseFen)
        },
      ),
      { numRuns: 50 },
    ))
  it('keeps the largest differences, in the same order however they come', () => {
    const count = (prices: readonly number[]) => {
      const tally = newTally(3)
      for (const price of prices) {
        const demand = testDemand([thingAsked(10, price, { lineId: idOf(price) })])
        countDemand(tally, demand, judgeDemand(demand, testWorlds(lower), lower, proposeReview), true)
      }
      return largest(tally).map(({ lineId }) => lineId)
    }
    const prices = [410_000, 470_000, 420_000, 490_000, 460_000, 440_000, 480_000, 430_000, 450_000]
    expect(count(prices)).toEqual([490_000, 480_000, 470_000].map(idOf))
    expect(count(prices.toReversed())).toEqual(count(prices))
  })
  it('lines of other levels are counted and not kept', () => {
    const tally = newTally(10)
    const demand = testDemand([thingAsked(10, 480_000)])
    countDemand(tally, demand, judgeDemand(demand, testWorlds(lower), lower, proposeReview), false)
    expect([tally.totals.changedLines, largest(tally)]).toEqual([1, []])
  })
})

describe('organs whose size is restricted stand together for other levels (A6-1)', () => {
  const row = (name: string, code: string, askedFen: number, restricted = false): OrganRow => ({
    ...noSums(),
    organId: idOf(askedFen),
    organName: name,
    jurisdictionCode: code,
    jurisdictionName: code,
    askedFen,
    restricted,
  })
  const names = (rows: readonly OrganSums[]) => rows.map(({ organName }) => organName)
  it('the own level sees each', () => {
    expect(names(foldRestricted([row('法院', '140000', 1, true), row('教育厅', '140000', 2)], '140000'))).toEqual([
      '法院',
      '教育厅',
    ])
  })
  it('never fewer than three together, the smallest joining, and nothing is lost', () => {
    const rows = [
      row('市法院', '140100', 50, true),
      row('市教育局', '140100', 30),
      row('市财政局', '140100', 10),
      row('市审计局', '140100', 20),
    ]
    const folded = foldRestricted(rows, '140000')
    expect(names(folded)).toEqual(['市教育局', '其他机关（3个合并）'])
    expect(folded.at(-1)).toMatchObject({ organId: null, askedFen: 80 })
    expect(folded.reduce((sum, { askedFen }) => sum + askedFen, 0)).toBe(110)
    expect(JSON.stringify(folded)).not.toContain('市法院')
  })
  it('where three are restricted nobody else joins; where none is, nothing is folded', () => {
    const restricted = ['甲', '乙', '丙'].map((name, index) => row(name, '140100', index + 1, true))
    expect(names(foldRestricted([...restricted, row('市教育局', '140100', 9)], '140000'))).toEqual([
      '市教育局',
      '其他机关（3个合并）',
    ])
    expect(names(foldRestricted([row('市教育局', '140100', 9)], '140000'))).toEqual(['市教育局'])
  })
})
