import { z } from 'zod'
import { ActingOrgan, Role } from '#kernel/pure/actor.ts'
import { defineContract, Instant, pageInput, pageOf } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { Holding, Person, PersonId, Username } from './model.ts'

export const MeView = z.object({
  person: z.object({ id: PersonId, name: z.string() }),
  organ: ActingOrgan.nullable(),
  roles: z.array(Role),
  /** Where else the person holds roles today. */
  holdings: z.array(
    z.object({ organId: z.uuid(), organName: z.string(), jurisdictionName: z.string(), roles: z.array(Role) }),
  ),
  demonstration: z.boolean(),
  mustChangePassword: z.boolean(),
})
export const Account = z.object({
  username: z.string(),
  state: z.enum(['active', 'disabled']),
  locked: z.boolean(),
  mustChange: z.boolean(),
  passwordSetAt: Instant,
})
export const PersonView = z.object({
  person: Person,
  account: Account.nullable(),
  holdings: z.array(Holding),
  may: z.object({ grant: May, disable: May, resetPassword: May, delegate: May }),
})
/** Shown once; nobody can read it again. */
const withInitialPassword = PersonView.extend({ initialPassword: z.string() })
const document = z.string().trim().max(200).optional()

export const contract = defineContract('people', {
  signIn: {
    method: 'POST',
    path: '/session',
    summary: '登录',
    access: 'public',
    input: z.object({
      username: z.string().trim().toLowerCase().min(1, '请填写用户名。').max(100),
      password: z.string().min(1, '请填写密码。').max(1000),
    }),
    output: MeView,
  },
  me: { method: 'GET', path: '/session', summary: '当前登录', input: z.object({}), output: MeView },
  signOut: { method: 'DELETE', path: '/session', summary: '退出登录', input: z.object({}), output: z.object({}) },
  switchOrgan: {
    method: 'PUT',
    path: '/session/organ',
    summary: '切换机关身份',
    input: z.object({ organId: z.uuid() }),
    output: MeView,
  },
  changePassword: {
    method: 'PUT',
    secret: true,
    path: '/session/password',
    summary: '修改密码',
    input: z.object({
      currentPassword: z.string().min(1, '请填写现在的密码。').max(1000),
      newPassword: z.string().min(1, '请填写新密码。').max(200),
    }),
    output: MeView,
  },
  demonstrationAccounts: {
    method: 'GET',
    path: '/demonstration-accounts',
    summary: '演示账号',
    access: 'public',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          username: z.string(),
          password: z.string(),
          name: z.string(),
          organName: z.string(),
          jurisdictionName: z.string(),
          roles: z.array(Role),
        }),
      ),
    }),
  },
  sessions: {
    method: 'GET',
    path: '/sessions',
    summary: '本人的登录',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          createdAt: Instant,
          lastSeenAt: Instant,
          source: z.string().nullable(),
          current: z.boolean(),
        }),
      ),
    }),
  },
  endSession: {
    method: 'DELETE',
    path: '/sessions/:sessionId',
    summary: '结束一个登录',
    input: z.object({ sessionId: z.uuid() }),
    output: z.object({}),
  },
  people: {
    method: 'GET',
    path: '/people',
    summary: '人员名单',
    input: z.object({ organId: z.uuid().optional(), text: z.string().trim().max(50).optional(), ...pageInput }),
    output: pageOf(Person.extend({ roles: z.array(Role), username: z.string().nullable() })).extend({
      may: z.object({ create: May }),
    }),
  },
  viewPerson: {
    method: 'GET',
    path: '/people/:personId',
    summary: '查看人员',
    input: z.object({ personId: z.uuid() }),
    output: PersonView,
  },
  createPerson: {
    method: 'POST',
    secret: true,
    path: '/people',
    summary: '登记人员并开通账号',
    input: z.object({
      name: z.string().trim().min(1, '请填写姓名。').max(50),
      organId: z.uuid(),
      post: z.string().trim().max(100).optional(),
      username: Username,
    }),
    output: withInitialPassword,
  },
  grantRole: {
    method: 'POST',
    path: '/people/:personId/holdings',
    summary: '授予角色',
    input: z.object({
      personId: z.uuid(),
      organId: z.uuid(),
      role: Role,
      validFrom: LocalDateSchema,
      validUntil: LocalDateSchema.optional(),
      document,
    }),
    output: PersonView,
  },
  endRole: {
    method: 'DELETE',
    path: '/holdings/:holdingId',
    summary: '收回角色',
    input: z.object({ holdingId: z.uuid() }),
    output: PersonView,
  },
  /** 委托: a colleague exercises one of my roles for a period. */
  delegateRole: {
    method: 'POST',
    path: '/holdings/:holdingId/delegations',
    summary: '委托',
    input: z.object({
      holdingId: z.uuid(),
      personId: z.uuid(),
      validFrom: LocalDateSchema,
      validUntil: LocalDateSchema,
      document,
    }),
    output: PersonView,
  },
  setAccountState: {
    method: 'PUT',
    path: '/people/:personId/account',
    summary: '停用或启用账号',
    input: z.object({ personId: z.uuid(), state: z.enum(['active', 'disabled']) }),
    output: PersonView,
  },
  resetPassword: {
    method: 'POST',
    secret: true,
    path: '/people/:personId/password-reset',
    summary: '重置密码',
    input: z.object({ personId: z.uuid() }),
    output: withInitialPassword,
  },
})
