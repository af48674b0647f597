import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testTable } from '#modules/standards/testing/table.ts'
import { disposalForms, type CarriedOut } from '../model.ts'
import { caseKindFaults, transitionsFrom } from '#kernel/pure/case-kind.ts'
import { disposalCase, receiptCase } from '../cases.ts'
import {
  applicationKind,
  judgeApplication,
  leastLife,
  storesData,
  type ApplicationFacts,
  type ThingFacts,
} from './application.ts'
import { bringsProceeds, checkCarryingOut, type CarryingOutFacts } from './carrying-out.ts'
import { neededPapers } from './papers.ts'
import { checkProceeds, isLate, netProceeds } from './proceeds.ts'

const thing = (given: Partial<ThingFacts> = {}): ThingFacts => ({
  number: 'FY-1',
  name: '复印机',
  classCode: 'A02020100',
  item: 'item.copier',
  depreciation: 'asset.depreciation-office-equipment',
  costFen: 680_000,
  acquiredOn: '2019-03-08',
  condition: 'broken',
  state: 'in-use',
  heldBy: null,
  ...given,
})
const facts = (given: Partial<ApplicationFacts> = {}): ApplicationFacts => ({
  form: 'D5',
  level: 'county',
  appliedOn: '2026-11-20',
  encumbered: false,
  receiver: '',
  crossLevel: false,
  things: [thing()],
  papers: [{ kind: 'decision', number: '纪要3号', issuedOn: '2026-11-02' }],
  earlier: [],
  table: testTable,
  ...given,
})
const outcomes = (given: Partial<ApplicationFacts>) =>
  judgeApplication(facts(given)).judged.findings.map(({ rule, outcome }) => `${rule} ${outcome}`)

describe('A12-3 what an application needs', () => {
  it('AST-T07: nine laptops of 61,200 元 at seven years take the second path of a county', () => {
    const laptops = Array.from({ length: 9 }, (_, at) =>
      thing({
        number: `BJ-${at}`,
        classCode: 'A02010108',
        item: 'item.laptop',
        costFen: 680_000,
        acquiredOn: '2019-11-01',
      }),
    )
    const judged = judgeApplication(facts({ things: laptops }))
    expect(judged.tier.key).toBe('T2')
    expect(judged.judged.conclusion.says).toContain('61,200.00')
  })

  it('AST-R11 EQ-03 before the least life a certificate is needed, AST-R12 EQ-04 what is usable is offered to the warehouse first', () => {
    const young = [thing({ acquiredOn: '2024-01-01' })]
    expect(outcomes({ things: young })).toContain('AST-R11 block')
    const technical = { kind: 'technical' as const, number: '鉴1', issuedOn: '2026-11-01' }
    expect(outcomes({ things: young, papers: [...facts().papers, technical] })).toContain('AST-R11 needs-approval')
    expect(judgeApplication(facts({ things: young })).tier.key).toBe('T2')
    const usable = [thing({ condition: 'usable' })]
    expect(outcomes({ things: usable })).toContain('AST-R12 warn')
    const answer = { kind: 'warehouse' as const, number: '公物仓复函', issuedOn: '2026-11-03' }
    expect(outcomes({ things: usable, papers: [...facts().papers, answer] })).toContain('AST-R12 ok')
    expect(outcomes({})).not.toContain('AST-R12 warn')
  })

  it('AST-R07 only a loss is of what is missing; nothing held elsewhere goes', () => {
    expect(outcomes({ things: [thing({ state: 'missing' })] })).toContain('AST-R07 block')
    expect(outcomes({ form: 'D6', things: [thing({ state: 'missing', condition: 'gone' })] })).not.toContain(
      'AST-R07 block',
    )
    expect(outcomes({ things: [thing({ heldBy: '维修' })] })).toContain('card-engaged block')
  })

  it('AST-R24 what is invested, pledged or given as security is not disposed of', () => {
    for (const form of disposalForms) {
      expect(outcomes({ form, encumbered: true }), form).toContain('AST-R24 block')
      expect(outcomes({ form, encumbered: false }), form).not.toContain('AST-R24 block')
    }
  })

  it.each(disposalForms)('%s asks for its papers, and a decision of the unit always', (form) => {
    const kinds = neededPapers({ form, crossLevel: true, underLife: true, usablePastLife: true }).map(
      ({ kind }) => kind,
    )
    expect(kinds).toContain('decision')
    expect(
      {
        D1: ['decision', 'receiver-consent', 'receiver-level'],
        D2: ['decision', 'receiver-consent', 'qualification'],
        D3: ['decision'],
        D4: ['decision', 'counterpart'],
        D5: ['decision', 'technical', 'warehouse'],
        D6: ['decision', 'cause', 'responsibility', 'evidence'],
      }[form],
    ).toEqual(kinds)
  })

  it('AST-R22 however a batch is split into applications of one day, the last takes the path of the whole', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60_000_000 }), { minLength: 2, maxLength: 5 }),
        fc.constantFrom('province' as const, 'city' as const, 'county' as const),
        (parts, level) => {
          const whole = judgeApplication(facts({ level, things: parts.map((costFen) => thing({ costFen })) })).tier.key
          const last = judgeApplication(
            facts({
              level,
              things: [thing({ costFen: parts.at(-1) ?? 0 })],
              earlier: parts.slice(0, -1).map((batchFen) => ({ appliedOn: '2026-11-20', batchFen })),
            }),
          ).tier.key
          expect(last).toBe(whole)
        },
      ),
      { numRuns: 60 },
    ))

  it('kept inputs are judged again to the same findings', () => {
    const kept = JSON.parse(JSON.stringify(facts())) as ApplicationFacts
    expect(applicationKind.evaluate(kept, null)).toEqual(applicationKind.evaluate(facts(), null))
  })

  it('least life is that of the item, else of its depreciation; what has neither has none', () => {
    expect(leastLife(testTable, thing(), '2026-11-20')).toMatchObject({ years: 6, reached: true })
    expect(leastLife(testTable, thing({ item: null }), '2025-03-08')).toMatchObject({
      dueOn: '2025-03-08',
      reached: true,
    })
    expect(leastLife(testTable, thing({ item: null, depreciation: null }), '2026-11-20')).toBeNull()
  })
})

