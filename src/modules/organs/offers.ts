import type { Tx } from '#kernel/server/database.ts'
import { ranks, type Jurisdiction, type Organ, type RankHeadcount } from './model.ts'
import {
  activeOrgansOf,
  headcountRowsOn,
  highestWithPart,
  jurisdictionOf,
  jurisdictionsOn,
  organRow,
  organRows,
  organNamed,
  organsWithPart,
  organsWithPartBelow,
  type Day,
  type OrganRow,
} from './store.ts'

export { registerFirstAuthority } from './first-authority.ts'
export { reportTies, type TieCheck } from './closing.ts'
export { mayActOnLevel, mayBeSupervisedBy, type OpenTie, type SolePart } from './rules.ts'
export { demonstrationOrganId, demonstrationOrgans } from './reference/demonstration.ts'
export { registerDigest } from './store/digest.ts'
export type { OrganRow }

/*
 * `day` decides which parts, posts and organs count; left out, it is today by the database's calendar.
 */

/** One organ with the parts it carries and its posts on the day; null when there is none of that id. */
export async function organById(tx: Tx, id: string, day: Day = null): Promise<Organ | null> {
  const organ = await organRow(tx, id, day)
  return organ ? { ...organ, headcount: (await headcountOn(tx, [id], day)).get(id) ?? [] } : null
}

/** Organs by id in one query, without headcount. */
export async function organsById(tx: Tx, ids: readonly string[], day: Day = null): Promise<Map<string, OrganRow>> {
  return new Map((await organRows(tx, [...new Set(ids)], day)).map((organ) => [organ.id, organ]))
}

/** Present names of organs by id, closed ones included, in one query; for lists that show names only. */
export async function organNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map((await organRows(tx, [...new Set(ids)], null)).map(({ id, name }) => [id, name]))
}

/** Codes of the jurisdictions of organs by id, closed ones included. */
export async function levelsOfOrgans(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map(
    (await organRows(tx, [...new Set(ids)], null)).map(({ id, jurisdictionCode }) => [id, jurisdictionCode]),
  )
}

/** The organ of a jurisdiction called so, by full name, short name or id; null when there is none that goes on. */
export async function organByName(tx: Tx, jurisdictionCode: string, name: string): Promise<OrganRow | null> {
  return organNamed(tx, jurisdictionCode, name, null)
}

/** Organs of a jurisdiction that work on the day, by name, without headcount. */
export async function organsOf(tx: Tx, jurisdictionCode: string, day: Day = null): Promise<OrganRow[]> {
  return activeOrgansOf(tx, jurisdictionCode, day)
}

/** The organ that is the jurisdiction's authority or finance department on the day; there is never more than one (A6-1). */
export async function partyOrgan(
  tx: Tx,
  jurisdictionCode: string,
  part: 'authority' | 'finance',
  day: Day = null,
): Promise<OrganRow | null> {
  return (await organsWithPart(tx, jurisdictionCode, part, day))[0] ?? null
}

/** The authorities of all jurisdictions below one on the day, in the order of their codes (Art. 6). */
export async function authoritiesBelow(tx: Tx, jurisdictionCode: string, day: Day = null): Promise<OrganRow[]> {
  return organsWithPartBelow(tx, jurisdictionCode, 'authority', day)
}

/** The authority of the highest level that has one on the day: what an installation for one county has is its county's. */
export async function topAuthority(tx: Tx, day: Day = null): Promise<OrganRow | null> {
  return highestWithPart(tx, 'authority', day)
}

/** Posts and people by rank on a day, highest rank first, in one query; every id asked for has an entry. */
export async function headcountOn(
  tx: Tx,
  organIds: readonly string[],
  day: Day = null,
): Promise<Map<string, RankHeadcount[]>> {
  const headcount = new Map<string, RankHeadcount[]>(organIds.map((id) => [id, []]))
  for (const { organId, rank, approved, inPost } of await headcountRowsOn(tx, organIds, day))
    headcount.get(organId)?.push({ rank, approved, inPost })
  for (const rows of headcount.values()) rows.sort((a, b) => ranks.indexOf(a.rank) - ranks.indexOf(b.rank))
  return headcount
}

/** A jurisdiction by its code; `active` is whether the code is in force on the day. */
export async function jurisdictionByCode(
  tx: Tx,
  code: string,
  day: Day = null,
): Promise<(Jurisdiction & { active: boolean }) | null> {
  return jurisdictionOf(tx, code, day)
}

/** All jurisdictions in force on a day, parents before children. */
export async function jurisdictions(tx: Tx, day: Day = null): Promise<Jurisdiction[]> {
  return jurisdictionsOn(tx, day)
}
