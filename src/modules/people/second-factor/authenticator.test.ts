import fc from 'fast-check'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { readCode, readRecoveryCode, rolesThatRequire, stepAt, stepSeconds } from '../rules/second-factor.ts'
import { enrolmentOf, newTotpSecret, stepOfCode } from './authenticator.ts'
import { newRecoveryCodes, tagOf } from './recovery-codes.ts'

/** Appendix B of RFC 6238, SHA-1: the last six digits of its eight. */
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const
const rfcSecret = Secret.fromUTF8('12345678901234567890').base32
const codeAt = (secret: string, seconds: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: seconds * 1000 })

describe('codes of an authenticator (RFC 6238)', () => {
  it.each(vectors)('at %i seconds the code is %s', (seconds, code) =>
    expect(stepOfCode(rfcSecret, code, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30)),
  )

  it('G22 a code holds in its own step and the ones beside it, and in no other', () => {
    const secret = newTotpSecret()
    fc.assert(
      fc.property(
        fc.integer({ min: 1_600_000_000, max: 4_000_000_000 }),
        fc.integer({ min: -5, max: 5 }),
        (seconds, steps) => {
          const step = stepOfCode(secret, codeAt(secret, seconds), new Date((seconds + steps * stepSeconds) * 1000))
          // Two steps may have the same code by chance: then it is told as the nearer one's.
          if (Math.abs(steps) <= 1) expect(step).not.toBeNull()
          else if (step !== null) expect(codeAt(secret, step * stepSeconds)).toBe(codeAt(secret, seconds))
        },
      ),
    )
  })

  it('a secret has 160 bits and no other is like it; the address names system and account', () => {
    const secrets = new Set(Array.from({ length: 50 }, newTotpSecret))
    expect(secrets.size).toBe(50)
    for (const secret of secrets) expect(Secret.fromBase32(secret).bytes.length).toBe(20)
    const secret = newTotpSecret()
    const { address, qr } = enrolmentOf(secret, 'shi.anquan')
    const url = new URL(address)
    expect(decodeURIComponent(url.pathname)).toContain('运保:shi.anquan')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ secret, algorithm: 'SHA1', digits: '6', period: '30' })
    expect(qr).toMatch(/^<svg /)
  })
})

describe('what is typed', () => {
  it('is a code of six digits, blanks aside, or a recovery code in any writing', () => {
    expect([readCode(' 123 456'), readCode('12345'), readCode('abcdef')]).toEqual(['123456', null, null])
    expect(readRecoveryCode('K7MQ3XVD 9TBN')).toBe('k7mq-3xvd-9tbn')
    expect(readRecoveryCode('k7mq-3xvd-9tb0')).toBeNull()
  })

  it('ten recovery codes are read back as they were shown, each with a tag of its own', async () => {
    const codes = await newRecoveryCodes({ memoryKib: 64, passes: 1 })
    expect(codes).toHaveLength(10)
    expect(new Set(codes.map(({ tag }) => tag)).size).toBe(10)
    for (const { code, tag, hash } of codes) {
      expect(readRecoveryCode(code.toUpperCase())).toBe(code)
      expect(tagOf(code)).toBe(tag)
      expect(hash).not.toContain(code)
    }
  })
})

describe('who must have a second factor', () => {
  const policy = { secondFactorRoles: ['finance-reviewer', 'plan-reviewer'] as const, demonstration: false }
  it('whoever holds one of the roles of the policy; nobody in a demonstration', () => {
    expect(rolesThatRequire(['organ-clerk', 'plan-reviewer', 'plan-reviewer'], policy)).toEqual(['plan-reviewer'])
    expect(rolesThatRequire(['organ-clerk'], policy)).toEqual([])
    expect(rolesThatRequire(['plan-reviewer'], { ...policy, demonstration: true })).toEqual([])
  })

  it('steps count from 1970', () => expect([stepAt(0), stepAt(29_999), stepAt(30_000)]).toEqual([0, 0, 1]))
})
