import { z } from 'zod'
import { defineContract, pageInputById, pageOf } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { machineRights } from '#kernel/pure/machine-scope.ts'
import { May } from '#kernel/pure/verdict.ts'
import { Scope, settings, Token, tokenStates } from './model.ts'

const figure = (key: keyof typeof settings) => {
  const { title, unit, least, most } = settings[key]
  const message = `${title}应为${least}至${most}${unit}。`
  return z.number(message).int(message).min(least, message).max(most, message)
}
const Figures = z.object({ tokenDays: z.number().int(), requestsPerMinute: z.number().int() })

export const contract = defineContract('machines', {
  areas: {
    method: 'GET',
    path: '/areas',
    summary: '可以授予接口令牌的权限',
    input: z.object({}),
    output: z.object({
      items: z.array(z.object({ module: z.string(), title: z.string(), rights: z.array(z.enum(machineRights)) })),
      settings: Figures,
      may: z.object({ changeSettings: May }),
    }),
  },
  tokens: {
    method: 'GET',
    path: '/tokens',
    summary: '本级的接口令牌，新签发的在前',
    input: z.object({ state: z.enum(tokenStates).optional(), organId: z.uuid().optional(), ...pageInputById }),
    output: pageOf(Token),
  },
  issue: {
    method: 'POST',
    path: '/tokens',
    secret: true,
    stepUp: true,
    summary: '签发接口令牌（只显示一次）',
    input: z.object({
      organId: z.uuid('请选择机关。'),
      name: z.string().trim().min(1, '请填写对接系统的名称。').max(60, '对接系统名称最多60字。'),
      purpose: z.string().trim().min(4, '请写明用途，至少4个字。').max(300, '用途最多300字。'),
      scopes: z.array(Scope).min(1, '请至少选择一项权限。').max(100, '权限最多100项。'),
      validUntil: LocalDateSchema,
    }),
    output: z.object({
      token: Token,
      /** Shown once; nobody can read it again. */
      secret: z.string(),
    }),
  },
  revoke: {
    method: 'POST',
    stepUp: true,
    path: '/tokens/:tokenId/revocation',
    summary: '撤销接口令牌，立即失效',
    input: z.object({
      tokenId: z.uuid(),
      reason: z.string().trim().min(2, '请写明撤销原因。').max(200, '撤销原因最多200字。'),
    }),
    output: Token,
  },
  changeSettings: {
    method: 'PUT',
    stepUp: true,
    path: '/settings',
    summary: '设定接口令牌的最长有效期和请求频率',
    input: z.object({ tokenDays: figure('token-days'), requestsPerMinute: figure('requests-per-minute') }),
    output: Figures,
  },
})
