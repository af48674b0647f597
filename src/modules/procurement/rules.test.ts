import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { makeCalendar } from '#kernel/pure/calendar.ts'
import type { Level } from '#kernel/pure/actor.ts'
import { caseKindFaults, transitionsFrom } from '#kernel/pure/case-kind.ts'
import { worstOutcome, type Finding } from '#kernel/pure/verdict.ts'
import { termOf } from '#modules/duties/reference/terms.ts'
import { figureFor } from '#modules/standards/rules/in-force.ts'
import { testTable } from '#modules/standards/testing/table.ts'
import { paymentCase, purchaseCase } from './cases.ts'
import { PurchaseRequest, purchaseStates, type PurchaseState } from './model.ts'
import { allocate, mayAccept, mayPay } from './rules/acceptance.ts'
import { costOf, sum } from './rules/amounts.ts'
import { checkAward, checkStart, type Awarding, type Starting } from './rules/award.ts'
import { cardsFor, mayMakeCards } from './rules/cards.ts'
import { checkContract, type Contracting } from './rules/contract.ts'
import { mayLetDepart, proposeMethod } from './rules/method.ts'
import { heldKey, judgeRequest, type RequestFacts } from './rules/request.ts'
import { durationIn, termCodes } from './rules/terms.ts'

const calendar = makeCalendar(builtInNotices)
const yuan = (amount: number) => amount * 100
const organId = '0192f3a0-0000-7000-8000-000000000001'
const lineId = '0192f3a0-0000-7000-8000-000000000002'
const codesOf = (findings: readonly Finding[]) =>
  findings.filter(({ outcome }) => outcome === 'block').map(({ rule }) => rule)
const outcomeOf = (findings: readonly Finding[], rule: string) => findings.filter((finding) => finding.rule === rule)

const facts = (given: Partial<RequestFacts> = {}): RequestFacts => ({
  table: testTable,
  level: 'city',
  organId,
  today: '2026-04-06',
  lines: new Map([
    [
      lineId,
      {
        id: lineId,
        number: 'JH-1',
        itemName: '台式计算机',
        year: 2026,
        needKind: 'N09',
        holderOrganId: organId,
        servedOrganId: organId,
        remainingFen: yuan(10_000_000),
        remainingCenti: 100_000,
      },
    ],
  ]),
  units: new Map([[organId, { staffInPost: 60, classified: false }]]),
  held: new Map(),
  inStock: new Map(),
  boughtSame: new Map(),
  year: { totalFen: 0, reservedFen: 0, microFen: 0 },
  ...given,
})
const request = (
  given: Partial<PurchaseRequest> = {},
  item: Partial<PurchaseRequest['items'][number]> = {},
): PurchaseRequest =>
  PurchaseRequest.parse({
    title: '台式计算机采购',
    kind: 'goods',
    requirement: '办公用台式计算机',
    expectedOn: '2026-05-06',
    method: 'framework',
    organisation: 'agency',
    reservedFor: 'micro',
    ...given,
    items: [
      {
        ledgerLineId: lineId,
        name: '台式计算机',
        unit: '台',
        quantity: 5,
        unitPriceFen: yuan(4_600),
        standardCode: 'item.desktop',
        ...item,
      },
    ],
  })
const plain = { standardCode: null, name: '法律咨询', quantity: 1 }

