import type { Level, Role } from '#kernel/pure/actor.ts'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Directory } from '#kernel/server/directory.ts'
import type { Tx } from '#kernel/server/database.ts'
import { levelsOfOrgans, organNames, partyOrgan, topAuthority } from '#modules/organs/offers.ts'
import { actsInRole, highestLevelHolding, organsHolding, peopleAt, peopleHolding } from './store/people.ts'

export { createFirstAdministrator } from './first-administrator.ts'
export { resetSecondFactorByOperator } from './second-factor/reset-by-operator.ts'
export { isSafeAddress, openProvider, type OidcSettings } from './oidc/provider.ts'
export { asksForProof, proveAtCommandLine } from './sign-in/at-command-line.ts'
export { actorOfAccount } from './store/actors.ts'

/** People who hold any of the roles at the organ on the day. */
export async function peopleWithRoles(
  tx: Tx,
  where: { organId: string; roles: readonly Role[] },
  day: LocalDate,
): Promise<{ id: string; name: string; roles: Role[] }[]> {
  return peopleHolding(tx, where.organId, where.roles, day)
}

/** Ids of who holds any role at each of the organs on the day; organs without anybody are not among them. */
export async function peopleOfOrgans(
  tx: Tx,
  organIds: readonly string[],
  day: LocalDate,
): Promise<Map<string, Set<string>>> {
  return peopleAt(tx, organIds, day)
}

/** Organs at which somebody holds the role on the day, with their level. */
export async function organsWithRole(
  tx: Tx,
  role: Role,
  day: LocalDate,
): Promise<{ organId: string; jurisdictionCode: string; level: Level }[]> {
  return organsHolding(tx, role, day)
}

/**
 * The highest level that has an administrator of this kind on the day: what holds for the whole installation, such as how it
 * runs, is theirs, and each level below keeps its own (Art. 6). Null where nobody holds the role.
 */
export async function levelOfInstallation(
  tx: Tx,
  role: 'system-administrator' | 'security-administrator',
  day: LocalDate,
): Promise<Level | null> {
  return highestLevelHolding(tx, role, day)
}

/** Whether a person still acts in a role at an organ: what was given on the ground of it ends with it. */
export async function stillActsIn(
  tx: Tx,
  where: { personId: string; organId: string; role: Role },
  day: LocalDate,
): Promise<boolean> {
  return actsInRole(tx, where, day)
}

/** Organs and people as the kernel asks for them. */
export const directory: Directory = {
  partyOrgan: async (tx, jurisdictionCode, part, day) => {
    const organ = await partyOrgan(tx, jurisdictionCode, part, day)
    return organ && { id: organ.id, name: organ.name }
  },
  topAuthority: async (tx, day) => {
    const organ = await topAuthority(tx, day)
    return organ && { id: organ.id, name: organ.name, jurisdictionCode: organ.jurisdictionCode }
  },
  organNames,
  levelsOf: levelsOfOrgans,
  peopleHolding: peopleWithRoles,
}
