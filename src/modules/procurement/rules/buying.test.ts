import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Level } from '#kernel/pure/actor.ts'
import { testTable } from '#modules/standards/testing/table.ts'
import type { PurchaseRequest } from '../model.ts'
import { checkAward, checkStart, type Awarding, type Starting } from './award.ts'
import { mayLetDepart, proposeMethod } from './method.ts'
import { checkMoreOfTheSame, heldKey, judgeRequest } from './request.ts'
import { calendar, yuan, organId, lineId, codesOf, outcomeOf, facts, request, plain } from '../testing/request-facts.ts'

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

  it('EQ-14 A11-2 parts below the limit that are together above it are said to be split; one alone, or one above it, is not', () => {
    const asked = (earlier: number[], amount: number) =>
      outcomeOf(
        judgeRequest(
          facts({ boughtSame: new Map([['法律咨询', earlier.map(yuan)]]) }),
          request(
            { kind: 'services', method: 'internal', organisation: 'self' },
            { ...plain, unitPriceFen: yuan(amount) },
          ),
        ).findings,
        'EQ-14',
      ).map(({ outcome }) => outcome)
    expect(asked([200_000], 99_999)).toEqual([])
    expect(asked([200_000], 100_000)).toEqual(['warn'])
    expect(asked([], 299_999)).toEqual([])
    expect(asked([300_000], 100_000)).toEqual([])
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

  it('A22-1 more of the same on a contract is held against the standard too: on order it counts, and the price is of the day', () => {
    const onOrder = (quantity: number) =>
      facts({ held: new Map([[heldKey(organId, 'item.desktop'), { quantity: 0, onOrder: quantity }]]) })
    const more = request({}, { quantity: 5 })
    expect(codesOf(checkMoreOfTheSame(onOrder(55), more))).toEqual([])
    expect(codesOf(checkMoreOfTheSame(onOrder(56), more))).toEqual(['EQ-01'])
    expect(codesOf(checkMoreOfTheSame(onOrder(0), request({}, { unitPriceFen: yuan(5_000) + 1 })))).toEqual(['EQ-02'])
  })

  it('A34-2 PRO-R01 a plan line buys in its own year: one that is over not even in a draft', () => {
    const on = (today: string) => codesOf(judgeRequest(facts({ today }), request()).findings)
    expect([on('2026-01-01'), on('2026-12-31')].flat()).not.toContain('PRO-R01')
    expect(on('2027-01-01')).toContain('PRO-R01')
    expect(on('2025-12-31')).toContain('PLAN-YEAR')
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

  it('EQ-05 EQ case 8: 10 laptops asked while the warehouse has 4: 4 are lent, at most 6 bought', () => {
    const laptops = (quantity: number, warehouse: number) => {
      const key = heldKey(organId, 'item.laptop')
      const { findings } = judgeRequest(
        facts({ inStock: new Map([[key, { warehouse, ownIdle: 0 }]]) }),
        request({}, { name: '便携式计算机', standardCode: 'item.laptop', quantity }),
      )
      return outcomeOf(findings, 'GWC-R01')[0]
    }
    expect(laptops(10, 4)).toMatchObject({ outcome: 'block', facts: { 可购置: 6 } })
    expect(laptops(10, 4)?.remedy).toContain('请先调剂4件，购置不超过6件')
    expect(laptops(6, 0)?.outcome).toBe('ok')
  })

  it('EQ-06 EQ-07 printers asked for count with those that are there and on order; colour needs its consent', () => {
    const printers = (code: string, quantity: number, given: Partial<PurchaseRequest> = {}) =>
      codesOf(
        judgeRequest(
          facts({
            held: new Map([
              [heldKey(organId, 'item.printer-a4-mono'), { quantity: 38, onOrder: 1 }],
              [heldKey(organId, 'item.printer-a3-mono'), { quantity: 8, onOrder: 0 }],
            ]),
          }),
          request(given, { name: '打印机', standardCode: code, quantity, unitPriceFen: yuan(1_000) }),
        ).findings,
      )
    // 60 people: 48 in all, of them 9 A3 and 1 in colour; 47 are there or coming.
    expect(printers('item.printer-a4-mono', 1)).toEqual([])
    expect(printers('item.printer-a4-mono', 2)).toEqual(['EQ-01'])
    expect(printers('item.printer-a3-mono', 2)).toEqual(['EQ-01', 'EQ-07'])
    expect(printers('item.printer-a4-colour', 1)).toEqual(['EQ-06'])
    expect(printers('item.printer-a4-colour', 1, { colourConsent: '机资〔2026〕3号' })).toEqual([])
  })

  it('EQ-10 EQ-11 furniture of 厅局级 for those of that rank, who have no second desk; no precious wood', () => {
    const desks = (code: string, quantity: number, has: [number, number], name = '办公桌') =>
      codesOf(
        judgeRequest(
          facts({
            held: new Map([
              [heldKey(organId, 'item.desk'), { quantity: has[0], onOrder: 0 }],
              [heldKey(organId, 'item.desk-bureau'), { quantity: has[1], onOrder: 0 }],
            ]),
          }),
          request({}, { name, unit: '张', standardCode: code, quantity, unitPriceFen: yuan(3_000) }),
        ).findings,
      )
    expect(desks('item.desk-bureau', 2, [58, 0])).toEqual([])
    expect(desks('item.desk-bureau', 2, [58, 1])).toEqual(['EQ-10'])
    expect(desks('item.desk', 2, [57, 1])).toEqual([])
    expect(desks('item.desk', 2, [57, 2])).toEqual(['EQ-01'])
    expect(desks('item.desk', 1, [0, 0], '红木办公桌')).toEqual(['EQ-11'])
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
