import { AuthorizationResponseError, ResponseBodyError } from 'openid-client'
import { ProviderFault } from '#kernel/server/identity-provider.ts'

/** What the library or the network threw, as a reason people can be told. */
export function faultOf(error: unknown): ProviderFault {
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError)
    return new ProviderFault('rejected', error)
  for (const cause of chainOf(error)) {
    if (cause instanceof ProviderFault) return cause
    const code = (cause as { code?: unknown }).code
    if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return new ProviderFault('clock', error)
    if (code === 'OAUTH_JWT_CLAIM_COMPARISON_FAILED') return new ProviderFault('mismatch', error)
    if (
      typeof code === 'string' &&
      /^OAUTH_(TIMEOUT|ABORT|RESPONSE_IS_NOT|PARSE_ERROR|MISSING_SERVER|INVALID_SERVER)/.test(code)
    )
      return new ProviderFault('away', error)
    if (typeof code === 'string' && code.startsWith('OAUTH_')) return new ProviderFault('rejected', error)
  }
  return new ProviderFault('away', error)
}

/** An error with what caused it, what caused that, and so on. */
function chainOf(error: unknown): object[] {
  const chain: object[] = []
  for (let one = error; typeof one === 'object' && one !== null && chain.length < 8;) {
    chain.push(one)
    one = (one as { cause?: unknown }).cause
  }
  return chain
}
