import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { worstOutcome } from '#kernel/pure/verdict.ts'
import { testFacts, testHolding, testLine, testOrgan, testStandards } from '../testing/standards.ts'
import { checkBudgetHolder, checkDemandLine, checkGrowth, checkWindow, maySubmitDemand } from './demand.ts'
import { quantityLimit } from '#modules/standards/rules/items.ts'
import { lineFacts } from './judging.ts'
import { checkAgainstItemStandard, roomUnderStandard } from './quantity-standard.ts'

const today = '2026-11-01'
const outcomes = (line: ReturnType<typeof testLine>, more = {}, organ = testOrgan) =>
  Object.fromEntries(
    checkDemandLine(testFacts(line, more), organ, testStandards, today).map(({ rule, outcome }) => [rule, outcome]),
  )

describe('PLAN-R01 completeness (A32-1)', () => {
  test('a complete line has no blocking finding', () => {
    expect(
      worstOutcome(checkDemandLine(testFacts(testLine(), { holding: testHolding() }), testOrgan, testStandards, today)),
    ).toBe('ok')
  })
  test.each([
    ['itemName', { itemName: ' ' }],
    ['quantity', { quantity: 0 }],
    ['amountFen', { amountFen: null }],
    ['unit', { unit: '' }],
    ['economicCode', { economicCode: null }],
  ])('a line without %s blocks at that cell', (field, change) => {
    const findings = checkDemandLine(testFacts(testLine(change)), testOrgan, testStandards, today)
    expect(
      findings
        .filter(({ rule, outcome }) => rule === 'PLAN-R01' && outcome === 'block')
        .map((finding) => finding.field),
    ).toContain(field)
  })
  test('half a 分 is rounded up: 0.57 of 50 分 is 29 分, as the database has it', () => {
    const half = testLine({ standardCode: null, quantity: 0.57, unitPriceFen: 50, amountFen: 29 })
    expect(outcomes(half)['PLAN-R01']).toBeUndefined()
    expect(outcomes({ ...half, amountFen: 28 })['PLAN-R01']).toBe('block')
  })
  test('money that is not quantity × price blocks, with the product shown', () => {
    const [finding] = checkDemandLine(
      testFacts(testLine({ amountFen: 5_000_000 })),
      testOrgan,
      testStandards,
      today,
    ).filter(({ rule }) => rule === 'PLAN-R01')
    expect(finding?.steps[0]?.result).toBe('57,600.00元')
  })
})

