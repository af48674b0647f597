import { allOf } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, insist } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { recordAll } from '#kernel/server/record.ts'
import type { LedgerEntry } from './model.ts'
import { insistOwner } from './owner.ts'
import { applied, mayOpenInYear, mayPost, mayPostInYear, type Movement } from './rules.ts'
import { shareYear, yearClosedOn } from './store/closing.ts'
import {
  commitmentById,
  drawCommitment,
  insertCommitment,
  restoreCommitment,
  type CommitmentRow,
} from './store/commitment.ts'
import { entryById, insertEntries, unreversedOf } from './store/entry.ts'
import { insertLines, lockLine, lockLines, saveBalances, type LineRow, type NewLine } from './store/line.ts'

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
    insist(mayOpenInYear({ ...line, closedOn: await yearClosedOn(act.tx, line) }))
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
  insist(allOf(mayPostInYear(line, 'commit', posting.occurredOn), mayPost(line, movementOf('commit', posting))))
  await insertCommitment(act.tx, commitment)
  const posted = await post(act, line, 'commit', posting, { commitment })
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
  return { line: (await post(act, line, 'release', posting, { commitment })).line }
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
  return post(act, line, 'execute', posting, { commitment })
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

/**
 * Puts a wrong execution right by an entry of its own; the original stays. What was paid from a commitment is held by it again:
 * by another of the same case where that one has taken its place.
 * @param by the case that takes its payment back, null for a correction by hand; `to` the commitment that holds it again
 * @throws Conflict where a case made the payment and another asks, or when it was reversed already
 */
export async function reverse(
  act: Act,
  entryId: number,
  note: string,
  occurredOn: string,
  by: { caseId?: string; to?: string } = {},
): Promise<{ entry: LedgerEntry; line: LineRow }> {
  const original = found(await entryById(act.tx, entryId), '支出分录')
  if (original.kind !== 'execute') throw new Conflict('分录', '只能冲销支出分录。')
  const line = found(await lockLine(act.tx, original.lineId), '计划台账行')
  if (found(await entryById(act.tx, entryId), '支出分录').reversed)
    throw new Conflict('分录', '该支出已冲销，不能重复冲销。')
  const drawn = await drawnBy(act, original, by)
  if (drawn) await restoreCommitment(act.tx, drawn.id, original.amountFen, centi(original.quantity))
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
    { ...(drawn ? { commitment: drawn } : {}), reversesId: entryId },
  )
}

/** The commitment that holds the money of a payment again; none where it was spent straight from the line. */
async function drawnBy(
  act: Act,
  { commitmentId, lineId }: LedgerEntry,
  { caseId, to }: { caseId?: string; to?: string },
): Promise<CommitmentRow | null> {
  if (commitmentId === null) return null
  const from = found(await commitmentById(act.tx, commitmentId), '占用')
  await insistOwner(act, from, caseId ?? null, '冲销')
  if (to === undefined) return from
  const other = found(await commitmentById(act.tx, to), '占用')
  await insistOwner(act, other, caseId ?? null, '冲销')
  if (other.lineId !== lineId) throw new RangeError(`commitment ${to} is not on line ${lineId}`)
  return other
}

/** Payments that a case has made and not taken back, as entries in their order. */
export function paymentsOfCase(act: Pick<Act, 'tx'>, caseId: string): ReturnType<typeof unreversedOf> {
  return unreversedOf(act.tx, caseId)
}

type Links = { commitment?: CommitmentRow; reversesId?: number }

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
      fromCommitment: (kind === 'execute' || kind === 'reverse') && links?.commitment !== undefined,
    }
    insist(allOf(mayPostInYear(line, kind, posting.occurredOn, links?.commitment), mayPost(line, movement)))
    lines.set(lineId, { ...line, ...applied(line, movement), version: line.version + 1 })
  }
  const entries = await insertEntries(
    act.tx,
    movements.map(({ lineId, kind, posting, links }) => ({
      lineId,
      kind,
      amountFen: posting.amountFen,
      quantityCenti: centi(posting.quantity),
      commitmentId: links?.commitment?.id ?? null,
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
