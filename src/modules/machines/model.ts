import { z } from 'zod'
import { Instant } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { law } from './law.ts'

/** One right in one area: `plans:read`, `plans:write`. */
export const Scope = z
  .string()
  .regex(/^[a-z][a-z-]{1,40}:(read|write)$/, '权限应写作“模块:read”或“模块:write”，例如 plans:read。')

export const tokenStates = ['valid', 'expired', 'revoked'] as const
export type TokenState = (typeof tokenStates)[number]
export const stateLabels: Record<TokenState, string> = { valid: '有效', expired: '已到期', revoked: '已撤销' }

/** 接口令牌 as it is shown: nothing of its secret. */
export const Token = z.object({
  id: z.uuid(),
  /** How the token begins, no secret: `yb_k3f9x2ab`. */
  begins: z.string(),
  organId: z.uuid(),
  organName: z.string(),
  name: z.string(),
  purpose: z.string(),
  scopes: z.array(z.string()),
  state: z.enum(tokenStates),
  issuedAt: Instant,
  issuedByName: z.string(),
  /** Last day. */
  validUntil: LocalDateSchema,
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  revokedByName: z.string().nullable(),
  revokedFor: z.string().nullable(),
})
export type Token = z.infer<typeof Token>

/** The figures of the policy with their bounds; their values are rows. */
export const settings = {
  'token-days': { title: '接口令牌最长有效期', unit: '天', least: 1, most: 365, basis: law.projectDefault },
  'requests-per-minute': {
    title: '每个令牌每分钟请求数',
    unit: '次',
    least: 10,
    most: 60_000,
    basis: law.projectDefault,
  },
} as const
export type SettingKey = keyof typeof settings
export const settingKeys = Object.keys(settings) as [SettingKey, ...SettingKey[]]
export type Settings = Readonly<Record<SettingKey, number>>
