import type { Refusal } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { Refused, RefusedAndKept } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { law } from '../law.ts'
import type { Settings } from '../model.ts'
import type { AccountRow } from '../store/accounts.ts'
import { guardSubject, isLocked, lockGuard, saveGuard } from '../store/guards.ts'

/** What was wrong, for the words of the refusal; the record tells them apart too. */
export type Failure = 'password' | 'initial-lapsed' | 'second-factor'

/** Spares the hashing where the name or the source is locked already; takes no lock itself. */
export async function refuseLocked(ctx: Act, username: string, settings: Settings): Promise<void> {
  if (
    (await isLocked(ctx.tx, 'account', guardSubject(username), ctx.now)) ||
    (ctx.source !== null && (await isLocked(ctx.tx, 'source', ctx.source, ctx.now)))
  )
    throw new Refused([lockedRefusal(settings)])
}

/** Decides under the guards' locks, after the hashing: of attempts sent side by side none counts beyond the limit. */
export async function mindGuards(ctx: Act, username: string, settings: Settings): Promise<void> {
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
 * Counts the failure (kept although the act is refused) and says the same of an unknown name and a wrong password. A source
 * counts the different names that failed one soon after another: an office behind one address is not locked by a year's slips.
 */
export async function failed(
  ctx: Act,
  username: string,
  settings: Settings,
  account: AccountRow | null,
  failure: Failure,
): Promise<RefusedAndKept> {
  const subject = guardSubject(username)
  const locks = await countFailure(ctx, subject, settings)
  await record(ctx, 'people.sign-in-failed', {
    subject: { kind: 'people.account', id: account?.personId ?? subject.slice(0, 16) },
    organId: account?.organId ?? null,
    after: { locked: locks },
    result: 'failed',
    reasons: failure === 'second-factor' ? ['second-factor'] : [],
  })
  return new RefusedAndKept([refusalOf(failure, settings)])
}

/** @returns whether this failure locks the account's name */
async function countFailure(ctx: Act, subject: string, settings: Settings): Promise<boolean> {
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
  return locks
}

function refusalOf(failure: Failure, settings: Settings): Refusal {
  const limit = `连续${settings['failures-per-account']}次失败将暂停登录${settings['lock-minutes']}分钟。`
  if (failure === 'initial-lapsed')
    return {
      code: 'initial-lapsed',
      message: '初始密码已过有效期。',
      basis: law.passwords,
      facts: {},
      remedy: '请联系本级系统管理员重置密码。',
    }
  if (failure === 'second-factor')
    return {
      code: 'second-factor',
      message: '动态口令或恢复码不正确，或者已经用过。',
      basis: law.secondFactor,
      facts: {},
      remedy: `每个口令只能用一次，用过的请等待下一个；${limit}`,
    }
  return { code: 'sign-in', message: '用户名或密码不正确。', basis: null, facts: {}, remedy: limit }
}
