import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proposeReview } from '#modules/plans/offers.ts'
import { testFacts, testLine } from '#modules/plans/testing/standards.ts'
import type { Change } from '../model.ts'
import { testDemand, testWorlds, thingAsked } from '../testing/demands.ts'
import { judgeDemand, reasonOf, type Judged, type Propose } from './judging.ts'

const judge = (changes: readonly Change[], facts: Parameters<typeof testDemand>[0], staffInPost = 60): Judged[] =>
  judgeDemand(testDemand(facts, { staffInPost }), testWorlds(changes), changes, proposeReview)
const cap = (priceCapFen: number | null): Change => ({
  kind: 'standard',
  code: 'item.desktop',
  level: null,
  priceCapFen,
})
const people = (count: number): Change => ({
  kind: 'headcount',
  level: null,
  organKind: null,
  organIds: [],
  percent: null,
  people: count,
})

const things = fc.record({
  quantity: fc.integer({ min: 1, max: 60 }),
  price: fc.integer({ min: 100_000, max: 900_000 }),
  usable: fc.integer({ min: 0, max: 90 }),
  stored: fc.integer({ min: 0, max: 8 }),
  standardCode: fc.constantFrom('item.desktop', 'item.laptop', 'item.copier', 'item.chair', 'item.printer-a4-mono'),
})
const asked = (
  lines: readonly { quantity: number; price: number; usable: number; stored: number; standardCode: string }[],
) => lines.map(({ quantity, price, ...more }) => thingAsked(quantity, price, more))

describe('a line in both worlds', () => {
  it('A9-2 a lower price cap cuts the money, in the words of the review’s own rule, and not under the name of the law', () => {
    const [line] = judge([cap(450_000)], [thingAsked(12, 480_000)])
    expect(line).toMatchObject({
      changed: true,
      causes: [0],
      base: { opinion: 'O6', amountFen: 5_760_000 },
      scenario: { opinion: 'O2', quantity: 12, amountFen: 5_400_000 },
    })
    expect(reasonOf(line as Judged)).toBe('单价4,800.00元超过标准上限4,500.00元，按上限核定。')
  })
  it('more people give room for more things', () => {
    const [line] = judge([people(10)], [thingAsked(20, 480_000, { usable: 48 })])
    expect(line).toMatchObject({ base: { quantity: 12 }, scenario: { quantity: 20 }, changed: true })
    expect(reasonOf(line as Judged)).toBe('“通用资产配置”不属于集中统一管理范围，由申请机关自行制定计划。')
  })
  it('a dearer thing is asked dearer, and cut to the cap that stands', () => {
    const dearer: Change = { kind: 'price', standardCode: 'item.desktop', needKind: null, percent: 10, addFen: null }
    const [line] = judge([dearer], [thingAsked(10, 480_000, { usable: 40 })])
    expect(line).toMatchObject({
      scenarioFacts: { line: { unitPriceFen: 528_000, amountFen: 5_280_000 } },
      scenario: { opinion: 'O2', amountFen: 5_000_000 },
    })
  })
  it('A33-2 a kind managed centrally goes into the authority’s plan', () => {
    const line = testFacts(testLine({ needKind: 'N01', standardCode: null, unitPriceFen: null }))
    const [judged] = judge([{ kind: 'catalogue', needKind: 'N01', centralised: 'yes', provided: true }], [line])
    expect(judged).toMatchObject({
      changed: true,
      base: { opinion: 'O6', centralised: false },
      scenario: { opinion: 'O1', centralised: true },
    })
  })
  it('a lower growth line adds a hint and changes no money; the reason names the hint', () => {
    const line = testFacts(
      testLine({ needKind: 'N01', standardCode: null, economicCode: '30201', unitPriceFen: null }),
      {
        lastYear: { quantity: 1, amountFen: 5_200_000 },
      },
    )
    const [judged] = judge([{ kind: 'parameter', code: 'plan.growth-warn-percent', value: 5 }], [line])
    expect(judged).toMatchObject({ changed: true, base: { opinion: 'O6' }, scenario: { opinion: 'O6' } })
    expect(judged?.base.amountFen).toBe(judged?.scenario.amountFen)
    expect(reasonOf(judged as Judged)).toBe('比上年计划增加10.8%，超过5%，请说明原因。')
    const [back] = judge(
      [{ kind: 'parameter', code: 'plan.growth-warn-percent', value: 50 }],
      [{ ...line, lastYear: { quantity: 1, amountFen: 4_200_000 } }],
    )
    expect(reasonOf(back as Judged)).toMatch(/^不再提示：比上年计划增加/)
  })
  it('a level’s own change leaves other levels alone', () => {
    const [line] = judge([{ ...cap(100), level: 'county' } as Change], [thingAsked(12, 480_000)])
    expect(line).toMatchObject({ changed: false, causes: [] })
  })
})

