import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fileNameOf } from './client.ts'
import { searchOf, searchText } from './going.tsx'
import { pathOf, problemOf } from './problem.ts'

const body = {
  type: 'about:blank',
  title: '',
  status: 422,
  code: 'refused',
  detail: '依规定不能同意。',
  instance: 'q-1',
  errors: [{ pointer: '/lines/3/quantity', message: '第 4 行 数量 应为正整数。', code: 'invalid' }],
  refusals: [
    {
      code: 'PLAN-R02',
      message: '超过实物定额',
      basis: { norm: 'A32-1', citation: '第三十二条' },
      facts: { 人数: 32 },
      remedy: null,
    },
    { nonsense: true },
  ],
}

it('reads status, code, detail, field errors and refusals of a problem', () => {
  const problem = problemOf(422, JSON.stringify(body))
  expect(problem).toMatchObject({ status: 422, code: 'refused', detail: '依规定不能同意。', instance: 'q-1' })
  expect(problem.errors).toEqual([{ path: ['lines', 3, 'quantity'], message: '第 4 行 数量 应为正整数。' }])
})

it('keeps the refusals that are whole and drops what is none', () => {
  expect(problemOf(422, JSON.stringify(body)).refusals.map(({ code }) => code)).toEqual(['PLAN-R02'])
})

it.each([
  [413, '<html>Request Entity Too Large</html>', '超过大小限制'],
  [500, '', '状态 500'],
  [404, '{"message":"not ours"}', '没有找到'],
])('words an answer %i that is no problem+json', (status, text, says) => {
  const problem = problemOf(status, text)
  expect(problem.status).toBe(status)
  expect(problem.detail).toContain(says)
})

it.each([
  ['/amountFen', ['amountFen']],
  ['#/a/0/b', ['a', 0, 'b']],
  ['/a~1b/c~0d', ['a/b', 'c~d']],
  ['', []],
])('reads the pointer %s', (pointer, path) => expect(pathOf(pointer)).toEqual(path))

it.each([
  [`attachment; filename="x.pdf"; filename*=UTF-8''%E9%80%9A%E7%9F%A5%E4%B9%A6.pdf`, '通知书.pdf'],
  ['attachment; filename="plan.xlsx"', 'plan.xlsx'],
  ['inline', null],
  [null, null],
])('reads the file name of %s', (header, name) => expect(fileNameOf(header)).toBe(name))

it('filters written to an address are read back the same', () => {
  const filter = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 4 }),
  )
  const name = fc.stringMatching(/^[a-z]{1,8}$/)
  fc.assert(
    fc.property(fc.dictionary(name, filter, { noNullPrototype: true }), (search) => {
      expect(searchOf(searchText(search))).toEqual(search)
    }),
  )
})
