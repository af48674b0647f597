/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from 'vitest'
import type { ModuleManifest } from '#kernel/module.ts'
import type { CaseKind } from '#kernel/pure/case-kind.ts'
import * as budgetCases from '#modules/budget/cases.ts'
import * as planCases from '#modules/plans/cases.ts'
import { declaredBy } from '#kernel/pure/declared.ts'
import { inChinese } from '#kernel/pure/norm-article.ts'
import { placeOf, type Carrying, type Norm } from './model.ts'
import { articles, chapters, normOf, norms } from './reference/catalogue.ts'
import { casesUnderNorms } from './rules/carrying-cases.ts'
import { carriersOf, coverageOf, type CoverageFacts, type NamedTest } from './rules/coverage.ts'
import { citationsIn, pagesIn, testsIn, testsInReport } from './rules/source.ts'
import { sourceFiles } from './checkout.ts'

const manifests = import.meta.glob<ModuleManifest>('../*/module.ts', { eager: true, import: 'default' })

// Ids are put together where they would otherwise name a norm of the catalogue in this file's own titles.
const id = (article: number, running: number) => `A${article}-${running}`

describe('the catalogue', () => {
  it('has all 45 articles in seven chapters, each with a norm, none twice', () => {
    expect(articles.map(({ number }) => number)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1))
    expect([...new Set(articles.map(({ chapter }) => String(chapter)))]).toEqual(Object.keys(chapters))
    expect(new Set(norms.map(({ article }) => article)).size).toBe(45)
    expect(norms).toHaveLength(85)
    expect(new Set(norms.map((norm) => norm.id)).size).toBe(85)
  })
  it('ids say the article and run on without a gap', () => {
    for (const { number } of articles) {
      const own = norms.filter(({ article }) => article === number)
      expect(own.map((norm) => norm.id)).toEqual(own.map((_, index) => id(number, index + 1)))
    }
  })
  it('texts are Chinese sentences with full-width punctuation', () => {
    for (const norm of norms) {
      expect(norm.text).toMatch(/。$/)
      expect(norm.text).not.toMatch(/[,;:?!()]/)
    }
  })
  it('every carried norm is placed on a page with a title and at operations with a summary', async () => {
    const pages = pagesIn(await sourceFiles())
    const { places, summaries } = declaredBy(Object.values(manifests))
    for (const norm of norms.filter(({ carrying }) => carrying.how === 'whole' || carrying.how === 'part')) {
      expect(carriersOf(norm).length).toBeGreaterThan(0)
      for (const { module, page = '', operations = [] } of carriersOf(norm)) {
        expect(pages).toContain(page)
        expect(places.get(page), page).toBeDefined()
        expect(operations.length).toBeGreaterThan(0)
        for (const operation of operations) expect(summaries.has(`${module}.${operation}`), operation).toBe(true)
      }
    }
  })
  it('a place is written as the law writes it', () => {
    expect([1, 10, 11, 20, 35, 45].map(inChinese)).toEqual(['一', '十', '十一', '二十', '三十五', '四十五'])
    expect(placeOf({ article: 36, paragraph: 2 })).toBe('第三十六条第二款')
    expect(placeOf({ article: 35, paragraph: null })).toBe('第三十五条')
  })
})

describe('cases under norms', () => {
  const kinds: CaseKind[] = [...Object.values(planCases), budgetCases.budgetCase]
  it('every open state of every kind stands under one norm of the catalogue', () => {
    const under = casesUnderNorms(norms, kinds)
    const open = kinds.flatMap(({ kind, states }) =>
      Object.entries(states).flatMap(([state, { final }]) => (final ? [] : [`${kind} ${state}`])),
    )
    expect(under.map(({ kind, state }) => `${kind} ${state}`)).toEqual(open)
    for (const { norm } of under) expect(normOf(norm)).toBeDefined()
  })
  it('the norm of a clock comes before that of the kind', () => {
    const filing = { kind: 'plans.adjustment', state: 'made' }
    expect(casesUnderNorms(norms, kinds)).toContainEqual({ norm: id(35, 2), ...filing })
    expect(casesUnderNorms([], kinds)).toContainEqual({ norm: id(35, 2), ...filing })
    expect(casesUnderNorms([], [budgetCases.budgetCase])).toEqual([])
  })
})

const norm = (article: number, carrying: Carrying): Norm => ({
  id: id(article, 1),
  article,
  paragraph: null,
  kind: 'duty',
  bearer: null,
  towards: null,
  text: '',
  trigger: null,
  deadline: null,
  evidence: null,
  carrying,
})
const by = [
  { module: 'plans', page: '/p', operations: ['submit'], cases: [{ kind: 'plans.demand', states: ['draft'] }] },
]
const carried = norm(32, { how: 'whole', by })
const named = (outcome: NamedTest['outcome']): NamedTest => ({ norm: carried.id, file: 'a.test.ts', outcome })
const facts: CoverageFacts = {
  citations: [{ norm: carried.id, file: 'a.ts' }],
  tests: [named(null)],
  withResults: false,
  operations: new Set(['plans.submit']),
  pages: new Set(['/p']),
  caseKinds: new Map([['plans.demand', ['draft']]]),
}
const faultCodes = (catalogue: readonly Norm[], more: Partial<CoverageFacts> = {}) =>
  coverageOf(catalogue, { ...facts, ...more }).faults.map(({ code }) => code)

