/** Longer than any number or label of a thing: the interface takes no longer ones. */
export const longestCode = 100

const kinds: readonly [RegExp, string][] = [
  [/^(?:wxp|weixin):\/\/|^https?:\/\/(?:u\.wechat\.com|(?:[\w-]+\.)*weixin\.qq\.com)\//i, '微信的二维码'],
  [/^https?:\/\/qr\.alipay\.com\//i, '支付宝的二维码'],
  [/^(?:BEGIN:VCARD|MECARD:)/i, '名片的二维码'],
  [/^WIFI:/i, '无线网络的二维码'],
  [/^(?:tel|smsto|mailto|geo|otpauth):/i, '电话、邮箱或身份验证的二维码'],
]

/**
 * What a code that was read says it is, where it cannot be the label or the number of a thing: `网址（example.com）的二维码`;
 * null where it may be one.
 */
export function foreignCode(code: string): string | null {
  const text = code.trim()
  const known = kinds.find(([pattern]) => pattern.test(text))
  if (known) return known[1]
  const site = /^https?:\/\/(?:[^/@\s]*@)?([^/:?#\s]{1,100})/i.exec(text)?.[1]
  if (site !== undefined) return `网址（${site.length > 40 ? `${site.slice(0, 40)}…` : site}）的二维码`
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(text)) return '应用程序的链接'
  if (/^[[{][\s\S]*[\]}]$/.test(text) || /[\r\n]/.test(text) || text.length > longestCode) return '其他系统的二维码'
  return null
}
