import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { stateLabels, type AssetState } from '../model.ts'
import { monthOf, monthsLater } from './depreciation.ts'

/** How far the depreciation of an organ's book is: months `YYYY-MM`. */
export type BookMonths = Readonly<{ openedIn: string; closedThrough: string | null }>

/** The month a book charges next. */
export const openMonth = ({ openedIn, closedThrough }: BookMonths): string =>
  closedThrough === null ? openedIn : monthsLater(closedThrough, 1)

/** Things that are away, or of which nobody knows where they are, go to no other organ. */
const unmovable: readonly AssetState[] = ['lent', 'leased', 'missing', 'disposed']

/**
 * Whether a card may go over to another organ on a day (A12-2; AST-R20): it leaves the one book in the month in which it
 * comes into the other, and neither has closed that month; the giver has charged everything before.
 */
export function mayMove(
  card: { number: string; organId: string; state: AssetState },
  move: { receiverOrganId: string; effectiveOn: string },
  books: { giver: BookMonths; receiver: BookMonths },
): Verdict {
  const month = monthOf(move.effectiveOn)
  const [gives, takes] = [openMonth(books.giver), openMonth(books.receiver)]
  return allOf(
    provided(card.organId !== move.receiverOrganId, {
      code: 'same-organ',
      message: `资产${card.number}已由接收机关持有。`,
      remedy: '请核对接收机关。',
    }),
    provided(!unmovable.includes(card.state), {
      code: 'card-away',
      message: `资产${card.number}现为“${stateLabels[card.state]}”，不能调拨。`,
      basis: law.wholeLife,
      remedy: '请先办结该项事宜。',
    }),
    provided(month >= gives, {
      code: 'month-closed',
      message: `移出机关${month}折旧已结账，调拨日期不能落在已结账的月份。`,
      basis: law.depreciation,
      remedy: `请按${gives}的日期办理。`,
    }),
    provided(month <= gives, {
      code: 'month-open',
      message: `移出机关折旧结账至${monthsLater(gives, -1)}，${month}之前的折旧应先由移出机关计提。`,
      basis: law.depreciation,
      remedy: `请移出机关先计提折旧至${monthsLater(month, -1)}。`,
    }),
    provided(month >= takes || (books.receiver.closedThrough !== null && month > books.receiver.closedThrough), {
      code: 'receiver-month-closed',
      message: `接收机关的账自${takes}起未结，不能在${month}转入。`,
      basis: law.depreciation,
      remedy: `移出、转入应在同一个月，请按${takes}以后的日期办理。`,
    }),
  )
}
