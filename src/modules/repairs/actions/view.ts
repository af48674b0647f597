import { yearOf } from '#kernel/pure/local-date.ts'
import { allOf, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { metCards } from '#modules/assets/offers.ts'
import { heldLines, ledgerLine, type LineRow } from '#modules/ledger/offers.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { hasForm, rowFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { can } from '../policy.ts'
import { repairStateLabels, type RepairRequest, type RepairState } from '../model.ts'
import { allowsRepair, mayPay, mayReverse, type RepairedThing } from '../rules/funding.ts'
import { judgeQuote } from '../rules/quote.ts'
import type { RequestRow } from '../store.ts'

/** What a quote is judged by. */
export const quoteStandards = ({ tx, today }: Pick<Act, 'tx' | 'today'>, jurisdictionCode: string) =>
  standardTable(tx, jurisdictionCode, today, ['warehouse.repair-light', 'warehouse.repair-heavy'])

/** The state a step begins in, or why it is not its turn. */
export function inState({ state }: Pick<RequestRow, 'state'>, ...states: RepairState[]): Verdict {
  return provided(states.includes(state), {
    code: 'repair-state',
    message: `维修申请现为“${repairStateLabels[state]}”，不能办理这一步。`,
    remedy: '请刷新后核对当前环节。',
  })
}

export const shown = ({
  jurisdictionCode: _,
  stateBefore: __,
  item: ___,
  commitmentId: ____,
  ...row
}: RequestRow): RepairRequest => row

/** A request with what may be done of it, by whom it is asked for. */
export async function requestView(act: Act, row: RequestRow) {
  const { actor } = act
  const table = await quoteStandards(act, row.jurisdictionCode)
  const { offerFen, replacementFen, unsafe } = row
  const handles = can.handle(actor, row)
  const line = await lineOf(act, row)
  return {
    request: shown(row),
    findings:
      offerFen === null || replacementFen === null
        ? []
        : [...judgeQuote({ offerFen, replacementFen, unsafe, table }).judged.findings],
    replacement: await replacementOf(act, row),
    lines: handles.ok && mayChooseLine(row, line?.yearIsOver === true) ? await linesFor(act, row) : [],
    line,
    disposalLink: row.state === 'refused' ? `/disposal/applications/new?form=scrap&cards=${row.cardId}` : null,
    may: {
      quote: mayOf(allOf(handles, inState(row, 'reported'))),
      approve: mayOf(allOf(can.approve(actor, row), inState(row, 'quoted'))),
      finish: mayOf(allOf(handles, inState(row, 'approved'))),
      pay: mayOf(allOf(handles, mayPay(row))),
      reverse: mayOf(allOf(handles, mayReverse(row))),
      withdraw: mayOf(allOf(handles, inState(row, 'reported', 'quoted'))),
      dispose: mayOf(allOf(handles, inState(row, 'refused'))),
    },
  }
}

/** With the quote, or with the result of what was to cost nothing, or that a year that is over pays for. */
const mayChooseLine = ({ state, ledgerLineId }: RequestRow, yearIsOver: boolean): boolean =>
  state === 'reported' || (state === 'approved' && (ledgerLineId === null || yearIsOver))

/** The organ's plan lines of this year that the repair may be paid from. */
async function linesFor(act: Act, row: RequestRow) {
  const thing = await thingOfRequest(act, row)
  return (await heldLines(act.tx, row.organId, thing.year))
    .map((line) => ({ ...line, remainingFen: remainingOf(line) }))
    .filter((line) => line.remainingFen > 0 && allowsRepair(line, thing))
    .map(({ id, number, itemName, remainingFen }) => ({ id, number, itemName, remainingFen }))
}

async function lineOf({ tx, today }: Act, { ledgerLineId }: RequestRow) {
  const line = ledgerLineId === null ? undefined : await ledgerLine(tx, ledgerLineId)
  return line
    ? { id: line.id, number: line.number, itemName: line.itemName, yearIsOver: line.year < yearOf(today) }
    : null
}

export const remainingOf = ({ plannedFen, committedFen, executedFen }: LineRow): number =>
  plannedFen - committedFen - executedFen

/** Whose thing is repaired, of which class by its card; what the reader may not know of any more has none. */
export async function thingOfRequest(
  act: Act,
  { organId, cardId }: Pick<RequestRow, 'organId' | 'cardId'>,
): Promise<RepairedThing> {
  const [met] = await metCards(act, [cardId])
  return { organId, classCode: met?.card.classCode ?? '', year: Number(act.today.slice(0, 4)) }
}

/** What a new one costs: the price cap of its standard, else what this one cost. */
async function replacementOf({ tx, today }: Act, row: RequestRow): Promise<{ fen: number; source: string }> {
  const table: StandardTable = await standardTable(tx, row.jurisdictionCode, today, row.item === null ? [] : [row.item])
  const standard = row.item === null ? null : rowFor(table, row.item)
  const capFen = standard && hasForm(standard, 'item') ? standard.value.priceCapFen : null
  return capFen === null
    ? { fen: Math.max(1, row.costFen), source: '按原值预填，请改为同类新品的市场价' }
    : { fen: capFen, source: `${standard?.title ?? ''}配置标准价格上限` }
}
