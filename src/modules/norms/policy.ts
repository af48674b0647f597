import { holds, holdsAny, officeRoles, type Actor, type StatutoryPart } from '#kernel/pure/actor.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'

/** Those who manage or supervise a level (Art. 6 para 1, Art. 40). */
const supervisingParts: readonly StatutoryPart[] = [
  'authority',
  'finance',
  'development-reform',
  'natural-resources',
  'housing-construction',
  'audit',
]

/** Whose cases are counted: those of the level, or of the own organ only (`organId`). */
export type NormScope = Readonly<{ jurisdictionCode: string; organId: string | null }>

/** Null for those who handle no cases: staff, drivers, providers, administrators. */
export function normScope(actor: Actor): NormScope | null {
  const { organ } = actor
  if (organ === null) return null
  const { jurisdictionCode, parts } = organ
  const wholeLevel =
    holds(actor, 'supervisor') ||
    (holdsAny(actor, officeRoles) && parts.some((part) => supervisingParts.includes(part)))
  if (wholeLevel) return { jurisdictionCode, organId: null }
  return holdsAny(actor, officeRoles) ? { jurisdictionCode, organId: organ.id } : null
}

export const can = {
  /** Anybody who handles cases sees the overdue ones within reach. */
  seeOverdue: (actor: Actor): Verdict =>
    provided(normScope(actor) !== null, {
      code: 'no-office-role',
      message: '只有办理运行保障事项的人员可以查看逾期事项。',
      remedy: '确需查看的，请由本单位系统管理员授予相应角色。',
    }),
}
