import type { Role } from '#kernel/pure/actor.ts'

/** Seconds one code of the second factor holds (RFC 6238). */
export const stepSeconds = 30

/** Codes of this many steps before and after the present one count too: clocks differ, typing takes time. */
export const stepsAround = 1

/** The step a moment lies in, counted from 1970. @param millis milliseconds since 1970 */
export function stepAt(millis: number): number {
  return Math.floor(millis / 1000 / stepSeconds)
}

/** Roles among those held that ask for a second factor; in a demonstration none do. */
export function rolesThatRequire(
  held: readonly Role[],
  policy: { secondFactorRoles: readonly Role[]; demonstration: boolean },
): Role[] {
  return policy.demonstration ? [] : [...new Set(held)].filter((role) => policy.secondFactorRoles.includes(role))
}

/** Letters and digits of a recovery code; none that look alike. */
export const recoveryAlphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** `K7MQ 3XVD-9tbn` is `k7mq-3xvd-9tbn`; null for what is no recovery code. */
export function readRecoveryCode(typed: string): string | null {
  const signs = typed.toLowerCase().replace(/[\s-]/g, '')
  const known = signs.length === 12 && [...signs].every((sign) => recoveryAlphabet.includes(sign))
  return known ? (signs.match(/.{4}/g) ?? []).join('-') : null
}

/** `123 456` is the code 123456; null for what is no code of an authenticator. */
export function readCode(typed: string): string | null {
  const digits = typed.replace(/\s/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}
