import { z } from 'zod'
import { ActingOrgan, Role } from '#kernel/pure/actor.ts'
import { Instant, pageInputById, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { PersonId } from '../model.ts'

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
  /** A role held today asks for a second factor, and there is none. */
  mustEnrolSecondFactor: z.boolean(),
  hasSecondFactor: z.boolean(),
  /** System administrator of the highest level: the whole installation is looked after there. */
  looksAfterInstallation: z.boolean(),
})
/** The password was right; the code of the second factor is still missing, and nothing is open before. */
export const PendingSignIn = z.object({ pending: z.literal('second-factor'), expiresAt: Instant })

/** A code of the second factor or a recovery code, as typed. */
export const ProofCode = z.string().trim().min(1, '请填写动态口令或恢复码。').max(40)

const OwnSession = z.object({
  id: z.uuid(),
  createdAt: Instant,
  lastSeenAt: Instant,
  source: z.string().nullable(),
  current: z.boolean(),
})
export const LevelSession = z.object({
  id: z.uuid(),
  personId: PersonId,
  personName: z.string(),
  username: z.string(),
  organName: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  source: z.string().nullable(),
  current: z.boolean(),
})

/** Signing in, the session, and the sessions of a level. */
export const sessionOperations = {
  signIn: {
    method: 'POST',
    path: '/session',
    summary: '登录',
    access: 'public',
    personal: true,
    input: z.object({
      username: z.string().trim().toLowerCase().min(1, '请填写用户名。').max(100),
      password: z.string().min(1, '请填写密码。').max(1000),
    }),
    output: z.union([MeView, PendingSignIn]),
  },
  /** Second step of signing in, with the cookie the first step gave. */
  proveSignIn: {
    method: 'POST',
    path: '/session/second-factor',
    summary: '登录第二步：动态口令',
    access: 'public',
    personal: true,
    input: z.object({ code: ProofCode }),
    output: MeView,
  },
  me: {
    method: 'GET',
    path: '/session',
    summary: '当前登录',
    whileUnready: true,
    asksWhoIsThere: true,
    input: z.object({}),
    output: MeView,
  },
  signOut: {
    method: 'DELETE',
    path: '/session',
    summary: '退出登录',
    whileUnready: true,
    input: z.object({}),
    output: z.object({
      /** Where the browser goes to sign out of the provider too, where it signed in through one. */
      providerSignOut: z.string().nullable(),
    }),
  },
  switchOrgan: {
    method: 'PUT',
    path: '/session/organ',
    summary: '切换机关身份',
    whileUnready: true,
    input: z.object({ organId: z.uuid() }),
    output: MeView,
  },
  changePassword: {
    method: 'PUT',
    secret: true,
    path: '/session/password',
    summary: '修改密码',
    whileUnready: true,
    input: z.object({
      currentPassword: z.string().min(1, '请填写现在的密码。').max(1000),
      newPassword: z.string().min(1, '请填写新密码。').max(200),
    }),
    output: MeView,
  },
  /** Step-up: proves anew who is there, by code, or by password where there is no second factor. */
  stepUp: {
    method: 'PUT',
    secret: true,
    path: '/session/proof',
    summary: '再次验证身份',
    whileUnready: true,
    input: z.object({
      code: ProofCode.optional(),
      password: z.string().min(1, '请填写密码。').max(1000).optional(),
    }),
    output: z.object({}),
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
    output: z.object({ items: z.array(OwnSession) }),
  },
  endSession: {
    method: 'DELETE',
    path: '/sessions/:sessionId',
    summary: '结束一个登录',
    input: z.object({ sessionId: z.uuid() }),
    output: z.object({}),
  },
  levelSessions: {
    method: 'GET',
    path: '/level-sessions',
    summary: '本级的登录',
    input: z.object({ text: z.string().trim().max(50).optional(), ...pageInputById }),
    output: pageOf(LevelSession),
  },
  endSessionOf: {
    method: 'DELETE',
    stepUp: true,
    path: '/level-sessions/:sessionId',
    summary: '结束他人的一个登录',
    input: z.object({ sessionId: z.uuid() }),
    output: z.object({}),
  },
  endSessionsOf: {
    method: 'DELETE',
    stepUp: true,
    path: '/people/:personId/sessions',
    summary: '结束一人的全部登录',
    input: z.object({ personId: z.uuid() }),
    output: z.object({ ended: z.number().int() }),
  },
} as const satisfies Record<string, OperationDeclaration>