describe('A11-2 the method proposed by the table of thresholds', () => {
  const asked = (kind: 'goods' | 'services' | 'works', name: string, standardCode: string | null, amount: number) => ({
    kind,
    catalogueItem: null,
    items: request({}, { name, standardCode, quantity: 1, unitPriceFen: yuan(amount) }).items,
  })
  it.each([
    [
      'PRO-T01 25 chairs at a county are furniture, by the e-mall',
      'county',
      'goods',
      'item.chair',
      20_000,
      'centralised',
      'framework',
      'agency',
    ],
    ['PRO-T02 legal advice of 180,000 at a city', 'city', 'services', null, 180_000, 'internal', 'internal', 'self'],
    ['goods outside the catalogue at the limit', 'city', 'goods', null, 300_000, 'dispersed', 'inquiry', 'self'],
    ['services at the limit', 'city', 'services', null, 300_000, 'dispersed', 'consultation', 'self'],
    [
      'desktops above the open-tender figure',
      'city',
      'goods',
      'item.desktop',
      2_000_000,
      'centralised',
      'open-tender',
      'agency',
    ],
    ['works at the tender line', 'county', 'works', null, 4_000_000, 'tendering', 'open-tender', 'self'],
  ] as const)('%s', (_, level, kind, code, amount, purchaseClass, method, organisation) => {
    const proposal = proposeMethod(testTable, level as Level, asked(kind, '项目', code, amount))
    expect([proposal.class, proposal.method, proposal.organisation]).toEqual([purchaseClass, method, organisation])
  })

  it('PRO-R02 what is in the catalogue goes through the agency', () => {
    expect(codesOf(judgeRequest(facts(), request()).findings)).toEqual([])
    expect(codesOf(judgeRequest(facts(), request({ organisation: 'self' })).findings)).toEqual(['PRO-R02'])
    expect(codesOf(judgeRequest(facts(), request({ method: 'internal' })).findings)).toContain('PRO-R02')
  })

  it('A11-2 another method than the proposed needs its ground; a single source always', () => {
    expect(codesOf(judgeRequest(facts(), request({ method: 'inquiry' })).findings)).toEqual(['PRO-METHOD'])
    expect(
      codesOf(judgeRequest(facts(), request({ method: 'inquiry', methodGround: '电子卖场没有该型号' })).findings),
    ).toEqual([])
  })

  it('PRO-R03 above the open-tender figure finance of the city or higher has the word', () => {
    const big = request(
      { method: 'consultation', methodGround: '不能事先确定要求' },
      { ...plain, unitPriceFen: yuan(2_000_000) },
    )
    const judgement = judgeRequest(facts(), { ...big, organisation: 'self' })
    expect(judgement.needsFinance).toBe(true)
    expect(outcomeOf(judgement.findings, 'PRO-R03')[0]?.outcome).toBe('needs-approval')
    expect(judgeRequest(facts(), { ...big, method: 'open-tender' }).needsFinance).toBe(false)
    const table = (['county', 'city', 'province'] as const).map((level) => [
      mayLetDepart(level, 'city'),
      mayLetDepart(level, 'province'),
    ])
    expect(table).toEqual([
      [true, true],
      [true, true],
      [false, true],
    ])
  })
})

