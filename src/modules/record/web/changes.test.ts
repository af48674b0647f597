import { describe, expect, it, test } from 'vitest'
import { changedFields } from './changes.ts'
import { factWords, fieldWord, knownFacts, shown } from './field-words.ts'

const demand = { fact: 'plans.demand-submitted', subjectKind: 'plans.demand' }
const card = { fact: 'assets.card-changed', subjectKind: 'assets.card' }

test('only fields that differ are shown, money in yuan, words for names', () => {
  expect(
    changedFields(
      demand,
      { askedFen: 120_000_00, state: 'draft', title: '同' },
      { askedFen: 80_000_50, state: 'draft', title: '同' },
    ),
  ).toEqual([{ name: '申请金额', before: '120,000.00元', after: '80,000.50元' }])
})

test('what was not there before, or is not there any more, has one side only', () => {
  expect(changedFields(demand, null, { reason: '误传' })).toEqual([{ name: '原因', before: null, after: '误传' }])
  expect(changedFields(demand, { late: true }, {})).toEqual([{ name: '逾期提交', before: '是', after: null }])
  expect(changedFields(demand, { dueOn: '2026-12-01' }, { dueOn: null })).toEqual([
    { name: '期限', before: '2026-12-01', after: expect.stringContaining('空') },
  ])
})

test('identifiers and digests say nothing to a reader', () => {
  expect(changedFields(demand, {}, { id: 'a', organId: 'b', digest: 'c', sha256: 'd' })).toEqual([])
  expect(changedFields(card, {}, { document: '01a2162c-11af-7501-80da-aaaaaaaaaaaa' })).toEqual([])
})

test('lists are counted, short ones spelt out, and nothing at all is no change', () => {
  expect(changedFields(demand, { lines: [1] }, { lines: [1, 2] })).toEqual([
    { name: '明细', before: '1 项', after: '2 项' },
  ])
  expect(shown({ fact: 'stocktaking.count-opened', subjectKind: 'stocktaking.count' }, 'team', ['甲', '乙'])).toBe(
    '甲、乙',
  )
  expect([null, undefined, 'a'].map((one) => changedFields(demand, one, one))).toEqual([[], [], []])
})

test('a fact without a word is shown as it is recorded; every word can be chosen once', () => {
  expect([factWords('kernel.document-issued'), factWords('new.fact')]).toEqual(['生成公文', 'new.fact'])
  const values = knownFacts().map(({ value }) => value)
  expect(new Set(values).size).toBe(values.length)
})

describe('A12-1 the record of a card says in words which field went from what to what', () => {
  it('names fields and codes as the register does', () => {
    expect(
      changedFields(
        card,
        { place: '主楼301', state: 'in-use' },
        { place: '附楼201', state: 'idle', acquiredBy: 'surplus' },
      ),
    ).toEqual([
      { name: '存放地点', before: '主楼301', after: '附楼201' },
      { name: '状态', before: '在用', after: '闲置' },
      { name: '取得方式', before: null, after: '盘盈' },
    ])
  })

  it('takes the word of the module that recorded it: a method is of buying or of signing in', () => {
    const signedIn = { fact: 'people.signed-in', subjectKind: 'people.person' }
    const bought = { fact: 'procurement.purchase-submitted', subjectKind: 'procurement.purchase' }
    expect([fieldWord(signedIn, 'method'), shown(signedIn, 'method', 'password')]).toEqual(['登录方式', '密码'])
    expect(fieldWord(bought, 'method')).toBe('采购方式')
  })

  it('takes the word of the thing it is about: lent is a state of a card and of a loan', () => {
    const loan = { fact: 'assets.loan-signed', subjectKind: 'assets.loan' }
    expect([shown(card, 'state', 'lent'), shown(loan, 'state', 'lent')]).toEqual(['出借', '借用中'])
  })

  it('spells out what is inside a field', () => {
    const detail = { '01a2162c-1c52-70a5-ad9f-340195254992': 16, serialNumber: 'SN-1' }
    expect(shown(card, 'detail', detail)).toBe('自定义字段：16；序列号：SN-1')
  })
})
