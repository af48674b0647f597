import { holdsAny, readsOfOrgan, type Actor } from '#kernel/pure/actor.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { LedgerLine } from './model.ts'

type Subject = Pick<LedgerLine, 'jurisdictionCode' | 'holderOrganId' | 'servedOrganId'>

/** Who may see a line: its holder, whom it serves, and the authority, finance and audit of its jurisdiction. */
export function maySeeLine(actor: Actor, line: Subject): boolean {
  const { jurisdictionCode, holderOrganId, servedOrganId } = line
  return [holderOrganId, servedOrganId].some((organId) => readsOfOrgan(actor, { organId, jurisdictionCode }))
}

export const can = {
  /** Commitments and executions are entered by the organ that carries the plan out (A34-1), nobody else. */
  post: (actor: Actor, line: Subject): Verdict =>
    allOf(
      provided(actor.organ?.id === line.holderOrganId, {
        code: 'not-holder',
        message: '只有承担该计划的机关可以登记占用和支出。',
        remedy: '请由计划执行机关的经办人办理。',
      }),
      postingRole(actor),
    ),

  /** A list of payments is read only of those who may post any of it; each line is asked for again by itself. */
  postAny: (actor: Actor): Verdict => postingRole(actor),
}

function postingRole(actor: Actor): Verdict {
  return provided(holdsAny(actor, ['organ-clerk', 'plan-reviewer', 'asset-keeper']), {
    code: 'role',
    message: '登记占用和支出须具有“机关经办人”角色。',
    remedy: '请联系本机关负责人授予角色。',
  })
}