describe('carrying out', () => {
  const done: CarriedOut = {
    carriedOutOn: '2026-11-22',
    transferDocument: '',
    erasureRecord: '',
    appraisalReport: '评1',
    appraiser: '评估公司',
    appraisedFen: 10_000,
    tradingPlatform: '公共资源交易平台',
    tradeNumber: 'T-1',
    priceFen: 10_000,
    repriceDocument: '',
    receivedFen: 10_000,
    scrapCertificate: '',
    proceedsExpected: false,
  }
  const blocks = (given: Partial<CarryingOutFacts>, changes: Partial<CarriedOut> = {}) =>
    checkCarryingOut({
      form: 'D3',
      approvedOn: '2026-11-20',
      today: '2026-11-23',
      storingData: 0,
      vehicles: 0,
      received: false,
      table: testTable,
      ...given,
      done: { ...done, ...changes },
    })
      .filter(({ outcome }) => outcome === 'block')
      .map(({ rule }) => rule)

  it.each([
    ['a sale as it should be', {}, {}, []],
    ['AST-R09 no appraisal', {}, { appraisalReport: '' }, ['AST-R09']],
    ['AST-R09 no public trade', {}, { tradeNumber: '' }, ['AST-R09']],
    ['AST-R10 below the appraisal without consent', {}, { priceFen: 9_000 }, ['AST-R10']],
    ['AST-R10 below it with consent', {}, { priceFen: 9_000, repriceDocument: '函1' }, []],
    ['AST-R10 far below, consent or not', {}, { priceFen: 8_999, repriceDocument: '函1' }, ['AST-R10']],
    ['AST-R13 data not erased', { form: 'D5', storingData: 2 }, {}, ['AST-R13']],
    ['AST-R13 data erased', { form: 'D5', storingData: 2 }, { erasureRecord: '清1' }, []],
    ['a vehicle without its certificate', { form: 'D5', vehicles: 1 }, {}, ['AST-R08']],
    ['AST-R20 a transfer that nobody signed for', { form: 'D1' }, { transferDocument: '单1' }, ['AST-R20']],
    ['a transfer both signed', { form: 'D1', received: true }, { transferDocument: '单1' }, []],
    ['AST-R08 before the consent', { form: 'D5' }, { carriedOutOn: '2026-11-19' }, ['AST-R08']],
    ['AST-R08 on a day to come', { form: 'D5' }, { carriedOutOn: '2026-11-24' }, ['AST-R08']],
    ['AST-R09 an exchange of what nobody appraised', { form: 'D4' }, { receivedFen: null }, ['AST-R09']],
  ] as [string, Partial<CarryingOutFacts>, Partial<CarriedOut>, string[]][])('%s', (_, given, changes, rules) =>
    expect(blocks(given, changes)).toEqual(rules),
  )

  it('a transfer and a gift bring nothing, a sale always something', () =>
    expect(disposalForms.map((form) => bringsProceeds(form, { ...done, proceedsExpected: true }))).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
    ]))
})

