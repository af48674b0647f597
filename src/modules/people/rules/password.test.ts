import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newInitialPassword } from '../hashing.ts'
import { demonstrationPassword } from '../reference/demonstration.ts'
import { isCommonPassword, passwordRefusals } from './password.ts'

const context = {
  username: 'shi.education.jingban',
  personName: '李晓燕',
  organWords: ['太原市教育局'],
  minimumLength: 10,
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
})
