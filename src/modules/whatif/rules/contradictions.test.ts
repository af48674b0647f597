import { describe, expect, it } from 'vitest'
import type { Verdict } from '#kernel/pure/verdict.ts'
import { Changes, type Change } from '../model.ts'
import { changesKnown, noContradictions, whoseHeadcount } from './contradictions.ts'

const titles: Record<string, string> = { 'item.desktop': '台式计算机' }
const titleOf = (code: string) => titles[code] ?? code
const messages = (verdict: Verdict) => (verdict.ok ? [] : verdict.refusals.map(({ message }) => message))
const contradictions = (...changes: Change[]) => messages(noContradictions(changes, titleOf))

const desktop = (changes: Partial<Extract<Change, { kind: 'standard' }>>): Change => ({
  kind: 'standard',
  code: 'item.desktop',
  level: null,
  ...changes,
})
const price = (changes: Partial<Extract<Change, { kind: 'price' }>>): Change => ({
  kind: 'price',
  standardCode: null,
  needKind: null,
  percent: 5,
  addFen: null,
  ...changes,
})
const headcount = (changes: Partial<Extract<Change, { kind: 'headcount' }>>): Change => ({
  kind: 'headcount',
  level: null,
  organKind: null,
  organIds: [],
  percent: 5,
  people: null,
  ...changes,
})
const organ = '00000000-0000-7000-8000-000000000001'

describe('two changes of the same thing contradict each other (A9-2: a figure is one figure)', () => {
  it('names both places, the thing and the remedy', () => {
    const verdict = noContradictions([desktop({ priceCapFen: 450_000 }), desktop({ priceCapFen: 400_000 })], titleOf)
    expect(verdict).toMatchObject({
      ok: false,
      refusals: [
        {
          code: 'contradictory-changes',
          message: '第2项变化与第1项相矛盾：都改动了“台式计算机”的单价上限。',
          remedy: '请删去第1项或第2项；要分层级测算的，请把其中一项限定到某一级。',
        },
      ],
    })
  })
  it.each([
    ['other figures of one standard', [desktop({ priceCapFen: 1 }), desktop({ minimumYears: 8 })], 0],
    [
      'one for all levels, one for a level',
      [desktop({ priceCapFen: 1 }), desktop({ priceCapFen: 2, level: 'city' })],
      0,
    ],
    ['twice for a level', [desktop({ priceCapFen: 1, level: 'city' }), desktop({ priceCapFen: 2, level: 'city' })], 1],
    ['a thing’s price and its kind’s', [price({ standardCode: 'item.desktop' }), price({ needKind: 'N09' })], 0],
    ['a kind’s price twice', [price({ needKind: 'N09' }), price({ needKind: 'N09', percent: -5 })], 1],
    ['all people and those of a level', [headcount({}), headcount({ level: 'city' })], 0],
    ['all people twice', [headcount({}), headcount({ percent: -5 })], 1],
    [
      'a kind at a level and the kind',
      [headcount({ organKind: 'K03' }), headcount({ organKind: 'K03', level: 'city' })],
      0,
    ],
    ['an organ named in two changes', [headcount({ organIds: [organ] }), headcount({ organIds: [organ] })], 1],
    ['an organ named twice in one', [headcount({ organIds: [organ, organ] })], 1],
    [
      'a kind of need twice',
      [
        { kind: 'catalogue', needKind: 'N08', centralised: 'yes', provided: true },
        { kind: 'catalogue', needKind: 'N08', centralised: 'no', provided: false },
      ],
      1,
    ],
    [
      'a parameter twice',
      [
        { kind: 'parameter', code: 'plan.growth-warn-percent', value: 10 },
        { kind: 'parameter', code: 'plan.growth-warn-percent', value: 30 },
      ],
      1,
    ],
  ] as [string, Change[], number][])('%s', (_, changes, count) => {
    expect(contradictions(...changes)).toHaveLength(count)
  })
})

describe('what changes name must be there', () => {
  const known = { standardCodes: new Set(['item.desktop']), organIds: new Set([organ]) }
  it('an unknown standard and a strange organ are told by place, all at once', () => {
    expect(
      messages(
        changesKnown(
          [
            desktop({ priceCapFen: 1 }),
            { ...desktop({ priceCapFen: 1 }), code: 'item.nothing' } as Change,
            headcount({ organIds: [organ, organ.replace('1', '2')] }),
          ],
          'jurisdiction',
          known,
        ),
      ),
    ).toEqual([
      '第2项变化：适用标准日期没有编码为“item.nothing”的配置标准。',
      '第3项变化：有1个机关不在测算范围内，或其人数不能查看。',
    ])
  })
  it('the size of courts is not for a whole province to try out, though it is for the own level', () => {
    const courts = [headcount({ organKind: 'K06' })]
    expect(messages(changesKnown(courts, 'jurisdiction', known))).toEqual([])
    expect(messages(changesKnown(courts, 'province', known))).toHaveLength(1)
    expect(messages(changesKnown([headcount({ organKind: 'K03' })], 'province', known))).toEqual([])
  })
})

describe('the form of changes', () => {
  const told = (change: unknown) => {
    const read = Changes.safeParse([change])
    return read.success ? [] : read.error.issues.map(({ message }) => message)
  }
  it.each([
    ['nothing changed of a standard', desktop({}), '请至少改动单价上限、数量标准、使用年限中的一项。'],
    ['no thing and no kind', price({}), '请选择一项标准或一个需求类别。'],
    ['thing and kind', price({ standardCode: 'item.desktop', needKind: 'N09' }), '请选择一项标准或一个需求类别。'],
    ['percent and amount', price({ needKind: 'N09', addFen: 100 }), '请填写涨跌幅度或涨跌金额中的一项。'],
    ['neither percent nor people', headcount({ percent: null }), '请填写增减幅度或增减人数中的一项。'],
    ['far too much', price({ needKind: 'N09', percent: 301 }), '幅度应在-90%至300%之间。'],
    ['three decimals', price({ needKind: 'N09', percent: 0.125 }), '幅度至多两位小数。'],
    ['organs and a level', headcount({ organIds: [organ], level: 'city' }), '选定机关的，不再选层级和机关类别。'],
    ['a cap of nothing', desktop({ priceCapFen: 0 }), '单价上限应大于0。'],
  ])('%s', (_, change, message) => expect(told(change)).toContain(message))
  it('percents of two decimals and a cap taken away are read', () => {
    expect(told(price({ needKind: 'N09', percent: 0.07 }))).toEqual([])
    expect(told(desktop({ priceCapFen: null }))).toEqual([])
  })
  it('says whose people are meant', () => {
    const words = (changes: Parameters<typeof headcount>[0]) =>
      whoseHeadcount(headcount(changes) as Extract<Change, { kind: 'headcount' }>)
    expect([words({}), words({ level: 'county', organKind: 'K03' }), words({ organIds: [organ] })]).toEqual([
      '所有机关',
      '县级行政机关',
      '选定的1个机关',
    ])
  })
})
