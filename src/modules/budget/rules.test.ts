import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseKindFaults, transitionsFrom } from '#kernel/pure/case-kind.ts'
import { cutToTotal } from '#modules/plans/offers.ts'
import type { CatalogueEntry, Centralised, EconomicCode, NeedKind, ThreePublicPart } from '#modules/standards/model.ts'
import { budgetCase } from './cases.ts'
import { budgetStates, budgetStateLabels } from './model.ts'
import { checkBudget, inState, mayMakeBudget, presentFen, usualFunctionalCode } from './rules.ts'
import { sumFen, type BudgetFacts, type LineFacts, type PlanLineFacts } from './rules/facts.ts'
import { controlByLine, mayApprove, mayControl } from './rules/figures.ts'
import { economicCodeFor } from './rules/lines.ts'
import { checkThreePublicSums, threePublicOf } from './rules/three-public.ts'

const codeOf = (
  code: string,
  title: string,
  needKinds: NeedKind[],
  threePublic: ThreePublicPart | null = null,
): [string, EconomicCode] => [
  code,
  {
    code,
    title,
    governmentCode: '50201',
    running: true,
    threePublic,
    needKinds,
    fromYear: 2018,
    untilYear: null,
    note: '',
  },
]
const economicCodes = new Map([
  codeOf('30201', '办公费', ['N01']),
  codeOf('30202', '印刷费', ['N01']),
  codeOf('30206', '电费', ['N01', 'N08']),
  codeOf('30209', '物业管理费', ['N08']),
  codeOf('30212', '因公出国（境）费用', ['N01'], 'SG1'),
  codeOf('30213', '维修（护）费', ['N03', 'N04', 'N07']),
  codeOf('30217', '公务接待费', ['N06'], 'SG3'),
  codeOf('30231', '公务用车运行维护费', ['N05'], 'SG2b'),
  codeOf('31002', '办公设备购置', ['N09']),
  codeOf('31008', '物资储备', []),
  codeOf('31009', '土地补偿', ['N02']),
  codeOf('31013', '公务用车购置', ['N05'], 'SG2a'),
])
const entryOf = (needKind: NeedKind, centralised: Centralised): [NeedKind, CatalogueEntry] => [
  needKind,
  {
    id: needKind,
    needKind,
    centralised,
    provided: false,
    items: [],
    note: '',
    jurisdictionCode: '140000',
    from: '2021-01-01',
    until: null,
    citation: '指导目录',
  },
]
const catalogue = new Map([
  entryOf('N01', 'no'),
  entryOf('N02', 'yes'),
  entryOf('N03', 'yes'),
  entryOf('N04', 'yes'),
  entryOf('N05', 'yes'),
  entryOf('N06', 'important-only'),
  entryOf('N07', 'yes'),
  entryOf('N08', 'in-compound'),
  entryOf('N09', 'where-provided'),
])

const office: PlanLineFacts = {
  id: 'p1',
  itemName: '办公费',
  needKind: 'N01',
  centralised: false,
  amountFen: 100_000_00,
}
const reception: PlanLineFacts = {
  id: 'p2',
  itemName: '公务接待',
  needKind: 'N06',
  centralised: false,
  amountFen: 30_000_00,
}
const computers: PlanLineFacts = {
  id: 'p3',
  itemName: '台式计算机',
  needKind: 'N09',
  centralised: false,
  amountFen: 70_000_00,
}
const lineOf = (planLine: PlanLineFacts, economicCode: string, more: Partial<LineFacts> = {}): LineFacts => ({
  id: `b-${planLine.id}`,
  planLineId: planLine.id,
  itemName: planLine.itemName,
  needKind: planLine.needKind,
  economicCode,
  amountFen: planLine.amountFen,
  ...more,
})
const fitting = [lineOf(office, '30201'), lineOf(reception, '30217'), lineOf(computers, '31002')]
const facts = (change: Partial<BudgetFacts> = {}): BudgetFacts => ({
  kind: 'organ',
  lines: fitting,
  planLines: new Map([office, reception, computers].map((line) => [line.id, line])),
  economicCodes,
  catalogue,
  inCompound: false,
  lastYearThreePublicFen: 30_000_00,
  control: null,
  ...change,
})
const found = (change: Partial<BudgetFacts> = {}) =>
  checkBudget(facts(change)).map(({ rule, outcome, field }) => `${rule} ${outcome} ${field ?? ''}`.trim())