describe('coverage', () => {
  it('counts what is carried, in part, shown and open, and says what is open per article', () => {
    const catalogue = [
      carried,
      norm(1, { how: 'display' }),
      norm(2, { how: 'open', area: '标准' }),
      { ...carried, id: id(32, 2), carrying: { how: 'part', by, missing: '其余' } } as Norm,
    ]
    const result = coverageOf(catalogue, {
      ...facts,
      citations: [...facts.citations, { norm: id(32, 2), file: 'b.ts' }],
      tests: [...facts.tests, { norm: id(32, 2), file: 'b.test.ts', outcome: null }],
    })
    expect(result).toMatchObject({ total: 4, carried: 1, partly: 1, display: 1, open: 1, faults: [] })
    expect(result.articles).toEqual([
      { article: 32, total: 2, carried: 1, openNorms: [id(32, 2)] },
      { article: 1, total: 1, carried: 1, openNorms: [] },
      { article: 2, total: 1, carried: 0, openNorms: [id(2, 1)] },
    ])
  })
  it('what is marked as carried needs code and a test', () => {
    expect(faultCodes([carried], { citations: [] })).toEqual(['no-code'])
    expect(faultCodes([carried], { tests: [] })).toEqual(['no-test'])
  })
  it('with results, a test must pass: failing, skipped or none is a fault', () => {
    const run = (...tests: NamedTest[]) => faultCodes([carried], { tests, withResults: true })
    expect(run(named('passed'), named('skipped'))).toEqual([])
    expect(run(named('passed'), named('failed'))).toEqual(['not-passing'])
    expect(run(named('skipped'))).toEqual(['not-passing'])
    expect(run()).toEqual(['no-test'])
  })
  it('an operation, page, kind or state that is not there is a fault, and so is an unknown norm', () => {
    expect(faultCodes([carried], { operations: new Set(), pages: new Set(), caseKinds: new Map() })).toHaveLength(3)
    expect(faultCodes([carried], { caseKinds: new Map([['plans.demand', ['other']]]) })).toEqual(['no-such-place'])
    expect(faultCodes([carried], { citations: [...facts.citations, { norm: id(99, 1), file: 'a.ts' }] })).toEqual([
      'unknown-norm',
    ])
  })
})

describe('reading the source', () => {
  const law = {
    file: 'src/modules/x/law.ts',
    text: `export const law = {\n  a: { norm: '${id(32, 1)}', citation: '' },\n}`,
  }
  it('an entry of law.ts counts where its module uses it, not where it is declared', () => {
    expect(citationsIn([law])).toEqual([])
    expect(citationsIn([law, { file: 'src/modules/y/rules.ts', text: 'law.a' }])).toEqual([])
    expect(citationsIn([law, { file: 'src/modules/x/rules.ts', text: 'basis: law.a,' }])).toEqual([
      { norm: id(32, 1), file: 'src/modules/x/rules.ts' },
    ])
  })
  it('comments, tests and the catalogue itself are no citations', () => {
    const text = `/** '${id(32, 1)}' */ // '${id(32, 1)}'`
    expect(citationsIn([{ file: 'src/a.ts', text }])).toEqual([])
    expect(citationsIn([{ file: 'src/a.test.ts', text: `'${id(32, 1)}'` }])).toEqual([])
    expect(citationsIn([{ file: 'src/modules/norms/reference/plan.ts', text: `'${id(32, 1)}'` }])).toEqual([])
    expect(citationsIn([{ file: 'src/a.ts', text: `norm: '${id(32, 1)}'` }])).toHaveLength(1)
  })
  it('titles of tests and groups are read, also after a table of cases; other text is not', () => {
    const text = [
      `describe('a group (${id(1, 1)}, ${id(2, 1)})', () => {`,
      `  it.each(['a', 'b'])('${id(3, 1)} of %s', () => {})`,
      `  ])('${id(4, 1)} after a table', () => {})`,
      `  test(\n    \`${id(5, 1)} on its own line\`,`,
      `  expect('${id(6, 1)}').toBe(1) // it('${id(7, 1)}')`,
    ].join('\n')
    expect(testsIn([{ file: 'src/a.test.ts', text }]).map((one) => one.norm)).toEqual(
      [1, 2, 3, 4, 5].map((n) => id(n, 1)),
    )
    expect(testsIn([{ file: 'src/a.ts', text }])).toEqual([])
  })
  it('a report tells how each named test ended, with its file from the root', () => {
    const report = {
      testResults: [
        {
          name: '/repo/src/a.test.ts',
          assertionResults: [
            { fullName: `group (${id(1, 1)}) one`, status: 'passed' },
            { fullName: `group (${id(1, 1)}) two`, status: 'pending' },
          ],
        },
      ],
    }
    expect(testsInReport(report, '/repo')).toEqual([
      { norm: id(1, 1), file: 'src/a.test.ts', outcome: 'passed' },
      { norm: id(1, 1), file: 'src/a.test.ts', outcome: 'skipped' },
    ])
  })
})
