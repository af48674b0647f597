import { z } from 'zod'
import { Instant, type OperationDeclaration } from '#kernel/pure/contract.ts'

/** A page of this system; nothing that a browser could take for another site. */
const ReturnTo = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\s\\]*$/, '返回地址应为本系统内以“/”开头的地址。')
const Location = z.object({
  /** Where the browser goes now: a page of the provider. */
  location: z.string(),
})

/** Sign-in through the provider of the settings: the browser goes there and comes back to a page that finishes it. */
export const oidcOperations = {
  oidcProvider: {
    method: 'GET',
    path: '/oidc',
    summary: '是否可以用统一身份认证登录',
    access: 'public',
    input: z.object({}),
    output: z.object({
      /** Name of the provider; null where none is set up. */
      title: z.string().nullable(),
    }),
  },
  beginOidc: {
    method: 'POST',
    path: '/oidc/flows',
    summary: '用统一身份认证登录：开始',
    access: 'public',
    personal: true,
    input: z.object({ returnTo: ReturnTo.default('/') }),
    output: Location,
  },
  finishOidc: {
    method: 'POST',
    path: '/oidc/returns',
    summary: '用统一身份认证登录或关联：完成',
    access: 'public',
    personal: true,
    input: z.object({
      state: z.string().min(1, '缺少 state。').max(500),
      code: z.string().min(1).max(4000).optional(),
      iss: z.string().max(500).optional(),
      /** What the provider answered instead of a code. */
      error: z.string().max(200).optional(),
    }),
    /** `second-factor`: the code asked for at `proveSignIn` is still missing, and nothing is open before. */
    output: z.object({ done: z.enum(['signed-in', 'second-factor', 'linked']), returnTo: z.string() }),
  },
  oidcLink: {
    method: 'GET',
    path: '/oidc/link',
    summary: '本人账号与统一身份认证的关联',
    personal: true,
    input: z.object({}),
    output: z.object({
      title: z.string().nullable(),
      link: z.object({ linkedAt: Instant, lastUsedAt: Instant.nullable() }).nullable(),
    }),
  },
  beginOidcLink: {
    method: 'POST',
    path: '/oidc/link-flows',
    stepUp: true,
    summary: '将本人账号与统一身份认证关联：开始',
    personal: true,
    input: z.object({}),
    output: Location,
  },
  endOidcLink: {
    method: 'DELETE',
    stepUp: true,
    path: '/oidc/link',
    summary: '解除本人账号与统一身份认证的关联',
    personal: true,
    input: z.object({}),
    output: z.object({}),
  },
} as const satisfies Record<string, OperationDeclaration>
