import { actsAs, holdsAny, readsLevel, readsOfOrgan, type Actor, type Role } from '#kernel/pure/actor.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }

/** Authority, finance and audit see the budgets of their own level, and of no other (Art. 6). */
export function maySeeLevel(actor: Actor, jurisdictionCode: string): boolean {
  return readsLevel(actor, jurisdictionCode)
}

export function maySeeBudget(actor: Actor, budget: OfOrgan): boolean {
  return readsOfOrgan(actor, budget)
}

const ownerRoles: readonly Role[] = ['organ-clerk', 'organ-head', 'plan-reviewer']

function byOwner(actor: Actor, { organId }: OfOrgan): Verdict {
  return allOf(
    provided(actor.organ?.id === organId, {
      code: 'not-own-organ',
      message: '预算由编制该计划的机关自己编报。',
      basis: law.budgetFromPlan,
    }),
    provided(holdsAny(actor, ownerRoles), {
      code: 'role',
      message: '编报预算须具有“机关经办人”角色。',
      remedy: '请联系本机关负责人授予角色。',
    }),
  )
}

function byFinance(actor: Actor, { jurisdictionCode }: OfOrgan): Verdict {
  return allOf(
    provided(actsAs(actor, 'finance', jurisdictionCode), {
      code: 'not-finance',
      message: '控制数和批复由同级财政部门下达。',
      basis: law.budgetFromPlan,
    }),
    provided(holdsAny(actor, ['finance-reviewer']), {
      code: 'role',
      message: '须具有“财政审核”角色。',
      remedy: '请联系本部门负责人授予角色。',
    }),
  )
}

/** Who may do what to a budget. State and law are judged by the rules, not here. */
export const can = {
  edit: byOwner,
  propose: byOwner,
  draft: byOwner,
  control: byFinance,
  approve: byFinance,
  returnForCorrection: byFinance,
}
