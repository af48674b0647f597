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

/** By what beside the password somebody signed in; null where by nothing more. */
export type SecondProof = 'code' | 'recovery-code' | 'provider' | null

/** How a list of accounts is narrowed by those who keep them. */
export const accountFilters = ['locked', 'disabled', 'initial-password', 'without-second-factor'] as const
export type AccountFilter = (typeof accountFilters)[number]

/** Password rules as a whole: what assessors of graded protection ask for, or what OWASP ASVS 5.0 holds for better. */
export const profiles = ['dengbao-3', 'asvs'] as const
export const Profile = z.enum(profiles)
export type Profile = z.infer<typeof Profile>

type SettingDeclaration = {
  group: '登录和会话' | '密码' | '第二因素' | '委托'
  title: string
  unit: string
  least: number
  most: number
  /** What a new system begins with. */
  standard: number
  basis: { norm: string | null; citation: string }
  /** A rule of this profile alone. */
  only?: Profile
}

/** The figures of the security policy with the bounds the standards leave; their values are rows. */
export const settings = {
  'failures-per-account': {
    group: '登录和会话',
    title: '账号锁定前连续失败次数',
    unit: '次',
    least: 3,
    most: 10,
    standard: 5,
    basis: law.failedSignIns,
  },
  'failed-names-per-source': {
    group: '登录和会话',
    title: '来源锁定前登录失败的不同账号数',
    unit: '个',
    least: 5,
    most: 1000,
    standard: 20,
    basis: law.failedSignIns,
  },
  'lock-minutes': {
    group: '登录和会话',
    title: '锁定时间',
    unit: '分钟',
    least: 10,
    most: 1440,
    standard: 30,
    basis: law.failedSignIns,
  },
  'session-idle-minutes': {
    group: '登录和会话',
    title: '无操作自动退出',
    unit: '分钟',
    least: 5,
    most: 30,
    standard: 30,
    basis: law.failedSignIns,
  },
  'session-hours': {
    group: '登录和会话',
    title: '一次登录最长时间',
    unit: '小时',
    least: 1,
    most: 24,
    standard: 12,
    basis: law.failedSignIns,
  },
  'parallel-sessions': {
    group: '登录和会话',
    title: '同一账号同时登录数',
    unit: '个',
    least: 1,
    most: 200,
    standard: 3,
    basis: law.accounts,
  },
  'oidc-second-factor': {
    group: '第二因素',
    title: '认可统一身份认证已验证的第二因素',
    unit: '（1认可，0不认可）',
    least: 0,
    most: 1,
    standard: 0,
    basis: law.secondFactor,
  },
  'pending-sign-in-minutes': {
    group: '第二因素',
    title: '输入密码后等待动态口令的时间',
    unit: '分钟',
    least: 1,
    most: 10,
    standard: 5,
    basis: law.secondFactor,
  },
  'step-up-minutes': {
    group: '第二因素',
    title: '再次验证身份后的有效时间',
    unit: '分钟',
    least: 1,
    most: 15,
    standard: 5,
    basis: law.stepUp,
  },
  'password-length': {
    group: '密码',
    title: '密码最短长度',
    unit: '位',
    least: 8,
    most: 32,
    standard: 10,
    basis: law.passwords,
  },
  'password-classes': {
    group: '密码',
    title: '至少含有的字符类别',
    unit: '类',
    least: 3,
    most: 4,
    standard: 3,
    basis: law.passwords,
    only: 'dengbao-3',
  },
  'password-days': {
    group: '密码',
    title: '密码更换周期',
    unit: '天',
    least: 30,
    most: 90,
    standard: 90,
    basis: law.passwords,
    only: 'dengbao-3',
  },
  'password-history': {
    group: '密码',
    title: '不得重复使用的历史密码',
    unit: '个',
    least: 5,
    most: 24,
    standard: 5,
    basis: law.passwords,
  },
  'initial-password-days': {
    group: '密码',
    title: '初始密码有效期',
    unit: '天',
    least: 1,
    most: 30,
    standard: 7,
    basis: law.passwords,
  },
  'hash-memory-kib': {
    group: '密码',
    title: '密码散列内存',
    unit: 'KiB',
    least: 19_456,
    most: 262_144,
    standard: 19_456,
    basis: law.passwords,
  },
  'hash-passes': {
    group: '密码',
    title: '密码散列轮数',
    unit: '轮',
    least: 2,
    most: 10,
    standard: 2,
    basis: law.passwords,
  },
  'delegation-days': {
    group: '委托',
    title: '一次委托最长期限',
    unit: '天',
    least: 1,
    most: 366,
    standard: 180,
    basis: law.projectDefault,
  },
} as const satisfies Record<string, SettingDeclaration>
export type SettingKey = keyof typeof settings
export const settingKeys = Object.keys(settings) as [SettingKey, ...SettingKey[]]
export const SettingKey = z.enum(settingKeys)
/** What the policy says now: its figures, and the profile of password rules. */
export type Settings = Readonly<Record<SettingKey, number>> & { readonly profile: Profile }
