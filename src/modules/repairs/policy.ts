import { readsOfOrgan, type Actor, type Role, type OfficeScope } from '#kernel/pure/actor.ts'
import { byOwnOrgan, readScope } from '#kernel/pure/own-organ.ts'
import { type Verdict } from '#kernel/pure/verdict.ts'
import { head, keeper } from './cases.ts'
import { law } from './law.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }

/** Repairs of an organ are read by its people in office and by those who read the level (A12-4). */
export function maySeeRepairs(actor: Actor, subject: OfOrgan): boolean {
  return readsOfOrgan(actor, subject)
}

function ofOrgan(actor: Actor, { organId }: OfOrgan, roles: readonly Role[], what: string, who: string): Verdict {
  return byOwnOrgan(actor, organId, { what, whose: '持有资产的机关', roles, who, basis: law.dailyCare })
}

/** Who may do what with a repair. State and rules are judged elsewhere. */
export const can = {
  handle: (actor: Actor, subject: OfOrgan) =>
    ofOrgan(actor, subject, keeper.roles, '办理资产维修', '“资产管理员”或“机关经办人”'),
  approve: (actor: Actor, subject: OfOrgan) =>
    ofOrgan(actor, subject, head.roles, '批准大修', '“机关负责人”或“局领导”'),
}

/** Whose repairs a list shows: the level for who reads it, else the own organ. */
export function listScope(actor: Actor): OfficeScope | null {
  return readScope(actor, keeper.roles)
}
