import { describe, expect, it } from 'vitest'
import { draftFacts, itemValue, standardChange, standardRow } from '../testing/facts.ts'
import { checkDraft } from './draft.ts'
import type { DraftFacts } from './facts.ts'

/** Rules that block, with the place they name. */
const blocking = (facts: DraftFacts) =>
  checkDraft(facts)
    .filter(({ outcome }) => outcome === 'block')
    .map(({ rule, field }) => `${rule} ${field ?? ''}`)
const rulesOf = (facts: DraftFacts) => checkDraft(facts).map(({ rule, outcome }) => `${rule} ${outcome}`)
const head = draftFacts().head
const withHead = (changes: Partial<DraftFacts['head']>) => draftFacts({ head: { ...head, ...changes } })
const provincial = (changes: Partial<DraftFacts> = {}) =>
  draftFacts({ jurisdictionCode: '140000', rows: [], ...changes })

describe('what blocks a draft, with place and remedy', () => {
  it('a sound draft is not blocked', () => {
    expect(blocking(draftFacts())).toEqual([])
  })
  it('every block says what to do, and rests on a ground', () => {
    const worst = draftFacts({
      head: { documentTitle: '', reason: '', inForceOn: '2020-01-01', retroactiveGround: '' },
      changes: [standardChange({ code: 'nonsense', reason: '', value: itemValue({ priceCapFen: null }) })],
      consultation: null,
    })
    const found = checkDraft(worst).filter(({ outcome }) => outcome === 'block')
    expect(found.length).toBeGreaterThan(5)
    for (const { message, remedy, basis, field } of found) {
      expect([message, remedy]).toEqual([message, expect.stringMatching(/。$/)])
      expect(basis.norm).not.toBeNull()
      expect(field).not.toBeNull()
    }
  })
  it.each([
    ['no document to cite', withHead({ documentTitle: '' }), 'STD-R01 documentTitle'],
    ['no reason', withHead({ reason: '' }), 'STD-R01 reason'],
    ['no day', withHead({ inForceOn: null }), 'STD-R02 inForceOn'],
    ['A9-2 a day that has passed, without ground', withHead({ inForceOn: '2026-11-22' }), 'STD-R02 inForceOn'],
    ['no reason for a figure', draftFacts({ changes: [standardChange({ reason: '' })] }), 'STD-R01 changes.0.reason'],
    [
      'a code outside the system of standards (A15-1)',
      draftFacts({ changes: [standardChange({ code: 'unknown.thing' })] }),
      'STD-R01 changes.0.code',
    ],
    [
      'the wrong form',
      draftFacts({
        changes: [standardChange({ value: { form: 'term', amount: 5, unit: 'day' } })],
      }),
      'STD-R01 changes.0.value.form',
    ],
    [
      'a rank where the code knows none',
      draftFacts({ changes: [standardChange({ rank: 'bureau-chief' })], rows: [] }),
      'STD-R01 changes.0.rank',
    ],
    [
      'A9-3 a draft of the authority with money in it',
      draftFacts({
        changes: [
          standardChange({
            code: 'quota.office',
            kind: 'expenditure-quota',
            value: { form: 'amount', amountFen: 100_000, per: '人年', bound: 'at-most' },
            restsOn: ['item.desktop'],
          }),
        ],
      }),
      'STD-R01 changes.0.code',
    ],
    ['A44-1 a mark of secrecy', draftFacts({ head: { ...head, reason: '依据机密★10年文件' } }), 'STD-R08 reason'],
  ] as const)('%s', (_, facts, place) => {
    expect(blocking(facts)).toContain(place)
  })
  it('a past day with its ground is told, not blocked', () => {
    expect(rulesOf(withHead({ inForceOn: '2026-10-01', retroactiveGround: '省级文件规定自10月1日起执行' }))).toContain(
      'STD-R02 warn',
    )
  })
})

describe('A9-1 those served are asked first', () => {
  it.each([
    ['never asked', null],
    ['asked, not closed', { closed: false, consulted: {} }],
    ['closed, but not about this row', { closed: true, consulted: {} }],
  ] as const)('%s: blocked', (_, consultation) => {
    expect(blocking(draftFacts({ consultation })).some((place) => place.startsWith('STD-R06'))).toBe(true)
  })
  it('what was changed after the opinions came is told', () => {
    const asked = draftFacts()
    const changed = { ...asked, changes: [standardChange({ value: itemValue({ priceCapFen: 480_000 }) })] }
    expect(rulesOf(changed)).toContain('STD-R06 warn')
    expect(blocking(changed)).toEqual([])
  })
  it('parameters of procedure, expenditure and the catalogue need no consultation', () => {
    const parameter = standardChange({
      code: 'plan.store-query-days',
      kind: 'parameter',
      title: '公物仓查询有效期',
      value: { form: 'term', amount: 20, unit: 'day' },
    })
    expect(blocking(provincial({ matter: 'parameter', changes: [parameter], consultation: null }))).toEqual([])
  })
})

