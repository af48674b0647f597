import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Forbidden } from '../errors.ts'

export const sessionCookie = 'yunbao_session'
/** Carried from leaving for the identity provider until the return. */
export const flowCookie = 'yunbao_flow'

/** What a request shows to say who asks: the session of a browser, or the token of a machine; only digests go on. */
export type Credential = { kind: 'session' | 'token' | 'none' | 'both'; hash: string | null }

export function credentialOf(request: FastifyRequest): Credential {
  const session = request.cookies[sessionCookie]
  const token = /^Bearer +(\S{1,500})$/i.exec(request.headers.authorization ?? '')?.[1]
  if (session && token !== undefined) return { kind: 'both', hash: null }
  if (token !== undefined) return { kind: 'token', hash: digest(token) }
  return session ? { kind: 'session', hash: digest(session) } : { kind: 'none', hash: null }
}

/** One request speaks for one: a page that slips a token in, or a machine that carries a cookie, is refused. */
export function refuseTwoCredentials({ kind }: Credential): void {
  if (kind === 'both')
    throw new Forbidden([
      {
        code: 'two-credentials',
        message: '请求同时带有登录会话和接口令牌，无法确定由谁办理，已拒绝。',
        basis: null,
        facts: {},
        remedy: '接口调用只带 Authorization 请求头，不带 Cookie。',
      },
    ])
}

export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
