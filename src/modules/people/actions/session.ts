import { createHash } from 'node:crypto'
import { addDays, localDateOf } from '#kernel/pure/local-date.ts'
import { provided, refused, type Refusal } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf, Ctx } from '#kernel/server/context.ts'
import { found, insist, Missing, Refused, RefusedAndKept } from '#kernel/server/errors.ts'
import { newId, newSecret } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { hashOfNobody, hashPassword, isPassword } from '../hashing.ts'
import { law } from '../law.ts'
import type { Settings } from '../model.ts'
import { demonstrationPassword } from '../reference/demonstration.ts'
import { passwordRefusals } from '../rules/password.ts'
import { demonstrationAccounts, isDemonstration } from '../store/people.ts'
import {
  accountNamed,
  accountOf,
  actingOrgan,
  clearGuard,
  endSessionById,
  endSessionByToken,
  endSurplusSessions,
  formerHashes,
  guardSubject,
  heldAt,
  insertSession,
  isLocked,
  liveSessions,
  lockGuard,
  renewSession,
  saveGuard,
  setPassword,
  setSessionOrgan,
  settingsOf,
  type AccountRow,
} from '../store/sessions.ts'

type SessionActions = Pick<
  ActionsOf<typeof contract>,
  'signIn' | 'me' | 'signOut' | 'switchOrgan' | 'changePassword' | 'demonstrationAccounts' | 'sessions' | 'endSession'
>

export const sessionActions: SessionActions = {
  /** Unknown name and wrong password get the same words after the same work; failures are counted by name and by source. */
  async signIn(ctx) {
    const settings = await settingsOf(ctx.tx)
    const { username, password } = ctx.input
    const account = await accountNamed(ctx.tx, username)
    await refuseLocked(ctx, username, settings)
    const cost = { memoryKib: settings['hash-memory-kib'], passes: settings['hash-passes'] }
    const right = await isPassword(password, account?.passwordHash ?? hashOfNobody(cost))
    await mindGuards(ctx, username, settings)
    const known = account !== null && right && account.state === 'active'
    const lapsed = known && account.mustChange && account.initialUntil !== null && account.initialUntil < ctx.now
    if (!known || lapsed) throw await failed(ctx, username, settings, account, lapsed)
    await clearGuard(ctx.tx, guardSubject(username))
    const held = await heldAt(ctx.tx, account.personId, ctx.today)
    const at =
      held.find(({ organId }) => organId === account.lastOrganId) ??
      held.find(({ organId }) => organId === account.organId) ??
      held[0] ??
      null
    const token = newSecret()
    const seconds = settings['session-hours'] * 3600
    await insertSession(ctx.tx, {
      id: newId(),
      tokenHash: createHash('sha256').update(token).digest('hex'),
      personId: account.personId,
      credentialVersion: account.credentialVersion,
      organId: at?.organId ?? null,
      now: ctx.now,
      expiresAt: new Date(ctx.now.getTime() + seconds * 1000),
      source: ctx.source,
    })
    await endSurplusSessions(ctx.tx, account.personId, settings['parallel-sessions'], ctx.now)
    ctx.session.set(token, seconds)
    const actor = {
      kind: 'person' as const,
      personId: account.personId,
      name: account.name,
      organ: at && actingOrgan(at),
      roles: at?.roles ?? [],
    }
    await record({ ...ctx, actor }, 'people.signed-in', {
      subject: { kind: 'people.person', id: account.personId },
      organId: account.organId,
    })
    return meOf({ ...ctx, actor })
  },

  async me(ctx) {
    return meOf(ctx)
  },

  async signOut(ctx) {
    if (ctx.session.tokenHash) await endSessionByToken(ctx.tx, ctx.session.tokenHash, ctx.now)
    ctx.session.clear()
    await record(ctx, 'people.signed-out', {
      subject: { kind: 'people.person', id: found(ctx.actor.personId, '人员') },
      organId: ctx.actor.organ?.id ?? null,
    })
    return {}
  },

  async switchOrgan(ctx) {
    const personId = found(ctx.actor.personId, '人员')
    const at = found(
      (await heldAt(ctx.tx, personId, ctx.today)).find(({ organId }) => organId === ctx.input.organId),
      '可以切换的机关身份',
    )
    await setSessionOrgan(ctx.tx, found(ctx.session.tokenHash, '登录'), personId, at.organId)
    return meOf({ ...ctx, actor: { ...ctx.actor, organ: actingOrgan(at), roles: at.roles } })
  },

  async changePassword(ctx) {
    const personId = found(ctx.actor.personId, '人员')
    const settings = await settingsOf(ctx.tx)
    const account = found(await accountOf(ctx.tx, personId, true), '账号')
    await refuseLocked(ctx, account.username, settings)
    const right = await isPassword(ctx.input.currentPassword, account.passwordHash)
    if (!right) {
      await mindGuards(ctx, account.username, settings)
      throw await failed(ctx, account.username, settings, account, false)
    }
    await insistOnPassword(ctx, account, ctx.input.newPassword, settings)
    const hash = await hashPassword(ctx.input.newPassword, {
      memoryKib: settings['hash-memory-kib'],
      passes: settings['hash-passes'],
    })
    const version = await setPassword(ctx.tx, account, { hash, mustChange: false, initialUntil: null }, ctx.now)
    await renewSession(ctx.tx, found(ctx.session.tokenHash, '登录'), version)
    await record(ctx, 'people.password-changed', {
      subject: { kind: 'people.person', id: personId },
      organId: account.organId,
    })
    return meOf(ctx)
  },

  async demonstrationAccounts(ctx) {
    const accounts = await demonstrationAccounts(ctx.tx, ctx.today)
    return { items: accounts.map((account) => ({ ...account, password: demonstrationPassword })) }
  },

  async sessions(ctx) {
    const rows = await liveSessions(ctx.tx, found(ctx.actor.personId, '人员'), ctx.now)
    return { items: rows.map(({ tokenHash, ...row }) => ({ ...row, current: tokenHash === ctx.session.tokenHash })) }
  },

  async endSession(ctx) {
    if (!(await endSessionById(ctx.tx, found(ctx.actor.personId, '人员'), ctx.input.sessionId, ctx.now)))
      throw new Missing('登录')
    await record(ctx, 'people.session-ended', {
      subject: { kind: 'people.person', id: found(ctx.actor.personId, '人员') },
      after: { session: ctx.input.sessionId },
    })
    return {}
  },
}

