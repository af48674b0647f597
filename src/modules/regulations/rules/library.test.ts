import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fields } from '../model.ts'
import { compareVersions } from './compare.ts'
import { fieldOfArticle, fieldOfStandard, fieldsOfTitle } from './fields.ts'
import { parseLaw } from './parse-law.ts'
import { citedArticles, piecesOf, referencesIn } from './references.ts'
import { articleAsked, excerptOf, gramsAsked, gramsOf, searchable, termsOf } from './search.ts'
import { mayDate, mayEnd, placeAmong } from './versions.ts'
import { wordDifference } from './word-difference.ts'

const chinese = fc.string({
  unit: fc.constantFrom(...'机关事务管理部门应当依据标准审核第三十五条《办法》（）、，。和及之一12 '),
  maxLength: 60,
})

describe('references', () => {
  it.each([
    [
      '依照本条例第三十五条和第三十六条第一款',
      [
        [null, '35'],
        [null, '36'],
      ],
    ],
    [
      '《甲办法》第十条、第十七条',
      [
        ['甲办法', '10'],
        ['甲办法', '17'],
      ],
    ],
    [
      '《甲办法》（中办发〔2017〕71号）第七条、第二十二条',
      [
        ['甲办法', '7'],
        ['甲办法', '22'],
      ],
    ],
    [
      '根据《甲办法》和《乙规定》制定，见第三条',
      [
        ['甲办法', null],
        ['乙规定', null],
        [null, '3'],
      ],
    ],
    ['第120条之一', [[null, '120-1']]],
    ['没有引用', []],
  ])('in %s', (text, expected) => {
    expect(referencesIn(text).map(({ title, article }) => [title, article])).toEqual(expected)
  })

  it('cut a text into pieces that are the text again', () => {
    fc.assert(
      fc.property(
        chinese,
        (text) =>
          void expect(
            piecesOf(text)
              .map((piece) => piece.text)
              .join(''),
          ).toBe(text),
      ),
    )
  })

  it('say which articles a standard rests on, by title or 文号', () => {
    const text = { title: '党政机关公务用车管理办法', documentNumber: '中办发〔2017〕71号' }
    expect(citedArticles('《党政机关公务用车管理办法》（中办发〔2017〕71号）第七条、第二十二条', text)).toEqual([
      '7',
      '22',
    ])
    expect(citedArticles('中办发〔2017〕71号第八条', text)).toEqual(['8'])
    expect(citedArticles('《党政机关公务用车管理办法》', text)).toEqual([])
    expect(citedArticles('《山西省机关运行保障条例》第三十三条', text)).toBeNull()
    expect(citedArticles('项目默认值', { title: '某', documentNumber: null })).toBeNull()
  })
})

describe('search', () => {
  it('every fragment of a text is found through its characters and pairs', () => {
    fc.assert(
      fc.property(chinese, fc.nat(), fc.integer({ min: 1, max: 12 }), (text, from, length) => {
        const words = searchable(text)
        const fragment = [...words]
          .slice(from % Math.max(1, words.length))
          .slice(0, length)
          .join('')
        const grams = new Set(gramsOf(words))
        expect(gramsAsked(fragment).every((gram) => grams.has(gram))).toBe(true)
      }),
    )
  })

  it('marks exactly what was looked for', () => {
    fc.assert(
      fc.property(chinese, chinese, (text, query) => {
        const terms = termsOf(query)
        const { text: excerpt, marks } = excerptOf(text, terms)
        for (const { from, to } of marks) expect(terms).toContain(searchable(excerpt.slice(from, to)))
        for (const [index, mark] of marks.entries()) expect(mark.from).toBeGreaterThanOrEqual(marks[index - 1]?.to ?? 0)
      }),
    )
    expect(excerptOf('前'.repeat(80) + '备案，备 案。', ['备案']).marks).toHaveLength(2)
    expect(excerptOf('ＡＢＣ条例', ['abc']).marks).toEqual([{ from: 0, to: 3 }])
  })

  it('reads queries', () => {
    expect(termsOf('  能源　 奖励 能源 ')).toEqual(['能源', '奖励'])
    expect(['第三十五条', '35条', '三五', '条', '第 35 条'].map(articleAsked)).toEqual([35, 35, null, null, 35])
  })
})

