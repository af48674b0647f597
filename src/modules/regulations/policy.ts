import { actsAs, holdsAny, readsLevel, type Actor, type Role } from '#kernel/pure/actor.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { isWithin } from '#modules/organs/model.ts'
import { law } from './law.ts'

/** Who keeps the library at an authority: those who make, apply and supervise its rules. */
const librarianRoles: readonly Role[] = ['authority-leader', 'plan-reviewer', 'supervision-reviewer']

type Scoped = { jurisdictionCode: string }

/** Codes whose texts count where the actor works: the province's everywhere, a city's in the city and its counties. */
export function readableScopes(actor: Actor): string[] {
  const code = actor.organ?.jurisdictionCode
  if (code === undefined) return []
  return [...new Set([code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`])]
}

export const can = {
  /** Everybody signed in reads the rules that bind where they work (Art. 8). */
  readWork: (actor: Actor, work: Scoped): boolean =>
    actor.organ !== null && isWithin(actor.organ.jurisdictionCode, work.jurisdictionCode),

  /** The authority keeps the library of its own level (Art. 6, 15). */
  importTexts: (actor: Actor): Verdict => keepsLibrary(actor, actor.organ?.jurisdictionCode ?? ''),
  changeWork: (actor: Actor, work: Scoped): Verdict => keepsLibrary(actor, work.jurisdictionCode),

  /** How much a standard is used shows what the level asks for: for those who read the level. */
  seeUses: (actor: Actor): boolean => actor.organ !== null && readsLevel(actor, actor.organ.jurisdictionCode),
}

function keepsLibrary(actor: Actor, jurisdictionCode: string): Verdict {
  return provided(actsAs(actor, 'authority', jurisdictionCode) && holdsAny(actor, librarianRoles), {
    code: 'not-librarian',
    message: '制度库由本级机关事务管理部门的局领导、计划审核或监督检查人员维护，只能维护本级的制度。',
    basis: law.authority,
    remedy: '需要收录或更正的，请联系制定该制度一级的机关事务管理部门。',
  })
}
