import { z } from 'zod'
import { Role } from '#kernel/pure/actor.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { law } from './law.ts'

export const PersonId = z.uuid()

/** Signs somebody in; lower case, so that `Wang` and `wang` are one. */
export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,31}$/, '用户名应为3至32位小写字母、数字、点、下划线或连字符，以字母或数字开头。')

/** The three separated administrators 三员. */
export const administratorRoles = [
  'system-administrator',
  'security-administrator',
  'audit-administrator',
] as const satisfies readonly Role[]

/** Roles an organ's head gives to the people of the organ. */
export const organRoles = ['organ-clerk', 'asset-keeper', 'staff', 'driver'] as const satisfies readonly Role[]

export function isAdministrator(role: Role): boolean {
  return (administratorRoles as readonly Role[]).includes(role)
}

/** A role held at an organ for a period; `delegatedBy` names the person on whose behalf it is exercised (委托). */
export const Holding = z.object({
  id: z.uuid(),
  personId: PersonId,
  organId: z.uuid(),
  organName: z.string(),
  role: Role,
  validFrom: LocalDateSchema,
  /** Last day; null without end. */
  validUntil: LocalDateSchema.nullable(),
  delegatedFrom: z.uuid().nullable(),
  delegatedBy: z.object({ id: PersonId, name: z.string() }).nullable(),
  document: z.string().nullable(),
})
export type Holding = z.infer<typeof Holding>

export const Person = z.object({
  id: PersonId,
  name: z.string(),
  organId: z.uuid(),
  organName: z.string(),
  jurisdictionCode: z.string(),
  jurisdictionName: z.string(),
  /** 职务. */
  post: z.string().nullable(),
  version: z.number().int(),
})
export type Person = z.infer<typeof Person>

type SettingDeclaration = {
  title: string
  unit: string
  least: number
  most: number
  basis: { norm: string | null; citation: string }
}

/** The figures of the security policy with the bounds the standards leave; their values are rows. */
export const settings = {
  'session-idle-minutes': { title: '无操作自动退出', unit: '分钟', least: 5, most: 30, basis: law.failedSignIns },
  'session-hours': { title: '一次登录最长时间', unit: '小时', least: 1, most: 24, basis: law.failedSignIns },
  'parallel-sessions': { title: '同一账号同时登录数', unit: '个', least: 1, most: 200, basis: law.accounts },
  'failures-per-account': { title: '账号锁定前连续失败次数', unit: '次', least: 3, most: 10, basis: law.failedSignIns },
  'failed-names-per-source': {
    title: '来源锁定前登录失败的不同账号数',
    unit: '个',
    least: 5,
    most: 1000,
    basis: law.failedSignIns,
  },
  'lock-minutes': { title: '锁定时间', unit: '分钟', least: 10, most: 1440, basis: law.failedSignIns },
  'password-length': { title: '密码最短长度', unit: '位', least: 8, most: 32, basis: law.passwords },
  'password-history': { title: '不得重复使用的历史密码', unit: '个', least: 5, most: 24, basis: law.passwords },
  'password-days': { title: '密码更换周期', unit: '天', least: 30, most: 90, basis: law.passwords },
  'initial-password-days': { title: '初始密码有效期', unit: '天', least: 1, most: 30, basis: law.passwords },
  'hash-memory-kib': { title: '密码散列内存', unit: 'KiB', least: 19_456, most: 262_144, basis: law.passwords },
  'hash-passes': { title: '密码散列轮数', unit: '轮', least: 2, most: 10, basis: law.passwords },
  'delegation-days': { title: '一次委托最长期限', unit: '天', least: 1, most: 366, basis: law.projectDefault },
} as const satisfies Record<string, SettingDeclaration>
export type SettingKey = keyof typeof settings
export const settingKeys = Object.keys(settings) as [SettingKey, ...SettingKey[]]
export const SettingKey = z.enum(settingKeys)
export type Settings = Readonly<Record<SettingKey, number>>
