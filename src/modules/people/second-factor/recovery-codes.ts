import { randomInt } from 'node:crypto'
import { hashPassword, type HashCost } from '../hashing.ts'
import { recoveryAlphabet } from '../rules/second-factor.ts'

/** How many are made at a time; each is good once. */
export const recoveryCodeCount = 10

/** The part by which the row of a code is found; it is no secret. */
export function tagOf(code: string): string {
  return code.slice(0, 4)
}

/** New codes such as `k7mq-3xvd-9tbn`: a tag of their own each, and 40 bits more under the hash of a password. */
export async function newRecoveryCodes(cost: HashCost): Promise<{ code: string; tag: string; hash: string }[]> {
  const codes = new Map<string, string>()
  while (codes.size < recoveryCodeCount) {
    const code = [group(), group(), group()].join('-')
    codes.set(tagOf(code), code)
  }
  const made = []
  for (const [tag, code] of codes) made.push({ code, tag, hash: await hashPassword(code, cost) })
  return made
}

function group(): string {
  return Array.from({ length: 4 }, () => recoveryAlphabet[randomInt(recoveryAlphabet.length)]).join('')
}