describe('A6-2 provincial standards bind below', () => {
  it('a looser cap is refused with the ground of Art. 6 para 2', () => {
    const looser = draftFacts({ changes: [standardChange({ value: itemValue({ priceCapFen: 600_000 }) })] })
    const [found] = checkDraft(looser).filter(({ rule, outcome }) => rule === 'STD-R04' && outcome === 'block')
    expect(found?.basis).toEqual({ norm: 'A6-2', citation: expect.stringContaining('第六条第二款') })
    expect(found?.message).toContain('价格上限')
    expect(found?.steps[0]?.result).toBe('更宽')
  })
  it('unless the row above leaves it to the levels below', () => {
    const above = standardRow()
    const changes = [standardChange({ value: itemValue({ priceCapFen: 600_000 }) })]
    expect(blocking(draftFacts({ rows: [above], changes, localRows: new Set([above.id]) }))).toEqual([])
  })
  it('the nearest level above counts: a county is bound by its city', () => {
    const rows = [
      standardRow(),
      standardRow({ jurisdictionCode: '140100', value: itemValue({ priceCapFen: 420_000 }), from: '2025-01-01' }),
    ]
    const changes = [standardChange({ value: itemValue({ priceCapFen: 450_000 }) })]
    expect(blocking(draftFacts({ jurisdictionCode: '140121', rows, changes }))).toContain('STD-R04 changes.0.value')
  })
  it('what is left open may be filled', () => {
    expect(blocking(draftFacts({ rows: [] }))).toEqual([])
    const open = standardRow({ value: itemValue({ priceCapFen: null }) })
    expect(blocking(draftFacts({ rows: [open] }))).toEqual([])
  })
  it('the same as above is superfluous, not wrong', () => {
    expect(rulesOf(draftFacts({ changes: [standardChange({ value: itemValue() })] }))).toContain('STD-R04 warn')
  })
  it('a row for all ranks must not take the place of rows by rank', () => {
    const rows = [standardRow({ rank: 'division-chief' }), standardRow({ rank: 'clerk' })]
    expect(blocking(draftFacts({ rows }))).toContain('STD-R04 changes.0.rank')
  })
})

describe('A9-2 succession', () => {
  it('a revision of the row in force is sound; of one that another document ended it is not', () => {
    const old = standardRow({ jurisdictionCode: '140100', value: itemValue({ priceCapFen: 480_000 }) })
    const revision = [standardChange({ act: 'revise', replacesId: old.id })]
    expect(blocking(draftFacts({ rows: [standardRow(), old], changes: revision }))).toEqual([])
    const ended = { ...old, until: '2026-06-30' }
    const next = standardRow({ jurisdictionCode: '140100', from: '2026-07-01' })
    const rows = [standardRow(), ended, next]
    expect(blocking(draftFacts({ rows, changes: revision }))).toContain('STD-R03 changes.0.code')
  })
  it('the same key twice in one draft', () => {
    expect(blocking(draftFacts({ changes: [standardChange(), standardChange({}, 2)] }))).toContain(
      'STD-R03 changes.1.code',
    )
  })
  it('a parameter of the province is never left without a figure; a city falls back on the province', () => {
    const parameter = { code: 'plan.store-query-days', kind: 'parameter' as const, title: '公物仓查询有效期' }
    const value = { form: 'term' as const, amount: 30, unit: 'day' as const }
    const row = standardRow({ ...parameter, value, confidence: 'D' })
    const end = standardChange({ ...parameter, act: 'end', replacesId: row.id, value: null })
    expect(blocking(provincial({ matter: 'parameter', rows: [row], changes: [end] }))).toContain(
      'STD-R07 changes.0.act',
    )
    const own = standardRow({ ...parameter, value, jurisdictionCode: '140100' })
    const ends = standardChange({ ...parameter, act: 'end', replacesId: own.id, value: null })
    expect(blocking(draftFacts({ matter: 'parameter', rows: [row, own], changes: [ends] }))).toEqual([])
  })
})

describe('A9-3 money rests on a quota or a service standard', () => {
  const quota = (restsOn: string[]) =>
    provincial({
      matter: 'expenditure',
      consultation: null,
      changes: [
        standardChange({
          code: 'spending.cleaning',
          kind: 'spending-standard',
          title: '保洁服务开支标准',
          value: { form: 'amount', amountFen: 3_000, per: '㎡·月', bound: 'at-most' },
          restsOn,
        }),
      ],
    })
  it('names one that is in force', () => {
    expect(blocking(quota(['service.cleaning']))).toEqual([])
    expect(blocking(quota([]))).toEqual(['STD-R05 changes.0.restsOn'])
    expect(blocking(quota(['service.nothing']))).toEqual(['STD-R05 changes.0.restsOn'])
  })
})

describe('contradictory figures (A15-1)', () => {
  it('a most below the least is refused at its field', () => {
    const years = { form: 'years' as const, minimumYears: 8, maximumYears: 6, mustBeExceeded: false }
    const change = standardChange({ code: 'office.repair-interval', title: '维修改造间隔', value: years })
    expect(blocking(draftFacts({ changes: [change], rows: [] }))).toContain('STD-R01 changes.0.value.maximumYears')
  })

  const area = (areaM2: number) => ({ form: 'area' as const, areaM2, per: '人', bound: 'at-most' as const })
  const cap = (rank: 'division-chief' | 'clerk', areaM2: number, lineNo: number, row: { id: string }) =>
    standardChange(
      {
        code: 'office.area-cap',
        title: '办公室使用面积上限',
        level: 'city',
        rank,
        value: area(areaM2),
        act: 'revise',
        replacesId: row.id,
      },
      lineNo,
    )
  const own = (rank: 'division-chief' | 'clerk', areaM2: number) =>
    standardRow({
      code: 'office.area-cap',
      title: '办公室使用面积上限',
      jurisdictionCode: '140100',
      level: 'city',
      rank,
      value: area(areaM2),
    })
  const [chief, clerk] = [own('division-chief', 24), own('clerk', 9)]
  it('a higher rank never gets less; a whole column may be lowered in one draft', () => {
    const less = draftFacts({ rows: [chief, clerk], changes: [cap('division-chief', 8, 1, chief)] })
    expect(blocking(less)).toContain('STD-R01 changes.0.value')
    const together = [cap('division-chief', 8, 1, chief), cap('clerk', 6, 2, clerk)]
    expect(blocking(draftFacts({ rows: [chief, clerk], changes: together }))).toEqual([])
  })
})
