import type { ActionsOf } from '#kernel/server/context.ts'
import { BadInput, found, Refused, SignInFailed, type RefusedAndKept } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { hashOfNobody, hashPassword, isPassword } from '../hashing.ts'
import { law } from '../law.ts'
import type { Settings } from '../model.ts'
import { demonstrationPassword } from '../reference/demonstration.ts'
import { proofBy } from '../second-factor/proving.ts'
import { secondFactorOf } from '../second-factor/store.ts'
import { failed, mindGuards, refuseLocked } from '../sign-in/failures.ts'
import { meOf } from '../sign-in/me.ts'
import { insistOnPassword } from '../sign-in/new-password.ts'
import { awaitCode, needsCode, openSession, renewProof } from '../sign-in/opening.ts'
import { accountNamed, accountOf, setPassword } from '../store/accounts.ts'
import { actorOf, heldAt } from '../store/actors.ts'
import { demonstrationAccounts } from '../store/people.ts'
import { pendingSignIn, takePendingSignIn } from '../store/pending.ts'
import { endSessionByToken, renewSession, setSessionOrgan } from '../store/sessions.ts'
import { settingsOf } from '../store/settings.ts'

type SessionActions = Pick<
  ActionsOf<typeof contract>,
  'signIn' | 'proveSignIn' | 'me' | 'signOut' | 'switchOrgan' | 'changePassword' | 'stepUp' | 'demonstrationAccounts'
>

