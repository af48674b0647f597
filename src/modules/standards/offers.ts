import { createHash } from 'node:crypto'
import { canonicalJson } from '#kernel/pure/canonical-json.ts'
import type { Tx } from '#kernel/server/database.ts'
import { found } from '#kernel/server/errors.ts'
import type { StandardsInForce } from './model.ts'
import { desktopsOfClassified, standardsFrom, type StandardTable } from './rules/in-force.ts'
import { catalogueOn, economicCodesOf, standardsOfClass, standardsOn } from './store.ts'
import {
  catalogueRows,
  economicCodeRows,
  insertSnapshot,
  snapshotById,
  standardRows,
  type SnapshotMembers,
} from './store/snapshot.ts'

/* For the module `drafting`, which sets standards (Art. 6, 9): reading every version, and writing what is approved. */
export { insertStandards, standardsById, standardsRestingOn } from './store.ts'
export {
  catalogueEntriesById,
  catalogueHistory,
  endCatalogueEntries,
  endStandards,
  holdStandards,
  insertCatalogueEntries,
  jurisdictionsWithStandards,
  ownCodesOn,
  quotaCodesOn,
  settersOf,
  standardHistory,
  type OwnCode,
} from './store/enactment.ts'
export { standardsDigest } from './store/digest.ts'

/**
 * What rules on plan lines need of the standards in force in a jurisdiction on a day, as plain data (norms A8-1, A33-1).
 * @param year the budget year, for the economic classification
 * @throws when a row's value does not fit its form: wrong data stops the decision, it is not skipped
 */
export async function standardsInForce(
  tx: Tx,
  jurisdictionCode: string,
  on: string,
  year: number,
): Promise<StandardsInForce> {
  return standardsFrom(
    await standardTable(tx, jurisdictionCode, on, ['item.', 'plan.', desktopsOfClassified]),
    await catalogueOn(tx, jurisdictionCode, on),
    await economicCodesOf(tx, year),
  )
}

/**
 * Every standard in force in a jurisdiction on a day, for the evaluators in `rules/`.
 * @param only codes or, ending in a dot, families of codes (`office.`, `vehicle.`); all when left out
 */
export async function standardTable(
  tx: Tx,
  jurisdictionCode: string,
  on: string,
  only: readonly string[] | null = null,
): Promise<StandardTable> {
  return { on, jurisdictionCode, rows: await standardsOn(tx, jurisdictionCode, on, only) }
}

/**
 * The standards that a thing of an asset class is held against: the figures named, and the items for that class.
 * @param of.assetClass code of the present edition; null for a class that none stands for
 */
export async function standardsOfThing(
  tx: Tx,
  jurisdictionCode: string,
  on: string,
  of: { codes: readonly string[]; assetClass: string | null },
): Promise<StandardTable> {
  return { on, jurisdictionCode, rows: await standardsOfClass(tx, jurisdictionCode, on, of) }
}

/**
 * Keeps which rows these standards are, for decisions that rest on them (norms A8-1, A9-2).
 * @returns the name of the snapshot: the same rows with the same last days have the same name, whenever they are asked for
 */
export async function snapshotOf(tx: Tx, standards: StandardsInForce): Promise<string> {
  const rows = [...standards.items, ...Object.values(standards.parameters).map(({ row }) => row)]
  const members: SnapshotMembers = {
    standards: sorted(rows.map(({ id, until }) => [id, until])),
    catalogue: sorted(standards.catalogue.map(({ id, until }) => [id, until])),
    economicCodes: sorted(standards.economicCodes.map(({ code, fromYear, untilYear }) => [code, fromYear, untilYear])),
  }
  const { jurisdictionCode } = standards
  const id = createHash('sha256').update(canonicalJson({ jurisdictionCode, members })).digest('hex')
  await insertSnapshot(tx, { id, jurisdictionCode, members })
  return id
}

/**
 * Exactly the standards a decision rested on, whatever rows came later.
 * @param on the day they counted on; rules may look at it
 */
export async function standardsOfSnapshot(tx: Tx, id: string, on: string): Promise<StandardsInForce> {
  const { jurisdictionCode, members } = found(await snapshotById(tx, id), '标准快照')
  return standardsFrom(
    { on, jurisdictionCode, rows: await standardRows(tx, members.standards) },
    await catalogueRows(tx, members.catalogue),
    await economicCodeRows(tx, members.economicCodes),
  )
}

function sorted<T extends [string, ...unknown[]]>(members: T[]): T[] {
  return members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
