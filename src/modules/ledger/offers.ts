import { allOf } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict, found, insist } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { recordAll } from '#kernel/server/record.ts'
import type { LedgerEntry } from './model.ts'
import { insistOwner, withOwners } from './owner.ts'
import { applied, mayPost, mayPostInYear, type Movement } from './rules.ts'
import type { BudgetYear } from './store/agreement.ts'
import { commitmentById, drawCommitment, insertCommitment, type CommitmentRow } from './store/commitment.ts'
import { entryById, insertEntries, lastEntryId } from './store/entry.ts'
import {
  insertLines,
  lineById,
  linesById,
  linesPage,
  lockLine,
  lockLines,
  saveBalances,
  type LineFilter,
  type LineRow,
  type NewLine,
} from './store/line.ts'
import { sumsBy, totalsOf, type LedgerGroup, type LedgerSum, executedOf } from './store/sums.ts'
import { openCommitments, positionOf, shareYear, yearClosedOn, type YearPosition } from './store/closing.ts'

export { closeYear, samePosition } from './closing.ts'
export type { YearPosition } from './store/closing.ts'
export type { LedgerSum, LineFilter, LineRow }

/** Why and from where a movement comes; `kind` + `id` key it, so that the same cause never posts twice. */
export type Source = { kind: string; id: string }

export type Posting = {
  amountFen: number
  /** At most two decimals; 0 where the matter has no count. */
  quantity: number
  note: string
  document?: string | null | undefined
  counterparty?: string | null | undefined
  occurredOn: string
  source: Source
  /** The case on whose behalf it is posted: what a case holds, that case alone releases and spends. */
  caseId?: string | null | undefined
}

/** Opens lines when a plan comes into force (A34-1): the planned quantity and money of each. Repeating it changes nothing. */
export async function openLines(
  act: Act,
  lines: readonly (NewLine & { amountFen: number; quantity: number })[],
  occurredOn: string,
): Promise<void> {
  const known = new Set(
    (
      await lockLines(
        act.tx,
        lines.map(({ id }) => id),
      )
    ).map(({ id }) => id),
  )
  const fresh = lines.filter(({ id }) => !known.has(id))
  for (const line of yearsOf(fresh)) {
    await shareYear(act.tx, line)
    insist(mayPostInYear({ ...line, closedOn: await yearClosedOn(act.tx, line) }, 'open', false))
  }
  const inserted = await insertLines(act.tx, fresh)
  await postAll(
    act,
    inserted,
    fresh.map(({ id, planId, amountFen, quantity }) => ({
      lineId: id,
      kind: 'open',
      posting: { amountFen, quantity, note: '列入计划', occurredOn, source: { kind: 'plans.plan', id: planId } },
    })),
  )
}

/** One line of each year that lines are opened in. */
function yearsOf<L extends { jurisdictionCode: string; year: number }>(lines: readonly L[]): L[] {
  return [...new Map(lines.map((line) => [`${line.jurisdictionCode} ${line.year}`, line])).values()]
}

/**
 * Changes what lines may spend, up or down (Art. 35), as one act: in the order given (reductions first), locked in one
 * order, all or none; never below what is spent or committed.
 */
export async function adjustLines(act: Act, changes: readonly { lineId: string; posting: Posting }[]): Promise<void> {
  const locked = await lockLines(
    act.tx,
    changes.map(({ lineId }) => lineId),
  )
  await postAll(
    act,
    locked,
    changes.map(({ lineId, posting }) => ({ lineId, kind: 'adjust', posting })),
  )
}

/** Holds money on a line for an order, contract or approved trip (A34-2). Throws Refused beyond the plan. */
export async function commit(
  act: Act,
  lineId: string,
  title: string,
  posting: Posting,
): Promise<{ commitment: CommitmentRow; line: LineRow }> {
  const line = found(await lockLine(act.tx, lineId), '计划台账行')
  const commitment: CommitmentRow = {
    id: newId(),
    lineId,
    title,
    counterparty: posting.counterparty ?? null,
    document: posting.document ?? null,
    openFen: posting.amountFen,
    openQuantity: posting.quantity,
    committedOn: posting.occurredOn,
    carriedOn: null,
    caseId: posting.caseId ?? null,
  }
  insist(allOf(mayPostInYear(line, 'commit', false), mayPost(line, movementOf('commit', posting))))
  await insertCommitment(act.tx, commitment)
  const posted = await post(act, line, 'commit', posting, { commitmentId: commitment.id })
  return { commitment, line: posted.line }
}

/**
 * Gives back held money: all that is open, or a part.
 * @throws Conflict where a case holds it and another asks
 */
export async function release(
  act: Act,
  commitmentId: string,
  part: Partial<Posting> & Pick<Posting, 'note' | 'occurredOn' | 'source'>,
): Promise<{ line: LineRow }> {
  const { lineId } = found(await commitmentById(act.tx, commitmentId), '占用')
  const line = found(await lockLine(act.tx, lineId), '计划台账行')
  const commitment = found(await commitmentById(act.tx, commitmentId), '占用')
  await insistOwner(act, commitment, part.caseId ?? null, '释放')
  const posting: Posting = {
    ...part,
    amountFen: part.amountFen ?? commitment.openFen,
    quantity: part.quantity ?? commitment.openQuantity,
  }
  await drawCommitment(act.tx, commitmentId, posting.amountFen, centi(posting.quantity))
  return { line: (await post(act, line, 'release', posting, { commitmentId })).line }
}

