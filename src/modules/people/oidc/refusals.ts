import type { Refusal } from '#kernel/pure/verdict.ts'
import type { ProviderFaultReason } from '#kernel/server/identity-provider.ts'

/** Why a sign-in through the provider does not come about. */
export type OidcReason =
  | ProviderFaultReason
  | 'state'
  | 'refused'
  | 'unknown'
  | 'disabled'
  | 'not-same-person'
  | 'taken'

const words: Record<OidcReason, { message: (provider: string) => string; remedy: string }> = {
  away: {
    message: (provider) => `暂时无法连接${provider}。`,
    remedy: '请稍后再试，或者用用户名和密码登录。',
  },
  busy: {
    message: (provider) => `${provider}响应缓慢，正在等待的人较多。`,
    remedy: '请稍后再试，或者用用户名和密码登录。',
  },
  rejected: {
    message: (provider) => `${provider}没有接受这次登录。`,
    remedy: '请重新登录；仍不成功的，请联系系统管理员核对接入配置。',
  },
  mismatch: {
    message: (provider) => `${provider}返回的内容与这次登录不符，已拒绝。`,
    remedy: '请从登录页重新开始；多次出现的，请告知安全保密管理员。',
  },
  clock: {
    message: (provider) => `本系统与${provider}的时钟不一致，无法确认登录是否在有效期内。`,
    remedy: '请联系系统管理员校准服务器时间。',
  },
  'no-claim': {
    message: (provider) => `${provider}没有提供约定的身份标识。`,
    remedy: '请联系系统管理员核对接入配置。',
  },
  state: {
    message: () => '这次登录已经失效，或者不是从本浏览器发起的。',
    remedy: '请从登录页重新开始，并在十分钟内完成。',
  },
  refused: {
    message: (provider) => `${provider}没有同意这次登录，或者您取消了登录。`,
    remedy: '请重新登录，或者用用户名和密码登录。',
  },
  unknown: {
    message: (provider) => `您在${provider}的身份还没有与本系统的账号关联。`,
    remedy: '请先用用户名和密码登录，在“我的登录”中关联；还没有账号的，请联系本单位系统管理员。',
  },
  disabled: {
    message: () => '您在本系统的账号已停用。',
    remedy: '请联系本级系统管理员。',
  },
  'not-same-person': {
    message: () => '发起关联的登录已经结束，或者已换成别人登录。',
    remedy: '请本人重新登录后再关联。',
  },
  taken: {
    message: (provider) => `这一${provider}身份已经与另一个账号关联。`,
    remedy: '请先在那个账号中解除关联。',
  },
}

/** @param provider its name, as the button on the sign-in page has it */
export function oidcRefusal(reason: OidcReason, provider: string): Refusal {
  const { message, remedy } = words[reason]
  return { code: `oidc-${reason}`, message: message(provider), basis: null, facts: {}, remedy }
}