describe('PLAN-R22 a budget line pays for a plan line (A31-1, A33-4)', () => {
  it('a budget that equals its plan has no findings', () => expect(found()).toEqual([]))
  it('a line without a plan line blocks', () =>
    expect(found({ lines: [...fitting, lineOf({ ...office, id: 'p9' }, '30201')] })).toEqual(['PLAN-R22 block b-p9']))
  it('two lines that would each fit pass the plan line together', () =>
    expect(found({ lines: [...fitting, lineOf(office, '30202', { id: 'b2', amountFen: 1 })] })).toEqual([
      'PLAN-R22 block p1',
    ]))
  it('splitting a plan line over codes is fine while the sum holds', () =>
    expect(
      found({
        lines: [
          lineOf(office, '30201', { amountFen: 60_000_00 }),
          lineOf(office, '30202', { id: 'b2', amountFen: 40_000_00 }),
          ...fitting.slice(1),
        ],
      }),
    ).toEqual([]))
  it('less than planned is said, not blocked; so is a plan line nothing pays for', () =>
    expect(found({ lines: [lineOf(office, '30201', { amountFen: 1 }), fitting[1] as LineFacts] })).toEqual([
      'PLAN-R22 warn p1',
      'PLAN-R22 warn p3',
    ]))
  it('a line cut to nothing needs no plan line', () =>
    expect(found({ lines: [...fitting, lineOf({ ...office, id: 'p9' }, '30201', { amountFen: 0 })] })).toEqual([]))
})

describe('PLAN-R21 the economic code fits', () => {
  it('an unknown code blocks', () =>
    expect(found({ lines: [lineOf(office, '30299x'), ...fitting.slice(1)] })).toEqual(['PLAN-R21 block b-p1']))
  it('a code of another kind of need warns', () =>
    expect(found({ lines: [lineOf(office, '31002'), ...fitting.slice(1)] })).toEqual(['PLAN-R21 warn b-p1']))
  it('a code without a kind of need serves any', () =>
    expect(found({ lines: [lineOf(office, '31008'), ...fitting.slice(1)] })).toEqual([]))
  it('the code of the plan line is kept when the table has it, else the first for its kind of need', () => {
    expect(economicCodeFor({ economicCode: '30206', needKind: 'N01' }, economicCodes)).toBe('30206')
    expect(economicCodeFor({ economicCode: '30999', needKind: 'N06' }, economicCodes)).toBe('30217')
    expect(economicCodeFor({ economicCode: '', needKind: 'N05' }, economicCodes)).toBe('30231')
  })
})

describe('PLAN-R07 centralised matters are in the authority’s budget (A10-1)', () => {
  const of = (
    needKind: PlanLineFacts['needKind'],
    economicCode: string,
    change: Partial<BudgetFacts> = {},
    centralised = false,
  ) => {
    const planLine = { ...office, needKind, centralised }
    return found({
      lines: [lineOf(planLine, economicCode)],
      planLines: new Map([[planLine.id, planLine]]),
      lastYearThreePublicFen: 1e12,
      ...change,
    })
  }
  it.each([
    ['N02', '31009'],
    ['N03', '30213'],
    ['N04', '30213'],
    ['N05', '30231'],
    ['N07', '30213'],
  ] as const)('%s blocks in an organ’s budget, not in the authority’s', (needKind, code) => {
    expect(of(needKind, code)).toEqual(['PLAN-R07 block b-p1'])
    expect(of(needKind, code, { kind: 'authority' })).toEqual([])
  })
  it('N08 blocks in a compound only', () => {
    expect(of('N08', '30209')).toEqual([])
    expect(of('N08', '30209', { inCompound: true })).toEqual(['PLAN-R07 block b-p1'])
  })
  it('N09 where the authority provides; N06 where the review marked it important; N01 never', () => {
    expect(of('N09', '31002')).toEqual([])
    const provided = new Map([
      ...catalogue,
      ['N09', { ...(catalogue.get('N09') as CatalogueEntry), provided: true }],
    ] as const)
    expect(of('N09', '31002', { catalogue: provided })).toEqual(['PLAN-R07 block b-p1'])
    expect(of('N06', '30217')).toEqual([])
    expect(of('N06', '30217', {}, true)).toEqual(['PLAN-R07 block b-p1'])
    expect(of('N01', '30201', { inCompound: true })).toEqual([])
  })
})

