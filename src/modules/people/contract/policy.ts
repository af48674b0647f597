import { z } from 'zod'
import { Role } from '#kernel/pure/actor.ts'
import { Instant, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { Basis, May } from '#kernel/pure/verdict.ts'
import { Profile, SettingKey } from '../model.ts'

export const PolicyView = z.object({
  profile: Profile,
  version: z.number().int(),
  settings: z.array(
    z.object({
      key: SettingKey,
      group: z.string(),
      title: z.string(),
      unit: z.string(),
      value: z.number().int(),
      least: z.number().int(),
      most: z.number().int(),
      standard: z.number().int(),
      basis: Basis,
      /** The profile in force does not use it. */
      unused: z.boolean(),
    }),
  ),
  /** Whose holders must have a second factor. */
  secondFactorRoles: z.array(Role),
  commonPasswords: z.number().int(),
  /** Newest first. */
  changes: z.array(
    z.object({
      version: z.number().int(),
      changedAt: Instant,
      changedByName: z.string(),
      reason: z.string(),
      changes: z.array(z.object({ title: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
  may: z.object({ change: May }),
})

/** Security policy 安全策略: figures and rules of accounts, passwords and sessions, for the whole system. */
export const policyOperations = {
  policy: {
    method: 'GET',
    path: '/policy',
    summary: '安全策略',
    input: z.object({}),
    output: PolicyView,
  },
  /** The whole policy as it shall be; `If-Match` carries the version seen. */
  changePolicy: {
    method: 'PUT',
    stepUp: true,
    path: '/policy',
    summary: '修改安全策略',
    input: z.object({
      profile: Profile,
      values: z.partialRecord(SettingKey, z.number({ error: '请填写整数。' }).int('请填写整数。')),
      secondFactorRoles: z.array(Role).max(50),
      reason: z.string().trim().min(4, '请写明修改理由（4字以上）。').max(500),
    }),
    output: PolicyView,
  },
} as const satisfies Record<string, OperationDeclaration>