describe('A12-5 proceeds', () => {
  it('net is what is left of the gross; costs never pass it', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 5, maxLength: 5 }), ([gross, ...costs]) => {
        const [taxesFen, appraisalFen, tradeFen, otherFen] = costs as [number, number, number, number]
        const sums = { grossFen: gross ?? 0, taxesFen, appraisalFen, tradeFen, otherFen }
        const verdict = checkProceeds(sums, {
          receivedOn: '2026-11-20',
          consentedOn: '2026-11-18',
          today: '2026-11-23',
        })
        expect(verdict.ok).toBe(netProceeds(sums) >= 0)
        expect(netProceeds(sums) + taxesFen + appraisalFen + tradeFen + otherFen).toBe(gross)
      }),
    ))

  it.each([
    ['2026-11-17', false],
    ['2026-11-18', true],
    ['2026-11-23', true],
    ['2026-11-24', false],
  ])('AST-R14 money may come on %s, from the consent on, before the thing is handed over: %s', (receivedOn, ok) => {
    const sums = { grossFen: 100, taxesFen: 0, appraisalFen: 0, tradeFen: 0, otherFen: 0 }
    expect(checkProceeds(sums, { receivedOn, consentedOn: '2026-11-18', today: '2026-11-23' }).ok).toBe(ok)
  })

  it.each([
    ['2026-10-16', null, '2026-10-16', false],
    ['2026-10-16', null, '2026-10-17', true],
    ['2026-10-16', '2026-10-16', '2026-11-30', false],
    ['2026-10-16', '2026-10-19', '2026-11-30', true],
  ])('AST-R14 due %s, paid %s, seen %s: late %s', (due, paid, now, late) => expect(isLate(due, paid, now)).toBe(late))
})

describe('A12-3 disposed things never come back', () => {
  it('EQ-13 whatever people do, things go only after finance has consented, and from there nothing leads back', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 30 }), (choices) => {
        let state: keyof typeof disposalCase.states = disposalCase.initial
        let consented = false
        const gone = new Set(['proceeds', 'closed'])
        for (const choice of choices) {
          const open = transitionsFrom(disposalCase, state)
          const move = open[choice % Math.max(1, open.length)]
          if (move === undefined) break
          const next = disposalCase.transitions[move].to
          if (move === 'consent' || move === 'passOn') consented = true
          if (gone.has(next)) expect(consented).toBe(true)
          if (gone.has(state)) expect(gone.has(next)).toBe(true)
          if (next === 'draft') consented = false
          state = next
        }
      }),
    ))
  it('both cases are whole', () => {
    expect(caseKindFaults(disposalCase)).toEqual([])
    expect(caseKindFaults(receiptCase)).toEqual([])
  })
  it('AST-R13 what has a disk: computers, copiers, multifunction devices; no furniture', () =>
    expect(['A02010105', 'A02020100', 'A02020400', 'A05010201', 'A02020200', null].map(storesData)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]))
})
