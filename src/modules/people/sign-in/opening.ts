import type { Actor } from '#kernel/pure/actor.ts'
import type { Ctx } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { digestOfSecret, newId, newSecret } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import type { SecondProof, Settings } from '../model.ts'
import { secondFactorOf } from '../second-factor/store.ts'
import type { AccountRow } from '../store/accounts.ts'
import { actorAt, actorOf, heldAt } from '../store/actors.ts'
import { clearGuard, guardSubject } from '../store/guards.ts'
import { insertPendingSignIn } from '../store/pending.ts'
import { endSurplusSessions, insertSession, proveSession, type SessionMethod } from '../store/sessions.ts'

/** Whether somebody whose password was right must still give a code. */
export async function needsCode(ctx: Ctx, account: AccountRow): Promise<boolean> {
  return (await secondFactorOf(ctx.tx, account.personId)) !== null
}

/** Keeps a right password, or the word of the provider, for some minutes; the cookie opens nothing but the second step. */
export async function awaitCode(
  ctx: Ctx,
  account: AccountRow,
  settings: Settings,
  method: SessionMethod,
): Promise<{ expiresAt: Date }> {
  const token = newSecret()
  const seconds = settings['pending-sign-in-minutes'] * 60
  const expiresAt = new Date(ctx.now.getTime() + seconds * 1000)
  await insertPendingSignIn(ctx.tx, {
    tokenHash: digestOfSecret(token),
    personId: account.personId,
    credentialVersion: account.credentialVersion,
    now: ctx.now,
    expiresAt,
    source: ctx.source,
    method,
  })
  ctx.session.set(token, seconds)
  const actor = actorAt(account.personId, account.name, null)
  await record({ ...ctx, actor }, 'people.sign-in-begun', {
    subject: { kind: 'people.person', id: account.personId },
    organId: account.organId,
  })
  return { expiresAt }
}

/**
 * Opens a session under a new token for somebody who has given everything asked of them; failures counted before are
 * forgotten, and the oldest sessions beyond the limit end.
 */
export async function openSession(
  ctx: Ctx,
  account: AccountRow,
  settings: Settings,
  { method, secondProof }: { method: SessionMethod; secondProof: SecondProof },
): Promise<Actor> {
  await clearGuard(ctx.tx, guardSubject(account.username))
  const held = await heldAt(ctx.tx, account.personId, ctx.today)
  const at =
    held.find(({ organId }) => organId === account.lastOrganId) ??
    held.find(({ organId }) => organId === account.organId) ??
    held[0] ??
    null
  const token = newSecret()
  const tokenHash = digestOfSecret(token)
  const seconds = settings['session-hours'] * 3600
  await insertSession(ctx.tx, {
    id: newId(),
    tokenHash,
    personId: account.personId,
    credentialVersion: account.credentialVersion,
    organId: at?.organId ?? null,
    now: ctx.now,
    expiresAt: new Date(ctx.now.getTime() + seconds * 1000),
    source: ctx.source,
    secondProof,
    method,
  })
  await endSurplusSessions(ctx.tx, account.personId, settings['parallel-sessions'], ctx.now)
  ctx.session.set(token, seconds)
  const actor = actorAt(account.personId, account.name, at)
  await record({ ...ctx, actor }, 'people.signed-in', {
    subject: { kind: 'people.person', id: account.personId },
    organId: account.organId,
    after: { method, secondFactor: secondProof },
  })
  return found(await actorOf(ctx.tx, tokenHash, ctx.now), '登录')
}

/** Gives the present session a new token and notes that its person proved just now who is there. */
export async function renewProof(ctx: Ctx): Promise<void> {
  const token = newSecret()
  const tokenHash = found(ctx.session.tokenHash, '登录')
  const proved = await proveSession(ctx.tx, tokenHash, { newTokenHash: digestOfSecret(token), now: ctx.now })
  const { expiresAt } = found(proved, '登录')
  ctx.session.set(token, Math.max(1, Math.floor((expiresAt.getTime() - ctx.now.getTime()) / 1000)))
}