async function meOf(ctx: Act) {
  const personId = found(ctx.actor.personId, '人员')
  const account = found(await accountOf(ctx.tx, personId), '账号')
  const settings = await settingsOf(ctx.tx)
  const held = await heldAt(ctx.tx, personId, ctx.today)
  const expired = localDateOf(account.passwordSetAt) < addDays(ctx.today, -settings['password-days'])
  const demonstration = await isDemonstration(ctx.tx)
  const mustChangePassword = account.mustChange || (expired && !demonstration)
  return {
    person: { id: personId, name: ctx.actor.name },
    organ: ctx.actor.organ,
    roles: mustChangePassword ? [] : (held.find(({ organId }) => organId === ctx.actor.organ?.id)?.roles ?? []),
    holdings: held.map(({ organId, organName, jurisdictionName, roles }) => ({
      organId,
      organName,
      jurisdictionName,
      roles,
    })),
    demonstration,
    mustChangePassword,
  }
}

/** Spares the hashing where the name or the source is locked already; takes no lock itself. */
async function refuseLocked(ctx: Ctx, username: string, settings: Settings): Promise<void> {
  if (
    (await isLocked(ctx.tx, 'account', guardSubject(username), ctx.now)) ||
    (ctx.source !== null && (await isLocked(ctx.tx, 'source', ctx.source, ctx.now)))
  )
    throw new Refused([lockedRefusal(settings)])
}

/** Decides under the guards' locks, after the hashing: of attempts sent side by side none counts beyond the limit. */
async function mindGuards(ctx: Ctx, username: string, settings: Settings): Promise<void> {
  const guards = [
    await lockGuard(ctx.tx, 'account', guardSubject(username)),
    ...(ctx.source ? [await lockGuard(ctx.tx, 'source', ctx.source)] : []),
  ]
  if (guards.some(({ lockedUntil }) => lockedUntil !== null && lockedUntil > ctx.now))
    throw new Refused([lockedRefusal(settings)])
}

