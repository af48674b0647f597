import type { Role } from '#kernel/pure/actor.ts'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Tx } from './database.ts'

/** What the kernel asks about organs and people; the module that keeps them answers. */
export type Directory = {
  /** The jurisdiction's authority or finance department on the day; null when none is registered. */
  partyOrgan: (
    tx: Tx,
    jurisdictionCode: string,
    part: 'authority' | 'finance',
    day: LocalDate,
  ) => Promise<{ id: string; name: string } | null>
  /**
   * The authority of the highest level there is in this installation, of a province or of one county alone; null before the first
   * is registered. Of several on that level the one whose code comes first.
   */
  topAuthority: (tx: Tx, day: LocalDate) => Promise<{ id: string; name: string; jurisdictionCode: string } | null>
  /** Present names by id, closed organs included. */
  organNames: (tx: Tx, ids: readonly string[]) => Promise<Map<string, string>>
  /** Codes of the jurisdictions of organs, closed ones included. */
  levelsOf: (tx: Tx, ids: readonly string[]) => Promise<Map<string, string>>
  /** People who hold any of the roles at the organ on the day, by name. */
  peopleHolding: (
    tx: Tx,
    where: { organId: string; roles: readonly Role[] },
    day: LocalDate,
  ) => Promise<{ id: string; name: string; roles: Role[] }[]>
}