describe('三公 (PLAN-R20, PLAN-R16)', () => {
  const wan = (amount: number) => Math.round(amount * 1_000_000)
  const printed = (abroad: number, vehicles: number, reception2: number, total: number) => ({
    abroadFen: wan(abroad),
    vehiclesFen: wan(vehicles),
    vehiclePurchaseFen: 0,
    vehicleRunningFen: wan(vehicles),
    receptionFen: wan(reception2),
    totalFen: wan(total),
  })
  it('PLAN-T17: 181.76 + 57.06 + 23.17 printed as 262.00 passes', () =>
    expect(checkThreePublicSums(printed(181.76, 57.06, 23.17, 262))).toEqual([]))
  it('PLAN-R20: beyond 0.05 万元 blocks, at it passes', () => {
    expect(checkThreePublicSums(printed(1, 1, 1, 3.05))).toEqual([])
    expect(checkThreePublicSums(printed(1, 1, 1, 3.0501)).map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual([
      'PLAN-R20 block',
    ])
  })
  it('PLAN-R20: SG2 is SG2a + SG2b', () =>
    expect(checkThreePublicSums({ ...printed(1, 2, 1, 4), vehiclePurchaseFen: wan(1) })).toMatchObject([
      { rule: 'PLAN-R20', outcome: 'block', facts: { '分项之和（分）': wan(3) } },
    ]))
  it('only falls: equal passes, one 分 more needs approval, unknown last year warns', () => {
    expect(found({ lastYearThreePublicFen: 30_000_00 })).toEqual([])
    expect(found({ lastYearThreePublicFen: 29_999_99 })).toEqual(['PLAN-R16 needs-approval'])
    expect(found({ lastYearThreePublicFen: null })).toEqual(['PLAN-R16 warn'])
    expect(found({ lastYearThreePublicFen: null, lines: [fitting[0], fitting[2]] as LineFacts[] })).toEqual([
      'PLAN-R22 warn p2',
    ])
  })
  it('the total is always the sum of its parts and never passes the budget', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ economicCode: fc.constantFrom(...economicCodes.keys()), amountFen: fc.nat(1e10) })),
        (lines) => {
          const { totalFen, abroadFen, vehiclePurchaseFen, vehicleRunningFen, receptionFen } = threePublicOf(
            lines,
            economicCodes,
          )
          expect(abroadFen + vehiclePurchaseFen + vehicleRunningFen + receptionFen).toBe(totalFen)
          expect(totalFen).toBeLessThanOrEqual(sumFen(lines))
        },
      ),
    ))
})

describe('控制数 control figures (A33-4)', () => {
  const lines = [
    { id: 'a', itemName: '甲', amountFen: 100 },
    { id: 'b', itemName: '乙', amountFen: 200 },
    { id: 'c', itemName: '丙', amountFen: 300 },
  ]
  const control = (totalFen: number, set: [string, number][] = []) => [
    ...controlByLine(lines, totalFen, new Map(set), cutToTotal).values(),
  ]
  const refusals = (totalFen: number, set: [string, number][] = []) => {
    const verdict = mayControl(lines, totalFen, new Map(set), cutToTotal)
    return verdict.ok ? [] : verdict.refusals.map(({ code }) => code)
  }
  it('a total alone cuts in proportion', () => expect(control(300)).toEqual([50, 100, 150]))
  it('a line finance set stands; the others carry the cut', () =>
    expect(control(450, [['c', 300]])).toEqual([50, 100, 300]))
  it('refuses what passes the proposal, does not add up, or is no line of the budget', () => {
    expect(refusals(600)).toEqual([])
    expect(refusals(601)).toEqual(['above-proposal'])
    expect(refusals(500, [['a', 101]])).toEqual(['above-proposal'])
    expect(
      refusals(500, [
        ['a', 100],
        ['b', 200],
        ['c', 100],
      ]),
    ).toEqual(['sum-differs'])
    expect(refusals(100, [['c', 300]])).toEqual(['sum-differs'])
    expect(refusals(500, [['x', 1]])).toEqual(['unknown-line'])
  })
  it('whatever is admitted adds up to the total to the 分， raises nothing, and keeps the lines set', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(1e12), fc.boolean(), fc.nat(100)), { minLength: 1, maxLength: 40 }),
        fc.nat(1000),
        (rows, permille) => {
          const asked = rows.map(([amountFen], index) => ({ id: String(index), itemName: '', amountFen }))
          const set = new Map(
            rows.flatMap(([amountFen, isSet, percent], index) =>
              isSet ? [[String(index), Math.floor((amountFen * percent) / 100)] as const] : [],
            ),
          )
          const totalFen = Math.floor((sumFen(asked) * permille) / 1000)
          const figures = controlByLine(asked, totalFen, set, cutToTotal)
          for (const { id, amountFen } of asked) expect(figures.get(id)).toBeLessThanOrEqual(amountFen)
          for (const [id, amountFen] of set) expect(figures.get(id)).toBe(amountFen)
          if (mayControl(asked, totalFen, set, cutToTotal).ok)
            expect([...figures.values()].reduce((a, b) => a + b, 0)).toBe(totalFen)
          if (set.size === 0) expect(mayControl(asked, totalFen, set, cutToTotal).ok).toBe(true)
        },
      ),
    ))
})

