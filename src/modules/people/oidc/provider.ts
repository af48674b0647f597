import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  clockTolerance,
  customFetch,
  discovery,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ClientAuth,
  type Configuration,
  type CustomFetch,
} from 'openid-client'
import { ProviderFault, type IdentityProvider, type ProviderIdentity } from '#kernel/server/identity-provider.ts'
import { faultOf } from './faults.ts'

export type OidcSettings = {
  issuer: string
  clientId: string
  /** Null for a public client, which PKCE alone protects. */
  clientSecret: string | null
  /** The claim an account is linked by. */
  claim: string
  title: string
  /** Address of this system as browsers reach it, without a path. */
  publicAddress: string
}

/** Page of this system that the provider sends the browser back to; registered at the provider. */
export const returnPage = '/sign-in/return'

const timeoutSeconds = 5
const metadataMs = 60 * 60_000
/** Seconds the two clocks may differ; the tokens themselves live for minutes. */
const clockToleranceSeconds = 60
/** An act waits for the provider with its database connection in hand: never many of them at once. */
const mostAtOnce = 4
const mostBytes = 1024 * 1024

/** Asks a provider by its published metadata, which is read when first needed and again every hour. */
export function openProvider(settings: OidcSettings): IdentityProvider {
  let known: { configuration: Configuration; at: number } | null = null
  let under = 0
  const asking = async <T>(ask: (configuration: Configuration) => Promise<T>): Promise<T> => {
    if (under >= mostAtOnce) throw new ProviderFault('busy')
    under++
    try {
      if (known === null || performance.now() - known.at > metadataMs)
        known = { configuration: await discovered(settings), at: performance.now() }
      return await ask(known.configuration)
    } catch (error) {
      throw error instanceof ProviderFault ? error : faultOf(error)
    } finally {
      under--
    }
  }
  return {
    issuer: settings.issuer,
    title: settings.title,
    begin: () =>
      asking(async (configuration) => {
        const [state, nonce, codeVerifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()]
        const location = buildAuthorizationUrl(configuration, {
          redirect_uri: settings.publicAddress + returnPage,
          scope: 'openid',
          state,
          nonce,
          code_challenge: await calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
        })
        if (!isSafeAddress(location.href)) throw new ProviderFault('away', 'authorization endpoint without TLS')
        return { location: location.href, state, nonce, codeVerifier }
      }),
    redeem: ({ code, state, iss }, attempt) =>
      asking(async (configuration) => {
        const url = new URL(settings.publicAddress + returnPage)
        url.search = new URLSearchParams({ code, state, ...(iss === undefined ? {} : { iss }) }).toString()
        const tokens = await authorizationCodeGrant(configuration, url, {
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          pkceCodeVerifier: attempt.codeVerifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims) throw new ProviderFault('rejected')
        const more =
          claims[settings.claim] === undefined
            ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
            : {}
        return identityOf({ ...more, ...claims }, settings.claim)
      }),
    signOutAddress: () =>
      asking(async (configuration) => {
        if (configuration.serverMetadata().end_session_endpoint === undefined) return null
        const address = buildEndSessionUrl(configuration, {
          post_logout_redirect_uri: `${settings.publicAddress}/sign-in`,
        }).href
        return isSafeAddress(address) ? address : null
      }),
  }
}

function identityOf(claims: Record<string, unknown>, claim: string): ProviderIdentity {
  const subject = claims[claim]
  const isText = typeof subject === 'string' || typeof subject === 'number'
  if (!isText || String(subject).trim() === '' || String(subject).length > 255) throw new ProviderFault('no-claim')
  const methods = Array.isArray(claims['amr']) ? (claims['amr'] as unknown[]) : []
  return { subject: String(subject), secondFactor: methods.some((method) => strongMethods.has(String(method))) }
}

/** Methods of RFC 8176 that are a factor beside a password. */
const strongMethods = new Set(['mfa', 'otp', 'hwk', 'swk', 'sc', 'sms', 'tel', 'fpt', 'face', 'iris', 'retina', 'vbm'])

async function discovered(settings: OidcSettings): Promise<Configuration> {
  const issuer = new URL(settings.issuer)
  const declared: string[] = []
  const configuration = await discovery(
    issuer,
    settings.clientId,
    { [clockTolerance]: clockToleranceSeconds },
    authenticationOf(settings.clientSecret),
    {
      timeout: timeoutSeconds,
      [customFetch]: fetchOf(issuer, declared),
      ...(issuer.protocol === 'http:' ? { execute: [allowInsecureRequests] } : {}),
    },
  )
  const { token_endpoint, userinfo_endpoint, jwks_uri } = configuration.serverMetadata()
  declared.push(...[token_endpoint, userinfo_endpoint, jwks_uri].filter((address) => address !== undefined))
  return configuration
}

/** The way the provider says it takes; what most take where it says nothing. */
function authenticationOf(secret: string | null): ClientAuth {
  if (secret === null) return None()
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)]
  return (server, client, body, headers) => {
    const supported = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (supported.includes('client_secret_basic') ? basic : post)(server, client, body, headers)
  }
}

/** Reaches the issuer's metadata and the endpoints declared there, nothing else, and follows nobody anywhere. */
function fetchOf(issuer: URL, declared: readonly string[]): CustomFetch {
  return async (url, options) => {
    const ofIssuer = url.startsWith(`${issuer.href.replace(/\/$/, '')}/.well-known/`)
    if (!isSafeAddress(url) || (!ofIssuer && !declared.includes(url)))
      throw new ProviderFault('rejected', `undeclared address ${url}`)
    const response = await fetch(url, { ...options, redirect: 'error' } as RequestInit)
    return bounded(response)
  }
}

/** An answer read to the end, as long as one may be. */
async function bounded(response: Response): Promise<Response> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += (part as Uint8Array).length
    if (bytes > mostBytes) throw new ProviderFault('rejected', 'answer too long')
    parts.push(part as Uint8Array)
  }
  return new Response(parts.length > 0 ? Buffer.concat(parts) : null, {
    status: response.status,
    headers: response.headers,
  })
}

/** TLS, or this machine itself. */
export function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
}
