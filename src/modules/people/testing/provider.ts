import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type JWK } from 'oidc-provider'

export type TestProvider = {
  issuer: string
  clientId: string
  clientSecret: string
  /** Seconds by which its clock is slow while it makes tokens. */
  setSlow: (seconds: number) => void
  /** By which methods (RFC 8176) it says people have signed in there. */
  setMethods: (methods: string[]) => void
  /** What it says beside the subject of whoever signs in there. */
  setClaims: (claims: Record<string, unknown>) => void
  close: () => Promise<void>
}

/**
 * A real OpenID provider on this machine, with one client and a sign-in page that takes any name and password.
 * @param publicAddress address of this system as the browser has it
 * @param options.publicClient the client has no secret: PKCE alone protects it
 */
export async function openTestProvider(
  publicAddress: string,
  options: { publicClient?: boolean } = {},
): Promise<TestProvider> {
  const server = createServer()
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let slow = 0
  let claims: Record<string, unknown> = {}
  let methods: string[] = []
  const [clientId, clientSecret] = ['yunbao', 'a-secret-of-the-test-provider-0123456789']
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        ...(options.publicClient ? { token_endpoint_auth_method: 'none' as const } : { client_secret: clientSecret }),
        redirect_uris: [`${publicAddress}/sign-in/return`],
        post_logout_redirect_uris: [`${publicAddress}/sign-in`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [keyOf()] },
    cookies: { keys: ['cookie-key-of-the-test-provider'] },
    claims: { openid: ['sub', 'amr', 'employee_number'] },
    pkce: { required: () => true },
    ttl: { IdToken: 300, AccessToken: 300, Interaction: 600, Session: 3600, Grant: 3600 },
    findAccount: (_, accountId) => ({ accountId, claims: async () => ({ sub: accountId, ...claims }) }),
    // Whoever signs in there has agreed: consent is not what is tested.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  })
  const codes = provider.AuthorizationCode
  const find = codes.find.bind(codes)
  codes.find = (async (...asked: Parameters<typeof find>) => {
    const code = await find(...asked)
    return code && Object.assign(code, { amr: methods.length > 0 ? methods : undefined })
  }) as typeof codes.find
  provider.use(async (ctx, next) => {
    if (ctx.path !== '/token') return next()
    // Nothing else of this process tells the time meanwhile: whoever asks for the tokens waits for them.
    const { now } = Date
    Date.now = () => now() - slow * 1000
    try {
      await next()
    } finally {
      Date.now = now
    }
  })
  server.on('request', provider.callback())
  return {
    issuer,
    clientId,
    clientSecret,
    setSlow: (seconds) => void (slow = seconds),
    setMethods: (given) => void (methods = given),
    setClaims: (given) => void (claims = given),
    close: () => closed(server),
  }
}

/** Signs in at the provider as a browser without script would. @returns where it sends the browser back to */
export async function signInThere(location: string, name: string): Promise<URL> {
  const cookies = new Map<string, string>()
  const ask = async (url: string, form?: Record<string, string>): Promise<Response> => {
    const response = await fetch(url, {
      redirect: 'manual',
      method: form ? 'POST' : 'GET',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }
  const origin = new URL(location).origin
  let answer = await ask(location)
  for (let turn = 0; turn < 10; turn++) {
    const next = answer.headers.get('location')
    if (next !== null) {
      const url = new URL(next, origin)
      if (url.origin !== origin) return url
      answer = await ask(url.href)
      continue
    }
    const action = /action="([^"]+)"/.exec(await answer.text())?.[1]
    if (action === undefined) throw new Error(`the provider answered ${answer.status}`)
    answer = await ask(new URL(action, origin).href, { prompt: 'login', login: name, password: 'any' })
  }
  throw new Error('the provider goes round in circles')
}

function keyOf(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' } as JWK
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((done) => void server.close(() => done()))
}
