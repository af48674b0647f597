import { Secret, TOTP } from 'otpauth'
import { encodeQR } from 'qr'
import { stepAt, stepsAround, stepSeconds } from '../rules/second-factor.ts'

/** Bytes of a new secret: 160 bits, as long as the digest (RFC 4226 section 4, R6). */
const secretBytes = 20

/** A new secret in Base32. */
export function newTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32
}

/**
 * The step a code was made for; null where it is none of the steps around now.
 * @param secret in Base32
 */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const delta = authenticator(secret).validate({ token: code, timestamp: now.getTime(), window: stepsAround })
  return delta === null ? null : stepAt(now.getTime()) + delta
}

/** What an authenticator application reads, as address and as QR code. */
export function enrolmentOf(secret: string, username: string): { address: string; qr: string } {
  const address = authenticator(secret, username).toString()
  return { address, qr: encodeQR(address, 'svg', { ecc: 'medium', border: 2 }) }
}

function authenticator(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: '运保',
    label,
    algorithm: 'SHA1', // the only one every authenticator application understands
    digits: 6,
    period: stepSeconds,
    secret: Secret.fromBase32(secret),
  })
}