describe('PLAN-R02 quantity against the standard (A22-1, A33-1)', () => {
  const copier = testStandards.itemByCode.get('item.copier')
  test('PLAN-T14 175 staff: nine copiers block, seven pass, and the money cap of seven is 245,000 yuan', () => {
    const organ = { ...testOrgan, staffInPost: 175 }
    const ask = (quantity: number) =>
      checkAgainstItemStandard(
        testFacts(
          testLine({ standardCode: 'item.copier', quantity, unitPriceFen: 3_500_000, amountFen: quantity * 3_500_000 }),
        ),
        organ,
        testStandards,
      )
    expect(worstOutcome(ask(9))).toBe('block')
    expect(worstOutcome(ask(7))).toBe('ok')
    expect((copier?.value.priceCapFen ?? 0) * 7).toBe(24_500_000)
  })
  test('a standard that allows exceptions asks for approval instead of blocking', () => {
    expect(
      outcomes(testLine({ standardCode: 'item.laptop', quantity: 31, unitPriceFen: 600_000, amountFen: 18_600_000 }))[
        'PLAN-R02'
      ],
    ).toBe('needs-approval')
  })
  const printer = (kind: string, quantity: number, changes = {}) =>
    testLine({ standardCode: `item.printer-${kind}`, itemName: '打印机', quantity, unitPriceFen: 100_000, ...changes })
  const roomsOf = (
    lines: ReturnType<typeof testLine>[],
    holdings: ReturnType<typeof testHolding>[],
    staffInPost: number,
  ) =>
    lineFacts(lines, holdings, []).map((facts) => {
      const standard = testStandards.itemByCode.get(facts.line.standardCode ?? '')
      return standard && roomUnderStandard(facts, { ...testOrgan, staffInPost }, standard, testStandards)?.room
    })
  const has = (kind: string, quantity: number) =>
    testHolding({ standardCode: `item.printer-${kind}`, quantity, usableQuantity: quantity })

  test('EQ-01 EQ-06 EQ-07 printers share one limit: n = 86 has 68 together, 12 of them for A3, 2 in colour', () => {
    expect(roomsOf([printer('a4-mono', 68)], [], 86)).toEqual([68])
    expect(roomsOf([printer('a3-mono', 12), printer('a4-mono', 57)], [], 86)).toEqual([12, 56])
    expect(roomsOf([printer('a3-mono', 12), printer('a3-colour', 1)], [], 86)).toEqual([12, 0])
    expect(roomsOf([printer('a4-colour', 2), printer('a3-colour', 1)], [], 86)).toEqual([2, 0])
    // What there is of one kind leaves less for the others.
    expect(roomsOf([printer('a4-mono', 9)], [has('a3-mono', 10), has('a4-mono', 50)], 86)).toEqual([8])
    expect(
      roomsOf([printer('a4-mono', 9, { disposingQuantity: 5 })], [has('a3-mono', 10), has('a4-mono', 50)], 86),
    ).toEqual([13])
  })
  test('EQ-06 EQ-07 whatever is asked in whatever order, what is granted together is within every shared limit', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom('a4-mono', 'a4-colour', 'a3-mono', 'a3-colour'), fc.integer({ min: 1, max: 90 })),
          {
            maxLength: 6,
          },
        ),
        fc.integer({ min: 0, max: 300 }),
        (asked, staff) => {
          const granted = new Map<string, number>()
          for (const [kind] of asked) {
            // Granted so far is what the lines before it ask.
            const before = [...granted].map(([of, quantity]) => printer(of, quantity))
            const room = roomsOf([...before, printer(kind, 1)], [], staff).at(-1) ?? 0
            granted.set(kind, (granted.get(kind) ?? 0) + room)
          }
          const sum = (...kinds: string[]) => kinds.reduce((all, kind) => all + (granted.get(kind) ?? 0), 0)
          expect(sum('a4-mono', 'a4-colour', 'a3-mono', 'a3-colour')).toBeLessThanOrEqual(
            Math.floor((staff * 80) / 100),
          )
          expect(sum('a3-mono', 'a3-colour')).toBeLessThanOrEqual(Math.floor((staff * 15) / 100))
          expect(sum('a4-colour', 'a3-colour')).toBeLessThanOrEqual(Math.floor((staff * 3) / 100))
        },
      ),
    ))
  test('EQ-01 a classified unit of 86 may ask for 129 desktops, another for 86', () => {
    const ask = (quantity: number, secretUnit: boolean) =>
      worstOutcome(
        checkAgainstItemStandard(
          testFacts(testLine({ quantity, amountFen: quantity * 480_000 })),
          { ...testOrgan, staffInPost: 86, secretUnit },
          testStandards,
        ),
      )
    expect([ask(129, true), ask(130, true), ask(86, false), ask(87, false)]).toEqual(['ok', 'block', 'ok', 'block'])
  })
  test('two lines of one item do not each fit alone', () => {
    expect(outcomes(testLine({ quantity: 40, amountFen: 40 * 480_000 }), { askedBefore: 40 })['PLAN-R02']).toBe('block')
  })
  test('the room never grows with more stock, and never passes the limit', () => {
    const desktop = testStandards.itemByCode.get('item.desktop')
    if (!desktop) throw new Error('no standard')
    fc.assert(
      fc.property(fc.nat(500), fc.nat(400), fc.nat(400), (staffInPost, less, more) => {
        const organ = { ...testOrgan, staffInPost }
        const room = (quantity: number) =>
          roomUnderStandard(
            testFacts(testLine(), { holding: testHolding({ quantity, usableQuantity: quantity }) }),
            organ,
            desktop,
            testStandards,
          )?.room ?? -1
        expect(room(less + more)).toBeLessThanOrEqual(room(less))
        expect(room(0)).toBe(quantityLimit(desktop.value.limit, staffInPost, null)?.quantity)
      }),
    )
  })
  test('limits never fall when people are added', () => {
    fc.assert(
      fc.property(fc.constantFrom(...testStandards.items), fc.nat(2000), fc.nat(50), (standard, n, added) => {
        const limit = (staff: number) => quantityLimit(standard.value.limit, staff, 3)?.quantity ?? 0
        expect(limit(n + added)).toBeGreaterThanOrEqual(limit(n))
      }),
    )
  })
})

describe('PLAN-R03, R04 price and life', () => {
  test('PLAN-R03 a price at the cap passes, one fen above blocks', () => {
    expect(outcomes(testLine({ unitPriceFen: 500_000, amountFen: 6_000_000 }))['PLAN-R03']).toBe('ok')
    expect(outcomes(testLine({ unitPriceFen: 500_001, amountFen: 6_000_012 }))['PLAN-R03']).toBe('block')
  })
  test.each([
    ['2020-10-31', false, null, 'ok'],
    ['2022-03-01', false, null, 'block'],
    ['2022-03-01', true, null, 'block'],
    ['2022-03-01', true, '鉴定〔2026〕8号', 'needs-approval'],
  ])(
    'PLAN-R04 acquired %s, beyond repair %s, appraisal %s: %s',
    (acquiredOn, beyondRepair, appraisalDocument, outcome) => {
      expect(outcomes(testLine({ replacement: { acquiredOn, beyondRepair, appraisalDocument } }))['PLAN-R04']).toBe(
        outcome,
      )
    },
  )
})