export const sessionActions: SessionActions = {
  /** Unknown name and wrong password get the same words after the same work; failures are counted by name and by source. */
  async signIn(ctx) {
    const settings = await settingsOf(ctx.tx)
    const { username, password } = ctx.input
    const account = await accountNamed(ctx.tx, username)
    await refuseLocked(ctx, username, settings)
    const right = await isPassword(password, account?.passwordHash ?? hashOfNobody(costOf(settings)))
    await mindGuards(ctx, username, settings)
    const known = account !== null && right && account.state === 'active'
    const lapsed = known && account.mustChange && account.initialUntil !== null && account.initialUntil < ctx.now
    if (!known || lapsed)
      throw notSignedIn(await failed(ctx, username, settings, account, lapsed ? 'initial-lapsed' : 'password'))
    if (await needsCode(ctx, account)) {
      const { expiresAt } = await awaitCode(ctx, account, settings, 'password')
      return { pending: 'second-factor', expiresAt }
    }
    return meOf({ ...ctx, actor: await openSession(ctx, account, settings, { method: 'password', secondProof: null }) })
  },

  /** A wrong code counts as a wrong password does; after the limit the name is locked, whatever waits. */
  async proveSignIn(ctx) {
    const settings = await settingsOf(ctx.tx)
    const tokenHash = ctx.session.tokenHash
    const pending = tokenHash === null ? null : await pendingSignIn(ctx.tx, tokenHash, ctx.now)
    if (tokenHash === null || pending === null) throw lapsedSignIn()
    const account = found(await accountOf(ctx.tx, pending.personId), '账号')
    await refuseLocked(ctx, account.username, settings)
    await mindGuards(ctx, account.username, settings)
    const proof = await proofBy(ctx, account.personId, ctx.input.code)
    if (proof === null) throw notSignedIn(await failed(ctx, account.username, settings, account, 'second-factor'))
    if (!(await takePendingSignIn(ctx.tx, tokenHash))) throw lapsedSignIn()
    const { method } = pending
    return meOf({ ...ctx, actor: await openSession(ctx, account, settings, { method, secondProof: proof }) })
  },

  async me(ctx) {
    return meOf(ctx)
  },

  async signOut(ctx) {
    const { tokenHash } = ctx.session
    const method = tokenHash ? await endSessionByToken(ctx.tx, tokenHash, ctx.now) : null
    ctx.session.clear()
    await record(ctx, 'people.signed-out', {
      subject: { kind: 'people.person', id: found(ctx.actor.personId, '人员') },
      organId: ctx.actor.organ?.id ?? null,
    })
    // Signed out here in any case; the provider's own session only where it can be reached and offers it.
    const provider = method === 'oidc' ? ctx.identityProvider : undefined
    return { providerSignOut: (await provider?.signOutAddress().catch(() => null)) ?? null }
  },

  async switchOrgan(ctx) {
    const personId = found(ctx.actor.personId, '人员')
    const tokenHash = found(ctx.session.tokenHash, '登录')
    const at = found(
      (await heldAt(ctx.tx, personId, ctx.today)).find(({ organId }) => organId === ctx.input.organId),
      '可以切换的机关身份',
    )
    await setSessionOrgan(ctx.tx, tokenHash, personId, at.organId)
    await record(ctx, 'people.organ-switched', {
      subject: { kind: 'people.person', id: personId },
      organId: at.organId,
      before: { organId: ctx.actor.organ?.id ?? null },
      after: { organId: at.organId },
    })
    return meOf({ ...ctx, actor: found(await actorOf(ctx.tx, tokenHash, ctx.now), '登录') })
  },

  async changePassword(ctx) {
    const personId = found(ctx.actor.personId, '人员')
    const tokenHash = found(ctx.session.tokenHash, '登录')
    const settings = await settingsOf(ctx.tx)
    const account = found(await accountOf(ctx.tx, personId, true), '账号')
    await refuseLocked(ctx, account.username, settings)
    const right = await isPassword(ctx.input.currentPassword, account.passwordHash)
    if (!right) {
      await mindGuards(ctx, account.username, settings)
      throw await failed(ctx, account.username, settings, account, 'password')
    }
    await insistOnPassword(ctx, account, ctx.input.newPassword, settings)
    const hash = await hashPassword(ctx.input.newPassword, costOf(settings))
    const version = await setPassword(ctx.tx, account, { hash, mustChange: false, initialUntil: null }, ctx.now)
    await renewSession(ctx.tx, tokenHash, version)
    await record(ctx, 'people.password-changed', {
      subject: { kind: 'people.person', id: personId },
      organId: account.organId,
    })
    return meOf({ ...ctx, actor: found(await actorOf(ctx.tx, tokenHash, ctx.now), '登录') })
  },

  /** A right proof gives the session a new token; a wrong one counts as a failed sign-in. */
  async stepUp(ctx) {
    const settings = await settingsOf(ctx.tx)
    const account = found(await accountOf(ctx.tx, found(ctx.actor.personId, '人员')), '账号')
    const { code, password } = ctx.input
    const byCode = (await secondFactorOf(ctx.tx, account.personId)) !== null
    const given = byCode ? code : password
    if (given === undefined) throw new BadInput([missingProof(byCode)])
    await refuseLocked(ctx, account.username, settings)
    const right = byCode || (await isPassword(given, account.passwordHash))
    await mindGuards(ctx, account.username, settings)
    const proof = byCode ? await proofBy(ctx, account.personId, given) : null
    if (!right || (byCode && proof === null))
      throw await failed(ctx, account.username, settings, account, byCode ? 'second-factor' : 'password')
    await renewProof(ctx)
    await record(ctx, 'people.stepped-up', {
      subject: { kind: 'people.person', id: account.personId },
      organId: account.organId,
      after: { by: proof ?? 'password' },
    })
    return {}
  },

  async demonstrationAccounts(ctx) {
    const accounts = await demonstrationAccounts(ctx.tx, ctx.today)
    return { items: accounts.map((account) => ({ ...account, password: demonstrationPassword })) }
  },
}

function costOf(settings: Settings) {
  return { memoryKib: settings['hash-memory-kib'], passes: settings['hash-passes'] }
}

/** Nobody is signed in by this; to somebody who is, a wrong proof is a refusal and no end of the session. */
function notSignedIn({ refusals }: RefusedAndKept): SignInFailed {
  return new SignInFailed(refusals)
}

function lapsedSignIn(): Refused {
  return new Refused([
    {
      code: 'sign-in-lapsed',
      message: '登录第一步已超时或者已经用过。',
      basis: law.secondFactor,
      facts: {},
      remedy: '请重新输入用户名和密码。',
    },
  ])
}

function missingProof(byCode: boolean) {
  return byCode
    ? { pointer: '/code', code: 'code-required', message: '请填写动态口令或恢复码。' }
    : { pointer: '/password', code: 'password-required', message: '请填写密码。' }
}