describe('what always holds', () => {
  it('no changes: the scenario is the base, to the last word', () =>
    fc.assert(
      fc.property(fc.array(things, { maxLength: 8 }), (lines) => {
        for (const one of judge([], asked(lines))) {
          expect(one.scenario).toBe(one.base)
          expect(one.changed).toBe(false)
        }
      }),
    ))
  it('a change that sets the figure in force changes nothing', () =>
    fc.assert(
      fc.property(fc.array(things, { maxLength: 8 }), (lines) => {
        for (const one of judge([cap(500_000), people(0)], asked(lines))) expect(one.changed).toBe(false)
      }),
    ))
  it('a price cap lowered never increases money or number', () =>
    fc.assert(
      fc.property(fc.array(things, { maxLength: 8 }), fc.integer({ min: 1, max: 499_999 }), (lines, lower) => {
        for (const { base, scenario } of judge([cap(lower)], asked(lines))) {
          expect(scenario.amountFen).toBeLessThanOrEqual(base.amountFen)
          expect(scenario.quantity).toBeLessThanOrEqual(base.quantity)
        }
      }),
    ))
  it('headcount raised never lowers an entitlement, of number or of money', () =>
    fc.assert(
      fc.property(
        fc.array(things, { maxLength: 8 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 60 }),
        (lines, staff, more) => {
          for (const { facts, base, scenario } of judge([people(more)], asked(lines), staff)) {
            const stored = facts.line.storeQuery?.usableQuantity ?? 0
            // A cut names what is bought; what the warehouse gives comes on top.
            const entitled = ({ opinion, quantity }: typeof base) => quantity + (opinion === 'O2' ? stored : 0)
            expect(entitled(scenario)).toBeGreaterThanOrEqual(entitled(base))
            expect(scenario.amountFen).toBeGreaterThanOrEqual(base.amountFen)
          }
        },
      ),
    ))
  it('never more than is asked', () =>
    fc.assert(
      fc.property(
        fc.array(things, { maxLength: 8 }),
        fc.integer({ min: -9000, max: 30_000 }),
        fc.integer({ min: 1, max: 900_000 }),
        (lines, hundredths, capFen) => {
          const dearer: Change = {
            kind: 'price',
            standardCode: null,
            needKind: 'N09',
            percent: hundredths / 100,
            addFen: null,
          }
          for (const { scenarioFacts, scenario } of judge([dearer, cap(capFen)], asked(lines))) {
            expect(scenario.quantity).toBeLessThanOrEqual(scenarioFacts.line.quantity ?? 0)
            expect(scenario.amountFen).toBeLessThanOrEqual(scenarioFacts.line.amountFen ?? 0)
          }
        },
      ),
    ))
  it('lines no change bears on are judged once; judging them twice would say the same', () =>
    fc.assert(
      fc.property(fc.array(things, { maxLength: 8 }), fc.integer({ min: 1, max: 900_000 }), (lines, capFen) => {
        let judgedTimes = 0
        const counting: Propose = (...of) => {
          judgedTimes++
          return proposeReview(...of)
        }
        const changes = [cap(capFen)]
        const demand = testDemand(asked(lines))
        const worlds = testWorlds(changes)
        const judged = judgeDemand(demand, worlds, changes, counting)
        expect(judgedTimes).toBe(
          lines.length + lines.filter(({ standardCode }) => standardCode === 'item.desktop').length,
        )
        for (const { facts, causes, scenario } of judged)
          if (causes.length === 0)
            expect(proposeReview(facts, demand.organFacts, worlds.scenario, demand.on)).toEqual(scenario)
      }),
    ))
})
