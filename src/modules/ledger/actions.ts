import { readsLevel } from '#kernel/pure/actor.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Missing, found, insist, permit } from '#kernel/server/errors.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { newId } from '#kernel/server/identifier.ts'
import { organNames } from '#modules/organs/offers.ts'
import type { NeedKind } from '#modules/standards/model.ts'
import type { contract } from './contract.ts'
import { executionTemplate, importExecutions } from './execution-import.ts'
import { exportLines } from './line-export.ts'
import type { LedgerLine } from './model.ts'
import { commit, execute, release, reverse, type Posting, type Source } from './offers.ts'
import { can, maySeeLine } from './policy.ts'
import { withOwners } from './owner.ts'
import { available, mayHaveHappened, mayPostInYear } from './rules.ts'
import { commitmentById, commitmentsOf } from './store/commitment.ts'
import { entriesOf, entryById } from './store/entry.ts'
import { lineById, linesPage, type LineFilter, type LineRow } from './store/line.ts'
import { totalsOf } from './store/sums.ts'

export const actions: ActionsOf<typeof contract> = {
  async lines(ctx) {
    const { after, limit, ...asked } = ctx.input
    const filter = scoped(ctx, asked)
    const rows = await linesPage(ctx.tx, filter, after, limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: await withNames(ctx, page.items) }
  },

  async lineTotals(ctx) {
    const totals = await totalsOf(ctx.tx, scoped(ctx, ctx.input))
    return { ...totals, remainingFen: available(totals) }
  },
  async exportLines(ctx) {
    return exportLines(ctx, scoped(ctx, ctx.input), (rows) => withNames(ctx, rows))
  },
  async viewLine(ctx) {
    const row = await seenLine(ctx, ctx.input.lineId)
    const [line] = await withNames(ctx, [row])
    const may = mayOf(can.post(ctx.actor, row))
    // Of its own year until it is closed: what happened in that year may still be entered.
    const open = mayOf(allOf(can.post(ctx.actor, row), mayPostInYear(row, 'execute', `${row.year}-01-01`)))
    return {
      line: line as LedgerLine,
      commitments: await withOwners(ctx, await commitmentsOf(ctx.tx, row.id)),
      may: { commit: open, execute: open, adjust: open, carried: may },
    }
  },
  async entries(ctx) {
    const { lineId, after, limit } = ctx.input
    await seenLine(ctx, lineId)
    const rows = await entriesOf(ctx.tx, lineId, Number(after ?? 0) || 0, limit + 1)
    const page = pageFrom(rows, limit, ({ id }) => String(id))
    const items = await withOwners(ctx, page.items)
    return { ...page, items: items.map(({ title: _, ...entry }) => entry) }
  },
  async commit(ctx) {
    const { lineId, title, ...posting } = ctx.input
    const row = await seenLine(ctx, lineId)
    permit(can.post(ctx.actor, row))
    insist(mayHaveHappened(posting.occurredOn, ctx.today))
    const posted = await commit(ctx, lineId, title, { ...posting, source: byHand() })
    return {
      commitment: found((await withOwners(ctx, [posted.commitment]))[0], '占用'),
      line: await named(ctx, posted.line),
    }
  },
  async release(ctx) {
    const { commitmentId, amountFen, quantity, note, occurredOn } = ctx.input
    const commitment = found(await commitmentById(ctx.tx, commitmentId), '占用')
    permit(can.post(ctx.actor, await seenLine(ctx, commitment.lineId)))
    insist(mayHaveHappened(occurredOn, ctx.today))
    const part = { ...(amountFen === undefined ? {} : { amountFen }), ...(quantity === undefined ? {} : { quantity }) }
    const posted = await release(ctx, commitmentId, { ...part, note, occurredOn, source: byHand() })
    return { line: await named(ctx, posted.line) }
  },
  async execute(ctx) {
    const { lineId, commitmentId, ...posting } = ctx.input
    const row = await seenLine(ctx, lineId)
    permit(can.post(ctx.actor, row))
    insist(mayHaveHappened(posting.occurredOn, ctx.today))
    if (commitmentId && (await commitmentById(ctx.tx, commitmentId))?.lineId !== lineId) throw new Missing('占用')
    const posted = await execute(
      ctx,
      lineId,
      { ...(posting satisfies Omit<Posting, 'source'>), source: byHand() },
      commitmentId ?? null,
    )
    return { entry: posted.entry, line: await named(ctx, posted.line) }
  },
  async reverse(ctx) {
    const { entryId, note, occurredOn } = ctx.input
    const entry = found(await entryById(ctx.tx, entryId), '支出分录')
    const row = await seenLine(ctx, entry.lineId)
    permit(can.post(ctx.actor, row))
    insist(mayHaveHappened(occurredOn, ctx.today))
    const posted = await reverse(ctx, entryId, note, occurredOn)
    return { entry: posted.entry, line: await named(ctx, posted.line) }
  },
  importExecutions,
  executionTemplate,
}

/** A posting typed in by a person: its own cause; the Idempotency-Key of the request keeps a double click from posting twice. */
function byHand(): Source {
  return { kind: 'ledger.hand', id: newId() }
}

/** What the actor may list: the whole level for authority, finance and audit, else the own organ. */
function scoped({ actor }: Act, asked: Partial<LineFilter>): LineFilter {
  const organ = officeOrgan(actor, '计划台账')
  const wholeLevel = readsLevel(actor, organ.jurisdictionCode)
  return { ...asked, jurisdictionCode: organ.jurisdictionCode, organId: wholeLevel ? asked.organId : organ.id }
}

async function seenLine({ tx, actor }: Act, lineId: string): Promise<LineRow> {
  const row = found(await lineById(tx, lineId), '计划台账行')
  if (!maySeeLine(actor, row)) throw new Missing('计划台账行')
  return row
}

async function named(act: Act, row: LineRow): Promise<LedgerLine> {
  return (await withNames(act, [row]))[0] as LedgerLine
}

/** Rows as people see them: names of organs (one query for the page), quantities as numbers. */
export async function withNames({ tx }: Pick<Act, 'tx'>, rows: readonly LineRow[]): Promise<LedgerLine[]> {
  const names = await organNames(tx, [...new Set(rows.flatMap((row) => [row.holderOrganId, row.servedOrganId]))])
  return rows.map(({ plannedCenti, committedCenti, executedCenti, ...row }) => ({
    ...row,
    needKind: row.needKind as NeedKind,
    holderOrganName: names.get(row.holderOrganId) ?? '',
    servedOrganName: names.get(row.servedOrganId) ?? '',
    remainingFen: available(row),
    plannedQuantity: plannedCenti / 100,
    committedQuantity: committedCenti / 100,
    executedQuantity: executedCenti / 100,
  }))
}
