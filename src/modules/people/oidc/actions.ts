import type { Act, ActionsOf, Ctx } from '#kernel/server/context.ts'
import { found, Missing, Refused, RefusedAndKept } from '#kernel/server/errors.ts'
import { newSecret } from '#kernel/server/identifier.ts'
import { ProviderFault, type IdentityProvider, type ProviderIdentity } from '#kernel/server/identity-provider.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { awaitCode, needsCode, openSession } from '../sign-in/opening.ts'
import { accountOf, type AccountRow } from '../store/accounts.ts'
import { settingsOf } from '../store/settings.ts'
import type { oidcOperations } from '../contract/oidc.ts'
import { oidcRefusal, type OidcReason } from './refusals.ts'
import {
  deleteLink,
  flowMinutes,
  forgetOldFlows,
  insertFlow,
  linkedPerson,
  linkOf,
  noteUse,
  saveLink,
  takeFlow,
  type FlowRow,
} from './store.ts'

type OidcActions = Pick<ActionsOf<typeof contract>, keyof typeof oidcOperations>

export const oidcActions: OidcActions = {
  async oidcProvider({ identityProvider }) {
    return { title: identityProvider?.title ?? null }
  },

  async beginOidc(ctx) {
    return begin(ctx, { personId: null, returnTo: ctx.input.returnTo })
  },

  /**
   * The browser is back. What it brings counts once, within minutes and from the browser that left; who the provider
   * says it is must be linked to an account, which is never made here.
   */
  async finishOidc(ctx) {
    const provider = providerOf(ctx)
    const { state, code, iss, error } = ctx.input
    const browser = ctx.session.flow.hash
    ctx.session.flow.clear()
    const flow = browser === null ? null : await takeFlow(ctx.tx, state, browser, ctx.now)
    if (!flow) throw await failed(ctx, provider, 'state')
    if (code === undefined) throw await failed(ctx, provider, error === undefined ? 'rejected' : 'refused')
    const identity = await redeemed(ctx, provider, { code, state, iss }, flow)
    return flow.personId === null
      ? signIn(ctx, provider, identity, flow.returnTo)
      : link(ctx, provider, identity, { ...flow, personId: flow.personId })
  },

  async oidcLink(ctx) {
    const provider = ctx.identityProvider
    if (!provider) return { title: null, link: null }
    const row = await linkOf(ctx.tx, provider.issuer, found(ctx.actor.personId, '本人'))
    return { title: provider.title, link: row && { linkedAt: row.linkedAt, lastUsedAt: row.lastUsedAt } }
  },

  async beginOidcLink(ctx) {
    return begin(ctx, { personId: found(ctx.actor.personId, '本人'), returnTo: '/people/sessions' })
  },

  async endOidcLink(ctx) {
    const personId = found(ctx.actor.personId, '本人')
    if (!(await deleteLink(ctx.tx, personId))) throw new Missing('关联')
    await record(ctx, 'people.oidc-unlinked', { subject: { kind: 'people.person', id: personId } })
    return {}
  },
}

function providerOf({ identityProvider }: Act): IdentityProvider {
  return found(identityProvider, '统一身份认证（尚未配置）')
}

async function begin(ctx: Ctx, flow: Pick<FlowRow, 'personId' | 'returnTo'>): Promise<{ location: string }> {
  const provider = providerOf(ctx)
  const attempt = await provider.begin().catch((error: unknown) => {
    throw error instanceof ProviderFault ? new Refused([oidcRefusal(error.reason, provider.title)]) : error
  })
  const browser = newSecret()
  await forgetOldFlows(ctx.tx, ctx.now)
  await insertFlow(ctx.tx, { ...flow, ...attempt, browser, now: ctx.now })
  ctx.session.flow.set(browser, flowMinutes * 60)
  return { location: attempt.location }
}

async function redeemed(
  ctx: Ctx,
  provider: IdentityProvider,
  returned: { code: string; state: string; iss: string | undefined },
  { nonce, codeVerifier }: FlowRow,
): Promise<ProviderIdentity> {
  try {
    return await provider.redeem(returned, { state: returned.state, nonce, codeVerifier })
  } catch (error) {
    throw error instanceof ProviderFault ? await failed(ctx, provider, error.reason) : error
  }
}

/**
 * As a right password would: who has a second factor here gives it here, unless the policy takes the provider's word that
 * one was given there.
 */
async function signIn(
  ctx: Ctx,
  provider: IdentityProvider,
  { subject, secondFactor }: ProviderIdentity,
  returnTo: string,
) {
  const personId = await linkedPerson(ctx.tx, provider.issuer, subject)
  const account = personId === null ? null : await accountOf(ctx.tx, personId)
  if (!account) throw await failed(ctx, provider, 'unknown')
  if (account.state !== 'active') throw await failed(ctx, provider, 'disabled', account)
  await noteUse(ctx.tx, account.personId, ctx.now)
  const settings = await settingsOf(ctx.tx)
  const provedThere = secondFactor && settings['oidc-second-factor'] === 1
  if (!provedThere && (await needsCode(ctx, account))) {
    await awaitCode(ctx, account, settings, 'oidc')
    return { done: 'second-factor' as const, returnTo }
  }
  await openSession(ctx, account, settings, { method: 'oidc', secondProof: provedThere ? 'provider' : null })
  return { done: 'signed-in' as const, returnTo }
}

/** Linked by whoever is signed in here and proved to be there, at the same time and in the same browser. */
async function link(
  ctx: Ctx,
  provider: IdentityProvider,
  { subject }: ProviderIdentity,
  flow: { personId: string; returnTo: string },
) {
  if (ctx.actor.personId !== flow.personId) throw await failed(ctx, provider, 'not-same-person')
  if (!(await saveLink(ctx.tx, { personId: flow.personId, issuer: provider.issuer, subject, now: ctx.now })))
    throw new Refused([oidcRefusal('taken', provider.title)])
  await record(ctx, 'people.oidc-linked', {
    subject: { kind: 'people.person', id: flow.personId },
    organId: ctx.actor.organ?.id ?? null,
    after: { issuer: provider.issuer },
  })
  return { done: 'linked' as const, returnTo: flow.returnTo }
}

/** The attempt is used up and kept in the record although it is refused. */
async function failed(
  ctx: Ctx,
  provider: IdentityProvider,
  reason: OidcReason,
  account: AccountRow | null = null,
): Promise<RefusedAndKept> {
  await record(ctx, 'people.sign-in-failed', {
    subject: { kind: 'people.account', id: account?.personId ?? provider.issuer.slice(0, 60) },
    organId: account?.organId ?? null,
    after: { method: 'oidc' },
    result: 'failed',
    reasons: [`oidc-${reason}`],
  })
  return new RefusedAndKept([oidcRefusal(reason, provider.title)])
}
