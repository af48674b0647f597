import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countyForm, shanxiJurisdictions } from './reference/jurisdictions.ts'
import { demonstrationCreditCode, demonstrationHeadcount, demonstrationOrgans } from './reference/demonstration.ts'
import {
  approvedPosts,
  hasRestrictedTotals,
  isBelow,
  isWithin,
  mayHoldPublicProperty,
  organKindLabels,
  peopleInPost,
  ranks,
  staffInPost,
  type Jurisdiction,
  type OrganKind,
} from './model.ts'
import {
  creditCodeCheck,
  headcountFindings,
  isCreditCode,
  mayActOnLevel,
  mayBeSupervisedBy,
  mayClose,
  mayDropParts,
  mayRename,
  organFindings,
  type Closing,
  type OrganDraft,
  type OrganSurroundings,
} from './rules.ts'

const city: Jurisdiction & { active: boolean } = {
  code: '140100',
  name: '太原市',
  level: 'city',
  parentCode: '140000',
  functionalZone: false,
  active: true,
}
const draft: OrganDraft = {
  jurisdictionCode: '140100',
  name: '太原市档案馆',
  kind: 'K13',
  parts: [],
  creditCode: null,
  tradeUnion: false,
}
const around: OrganSurroundings = { jurisdiction: city, soleParts: [], nameTaken: false, creditCodeOf: null }
const codesOf = (change: Partial<OrganDraft>, surroundings: Partial<OrganSurroundings> = {}) =>
  organFindings({ ...draft, ...change }, { ...around, ...surroundings }).map(
    ({ rule, outcome }) => `${rule} ${outcome}`,
  )

describe('registering an organ', () => {
  it('an organ of a listed kind in a city has no findings', () => expect(codesOf({})).toEqual([]))

  it.each(['', 'K00', 'K14', 'k01', '学校', 'toString'])('ORG-R01 A2-1 kind “%s” is not in the closed list', (kind) => {
    const [finding] = organFindings({ ...draft, kind }, around)
    expect(finding).toMatchObject({ rule: 'ORG-R01', outcome: 'block', field: 'kind', basis: { norm: 'A2-1' } })
    for (const label of Object.values(organKindLabels)) expect(finding?.remedy).toContain(label)
  })

  it('ORG-R01 A2-1 exactly the thirteen kinds of Art. 2 pass', () => {
    const kinds = Object.keys(organKindLabels)
    expect(kinds).toHaveLength(13)
    for (const kind of kinds) expect(codesOf({ kind })).toEqual([])
  })

  it('ORG-R02 a code that is unknown or no longer in force is refused', () => {
    expect(codesOf({ jurisdictionCode: '149999' }, { jurisdiction: null })).toEqual(['ORG-R02 block'])
    expect(codesOf({}, { jurisdiction: { ...city, active: false } })).toEqual(['ORG-R02 block'])
  })

  it('ORG-R03 a functional zone is no level of government', () => {
    const zone = shanxiJurisdictions().find(({ code }) => code === '140171') as Jurisdiction
    expect(codesOf({ jurisdictionCode: '140171' }, { jurisdiction: { ...zone, active: true } })).toEqual([
      'ORG-R03 block',
    ])
  })

  it('A6-1 a second authority is refused and the first is named', () => {
    const findings = organFindings(
      { ...draft, parts: ['authority', 'audit'] },
      { ...around, soleParts: [{ part: 'authority', organName: '太原市机关事务管理局' }] },
    )
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ rule: 'A6-1', outcome: 'block', basis: { norm: 'A6-1' } })
    expect(findings[0]?.message).toContain('太原市机关事务管理局')
  })

  it('A6-3 a second finance department is refused; the authority nearby is no obstacle to it', () => {
    const soleParts = [
      { part: 'finance' as const, organName: '太原市财政局' },
      { part: 'authority' as const, organName: '太原市机关事务管理局' },
    ]
    expect(codesOf({ parts: ['finance'] }, { soleParts })).toEqual(['A6-3 block'])
  })

  it('A2-2 only a people’s organization is tagged as trade union; a name that says so is asked about', () => {
    expect(codesOf({ kind: 'K03', tradeUnion: true })).toEqual(['A2-2 block'])
    expect(codesOf({ kind: 'K10', name: '太原市总工会' })).toEqual(['A2-2 warn'])
    expect(codesOf({ kind: 'K10', name: '太原市总工会', tradeUnion: true })).toEqual([])
  })

  it('A2-2 a trade union holds no public property here, others do', () => {
    expect(mayHoldPublicProperty({ name: '太原市总工会', tradeUnion: true })).toMatchObject({
      ok: false,
      refusals: [{ code: 'trade-union-property', basis: { norm: 'A2-2' } }],
    })
    expect(mayHoldPublicProperty({ name: '太原市财政局', tradeUnion: false }).ok).toBe(true)
  })

  it('a name or credit code of another organ is refused, all refusals at once', () =>
    expect(
      codesOf({ kind: 'X', creditCode: '11140100MB0000000X' }, { nameTaken: true, creditCodeOf: '太原市财政局' }),
    ).toEqual(['ORG-R01 block', 'organ-name-taken block', 'credit-code block', 'credit-code-taken block']))
})

