import type { Act } from '#kernel/server/context.ts'
import type { Tx } from '#kernel/server/database.ts'
import { withOwners } from './owner.ts'
import type { BudgetYear } from './store/agreement.ts'
import { openCommitments, positionOf, type YearPosition } from './store/closing.ts'
import { lastEntryId } from './store/entry.ts'
import { lineById, linesById, linesPage, lockLines, type LineFilter, type LineRow } from './store/line.ts'
import { executedOf, sumsBy, totalsOf, type LedgerGroup, type LedgerSum } from './store/sums.ts'

export { closeYear, samePosition } from './closing.ts'
export {
  adjustLines,
  commit,
  execute,
  executeAll,
  openLines,
  paymentsOfCase,
  release,
  reverse,
  type Posting,
  type Source,
} from './posting.ts'
export type { YearPosition } from './store/closing.ts'
export type { LedgerSum, LineFilter, LineRow }

export async function ledgerLine(tx: Tx, lineId: string): Promise<LineRow | undefined> {
  return lineById(tx, lineId)
}

/** Lines by id, unlocked: to show, or to judge what will be locked and judged again. */
export async function ledgerLines(tx: Tx, lineIds: readonly string[]): Promise<LineRow[]> {
  return lineIds.length === 0 ? [] : linesById(tx, lineIds)
}

/** Lines an organ carries out itself, by id, five hundred at most; what it may buy from. */
export async function heldLines(tx: Tx, holderOrganId: string, year: number | null = null): Promise<LineRow[]> {
  return linesPage(tx, { holderOrganId, ...(year === null ? {} : { year }) }, undefined, 500)
}

export async function ledgerLinesLocked(tx: Tx, lineIds: readonly string[]): Promise<LineRow[]> {
  return lockLines(tx, lineIds)
}

/** Sums for reports and statistics, and the ledger position they were drawn at. */
export async function ledgerSums<G extends LedgerGroup>(
  tx: Tx,
  groups: readonly G[],
  filter: LineFilter,
): Promise<Record<G, LedgerSum[]>> {
  return sumsBy(tx, groups, filter)
}

export async function ledgerTotals(
  tx: Tx,
  filter: LineFilter,
): Promise<{ count: number; plannedFen: number; committedFen: number; executedFen: number }> {
  return totalsOf(tx, filter)
}

export async function ledgerPosition(tx: Tx): Promise<number> {
  return lastEntryId(tx)
}

/** What was spent on lines by id, 分. */
export async function executedByLine(tx: Tx, lineIds: readonly string[]): Promise<Map<string, number>> {
  return executedOf(tx, lineIds)
}

/** Where a budget year of a level stands: planned, spent and still held, 分. */
export async function yearPosition(tx: Tx, place: BudgetYear): Promise<YearPosition> {
  return positionOf(tx, place)
}

/** What is still held in a year, by id, with the case that holds each. */
export async function openInYear(
  act: Pick<Act, 'tx' | 'caseKinds'>,
  place: BudgetYear,
  after: string | undefined,
  limit: number,
) {
  const rows = await openCommitments(act.tx, place, after, limit)
  const owned = await withOwners(act, rows)
  return rows.map(({ lineNumber, itemName, holderOrganId }, at) => ({
    ...(owned[at] as (typeof owned)[number]),
    lineNumber,
    itemName,
    holderOrganId,
  }))
}