describe('what a request may ask', () => {
  it('PRO-R01 PLAN-R11 only what a plan line of the organ has left', () => {
    expect(codesOf(judgeRequest(facts({ lines: new Map() }), request()).findings)).toContain('PRO-R01')
    expect(codesOf(judgeRequest(facts({ organId: 'another' }), request()).findings)).toContain('PRO-R01')
    const [line] = [...facts().lines.values()]
    if (!line) throw new Error('a line is there')
    const left = (remainingFen: number, remainingCenti: number) =>
      codesOf(
        judgeRequest(facts({ lines: new Map([[lineId, { ...line, remainingFen, remainingCenti }]]) }), request())
          .findings,
      )
    expect(left(yuan(23_000), 500)).toEqual([])
    expect(left(yuan(23_000) - 1, 500)).toEqual(['PLAN-R11'])
    expect(left(yuan(23_000), 499)).toEqual(['PLAN-R11'])
  })

  it('PRO-T07 PRO-R04 the fourth repair of the same service in a year is splitting', () => {
    const repair = (amount: number, earlier: number[]) =>
      codesOf(
        judgeRequest(
          facts({ level: 'province', boughtSame: new Map([['设备维修服务', earlier.map(yuan)]]) }),
          request(
            { kind: 'services', method: 'inquiry', organisation: 'self', methodGround: '规格统一，现货充足' },
            { ...plain, name: '设备维修服务', unitPriceFen: yuan(amount) },
          ),
        ).findings,
      )
    expect(repair(610_000, [390_000, 420_000])).toEqual([])
    expect(repair(640_000, [390_000, 420_000, 610_000])).toEqual(['PRO-R04'])
  })

  it('PRO-R05 an intention is published but for the e-mall, emergencies and what is below every limit', () => {
    const needed = (given: Partial<PurchaseRequest>, amount: number) =>
      judgeRequest(facts(), request({ organisation: 'self', ...given }, { ...plain, unitPriceFen: yuan(amount) }))
        .intentionNeeded
    expect(needed({ method: 'inquiry' }, 300_000)).toBe(true)
    expect(needed({ method: 'inquiry', intentionExemption: 'emergency' }, 300_000)).toBe(false)
    expect(needed({ method: 'internal' }, 299_999)).toBe(false)
    expect(judgeRequest(facts(), request()).intentionNeeded).toBe(false)
    const unsaid = request(
      { method: 'inquiry', intentionExemption: 'emergency' },
      { ...plain, unitPriceFen: yuan(300_000) },
    )
    expect(codesOf(judgeRequest(facts(), unsaid).findings)).toContain('PRO-R05')
  })

  it('A22-1 EQ-01 EQ-02 price and number by the standard, what is on order and what is given up counted', () => {
    const held = (quantity: number, onOrder: number) =>
      facts({ held: new Map([[heldKey(organId, 'item.desktop'), { quantity, onOrder }]]) })
    expect(codesOf(judgeRequest(held(55, 0), request()).findings)).toEqual([])
    expect(codesOf(judgeRequest(held(55, 1), request()).findings)).toEqual(['EQ-01'])
    expect(codesOf(judgeRequest(held(60, 0), request({}, { replaces: 5 })).findings)).toEqual([])
    const dear = { unitPriceFen: yuan(5_000) + 1 }
    expect(codesOf(judgeRequest(facts(), request({}, dear)).findings)).toEqual(['EQ-02'])
    expect(codesOf(judgeRequest(facts(), request({ priceApproval: '并机管〔2026〕3号' }, dear)).findings)).toEqual([])
  })

  it('GWC-R01 A23-2 what stands idle comes first; buying nevertheless needs a reason the head reads', () => {
    const idle = facts({ inStock: new Map([[heldKey(organId, 'item.desktop'), { warehouse: 2, ownIdle: 1 }]]) })
    expect(codesOf(judgeRequest(idle, request()).findings)).toEqual(['GWC-R01'])
    const { findings } = judgeRequest(idle, request({ stockReason: '性能不能满足业务系统要求' }))
    expect(outcomeOf(findings, 'GWC-R01')[0]?.outcome).toBe('warn')
  })

  it('PRO-R15 A13-1 a body for logistics services is chosen openly, security excepted', () => {
    const [line] = [...facts().lines.values()]
    if (!line) throw new Error('a line is there')
    const services = facts({ lines: new Map([[lineId, { ...line, needKind: 'N08' }]]) })
    const asked = {
      kind: 'services' as const,
      method: 'single-source' as const,
      organisation: 'self' as const,
      methodGround: '原服务商继续服务',
    }
    const item = { ...plain, name: '会议服务', unitPriceFen: yuan(400_000) }
    expect(codesOf(judgeRequest(services, request(asked, item)).findings)).toEqual(['PRO-R15'])
    expect(
      codesOf(judgeRequest(services, request({ ...asked, securityGround: '要害部位保密要求' }, item)).findings),
    ).toEqual([])
    expect(codesOf(judgeRequest(services, request({ ...asked, method: 'consultation' }, item)).findings)).toEqual([])
  })

  it('PRO-R17 the share of small firms only warns', () => {
    const share = (reservedFor: 'none' | 'micro') =>
      outcomeOf(judgeRequest(facts(), request({ reservedFor })).findings, 'PRO-R17')[0]?.outcome
    expect([share('none'), share('micro')]).toEqual(['warn', 'ok'])
  })

  it('every finding that blocks says on what ground and how to mend it', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('open-tender', 'inquiry', 'single-source', 'framework', 'internal' as const),
        fc.constantFrom('agency', 'self' as const),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 3_000_000 }),
        (method, organisation, quantity, price) => {
          const { findings } = judgeRequest(
            facts(),
            request(
              { method: method as 'inquiry', organisation: organisation as 'self' },
              { quantity, unitPriceFen: price },
            ),
          )
          for (const finding of findings.filter(({ outcome }) => outcome === 'block')) {
            expect(finding.basis.citation).not.toBe('')
            expect(finding.remedy).not.toBeNull()
          }
        },
      ),
    ))
})

