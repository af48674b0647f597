import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foreignCode, longestCode } from './foreign-code.ts'

describe('a code of somebody else’s system says what it is (A12-4)', () => {
  it('addresses with their site, payment, cards, networks, links and texts of other systems', () => {
    expect(foreignCode('https://assets.example.gov.cn:8443/card?id=7')).toBe('网址（assets.example.gov.cn）的二维码')
    expect(foreignCode('https://user:secret@example.cn/')).toBe('网址（example.cn）的二维码')
    expect(foreignCode('wxp://f2f0abc')).toBe('微信的二维码')
    expect(foreignCode('https://u.wechat.com/abc')).toBe('微信的二维码')
    expect(foreignCode('HTTPS://QR.ALIPAY.COM/fkx1')).toBe('支付宝的二维码')
    expect(foreignCode('BEGIN:VCARD\nFN:张三\nEND:VCARD')).toBe('名片的二维码')
    expect(foreignCode('WIFI:S:office;T:WPA;P:12345678;;')).toBe('无线网络的二维码')
    expect(foreignCode('otpauth://totp/x?secret=abc')).toBe('电话、邮箱或身份验证的二维码')
    expect(foreignCode('zichan://card/1')).toBe('应用程序的链接')
    expect(foreignCode('{"id":1}')).toBe('其他系统的二维码')
    expect(foreignCode('A'.repeat(longestCode + 1))).toBe('其他系统的二维码')
  })

  it('numbers, serial numbers and labels of things are never taken for one', () => {
    for (const code of ['YB0193A0D27C7E4B8E9A', 'ZC-2026-0001', 'SN:4K/22-1', '资产〔2026〕1号', '6901234567892'])
      expect(foreignCode(code)).toBeNull()
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9][A-Z0-9/._-]{0,60}$/), (code) => {
        expect(foreignCode(code)).toBeNull()
      }),
    )
  })
})
