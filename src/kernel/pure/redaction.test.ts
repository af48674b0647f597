import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isIdentityNumber,
  maskedMobile,
  readIdentityNumber,
  readMobile,
  readOfficePhone,
  withoutPersonalNumbers,
} from './personal-numbers.ts'
import { withheld, withoutSecrets } from './redaction.ts'

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
      expect(withoutPersonalNumbers(text)).not.toContain(number)
      const held = withoutSecrets({ a: [text, { [text]: text }] })
      expect(JSON.stringify(held)).not.toContain(number)
    }),
  ))

test('numbers of other kinds stay as they are', () => {
  for (const text of ['123456789012345678', '晋机管发〔2026〕8号', '1101051949123100', 'A11010519491231002X1'])
    expect(withoutPersonalNumbers(text)).toBe(text)
})

test('secrets go by the name of their field, flags about them stay', () => {
  expect(
    withoutSecrets({ password: 'x', nested: { sessionToken: 'y', 密码: 'z' }, passwordSet: true, name: '甲' }),
  ).toEqual({ password: withheld, nested: { sessionToken: withheld, 密码: withheld }, passwordSet: true, name: '甲' })
})

test('G12 no mobile number is left in any text; numbers inside identifiers stay', () => {
  const mobiles = fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String)
  fc.assert(
    fc.property(mobiles, fc.string(), fc.string(), (mobile, before, after) => {
      const around = (text: string) => text.replace(/[\w-]/g, '甲')
      const text = `${around(before)}${mobile}${around(after)}`
      expect(withoutPersonalNumbers(text)).not.toContain(mobile)
      expect(withoutPersonalNumbers(text)).toContain(maskedMobile(mobile))
    }),
  )
  expect(withoutPersonalNumbers('请拨 +8613934567890 联系')).toBe('请拨 +86139****7890 联系')
  for (const text of ['0199abcd-1393-7456-8789-13934567890a', 'A13934567890', '20261393456789', '12345678901'])
    expect(withoutPersonalNumbers(text)).toBe(text)
})

test('personal numbers are kept in one form, however they are typed', () => {
  expect(
    ['139 3456 7890', '139-3456-7890', '+86 13934567890', '8613934567890', '12345678901', '1393456789'].map(readMobile),
  ).toEqual(['13934567890', '13934567890', '13934567890', '13934567890', null, null])
  expect(
    ['0351-4567890', '（0351）4567890', '(0351)-4567890转801', '4567890', '12345', '0351-12'].map(readOfficePhone),
  ).toEqual(['0351-4567890', '0351-4567890', '0351-4567890-801', '4567890', null, null])
  expect(['11010519491231002x', '110105 19491231 002X', '110105194912310021', ''].map(readIdentityNumber)).toEqual([
    '11010519491231002X',
    '11010519491231002X',
    null,
    null,
  ])
})