describe('buying', () => {
  const start = (given: Partial<Starting>): string[] =>
    codesOf(
      checkStart(testTable, calendar, '140100', {
        method: 'open-tender',
        intentionNeeded: true,
        intentionOn: '2026-04-06',
        startedOn: '2026-05-06',
        noticeOn: '2026-05-06',
        publicityFrom: null,
        publicityUntil: null,
        amountFen: yuan(2_000_000),
        ...given,
      }),
    )
  it('PRO-T04 PRO-R05 intention of 2026-04-06: start on 05-06, not on 05-05', () => {
    expect(start({})).toEqual([])
    expect(start({ startedOn: '2026-05-05' })).toEqual(['PRO-R05'])
    expect(start({ intentionOn: null })).toEqual(['PRO-R05'])
    expect(start({ noticeOn: null })).toEqual(['PRO-R06'])
  })

  it('PRO-R13 a single source above the tender figure is published five working days before', () => {
    const single = { method: 'single-source' as const, noticeOn: null, startedOn: '2026-05-20' }
    expect(start(single)).toEqual(['PRO-R13'])
    // From Monday 2026-05-11: Tuesday is the first, Monday 2026-05-18 the fifth working day.
    expect(start({ ...single, publicityFrom: '2026-05-11', publicityUntil: '2026-05-17' })).toEqual(['PRO-R13'])
    expect(start({ ...single, publicityFrom: '2026-05-11', publicityUntil: '2026-05-18' })).toEqual([])
    expect(
      start({ ...single, publicityFrom: '2026-05-11', publicityUntil: '2026-05-18', startedOn: '2026-05-18' }),
    ).toEqual(['PRO-R13'])
    expect(start({ ...single, amountFen: yuan(1_999_999) })).toEqual([])
  })

  const firm = (at: number, priceFen: number, valid = true) => ({
    name: `第${at}供应商`,
    creditCode: `91140100MA0K${10_000 + at}X`,
    priceFen,
    valid,
    size: 'small' as const,
  })
  const award = (given: Partial<Awarding>): string[] =>
    codesOf(
      checkAward(testTable, calendar, '140100', {
        method: 'open-tender',
        noticeOn: '2026-05-06',
        openedOn: '2026-05-26',
        awardedOn: '2026-05-28',
        bidders: [firm(1, yuan(100)), firm(2, yuan(110)), firm(3, yuan(120))],
        winner: 0,
        amountFen: yuan(100),
        committedFen: yuan(130),
        ...given,
      }),
    )
  it('PRO-R06 the notice stands twenty days before the opening, a document of inquiry three working days', () => {
    expect(award({})).toEqual([])
    expect(award({ openedOn: '2026-05-25' })).toEqual(['PRO-R06'])
    expect(award({ method: 'inquiry', openedOn: '2026-05-11' })).toEqual([])
    expect(award({ method: 'inquiry', openedOn: '2026-05-08' })).toEqual(['PRO-R06'])
    expect(award({ method: 'consultation', openedOn: '2026-05-16' })).toEqual([])
    expect(award({ awardedOn: '2026-05-25' })).toEqual(['PRO-R06'])
  })
  it('PRO-R07 three valid suppliers, each once', () => {
    expect(award({ bidders: [firm(1, yuan(100)), firm(2, yuan(110)), firm(3, yuan(120), false)] })).toEqual(['PRO-R07'])
    expect(award({ bidders: [firm(1, yuan(100)), firm(1, yuan(110)), firm(3, yuan(120))] })).toEqual(['PRO-R07'])
    expect(award({ method: 'framework', noticeOn: null, bidders: [firm(1, yuan(100))] })).toEqual([])
  })
  it('A34-2 the award stays within offer and plan; an inquiry goes to the lowest', () => {
    expect(award({ amountFen: yuan(101) })).toEqual(['PRO-AWARD'])
    expect(award({ committedFen: yuan(99) })).toEqual(['PRO-AWARD'])
    expect(award({ winner: 1, amountFen: yuan(110) })).toEqual([])
    expect(award({ method: 'inquiry', winner: 1, amountFen: yuan(110) })).toEqual(['PRO-INQUIRY'])
    expect(award({ winner: 7 })).toEqual(['PRO-AWARD'])
  })
})

