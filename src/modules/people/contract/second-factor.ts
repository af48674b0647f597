import { z } from 'zod'
import { Role } from '#kernel/pure/actor.ts'
import { Instant, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { PersonView } from './people.ts'

export const SecondFactorView = z.object({
  /** Null where there is none. */
  confirmedAt: Instant.nullable(),
  recoveryCodesLeft: z.number().int(),
  /** Roles held today that ask for one. */
  requiredBy: z.array(Role),
  /** In a demonstration nobody must have one. */
  demonstration: z.boolean(),
})
/** Shown once; only digests are kept. */
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })

/** The own second factor, and its reset by the security administrator. */
export const secondFactorOperations = {
  secondFactor: {
    method: 'GET',
    path: '/second-factor',
    summary: '本人的第二因素',
    whileUnready: true,
    input: z.object({}),
    output: SecondFactorView,
  },
  /** Makes a new secret; the one in use, if any, stays in use until a first code confirms the new one. */
  enrolSecondFactor: {
    method: 'POST',
    secret: true,
    stepUp: true,
    path: '/second-factor/enrolment',
    summary: '启用或更换第二因素：取得密钥',
    whileUnready: true,
    input: z.object({}),
    output: z.object({
      /** What an authenticator application reads: `otpauth://totp/…`. */
      address: z.string(),
      /** The secret in Base32, for typing. */
      secret: z.string(),
      /** The address as a QR code, an SVG image. */
      qr: z.string(),
      expiresAt: Instant,
    }),
  },
  confirmSecondFactor: {
    method: 'PUT',
    secret: true,
    path: '/second-factor',
    summary: '启用或更换第二因素：以首个动态口令确认',
    whileUnready: true,
    input: z.object({
      code: z
        .string()
        .transform((code) => code.replace(/\s/g, ''))
        .pipe(z.string().regex(/^\d{6}$/, '动态口令为6位数字。')),
    }),
    output: SecondFactorView.extend(RecoveryCodes.shape),
  },
  newRecoveryCodes: {
    method: 'POST',
    secret: true,
    stepUp: true,
    path: '/second-factor/recovery-codes',
    summary: '重新生成恢复码',
    input: z.object({}),
    output: SecondFactorView.extend(RecoveryCodes.shape),
  },
  removeSecondFactor: {
    method: 'DELETE',
    stepUp: true,
    path: '/second-factor',
    summary: '停用第二因素',
    input: z.object({}),
    output: SecondFactorView,
  },
  resetSecondFactor: {
    method: 'DELETE',
    stepUp: true,
    path: '/people/:personId/second-factor',
    summary: '重置他人的第二因素',
    input: z.object({ personId: z.uuid() }),
    output: PersonView,
  },
} as const satisfies Record<string, OperationDeclaration>