/**
 * Posts money spent, against a commitment or straight on the line (A34-1, A34-2).
 * @throws Conflict where a case holds the commitment and another asks
 */
export async function execute(
  act: Act,
  lineId: string,
  posting: Posting,
  commitmentId: string | null = null,
): Promise<{ entry: LedgerEntry; line: LineRow }> {
  const line = found(await lockLine(act.tx, lineId), '计划台账行')
  if (commitmentId === null) return post(act, line, 'execute', posting)
  const commitment = found(await commitmentById(act.tx, commitmentId), '占用')
  await insistOwner(act, commitment, posting.caseId ?? null, '支出')
  await drawCommitment(act.tx, commitmentId, posting.amountFen, centi(posting.quantity))
  return post(act, line, 'execute', posting, { commitmentId, carried: commitment.carriedOn !== null })
}

/** Many payments straight on lines, as one act: all of them, or none, each within the plan (A34-2). */
export async function executeAll(
  act: Act,
  lines: readonly LineRow[],
  payments: readonly { lineId: string; posting: Posting }[],
): Promise<void> {
  await postAll(
    act,
    lines,
    payments.map(({ lineId, posting }) => ({ lineId, kind: 'execute', posting })),
  )
}

/** Puts a wrong execution right by an entry of its own; the original stays. */
export async function reverse(
  act: Act,
  entryId: number,
  note: string,
  occurredOn: string,
): Promise<{ entry: LedgerEntry; line: LineRow }> {
  const original = found(await entryById(act.tx, entryId), '支出分录')
  if (original.kind !== 'execute') throw new Conflict('分录', '只能冲销支出分录。')
  const line = found(await lockLine(act.tx, original.lineId), '计划台账行')
  if (found(await entryById(act.tx, entryId), '支出分录').reversed)
    throw new Conflict('分录', '该支出已冲销，不能重复冲销。')
  return post(
    act,
    line,
    'reverse',
    {
      amountFen: original.amountFen,
      quantity: original.quantity,
      note,
      occurredOn,
      document: original.document,
      counterparty: original.counterparty,
      source: { kind: 'ledger.entry', id: String(entryId) },
    },
    { reversesId: entryId },
  )
}

type Links = { commitmentId?: string | null; carried?: boolean; reversesId?: number }

/** One movement on a locked line. */
async function post(
  act: Act,
  line: LineRow,
  kind: Movement['kind'],
  posting: Posting,
  links: Links = {},
): Promise<{ entry: LedgerEntry; line: LineRow }> {
  const { entries, lines } = await postAll(act, [line], [{ lineId: line.id, kind, posting, links }])
  return { entry: found(entries[0], '台账分录'), line: found(lines.get(line.id), '计划台账行') }
}

/**
 * The one way movements reach locked lines: rule, entry, balances, record; all of them in their order, or none. However
 * many there are, it takes three statements.
 * @param locked the lines, locked by the caller
 */
async function postAll(
  act: Act,
  locked: readonly LineRow[],
  movements: readonly { lineId: string; kind: Movement['kind']; posting: Posting; links?: Links }[],
): Promise<{ entries: LedgerEntry[]; lines: Map<string, LineRow> }> {
  const before = new Map(locked.map((line) => [line.id, line]))
  const lines = new Map(before)
  for (const { lineId, kind, posting, links } of movements) {
    const line = found(lines.get(lineId), '计划台账行')
    const movement: Movement = {
      ...movementOf(kind, posting),
      fromCommitment: kind === 'execute' && Boolean(links?.commitmentId),
    }
    insist(allOf(mayPostInYear(line, kind, links?.carried === true), mayPost(line, movement)))
    lines.set(lineId, { ...line, ...applied(line, movement), version: line.version + 1 })
  }
  const entries = await insertEntries(
    act.tx,
    movements.map(({ lineId, kind, posting, links }) => ({
      lineId,
      kind,
      amountFen: posting.amountFen,
      quantityCenti: centi(posting.quantity),
      commitmentId: links?.commitmentId ?? null,
      reversesId: links?.reversesId ?? null,
      note: posting.note,
      document: posting.document ?? null,
      counterparty: posting.counterparty ?? null,
      sourceKind: posting.source.kind,
      sourceId: posting.source.id,
      occurredOn: posting.occurredOn,
    })),
    { at: act.now, by: act.actor.name },
  )
  if (entries.length < movements.length) throw new Conflict('台账分录', '这笔业务已经登记过，未重复登记。')
  const moved = new Set(movements.map(({ lineId }) => lineId))
  await saveBalances(
    act.tx,
    locked.filter(({ id }) => moved.has(id)).map((line) => ({ line, after: found(lines.get(line.id), '计划台账行') })),
  )
  await recordAll(
    act,
    movements.map(({ lineId, kind, posting: { caseId: _, ...posting } }) => ({
      fact: `ledger.${factOf[kind]}`,
      subject: { kind: 'ledger.line', id: lineId },
      organId: found(before.get(lineId), '计划台账行').holderOrganId,
      after: { ...posting, kind },
    })),
  )
  return { entries, lines }
}

const factOf: Record<Movement['kind'], string> = {
  open: 'line-opened',
  adjust: 'line-adjusted',
  commit: 'committed',
  release: 'released',
  execute: 'executed',
  reverse: 'reversed',
}

function movementOf(kind: Movement['kind'], { amountFen, quantity }: Posting): Movement {
  return { kind, amountFen, quantityCenti: centi(quantity) }
}

function centi(quantity: number): number {
  return Math.round(quantity * 100)
}

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