describe('contract', () => {
  const signed = (given: Partial<Contracting>, item: Partial<Contracting['items'][number]> = {}) =>
    checkContract(testTable, calendar, '140100', {
      kind: 'goods',
      awardFen: yuan(50_000),
      awardedOn: '2026-09-21',
      signedOn: '2026-09-29',
      deliverBy: '2026-10-30',
      termFrom: null,
      termUntil: null,
      bondFen: 0,
      priceApproval: '',
      items: [
        {
          name: '台式计算机',
          ledgerLineId: lineId,
          standardCode: 'item.desktop',
          quantity: 10,
          contractQuantity: 10,
          contractPriceFen: yuan(5_000),
          ...item,
        },
      ],
      held: new Map([[lineId, yuan(50_000)]]),
      ...given,
    })
  it('PRO-R10 never more than the award, the plan line, the standard or what was asked for', () => {
    expect(codesOf(signed({}))).toEqual([])
    expect(codesOf(signed({ awardFen: yuan(49_999) }))).toEqual(['PRO-R10'])
    expect(codesOf(signed({ held: new Map([[lineId, yuan(49_999)]]) }))).toEqual(['PRO-R10'])
    expect(codesOf(signed({}, { contractQuantity: 9, contractPriceFen: yuan(5_000) + 1 }))).toEqual(['PRO-R10'])
    expect(codesOf(signed({}, { contractQuantity: 11, contractPriceFen: 1 }))).toEqual(['PRO-R10'])
  })
  it('PRO-R08 PRO-T05 signed by 2026-10-21 passes, later is marked', () => {
    const flag = (signedOn: string) => outcomeOf(signed({ signedOn }), 'PRO-R08')[0]?.outcome
    expect([flag('2026-10-21'), flag('2026-10-22')]).toEqual(['ok', 'warn'])
  })
  it('PRO-R12 A13-1 service contracts of three years, started years whole', () => {
    const term = (from: string | null, until: string | null) =>
      codesOf(signed({ kind: 'services', termFrom: from, termUntil: until }, { standardCode: null }))
    expect(term('2026-10-01', '2029-09-30')).toEqual([])
    expect(term('2026-10-01', '2029-10-01')).toEqual(['PRO-R12'])
    expect(term(null, null)).toEqual(['PRO-R12'])
  })
  it('a bond of a tenth is the most', () => {
    expect(codesOf(signed({ bondFen: yuan(5_000) }))).toEqual([])
    expect(codesOf(signed({ bondFen: yuan(5_000) + 1 }))).toEqual(['PRO-BOND'])
  })
})

