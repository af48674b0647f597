import { holdsAny, officeRoles, readsLevel, type Actor } from '#kernel/pure/actor.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'

/**
 * Whose decisions one may read: those on the own organ once they are told, and all of the own level for authority,
 * finance and audit (Art. 6, 40). The three administrators read none (ROLE-R03).
 */
export type DecisionScope = { organId: string; jurisdictionCode: string | null }

export function decisionScope(actor: Actor): DecisionScope | null {
  const { organ } = actor
  if (organ === null || !holdsAny(actor, officeRoles)) return null
  return {
    organId: organ.id,
    jurisdictionCode: readsLevel(actor, organ.jurisdictionCode) ? organ.jurisdictionCode : null,
  }
}

export const can = {
  readDecisions: (actor: Actor): Verdict =>
    provided(decisionScope(actor) !== null, {
      code: 'role',
      message: '决定及其依据由办理业务的人员查看。',
      basis: { norm: 'A6-1', citation: '《山西省机关运行保障条例》第六条' },
      remedy: '请联系本机关负责人授予相应角色。',
    }),
}
