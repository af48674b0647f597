import { holdsAny, type Actor } from '#kernel/pure/actor.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'
import type { Scope } from './model.ts'

/** Trying out other standards is the work of those who make and pay for them: the level's authority and finance. */
function tries(actor: Actor): Verdict {
  const parts = actor.organ?.parts ?? []
  const atAuthority = parts.includes('authority') && holdsAny(actor, ['plan-reviewer', 'authority-leader'])
  const atFinance = parts.includes('finance') && holdsAny(actor, ['finance-reviewer'])
  return provided(atAuthority || atFinance, {
    code: 'not-authority-or-finance',
    message: '模拟测算由机关事务管理部门的计划审核人员、局领导和财政部门的审核人员使用。',
    basis: law.adjustment,
    remedy: '需要测算结果的，请联系本级机关事务管理部门。',
  })
}

/** A scenario is its office's own: nobody else knows that it is there. */
export function maySee(actor: Actor, scenario: { organId: string }): boolean {
  return actor.organ?.id === scenario.organId && tries(actor).ok
}

export const can = {
  use: tries,
  /** The whole province: its own authority and finance only; they guide lower levels and read their sums (Art. 6). */
  compute: (actor: Actor, { scope }: { scope: Scope }): Verdict =>
    allOf(
      tries(actor),
      provided(scope === 'jurisdiction' || actor.organ?.level === 'province', {
        code: 'not-province',
        message: '全省范围的测算由省级机关事务管理部门和财政部门办理。',
        basis: law.guidance,
        remedy: '请把测算范围改为“本级”。',
      }),
    ),
}
