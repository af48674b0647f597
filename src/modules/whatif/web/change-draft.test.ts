import { describe, expect, it } from 'vitest'
import { testStandards } from '#modules/plans/testing/standards.ts'
import type { Change } from '../model.ts'
import { draftsOf, newDraft, readDraft, type ChangeDraft, type DraftOf, type Grounds } from './change-draft.ts'

const grounds: Grounds = {
  years: [2027],
  year: 2027,
  standardsOn: testStandards.on,
  cycles: 1,
  demands: 1,
  lines: 1,
  notSubmitted: 0,
  items: testStandards.items.map((item) => ({ ...item, lines: 1 })),
  catalogue: [...testStandards.catalogue],
  parameters: [
    { code: 'plan.growth-warn-percent', title: '较上年增长提示线', value: 20, unit: '%', citation: '项目默认值' },
  ],
}
const read = (draft: ChangeDraft) => readDraft(draft, grounds)

describe('cards', () => {
  it.each([
    { kind: 'standard', code: 'item.desktop', level: null, priceCapFen: 450_000 },
    {
      kind: 'standard',
      code: 'item.copier',
      level: 'city',
      priceCapFen: null,
      minimumYears: 9,
      limit: { basis: 'one-per-group', each: 10, first: 50, beyondEach: 20 },
    },
    { kind: 'price', standardCode: 'item.desktop', needKind: null, percent: -2.5, addFen: null },
    { kind: 'price', standardCode: null, needKind: 'N08', percent: null, addFen: 12_345 },
    { kind: 'headcount', level: null, organKind: null, organIds: [], percent: 5, people: null },
    { kind: 'headcount', level: 'county', organKind: null, organIds: [], percent: null, people: -3 },
    { kind: 'headcount', level: 'city', organKind: 'K03', organIds: [], percent: 5, people: null },
    {
      kind: 'headcount',
      level: null,
      organKind: null,
      organIds: ['00000000-0000-7000-8000-000000000001'],
      percent: 5,
      people: null,
    },
    { kind: 'catalogue', needKind: 'N09', centralised: 'where-provided', provided: true },
    { kind: 'parameter', code: 'plan.growth-warn-percent', value: 10 },
  ] as Change[])('a saved change opens as it was and is read as it was: %o', (change) => {
    const [draft] = draftsOf([change], grounds)
    expect(read(draft as ChangeDraft)).toEqual({ change, problem: null })
  })

  it('a new standard is filled with what is in force, which is no change yet; the next card takes another one', () => {
    const first = newDraft('standard', grounds) as DraftOf<'standard'>
    const second = newDraft('standard', grounds, [first]) as DraftOf<'standard'>
    expect(read(first)).toEqual({ change: null, problem: '请至少改动单价上限、数量标准、使用年限中的一项。' })
    expect(second.code).not.toBe(first.code)
    expect(read({ ...first, priceCapFen: 1_000 }).change).toMatchObject({ code: first.code, priceCapFen: 1_000 })
  })

  it('what is half typed is no change and says what to do', () => {
    const price = newDraft('price', grounds) as DraftOf<'price'>
    for (const percent of [null, 'abc', ''])
      expect(read({ ...price, percent })).toEqual({ change: null, problem: '请填写数字。' })
    expect(read({ ...price, percent: 500 }).problem).toBe('幅度应在-90%至300%之间。')
    const headcount = newDraft('headcount', grounds) as DraftOf<'headcount'>
    expect(read({ ...headcount, by: 'people', people: 1.5 }).problem).toBe('人数应为整数。')
  })

  it('of two ways to say how much only the chosen one counts', () => {
    const price = { ...(newDraft('price', grounds) as DraftOf<'price'>), percent: 5, addFen: 100 }
    expect(read({ ...price, by: 'amount' }).change).toMatchObject({ percent: null, addFen: 100 })
    expect(read({ ...price, by: 'percent' }).change).toMatchObject({ percent: 5, addFen: null })
  })
})