describe('草案与批复 draft and reply', () => {
  const control = (figures: [string, number][]) => ({
    totalFen: figures.reduce((sum, [, fen]) => sum + fen, 0),
    byLine: new Map(figures),
  })
  const same = fitting.map(({ id, amountFen }) => [id, amountFen] as [string, number])
  it('A33-4: the draft keeps within the control total', () => {
    expect(found({ control: control(same) })).toEqual([])
    expect(found({ control: { ...control(same), totalFen: 199_999_99 } })).toEqual(['A33-4 block'])
  })
  it('PLAN-R15: 302 to 310 needs finance', () => {
    const moved = [
      lineOf(office, '30201', { amountFen: 90_000_00 }),
      lineOf(office, '31002', { id: 'b2', amountFen: 10_000_00 }),
      ...fitting.slice(1),
    ]
    expect(found({ lines: moved, control: control([...same, ['b2', 0]]) })).toContain('PLAN-R15 needs-approval')
  })
  it('PLAN-R15, PLAN-T20: into 三公 needs finance; less of everything does not', () => {
    const lines = [
      lineOf(office, '30201', { amountFen: 70_000_00 }),
      lineOf(office, '30217', { id: 'b2', amountFen: 30_000_00 }),
      ...fitting.slice(1),
    ]
    const rules = checkBudget(facts({ lines, control: control([...same, ['b2', 0]]) }))
      .filter(({ outcome }) => outcome === 'needs-approval')
      .map(({ rule }) => rule)
    expect(rules).toEqual(['PLAN-R15', 'PLAN-R16'])
    expect(
      found({
        lines: fitting.map((line) => ({ ...line, amountFen: line.amountFen - 1 })),
        control: control(same),
      }).filter((text) => text.includes('R15')),
    ).toEqual([])
  })
  it('what needs approval is approved with its ground named, and not before the day of the reply', () => {
    const findings = checkBudget(facts({ lastYearThreePublicFen: 0 }))
    const codes = (opinion: string | undefined, repliedOn = '2026-02-10') => {
      const verdict = mayApprove(findings, { opinion, repliedOn, today: '2026-02-10' })
      return verdict.ok ? [] : verdict.refusals.map(({ code }) => code)
    }
    expect(codes(undefined)).toEqual(['PLAN-R16'])
    expect(codes('  ')).toEqual(['PLAN-R16'])
    expect(codes('省政府专题会议纪要〔2026〕3号')).toEqual([])
    expect(codes('省政府专题会议纪要〔2026〕3号', '2026-02-11')).toEqual(['future-reply'])
  })
})

describe('两上两下 the way of a budget', () => {
  it('has the states of the budget, each with its exits', () => {
    expect(caseKindFaults(budgetCase)).toEqual([])
    expect(Object.keys(budgetCase.states)).toEqual([...budgetStates])
    for (const state of budgetStates) expect(budgetCase.states[state].label).toBe(budgetStateLabels[state])
    expect(Object.fromEntries(budgetStates.map((state) => [state, transitionsFrom(budgetCase, state)]))).toEqual({
      draft: ['propose'],
      proposed: ['control', 'returnProposal'],
      controlled: ['draft'],
      drafted: ['approve', 'returnDraft'],
      approved: [],
    })
  })
  it('A33-4: only an issued plan has a budget made', () =>
    expect(
      ['draft', 'consulting', 'issued', 'in-force', 'superseded'].filter((state) => mayMakeBudget({ state }).ok),
    ).toEqual(['issued']))
  it('the figure of the step counts', () => {
    const line = { proposedFen: 1, draftedFen: 2, approvedFen: 3 }
    expect(budgetStates.map((state) => presentFen(line, state))).toEqual([1, 1, 2, 2, 3])
  })
  it('an act out of its step is refused by name', () => {
    expect(inState({ state: 'draft' }, 'draft').ok).toBe(true)
    expect(inState({ state: 'approved' }, 'proposed', 'drafted')).toMatchObject({
      ok: false,
      refusals: [{ code: 'state' }],
    })
  })
  it('usual functional codes have 7 digits', () => {
    for (const code of Object.values(usualFunctionalCode)) expect(code).toMatch(/^2\d{6}$/)
  })
})
