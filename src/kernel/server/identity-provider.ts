/**
 * The OpenID Connect provider people may sign in through, as the kernel hands it to acts; the module of accounts
 * implements it. Every call throws {@link ProviderFault} when it does not succeed.
 */
export type IdentityProvider = {
  issuer: string
  /** What the button on the sign-in page says people sign in with. */
  title: string
  /** A new attempt: where the browser goes, and what its return is checked against. */
  begin: () => Promise<SignInAttempt & { location: string }>
  /** Redeems what the provider sent the browser back with. */
  redeem: (returned: ProviderReturn, attempt: SignInAttempt) => Promise<ProviderIdentity>
  /** Where the browser goes to end the provider's own session; null where the provider offers no such place. */
  signOutAddress: () => Promise<string | null>
}

export type SignInAttempt = { state: string; nonce: string; codeVerifier: string }
export type ProviderReturn = { code: string; state: string; iss?: string | undefined }

export type ProviderIdentity = {
  /** The configured claim: what an account is linked by. */
  subject: string
  /** The provider says (`amr`, RFC 8176) that more than a password was asked for. */
  secondFactor: boolean
}

/** Why the provider could not be asked, or its answer not be taken. */
export type ProviderFaultReason = 'away' | 'busy' | 'rejected' | 'mismatch' | 'clock' | 'no-claim'

export class ProviderFault extends Error {
  readonly reason: ProviderFaultReason
  constructor(reason: ProviderFaultReason, cause?: unknown) {
    super(`identity provider: ${reason}`, { cause })
    this.reason = reason
  }
}