describe('PLAN-R05, R06 the public warehouse first (A23-2)', () => {
  test('PLAN-R05 no query, or one older than 30 days, blocks; day 30 still counts', () => {
    expect(outcomes(testLine({ storeQuery: null }))['PLAN-R05']).toBe('block')
    expect(
      outcomes(testLine({ storeQuery: { number: 'q', askedOn: '2026-10-01', usableQuantity: 0 } }))['PLAN-R05'],
    ).toBe('block')
    expect(
      outcomes(testLine({ storeQuery: { number: 'q', askedOn: '2026-10-02', usableQuantity: 0 } }))['PLAN-R05'],
    ).toBeUndefined()
  })
  test('PLAN-R06 usable things elsewhere are shown', () => {
    expect(
      outcomes(testLine({ storeQuery: { number: 'q', askedOn: '2026-10-28', usableQuantity: 3 } }))['PLAN-R06'],
    ).toBe('warn')
  })
})

test('PLAN-R07 centralised matters are never in the organ’s own budget (A10-1)', () => {
  const own = (needKind: 'N03' | 'N01' | 'N08', inCompound = true) =>
    checkBudgetHolder(testLine({ needKind, inOwnBudget: true }), { ...testOrgan, inCompound }, testStandards).map(
      ({ outcome }) => outcome,
    )
  expect(own('N03')).toEqual(['block'])
  expect(own('N01')).toEqual([])
  expect(own('N08')).toEqual(['block'])
  expect(own('N08', false)).toEqual([])
})

describe('PLAN-R10 the window (A32-1)', () => {
  const calendar = {
    demandOpensOn: '2026-09-01',
    demandClosesOn: '2026-10-31',
    reviewUntil: '2026-11-30',
    planUntil: '2026-12-20',
  }
  test.each([
    ['2026-08-31', 'block'],
    ['2026-10-31', undefined],
    ['2026-11-01', 'needs-approval'],
  ])('on %s: %s', (day, outcome) => expect(checkWindow(calendar, day)[0]?.outcome).toBe(outcome))
  test('submitting says everything that is missing at once, with the line', () => {
    const lineFindings = [checkDemandLine(testFacts(testLine({ quantity: null })), testOrgan, testStandards, today)]
    const verdict = maySubmitDemand({ declaredNotSecret: false, contact: '', lineFindings }, calendar, '2026-10-20')
    if (verdict.ok) throw new Error('was allowed')
    expect(verdict.refusals.map(({ code }) => code)).toEqual(expect.arrayContaining(['PLAN-R23', 'PLAN-R01']))
    expect(verdict.refusals.at(-1)?.message).toMatch(/^第1行/)
  })
})

describe('PLAN-R21, R23, R24', () => {
  test('PLAN-R21 an economic code that does not exist blocks; one of another kind warns', () => {
    expect(outcomes(testLine({ economicCode: '39999' }))['PLAN-R21']).toBe('block')
    expect(outcomes(testLine({ economicCode: '30217' }))['PLAN-R21']).toBe('warn')
  })
  test('PLAN-R23 a mark of secrecy blocks and its text is not repeated (A44-1)', () => {
    const [finding] = checkDemandLine(
      testFacts(testLine({ reason: '机密★5年 某会议保障' })),
      testOrgan,
      testStandards,
      today,
    ).filter(({ rule }) => rule === 'PLAN-R23')
    expect(finding?.outcome).toBe('block')
    expect(JSON.stringify(finding)).not.toContain('某会议')
  })
  test('PLAN-R24 a union’s line without its tag warns (A2-2)', () => {
    expect(outcomes(testLine(), {}, { ...testOrgan, tradeUnion: true })['PLAN-R24']).toBe('warn')
    expect(
      outcomes(testLine({ note: '工会，按工会法' }), {}, { ...testOrgan, tradeUnion: true })['PLAN-R24'],
    ).toBeUndefined()
  })
})

test('A8-1 growth beyond the line drawn is told with the line, its unit and the arithmetic', () => {
  const grown = (amountFen: number) =>
    checkGrowth(testFacts(testLine({ amountFen }), { lastYear: { quantity: 12, amountFen: 5_000_000 } }), testStandards)
  expect(grown(6_050_000)).toMatchObject([
    { outcome: 'warn', parameters: [{ value: '20%' }], steps: [{ result: '21.0%' }] },
  ])
  expect(grown(6_000_000)).toEqual([])
})
