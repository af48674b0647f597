import { expect, test } from 'vitest'
import { changedFields, factWords, knownFacts } from './changes.ts'

test('only fields that differ are shown, money in yuan, words for names', () => {
  expect(
    changedFields(
      { askedFen: 120_000_00, state: 'draft', title: '同' },
      { askedFen: 80_000_50, state: 'draft', title: '同' },
    ),
  ).toEqual([{ name: '申请金额', before: '120,000.00元', after: '80,000.50元' }])
})

test('what was not there before, or is not there any more, has one side only', () => {
  expect(changedFields(null, { reason: '误传' })).toEqual([{ name: '原因', before: null, after: '误传' }])
  expect(changedFields({ late: true }, {})).toEqual([{ name: '逾期提交', before: '是', after: null }])
  expect(changedFields({ dueOn: '2026-12-01' }, { dueOn: null })).toEqual([
    { name: '期限', before: '2026-12-01', after: expect.stringContaining('空') },
  ])
})

test('identifiers and digests say nothing to a reader', () => {
  expect(changedFields({}, { id: 'a', organId: 'b', digest: 'c', sha256: 'd' })).toEqual([])
})

test('lists are counted, and nothing at all is no change', () => {
  expect(changedFields({ lines: [1] }, { lines: [1, 2] })).toEqual([{ name: '明细', before: '1 项', after: '2 项' }])
  expect([changedFields(null, null), changedFields(undefined, undefined), changedFields('a', 'b')]).toEqual([
    [],
    [],
    [],
  ])
})

test('a fact without a word is shown as it is recorded; every word can be chosen once', () => {
  expect([factWords('kernel.document-issued'), factWords('new.fact')]).toEqual(['生成公文', 'new.fact'])
  const values = knownFacts().map(({ value }) => value)
  expect(new Set(values).size).toBe(values.length)
})
