import type { FastifyRequest } from 'fastify'
import { Forbidden } from '../errors.ts'
import { digestOfSecret } from '../identifier.ts'

/** The prefix makes a browser refuse the cookie from anywhere but this very host over TLS (RFC 6265bis). */
export function sessionCookieOf({ secureCookies }: { secureCookies: boolean }): string {
  return secureCookies ? '__Host-yunbao_session' : 'yunbao_session'
}
/** Carried from leaving for the identity provider until the return. */
export function flowCookieOf({ secureCookies }: { secureCookies: boolean }): string {
  return secureCookies ? '__Host-yunbao_flow' : 'yunbao_flow'
}

/** What a request shows to say who asks: the session of a browser, or the token of a machine; only digests go on. */
export type Credential = { kind: 'session' | 'token' | 'none' | 'both'; hash: string | null }

export function credentialOf(request: FastifyRequest, over: { secureCookies: boolean }): Credential {
  const session = request.cookies[sessionCookieOf(over)]
  const token = /^Bearer +(\S{1,500})$/i.exec(request.headers.authorization ?? '')?.[1]
  if (session && token !== undefined) return { kind: 'both', hash: null }
  if (token !== undefined) return { kind: 'token', hash: digestOfSecret(token) }
  return session ? { kind: 'session', hash: digestOfSecret(session) } : { kind: 'none', hash: null }
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
