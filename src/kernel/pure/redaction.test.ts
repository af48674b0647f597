import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isIdentityNumber, withheld, withoutIdentityNumbers, withoutSecrets } from './redaction.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const identityNumbers = fc
  .tuple(
    fc.integer({ min: 110000, max: 659999 }),
    fc.integer({ min: 1930, max: 2025 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([region, year, month, day, serial]) => {
    const two = (n: number) => String(n).padStart(2, '0')
    const body = `${region}${year}${two(month)}${two(day)}${String(serial).padStart(3, '0')}`
    const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0)
    return `${body}${'10X98765432'[sum % 11]}`
  })

test('an identity number is known by date of birth and check digit', () => {
  expect(isIdentityNumber('11010519491231002X')).toBe(true) // the example of GB 11643
  expect(isIdentityNumber('11010519491231002x')).toBe(true)
  expect(isIdentityNumber('110105194912310021')).toBe(false)
  expect(isIdentityNumber('11010519491331002X')).toBe(false)
})

test('no identity number is left in any text or object, whatever stands around it', () =>
  fc.assert(
    fc.property(identityNumbers, fc.string(), fc.string(), (number, before, after) => {
      const around = (text: string) => text.replace(/[\dXx]/g, '甲')
      const text = `${around(before)}${number}${around(after)}`
      expect(withoutIdentityNumbers(text)).not.toContain(number)
      const held = withoutSecrets({ a: [text, { [text]: text }] })
      expect(JSON.stringify(held)).not.toContain(number)
    }),
  ))

test('numbers of other kinds stay as they are', () => {
  for (const text of ['123456789012345678', '晋机管发〔2026〕8号', '1101051949123100', 'A11010519491231002X1'])
    expect(withoutIdentityNumbers(text)).toBe(text)
})

test('secrets go by the name of their field, flags about them stay', () => {
  expect(
    withoutSecrets({ password: 'x', nested: { sessionToken: 'y', 密码: 'z' }, passwordSet: true, name: '甲' }),
  ).toEqual({ password: withheld, nested: { sessionToken: withheld, 密码: withheld }, passwordSet: true, name: '甲' })
})
