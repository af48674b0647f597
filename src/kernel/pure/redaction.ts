/**
 * What no record and no log may hold: secrets (passwords, tokens, keys) by the name of their field, and full resident
 * identity numbers 公民身份号码 wherever they stand. Fourteen of the eighteen places go; first four and last two stay, as
 * far as one needs to tell two people apart.
 */
const secretName = /password|passwd|token|secret|cookie|authorization|private.?key|密码|口令/i

/** Weights of the check digit, GB 11643-1999. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const identityNumber = /(?<!\d)[1-9]\d{16}[\dXx](?![\dXx])/g

/** True for eighteen characters that can be an identity number: a date of birth in them, and the right check digit. */
export function isIdentityNumber(text: string): boolean {
  if (!/^[1-9]\d{16}[\dXx]$/.test(text)) return false
  const month = Number(text.slice(10, 12))
  const day = Number(text.slice(12, 14))
  if (month < 1 || month > 12 || day < 1 || day > 31 || !/^(18|19|20)/.test(text.slice(6, 8))) return false
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase()
}

/** Text with the identity numbers in it made unreadable. */
export function withoutIdentityNumbers(text: string): string {
  if (text.length < 18) return text
  return text.replace(identityNumber, (found) =>
    isIdentityNumber(found) ? `${found.slice(0, 4)}************${found.slice(-2)}` : found,
  )
}

export const withheld = '（不予记录）'

/** The value, as JSON has it, without secrets and full identity numbers. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return withoutIdentityNumbers(value)
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      withoutIdentityNumbers(key),
      secretName.test(key) && typeof member === 'string' ? withheld : withoutSecrets(member),
    ]),
  )
}
