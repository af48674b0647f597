import { z } from 'zod'
import { Role } from '#kernel/pure/actor.ts'
import { Instant, pageInputById, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { accountFilters, Holding, Person, PersonId, Username } from '../model.ts'

export const Account = z.object({
  username: z.string(),
  state: z.enum(['active', 'disabled']),
  locked: z.boolean(),
  mustChange: z.boolean(),
  passwordSetAt: Instant,
  secondFactorSince: Instant.nullable(),
  /** A role held today asks for a second factor. */
  secondFactorRequired: z.boolean(),
})
export const PersonView = z.object({
  person: Person,
  account: Account.nullable(),
  holdings: z.array(Holding),
  may: z.object({
    grant: May,
    disable: May,
    unlock: May,
    resetPassword: May,
    resetSecondFactor: May,
    endSessions: May,
    delegate: May,
  }),
})
const ListedPerson = Person.extend({
  roles: z.array(Role),
  /** For those who keep accounts; null for everybody else. */
  account: Account.omit({ passwordSetAt: true }).nullable(),
  /** As the asker may see them, the mobile number always masked. */
  officePhone: z.string().nullable(),
  mobile: z.string().nullable(),
})
/** A role somebody holds, for the list of a level or an organ. */
export const ListedHolding = Holding.extend({ personName: z.string(), post: z.string().nullable() })
/** A delegation of mine, or to me. */
export const Delegation = z.object({
  holding: Holding,
  from: z.object({ id: PersonId, name: z.string() }),
  to: z.object({ id: PersonId, name: z.string() }),
  /** Not begun, in force, or over. */
  state: z.enum(['ahead', 'in-force', 'over']),
  may: z.object({ end: May }),
})
/** Shown once; nobody can read it again. */
const withInitialPassword = PersonView.extend({ initialPassword: z.string() })
const document = z.string().trim().max(200).optional()

/** Persons, their accounts and roles. */
export const peopleOperations = {
  people: {
    method: 'GET',
    path: '/people',
    summary: '人员名单',
    input: z.object({
      organId: z.uuid().optional(),
      text: z.string().trim().max(50).optional(),
      /** For those who keep accounts. */
      account: z.enum(accountFilters).optional(),
      ...pageInputById,
    }),
    output: pageOf(ListedPerson).extend({ may: z.object({ create: May, find: May }) }),
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
    stepUp: true,
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
  /** Roles in force or to come, of a level or of one organ. */
  holdings: {
    method: 'GET',
    path: '/holdings',
    summary: '角色台账',
    input: z.object({
      organId: z.uuid().optional(),
      role: Role.optional(),
      text: z.string().trim().max(50).optional(),
      ...pageInputById,
    }),
    output: pageOf(ListedHolding).extend({ may: z.object({ end: May }) }),
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
  delegations: {
    method: 'GET',
    path: '/delegations',
    summary: '我的委托',
    input: z.object({}),
    output: z.object({
      given: z.array(Delegation),
      received: z.array(Delegation),
      /** Own roles that can be delegated today. */
      own: z.array(Holding),
      longestDays: z.number().int(),
    }),
  },
  setAccountState: {
    method: 'PUT',
    path: '/people/:personId/account',
    summary: '停用或启用账号',
    input: z.object({ personId: z.uuid(), state: z.enum(['active', 'disabled']) }),
    output: PersonView,
  },
  unlockAccount: {
    method: 'DELETE',
    path: '/people/:personId/lock',
    summary: '解除登录锁定',
    input: z.object({ personId: z.uuid() }),
    output: PersonView,
  },
  resetPassword: {
    method: 'POST',
    secret: true,
    stepUp: true,
    path: '/people/:personId/password-reset',
    summary: '重置密码',
    input: z.object({ personId: z.uuid() }),
    output: withInitialPassword,
  },
} as const satisfies Record<string, OperationDeclaration>