describe('differences', () => {
  it('all but the added is the earlier text, all but the removed the later', () => {
    fc.assert(
      fc.property(chinese, chinese, (before, after) => {
        const runs = wordDifference(before, after)
        const without = (kind: string) =>
          runs
            .filter((run) => run.kind !== kind)
            .map(({ text }) => text)
            .join('')
        expect([without('added'), without('removed')]).toEqual([before, after])
        for (const [index, run] of runs.entries()) expect(run.kind).not.toBe(runs[index - 1]?.kind)
      }),
    )
    expect(wordDifference('提前三个工作日预约', '提前两个工作日预约').filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: '三' },
      { kind: 'added', text: '两' },
    ])
    expect(wordDifference('一'.repeat(30_000), '二'.repeat(30_000))).toHaveLength(2)
  })

  it('an article put in early does not make all that follow look changed', () => {
    const law = (...texts: string[]) =>
      parseLaw(['某办法', ...texts.map((text, index) => `第${index + 1}条　${text}`)].join('\n')).articles
    const before = law('机关应当节约能源。', '会议从简。', '车辆统一管理，定点维修。', '本办法自印发之日起施行。')
    const after = law(
      '机关应当节约能源。',
      '食堂应当制止浪费，按需供餐。',
      '会议从简。',
      '车辆统一管理，定点维修、定点加油。',
    )
    expect(
      compareVersions(before, after).map(({ state, before: old, after: now }) => [
        state,
        old?.key ?? null,
        now?.key ?? null,
      ]),
    ).toEqual([
      ['same', '1', '1'],
      ['added', null, '2'],
      ['renumbered', '2', '3'],
      ['changed', '3', '4'],
      ['removed', '4', null],
    ])
  })

  it('every article of both versions is in the comparison once, in order', () => {
    const text = fc.array(
      fc.constantFrom('会议从简。', '车辆统一管理。', '节约能源，减少浪费。', '依法公开有关事项。', '按标准配置。'),
      { minLength: 1, maxLength: 8 },
    )
    const law = (texts: string[]) => parseLaw(texts.map((one, index) => `第${index + 1}条　${one}`).join('\n')).articles
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rows = compareVersions(law(before), law(after))
        expect(rows.flatMap((row) => row.before?.key ?? [])).toEqual(before.map((_, index) => `${index + 1}`))
        expect(rows.flatMap((row) => row.after?.key ?? [])).toEqual(after.map((_, index) => `${index + 1}`))
      }),
    )
    const many = law(Array.from({ length: 500 }, (_, index) => `内容${index}。`))
    expect(compareVersions(many, many).every(({ state }) => state === 'same')).toBe(true)
  })
})

describe('versions of one work', () => {
  const version = (id: string, validFrom: string, validUntil: string | null) => ({ id, validFrom, validUntil })
  const day = fc.integer({ min: 10, max: 28 }).map((number) => `2026-01-${number}`)

  it('never overlap, whatever is put among them', () => {
    fc.assert(
      fc.property(
        day,
        fc.option(day),
        day,
        fc.option(day),
        fc.boolean(),
        (from, until, newFrom, newUntil, supersede) => {
          const old = version('a', from, until !== null && until >= from ? until : null)
          const facts = { validFrom: newFrom, validUntil: newUntil !== null && newUntil >= newFrom ? newUntil : null }
          const { verdict, endsOn } = placeAmong([old], facts, supersede ? 'a' : null)
          if (!verdict.ok) return void expect(verdict.refusals[0]?.remedy).not.toBeNull()
          const end = endsOn ?? old.validUntil
          expect(
            end === null ||
              end < facts.validFrom ||
              (facts.validUntil !== null && facts.validUntil < old.validFrom) ||
              facts.validFrom > end,
          ).toBe(true)
          if (end === null) expect(facts.validUntil !== null && facts.validUntil < old.validFrom).toBe(true)
          if (endsOn !== null) expect(endsOn >= old.validFrom).toBe(true)
        },
      ),
    )
  })

  it('are dated after their issue and end after their beginning', () => {
    const facts = {
      documentNumber: null,
      issuer: '某局',
      issuedOn: '2026-01-01',
      validFrom: '2026-02-01',
      validUntil: '2026-01-31',
    }
    const codes = (verdict: ReturnType<typeof mayDate>) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))
    expect(codes(mayDate(facts, '2025-12-31'))).toEqual(['not-issued', 'ends-before-begin'])
    expect(codes(mayDate({ ...facts, validUntil: null }, '2026-01-01'))).toEqual([])
    expect(codes(mayEnd(version('a', '2026-02-01', '2026-06-30'), '2026-06-30'))).toEqual(['already-ends'])
    expect(codes(mayEnd(version('a', '2026-02-01', null), '2026-01-31'))).toEqual(['ends-before-begin'])
  })
})

describe('A15-1 fields of the standards system', () => {
  it('every article of the Regulation, every title and every standard has one', () => {
    for (let article = 1; article <= 45; article++) expect(fields).toContain(fieldOfArticle(article))
    expect([18, 21, 22, 35, 1].map(fieldOfArticle)).toEqual(['premises', 'vehicles', 'equipment', 'plans', 'general'])
    expect(fieldsOfTitle('党政机关办公用房管理办法')).toEqual(['premises'])
    expect(fieldsOfTitle('某说明')).toEqual(['general'])
    expect(fieldOfStandard({ code: 'item.vehicle-duty', norms: [] })).toBe('vehicles')
    expect(fieldOfStandard({ code: 'item.desktop', norms: [] })).toBe('equipment')
    expect(fieldOfStandard({ code: 'unknown.code', norms: ['A28-1'] })).toBe('energy')
    expect(fieldOfStandard({ code: 'unknown.code', norms: [] })).toBe('general')
  })
})
