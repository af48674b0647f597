import { describe, expect, it } from 'vitest'
import { readSettings, WrongSetting } from './settings.ts'

const whole = {
  YUNBAO_OIDC_ISSUER: 'https://sso.example.gov.cn/realms/jiguan',
  YUNBAO_OIDC_CLIENT_ID: 'yunbao',
  YUNBAO_PUBLIC_ADDRESS: 'https://yunbao.example.gov.cn/',
}

describe('the identity provider of the settings', () => {
  it('is none where no issuer is named', () => expect(readSettings({}).oidc).toBeNull())

  it('takes the usual claim and name where nothing else is said', () => {
    expect(readSettings(whole).oidc).toEqual({
      issuer: whole.YUNBAO_OIDC_ISSUER,
      clientId: 'yunbao',
      clientSecretFile: undefined,
      claim: 'sub',
      title: '统一身份认证',
      publicAddress: 'https://yunbao.example.gov.cn',
    })
  })

  it.each([
    [{ YUNBAO_OIDC_CLIENT_ID: '' }, 'YUNBAO_OIDC_CLIENT_ID'],
    [{ YUNBAO_PUBLIC_ADDRESS: '' }, 'YUNBAO_PUBLIC_ADDRESS'],
    [{ YUNBAO_OIDC_ISSUER: 'http://sso.example.gov.cn' }, 'YUNBAO_OIDC_ISSUER'],
    [{ YUNBAO_OIDC_ISSUER: 'sso' }, 'YUNBAO_OIDC_ISSUER'],
    [{ YUNBAO_PUBLIC_ADDRESS: 'http://yunbao.example.gov.cn' }, 'YUNBAO_PUBLIC_ADDRESS'],
    [{ YUNBAO_PUBLIC_ADDRESS: 'https://yunbao.example.gov.cn/app' }, 'YUNBAO_PUBLIC_ADDRESS'],
    [{ YUNBAO_OIDC_CLAIM: 'two words' }, 'YUNBAO_OIDC_CLAIM'],
  ])('is refused by name when half or unsafe: %j', (change, name) => {
    expect(() => readSettings({ ...whole, ...change })).toThrow(WrongSetting)
    expect(() => readSettings({ ...whole, ...change })).toThrow(name)
  })

  it('may be on this machine without TLS', () => {
    const local = { YUNBAO_OIDC_ISSUER: 'http://127.0.0.1:3000', YUNBAO_PUBLIC_ADDRESS: 'http://localhost:8080' }
    expect(readSettings({ ...whole, ...local }).oidc?.issuer).toBe('http://127.0.0.1:3000')
  })
})