describe('acceptance, payment, cards', () => {
  const came = (given: Partial<Parameters<typeof mayAccept>[0][number]>) => {
    const verdict = mayAccept(
      [{ name: '台', contracted: 10, alreadyAccepted: 4, delivered: 6, accepted: 6, note: '', ...given }],
      {
        deliveredOn: '2026-10-01',
        signedOn: '2026-09-29',
        today: '2026-10-02',
      },
    )
    return verdict.ok ? [] : verdict.refusals.map(({ code }) => code)
  }
  it('A11-1 nothing beyond the contract; what is faulty is said', () => {
    expect(came({})).toEqual([])
    expect(came({ delivered: 7, accepted: 7 })).toEqual(['beyond-contract'])
    expect(came({ accepted: 5 })).toEqual(['fault-unexplained'])
    expect(came({ accepted: 5, note: '外壳破损' })).toEqual([])
    expect(came({ delivered: 0, accepted: 0 })).toEqual(['nothing-delivered'])
    expect(came({ delivered: 5 })).toEqual(['accepted-beyond-delivered'])
  })

  it('PRO-R14 payments never pass what was accepted, in whatever order they come', () =>
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.array(fc.integer({ min: 1, max: 400_000 }), { maxLength: 12 }),
        (acceptedFen, asked) => {
          const paidFen = asked.reduce(
            (paid, amountFen) =>
              mayPay(
                { acceptedFen, paidFen: paid, pendingFen: 0 },
                { amountFen, invoiceOn: '2026-10-01' },
                '2026-10-01',
              ).ok
                ? paid + amountFen
                : paid,
            0,
          )
          expect(paidFen).toBeLessThanOrEqual(acceptedFen)
        },
      ),
    ))

  it('A34-1 a payment is taken from the plan lines whole, none beyond what was accepted of it', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(10_000), fc.nat(10_000)), { minLength: 1, maxLength: 6 }),
        fc.nat(60_000),
        (pairs, wanted) => {
          const lines = pairs.map(([a, b], at) => ({
            ledgerLineId: String(at),
            acceptedFen: Math.max(a, b),
            paidFen: Math.min(a, b),
          }))
          const room = sum(lines.map(({ acceptedFen, paidFen }) => acceptedFen - paidFen))
          if (wanted > room) {
            expect(() => allocate(wanted, lines)).toThrow(RangeError)
            return
          }
          const parts = allocate(wanted, lines)
          expect(sum(parts.map(({ amountFen }) => amountFen))).toBe(wanted)
          for (const { ledgerLineId, amountFen } of parts) {
            const line = lines.find((one) => one.ledgerLineId === ledgerLineId)
            expect(amountFen).toBeLessThanOrEqual((line?.acceptedFen ?? 0) - (line?.paidFen ?? 0))
          }
        },
      ),
    ))

  it('PRO-R16 A12-2 as many things on cards as were asked for, never more than accepted', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 80 }),
        fc.boolean(),
        fc.nat(5),
        (left, pieces, together, serials) => {
          const wanted = { serialNumbers: Array.from({ length: serials }, (_, at) => `SN${at}`), pieces, together }
          const item = { name: '台式计算机', classCode: 'A02010105', left }
          if (!mayMakeCards(item, wanted).ok) return
          const cards = cardsFor(left, wanted)
          expect(sum(cards.map(({ quantity }) => quantity))).toBeLessThanOrEqual(left)
          expect(new Set(cards.map(({ serialNumber }) => serialNumber).filter(Boolean)).size).toBe(
            Math.min(serials, cards.length),
          )
        },
      ),
    ))

  it('money of a part of a piece is rounded to the 分', () => {
    expect(costOf(2.5, 333)).toBe(833)
    expect(costOf(3, 999_999_999_999)).toBe(2_999_999_999_997)
  })
})

describe('terms and cases', () => {
  it('CAL-R05 the standards and the register of duties count every term alike', () => {
    for (const [term, code] of Object.entries(termCodes)) {
      const rule = termOf(term)?.rule
      expect(termOf(term)?.carrier, term).toEqual({ by: 'record', module: 'procurement' })
      if (code !== null)
        expect(rule?.kind === 'after-event' && rule.duration, term).toEqual(
          durationIn(figureFor(testTable, code, 'term').value),
        )
    }
  })

  it('every state admits these steps and no others', () => {
    expect([caseKindFaults(purchaseCase), caseKindFaults(paymentCase)]).toEqual([[], []])
    const expected: Record<PurchaseState, string[]> = {
      draft: ['submit', 'withdraw'],
      submitted: ['withdraw', 'giveBack', 'approve', 'refer'],
      'finance-review': ['consent', 'refuse'],
      purchasing: ['award', 'terminate'],
      awarded: ['contract', 'terminate'],
      contracted: ['accept', 'close'],
      accepting: ['signPart', 'signAll', 'returnAcceptance'],
      accepted: ['supplement', 'close'],
      closed: [],
      withdrawn: [],
      terminated: [],
    }
    expect(Object.fromEntries(purchaseStates.map((state) => [state, transitionsFrom(purchaseCase, state)]))).toEqual(
      expected,
    )
  })

  it('nothing asked for is worse than a request without its plan line', () =>
    expect(worstOutcome(judgeRequest(facts({ lines: new Map() }), request()).findings)).toBe('block'))
})
