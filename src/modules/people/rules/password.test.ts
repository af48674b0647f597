import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashPassword, isPassword, newInitialPassword } from '../hashing.ts'
import { demonstrationPassword } from '../reference/demonstration.ts'
import { commonPasswordCount, isCommonPassword } from './common-password.ts'
import { commonPasswordText } from './common-password-list.ts'
import { passwordRefusals } from './password.ts'

const context = {
  username: 'shi.education.jingban',
  personName: '李晓燕',
  organWords: ['太原市教育局'],
  minimumLength: 10,
  classes: 3,
}
const codes = (password: string) => passwordRefusals(password, context).map(({ code }) => code)

describe('passwordRefusals (GB/T 22239 8.1.4.1 a)', () => {
  it.each([
    ['Xiaohe-27-Liu', []],
    [demonstrationPassword, []],
    ['Xh-27-Liu', ['password-short']],
    ['xiaohe-liushui', ['password-classes']],
    ['Education-2027-x', ['password-context']],
    ['李晓燕-Fen-2027', ['password-context']],
    ['Yunbao-Fen-2027', ['password-context']],
    ['Admin@2026!!', ['password-common']],
    ['P@ssw0rd1234', ['password-common']],
    ['P@ssw0rd123!', ['password-common']],
    ['12@dm1n2026!', ['password-common']],
    ['1qaz@WSX3edc', ['password-common']],
    ['aaa', ['password-short', 'password-classes', 'password-common']],
  ])('%s', (password, refused) => expect(codes(password)).toEqual(refused))

  it('counts signs as people see them', () => expect(codes('A1河😀河😀河😀河')).toEqual(['password-short']))

  it('what is refused always has a basis, and any initial password passes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (password) =>
        passwordRefusals(password, context).every(({ basis, message }) => basis !== null && message !== ''),
      ),
    )
    for (let turn = 0; turn < 200; turn++) expect(codes(newInitialPassword())).toEqual([])
  })

  it('knows repeated pieces', () =>
    expect([isCommonPassword('Ab1Ab1Ab1Ab1'), isCommonPassword('Xiaohe-27-Liu')]).toEqual([true, false]))

  it('refuses every one of more than 3,000 listed passwords, bare and with an ending, in either case', () => {
    expect(commonPasswordCount).toBeGreaterThanOrEqual(3000)
    const listed = commonPasswordText.trim().split(/\s+/)
    expect(listed.filter((word) => !isCommonPassword(word) || !isCommonPassword(word.toUpperCase()))).toEqual([])
    const words = listed.filter((word) => /^[a-z]{5,}$/.test(word))
    expect(words.length).toBeGreaterThan(2000)
    expect(words.filter((word) => !isCommonPassword(`${word}@2026!`))).toEqual([])
  })

  it('profile asvs asks for no composition, but for length, and refuses what is common all the same', () => {
    const asvs = (password: string) => passwordRefusals(password, { ...context, classes: 0 }).map(({ code }) => code)
    expect(asvs('xiaohe-liushui')).toEqual([])
    expect(asvs('xiaohe')).toEqual(['password-short'])
    expect(asvs('passwordpassword')).toEqual(['password-common'])
  })

  it('takes long passwords whole: with 200 signs the last one still counts', async () => {
    const long = 'Fen river, 汾河 27 '.repeat(12).slice(0, 199)
    expect(codes(`${long}x`)).toEqual([])
    const hash = await hashPassword(`${long}x`, { memoryKib: 64, passes: 1 })
    expect([await isPassword(`${long}x`, hash), await isPassword(`${long}y`, hash)]).toEqual([true, false])
  })
})
