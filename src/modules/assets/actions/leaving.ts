import { keeperRoles } from '#kernel/pure/actor.ts'
import { notify, wasTold } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { peopleOfOrgans } from '#modules/people/offers.ts'
import type { contract } from '../contract.ts'
import { inCare, type InCare } from '../store/handover.ts'
import { ownOrgan } from './access.ts'

type LeavingActions = Pick<ActionsOf<typeof contract>, 'leavers'>

export const leavingActions: LeavingActions = {
  /** Things of the own organ that stand in the name of somebody who is there no more (EQ-15). */
  async leavers(ctx) {
    const organ = ownOrgan(ctx)
    const left = await leftBehind(ctx, await inCare(ctx.tx, organ.id))
    return { items: left.map(({ organId: _, ...one }) => one) }
  },
}

/** What is in the care of people who hold no role at the organ today. */
async function leftBehind({ tx, today }: Pick<Act, 'tx' | 'today'>, cared: readonly InCare[]): Promise<InCare[]> {
  const present = await peopleOfOrgans(tx, [...new Set(cared.map(({ organId }) => organId))], today)
  return cared.filter(({ organId, custodianId }) => present.get(organId)?.has(custodianId) !== true)
}

/**
 * EQ-15: keepers are told of things left in the name of people who went, each person once in a month, until they are handed
 * over.
 * @returns how many organs were told
 */
export async function remindOfLeavers(act: Act): Promise<number> {
  const left = Map.groupBy(await leftBehind(act, await inCare(act.tx, null)), ({ organId }) => organId)
  let told = 0
  for (const [organId, people] of left) {
    const link = `/assets/handovers?month=${act.today.slice(0, 7)}&organ=${organId}`
    const names = people.map(({ custodianName, cards }) => `${custodianName}（${cards}件）`)
    const text = `已离岗人员名下还有资产未交接：${names.slice(0, 5).join('、')}${names.length > 5 ? `等${names.length}人` : ''}，请办理资产交接。`
    if (await wasTold(act.tx, link, text)) continue
    await notify(act, { organId, roles: keeperRoles, link, text })
    told++
  }
  return told
}
