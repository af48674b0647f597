import { roles } from '#kernel/pure/actor.ts'
import { mayOf, provided } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf, Ctx } from '#kernel/server/context.ts'
import { BadInput, Conflict, found, insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { settingKeys, settings } from '../model.ts'
import { can } from '../policy.ts'
import { commonPasswordCount } from '../rules/common-password.ts'
import { mayBePolicy, policyChanges } from '../rules/security-policy.ts'
import { highestLevelHolding } from '../store/people.ts'
import { currentPolicy, policyChangesMade, putPolicy, type PolicyRow } from './store.ts'

type PolicyActions = Pick<ActionsOf<typeof contract>, 'policy' | 'changePolicy'>

/** The security policy of the whole system: read by the three administrators, changed by one of them, with a reason. */
export const policyActions: PolicyActions = {
  async policy(ctx) {
    permit(can.seePolicy(ctx.actor))
    return policyView(ctx)
  },

  async changePolicy(ctx) {
    permit(can.changePolicy(ctx.actor, await highestLevelHolding(ctx.tx, 'security-administrator', ctx.today)))
    const before = await currentPolicy(ctx.tx, true)
    sameVersion(ctx, before)
    const { profile, values, secondFactorRoles, reason } = ctx.input
    const next = {
      profile,
      values: { ...before.values, ...values },
      secondFactorRoles: [...new Set(secondFactorRoles)],
    }
    insist(mayBePolicy(next))
    const changes = policyChanges(before, next)
    insist(provided(changes.length > 0, { code: 'unchanged', message: '没有任何改动。', remedy: '请修改后再提交。' }))
    await putPolicy(
      ctx.tx,
      { ...next, version: before.version + 1 },
      {
        changedAt: ctx.now,
        changedBy: found(ctx.actor.personId, '人员'),
        changedByName: ctx.actor.name,
        reason,
        changes,
      },
    )
    await record(ctx, 'people.policy-changed', {
      subject: { kind: 'people.policy', id: String(before.version + 1) },
      before: Object.fromEntries(changes.map((change) => [change.title, change.before])),
      after: { ...Object.fromEntries(changes.map((change) => [change.title, change.after])), reason },
    })
    return policyView(ctx)
  },
}

async function policyView(act: Act) {
  const policy = await currentPolicy(act.tx)
  return {
    profile: policy.profile,
    version: policy.version,
    settings: settingKeys.map((key) => {
      const { only, ...declared }: (typeof settings)[typeof key] & { only?: PolicyRow['profile'] } = settings[key]
      return { key, ...declared, value: policy.values[key], unused: only !== undefined && only !== policy.profile }
    }),
    secondFactorRoles: roles.filter((role) => policy.secondFactorRoles.includes(role)),
    commonPasswords: commonPasswordCount,
    changes: await policyChangesMade(act.tx, 50),
    may: {
      change: mayOf(
        can.changePolicy(act.actor, await highestLevelHolding(act.tx, 'security-administrator', act.today)),
      ),
    },
  }
}

/** The client must have seen the version it changes; otherwise it would write over what it has not read. */
function sameVersion({ ifMatch }: Pick<Ctx, 'ifMatch'>, { version }: PolicyRow): void {
  if (ifMatch === null)
    throw new BadInput([
      { pointer: '/version', message: '请带上所见版本（If-Match）后提交。', code: 'version-required' },
    ])
  if (ifMatch !== version) throw new Conflict('安全策略')
}
