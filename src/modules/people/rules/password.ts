import type { Refusal } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { isCommonPassword } from './common-password.ts'

/** Whom a password is for: words an attacker would try first. */
export type PasswordContext = {
  username: string
  personName: string
  /** Full and short names of the person's organs. */
  organWords: readonly string[]
  minimumLength: number
  /** Of upper case, lower case, digits and others how many must occur; 0 asks for none (profile `asvs`). */
  classes: number
}

/**
 * What GB/T 22239 8.1.4.1 a) and its assessors ask (profile `dengbao-3`), or OWASP ASVS 5.0 6.2 (profile `asvs`, which asks for
 * no composition). All refusals at once; empty means good. Long passwords are taken whole.
 * Reuse of earlier passwords is not seen here: that needs their hashes.
 */
export function passwordRefusals(password: string, context: PasswordContext): Refusal[] {
  const refusals: Refusal[] = []
  const length = [...password].length
  if (length < context.minimumLength)
    refusals.push(
      refusal(
        'password-short',
        `密码有 ${length} 位，至少应有 ${context.minimumLength} 位。`,
        '可用几个词连成一句，便于记忆。',
      ),
    )
  const classes = characterClasses(password)
  if (classes < context.classes)
    refusals.push(
      refusal(
        'password-classes',
        `密码只含 ${classes} 类字符，大写字母、小写字母、数字、符号四类中至少应有${context.classes}类。`,
        '请加入其他类字符。',
      ),
    )
  const word = contextWordIn(password, context)
  if (word !== null)
    refusals.push(
      refusal('password-context', `密码中含有“${word}”，容易被猜到。`, '不要使用用户名、姓名、单位名称或系统名称。'),
    )
  if (isCommonPassword(password))
    refusals.push(refusal('password-common', '这个密码过于常见，容易被猜到。', '请换一个没有规律的密码。'))
  return refusals
}

/** How many of upper case, lower case, digits and others occur. */
function characterClasses(password: string): number {
  return [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((pattern) => pattern.test(password)).length
}

const systemWords = ['运保', 'yunbao']

function contextWordIn(password: string, { username, personName, organWords }: PasswordContext): string | null {
  const text = password.toLowerCase()
  const names = [username, ...username.split(/[._-]+/).filter((part) => part.length >= 4)]
  return (
    [...systemWords, ...names, personName, ...organWords].find(
      (word) => word.length >= 2 && text.includes(word.toLowerCase()),
    ) ?? null
  )
}

function refusal(code: string, message: string, remedy: string): Refusal {
  return { code, message, remedy, basis: law.passwords, facts: {} }
}