function lockedRefusal(settings: Settings): Refusal {
  return {
    code: 'locked',
    message: `登录失败次数过多，已暂停登录${settings['lock-minutes']}分钟。`,
    basis: law.failedSignIns,
    facts: {},
    remedy: '请稍后再试；忘记密码的，请联系本级系统管理员重置。',
  }
}

/**
 * Counts the failure (kept although the act is refused) and says the same whatever was wrong. A source counts the different
 * names that failed one soon after another: an office behind one address is not locked by a year's slips.
 */
async function failed(
  ctx: Ctx,
  username: string,
  settings: Settings,
  account: AccountRow | null,
  lapsed: boolean,
): Promise<RefusedAndKept> {
  const subject = guardSubject(username)
  const lockedUntil = new Date(ctx.now.getTime() + settings['lock-minutes'] * 60_000)
  const bySubject = await lockGuard(ctx.tx, 'account', subject)
  const failures = bySubject.failures + 1
  const locks = failures >= settings['failures-per-account']
  await saveGuard(
    ctx.tx,
    'account',
    subject,
    { failures: locks ? 0 : failures, names: [], lockedUntil: locks ? lockedUntil : null },
    ctx.now,
  )
  if (ctx.source) {
    const bySource = await lockGuard(ctx.tx, 'source', ctx.source)
    const recent =
      bySource.lastFailedAt !== null &&
      ctx.now.getTime() - bySource.lastFailedAt.getTime() <= settings['lock-minutes'] * 60_000
    const names = [...new Set([...(recent ? bySource.names : []), subject])].slice(-1000)
    const sourceLocks = names.length >= settings['failed-names-per-source']
    await saveGuard(
      ctx.tx,
      'source',
      ctx.source,
      {
        failures: bySource.failures + 1,
        names: sourceLocks ? [] : names,
        lockedUntil: sourceLocks ? lockedUntil : null,
      },
      ctx.now,
    )
  }
  await record(ctx, 'people.sign-in-failed', {
    subject: { kind: 'people.account', id: account?.personId ?? subject.slice(0, 16) },
    organId: account?.organId ?? null,
    after: { locked: locks },
    result: 'failed',
  })
  if (lapsed)
    return new RefusedAndKept([
      {
        code: 'initial-lapsed',
        message: '初始密码已过有效期。',
        basis: law.passwords,
        facts: {},
        remedy: '请联系本级系统管理员重置密码。',
      },
    ])
  return new RefusedAndKept([
    {
      code: 'sign-in',
      message: '用户名或密码不正确。',
      basis: null,
      facts: {},
      remedy: `连续${settings['failures-per-account']}次失败将暂停登录${settings['lock-minutes']}分钟。`,
    },
  ])
}

/** All that is wrong with a new password at once. */
async function insistOnPassword(ctx: Act, account: AccountRow, password: string, settings: Settings): Promise<void> {
  const organWords = (await heldAt(ctx.tx, account.personId, ctx.today)).map(({ organName }) => organName)
  const refusals = passwordRefusals(password, {
    username: account.username,
    personName: account.name,
    organWords,
    minimumLength: settings['password-length'],
  })
  if (refusals.length > 0) insist({ ok: false, refusals })
  const former = [
    account.passwordHash,
    ...(await formerHashes(ctx.tx, account.personId, settings['password-history'] - 1)),
  ]
  for (const hash of former)
    if (await isPassword(password, hash))
      insist(
        refused({
          code: 'password-reused',
          message: `不能使用最近${settings['password-history']}个用过的密码。`,
          basis: law.passwords,
          remedy: '请换一个没有用过的密码。',
        }),
      )
  insist(
    provided(password.trim() === password, {
      code: 'password-blank',
      message: '密码首尾不能有空格。',
      remedy: '请去掉首尾空格。',
    }),
  )
}
