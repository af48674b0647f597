/**
 * Numbers that point at one person: how they are read, written and put out of sight. Masked forms keep as far as one
 * needs to tell two people apart, and no further.
 */

/** Weights of the check digit, GB 11643-1999. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const identityNumber = /(?<!\d)[1-9]\d{16}[\dXx](?![\dXx])/g

/** Eleven digits by themselves, with or without the country code; not as part of an identifier. */
const mobileNumber = /(?<![\w-])((?:\+?86[- ]?)?)(1[3-9]\d)(\d{4})(\d{4})(?![\w-])/g

/** True for eighteen characters that can be an identity number: a date of birth in them, and the right check digit. */
export function isIdentityNumber(text: string): boolean {
  if (!/^[1-9]\d{16}[\dXx]$/.test(text)) return false
  const month = Number(text.slice(10, 12))
  const day = Number(text.slice(12, 14))
  if (month < 1 || month > 12 || day < 1 || day > 31 || !/^(18|19|20)/.test(text.slice(6, 8))) return false
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase()
}

/** 公民身份号码 as it is kept: eighteen characters, X in capitals; null when it cannot be one. */
export function readIdentityNumber(text: string): string | null {
  const compact = text.replace(/\s/g, '').toUpperCase()
  return isIdentityNumber(compact) ? compact : null
}

/** 手机号码 as it is kept: eleven digits; null when it cannot be one. */
export function readMobile(text: string): string | null {
  const compact = text.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')
  return /^1[3-9]\d{9}$/.test(compact) ? compact : null
}

/** 办公电话 as it is kept: area code, number, extension (`0351-4567890`, `0351-4567890-801`); null when it cannot be one. */
export function readOfficePhone(text: string): string | null {
  const compact = text
    .replace(/\s/g, '')
    .replace(/[（(](0\d{2,3})[）)]-?/, '$1-')
    .replace(/[转－—]/g, '-')
  const [, area, number, extension] = /^(?:(0\d{2,3})-?)?([2-9]\d{6,7})(?:-(\d{1,5}))?$/.exec(compact) ?? []
  if (number === undefined) return null
  return [area, number, extension].filter((part) => part !== undefined).join('-')
}

/** 139****7890 */
export function maskedMobile(mobile: string): string {
  return `${mobile.slice(0, 3)}****${mobile.slice(-4)}`
}

/** 0351-*****90: the area stays, and the last two digits. */
export function maskedOfficePhone(phone: string): string {
  const [, area = '', number = ''] = /^(0\d{2,3}-)?(.*)$/.exec(phone) ?? []
  return `${area}${number.slice(0, -2).replace(/\d/g, '*')}${number.slice(-2)}`
}

/** First four and last two of the eighteen places. */
export function maskedIdentityNumber(number: string): string {
  return `${number.slice(0, 4)}************${number.slice(-2)}`
}

/** Text with the identity and mobile numbers in it made unreadable. */
export function withoutPersonalNumbers(text: string): string {
  if (text.length < 11) return text
  return text
    .replace(identityNumber, (found) => (isIdentityNumber(found) ? maskedIdentityNumber(found) : found))
    .replace(mobileNumber, '$1$2****$4')
}