describe('credit codes', () => {
  it('codes with their published check character are accepted', () => {
    expect(isCreditCode('91350100M000100Y43')).toBe(true) // the standard's own example
    expect(isCreditCode('91350100M000100Y44')).toBe(false)
    expect(isCreditCode('91350100M000100Y4')).toBe(false)
    expect(isCreditCode('9135010OM000100Y43')).toBe(false)
  })

  it('one wrong character is always seen', () => {
    const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...characters), { minLength: 17, maxLength: 17 }),
        fc.nat(16),
        fc.constantFrom(...characters),
        (first, at, other) => {
          fc.pre(first[at] !== other)
          const code = first.join('') + creditCodeCheck(first.join(''))
          expect(isCreditCode(code)).toBe(true)
          expect(isCreditCode(code.slice(0, at) + other + code.slice(at + 1))).toBe(false)
        },
      ),
    )
  })
})

describe('headcount', () => {
  it('ORG-R05 more people than posts is warned about, by rank and in all, and never blocks', () => {
    const findings = headcountFindings([
      { rank: 'division-chief', approved: 2, inPost: 3 },
      { rank: 'clerk', approved: 10, inPost: 10 },
    ])
    expect(findings.map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual(['ORG-R05 warn', 'ORG-R05 warn'])
    expect(findings[0]?.facts).toEqual({ 职务层次: '县处级正职', '编制（人）': 2, '实有（人）': 3 })
  })

  it('ORG-R05 a rank over its posts within a total that fits is warned about once', () =>
    expect(
      headcountFindings([
        { rank: 'division-chief', approved: 2, inPost: 3 },
        { rank: 'clerk', approved: 10, inPost: 5 },
      ]),
    ).toHaveLength(1))

  it('a rank listed twice is refused', () =>
    expect(
      headcountFindings([
        { rank: 'clerk', approved: 1, inPost: 1 },
        { rank: 'clerk', approved: 2, inPost: 1 },
      ]),
    ).toMatchObject([{ rule: 'headcount-rank-twice', outcome: 'block' }]))

  it('ORG-R05 the n of quantity standards never passes the approved posts and never falls as people join', () => {
    const rows = fc.uniqueArray(
      fc.record({ rank: fc.constantFrom(...ranks), approved: fc.nat(200), inPost: fc.nat(200) }),
      { selector: ({ rank }) => rank, minLength: 1 },
    )
    fc.assert(
      fc.property(rows, (headcount) => {
        expect(staffInPost(headcount)).toBeLessThanOrEqual(approvedPosts(headcount))
        expect(staffInPost(headcount)).toBeLessThanOrEqual(peopleInPost(headcount))
        const joined = headcount.map((row, index) => (index === 0 ? { ...row, inPost: row.inPost + 1 } : row))
        expect(staffInPost(joined)).toBeGreaterThanOrEqual(staffInPost(headcount))
      }),
    )
  })
})

describe('closing', () => {
  const organ = { name: '清徐县某局', parts: [], jurisdictionCode: '140121', validFrom: '2021-01-01', validUntil: null }
  const closing: Closing = { organ, lastDay: '2026-06-30', dayAfter: '2026-07-01', ties: [], successor: null }
  const successor = { name: '清徐县另局', jurisdictionCode: '140121', validFrom: '2021-01-01', validUntil: null }
  const codes = (change: Partial<Closing>) => {
    const verdict = mayClose({ ...closing, ...change })
    return verdict.ok ? [] : verdict.refusals.map(({ code }) => code)
  }

  it('an organ that holds nothing closes', () => expect(codes({ ties: [{ label: '资产卡片', count: 0 }] })).toEqual([]))

  it('ORG-R06 one that holds cards or cars does not; each is counted', () => {
    const verdict = mayClose({
      ...closing,
      ties: [
        { label: '资产卡片', count: 12 },
        { label: '公务用车', count: 3 },
        { label: '公物仓借用', count: 0 },
      ],
    })
    expect(verdict).toMatchObject({
      ok: false,
      refusals: [{ code: 'ORG-R06', facts: { 资产卡片: 12, 公务用车: 3 }, basis: { norm: 'A23-1' } }],
    })
    if (!verdict.ok) expect(Object.keys(verdict.refusals[0]?.facts ?? {})).toHaveLength(2)
  })

  it.each(['authority', 'finance'] as const)('A6-1 the %s of a level closes only with a successor', (part) => {
    const carrying = { ...organ, parts: [part, 'audit' as const] }
    expect(codes({ organ: carrying })).toEqual(['A6-1'])
    expect(codes({ organ: carrying, successor })).toEqual([])
  })

  it('the successor is of the same jurisdiction and works on the day after', () => {
    expect(codes({ successor: { ...successor, jurisdictionCode: '140100' } })).toEqual(['successor-elsewhere'])
    expect(codes({ successor: { ...successor, validUntil: '2026-06-30' } })).toEqual(['successor-elsewhere'])
    expect(codes({ successor: { ...successor, validFrom: '2026-07-02' } })).toEqual(['successor-elsewhere'])
    expect(codes({ successor: { ...successor, validUntil: '2026-07-01' } })).toEqual([])
  })

  it('nothing closes twice or before it began', () => {
    expect(codes({ organ: { ...organ, validUntil: '2025-12-31' } })).toEqual(['organ-closed'])
    expect(codes({ lastDay: '2020-12-31' })).toEqual(['closing-before-start'])
  })

  it('A6-1 a sole part is not dropped, other parts may be', () => {
    expect(mayDropParts(organ, ['authority', 'audit'], ['audit'])).toMatchObject({
      ok: false,
      refusals: [{ code: 'A6-1' }],
    })
    expect(mayDropParts(organ, ['authority', 'audit'], ['authority']).ok).toBe(true)
  })

  it('a name is registered when its day has come', () => {
    expect(mayRename('2026-01-02', '2026-01-01').ok).toBe(false)
    expect(mayRename('2026-01-01', '2026-01-01').ok).toBe(true)
  })
})

describe('levels', () => {
  const provincial = { name: '山西省机关事务管理局', jurisdictionCode: '140000', parts: ['authority' as const] }
  const datong = { name: '大同市档案馆', jurisdictionCode: '140200' }

  it('ORG-T04 ORG-R04 an organ of Datong does not file with the provincial authority', () => {
    expect(mayBeSupervisedBy(datong, provincial)).toMatchObject({
      ok: false,
      refusals: [{ code: 'ORG-R04', basis: { norm: 'A6-1' } }],
    })
    expect(mayBeSupervisedBy(datong, { ...provincial, jurisdictionCode: '140200' }).ok).toBe(true)
    expect(mayBeSupervisedBy(datong, { ...provincial, jurisdictionCode: '140200', parts: [] }).ok).toBe(false)
  })

  it('ORG-R07 a higher authority does not touch a lower level’s records without an emergency', () => {
    expect(mayActOnLevel(provincial, datong, null)).toMatchObject({ ok: false, refusals: [{ code: 'ORG-R07' }] })
    expect(mayActOnLevel(provincial, { name: '省审计厅', jurisdictionCode: '140000' }, null).ok).toBe(true)
  })

  it('ROLE-T08 ORG-R07 an emergency opens the way down, never up or sideways', () => {
    expect(mayActOnLevel(provincial, datong, 'YJ-2026-01').ok).toBe(true)
    expect(mayActOnLevel(datong, provincial, 'YJ-2026-01').ok).toBe(false)
    expect(mayActOnLevel({ name: '太原', jurisdictionCode: '140100' }, datong, 'YJ-2026-01').ok).toBe(false)
  })

  it('codes nest: a county in its city, a city in the province, nothing in its neighbour', () => {
    expect([isWithin('140121', '140100'), isWithin('140121', '140000'), isWithin('140121', '140121')]).toEqual([
      true,
      true,
      true,
    ])
    expect([isWithin('140221', '140100'), isWithin('140100', '140121'), isBelow('140121', '140121')]).toEqual([
      false,
      false,
      false,
    ])
  })

  it('sizes of courts, procuratorates, supervision, police and secret units are restricted', () => {
    const of = (kind: OrganKind, name = '某局', secretUnit = false) => hasRestrictedTotals({ kind, name, secretUnit })
    expect([of('K05'), of('K06'), of('K07'), of('K03', '太原市公安局'), of('K03', '某局', true)]).toEqual([
      true,
      true,
      true,
      true,
      true,
    ])
    expect([of('K01'), of('K03'), of('K10')]).toEqual([false, false, false])
  })
})

describe('reference data', () => {
  const all = shanxiJurisdictions()
  const counties = all.filter(({ level }) => level === 'county')

  it('ORG-T01 of 121 areas 117 are county-level units and 4 functional zones', () => {
    expect(counties).toHaveLength(121)
    expect(counties.filter(({ functionalZone }) => !functionalZone)).toHaveLength(117)
    expect(counties.filter(({ functionalZone }) => functionalZone).map(({ code, name }) => `${code} ${name}`)).toEqual([
      '140171 山西转型综合改革示范区',
      '140271 山西大同经济开发区',
      '140671 山西朔州经济开发区',
      '140971 五台山风景名胜区',
    ])
  })

  it('ORG-T02 26 districts, 11 county-level cities, 80 counties, and 129 jurisdictions in all', () => {
    const forms = counties.map(({ code }) => countyForm(code))
    expect(['district', 'county-city', 'county'].map((form) => forms.filter((found) => found === form).length)).toEqual(
      [26, 11, 80],
    )
    expect(all.filter(({ functionalZone }) => !functionalZone)).toHaveLength(129)
    for (const { code, name } of counties)
      if (countyForm(code) !== null)
        expect(name).toMatch({ district: /区$/, 'county-city': /市$/, county: /县$/ }[countyForm(code) as 'county'])
  })

  it('every code is there once and lies within its parent, which comes before it', () => {
    const seen = new Set<string>()
    for (const { code, parentCode } of all) {
      expect(seen.has(code)).toBe(false)
      if (parentCode !== null) expect([seen.has(parentCode), isBelow(code, parentCode)]).toEqual([true, true])
      seen.add(code)
    }
  })

  it('demonstration organs obey the rules and differ in size by level as in the facts', () => {
    const mean = { province: 0, city: 0, county: 0 }
    for (const organ of demonstrationOrgans) {
      const jurisdiction = {
        ...(all.find(({ code }) => code === organ.jurisdictionCode) as Jurisdiction),
        active: true,
      }
      expect(
        organFindings({ ...organ, creditCode: demonstrationCreditCode(organ) }, { ...around, jurisdiction }),
      ).toEqual([])
      const headcount = demonstrationHeadcount(organ)
      expect(headcountFindings(headcount)).toEqual([])
      const peers = demonstrationOrgans.filter(
        ({ level, kind }) => level === organ.level && kind !== 'K08' && kind !== 'K09',
      )
      if (peers.includes(organ)) mean[organ.level] += approvedPosts(headcount) / peers.length
    }
    expect(mean.province).toBeGreaterThan(80)
    expect(mean.province).toBeLessThan(100)
    expect(mean.city).toBeGreaterThan(40)
    expect(mean.city).toBeLessThan(50)
    expect(mean.county).toBeGreaterThan(19)
    expect(mean.county).toBeLessThan(25)
  })

  it('A6-1 each demonstration level has one authority and one finance department', () => {
    for (const code of ['140000', '140100', '140121'])
      for (const part of ['authority', 'finance'] as const)
        expect(
          demonstrationOrgans.filter((organ) => organ.jurisdictionCode === code && organ.parts.includes(part)),
        ).toHaveLength(1)
    expect(new Set(demonstrationOrgans.map(demonstrationCreditCode)).size).toBe(demonstrationOrgans.length)
  })
})
