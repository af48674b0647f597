import { withoutPersonalNumbers } from './personal-numbers.ts'

/**
 * What no record and no log may hold: secrets (passwords, tokens, keys) by the name of their field, and full numbers that
 * point at a person (公民身份号码, 手机号码) wherever they stand.
 */
const secretName = /password|passwd|token|secret|cookie|authorization|private.?key|密码|口令/i

export const withheld = '（不予记录）'

/** The value, as JSON has it, without secrets and full personal numbers. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return withoutPersonalNumbers(value)
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      withoutPersonalNumbers(key),
      secretName.test(key) && typeof member === 'string' ? withheld : withoutSecrets(member),
    ]),
  )
}
