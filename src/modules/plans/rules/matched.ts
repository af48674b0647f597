import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import type { Opinion } from '../model.ts'
import type { IndexedStandards, LineFacts, OrganFacts } from './facts.ts'
import { roomUnderStandard } from './quantity-standard.ts'
import { proposeReview } from './review.ts'

/**
 * How many pieces of a line could be met by things there are already, and what buying one would cost under the standard
 * (PLAN-R06, A23-2): no more than the standard admits, at no more than its price.
 * @returns null where nothing is to be matched: no thing with a standard, or a line that would not be granted at all
 */
export function neededPieces(
  facts: LineFacts,
  organ: OrganFacts,
  standards: IndexedStandards,
  today: string,
): { pieces: number; priceFen: number } | null {
  const { line } = facts
  const standard = line.standardCode === null ? undefined : standards.itemByCode.get(line.standardCode)
  if (line.needKind !== 'N09' || standard === undefined || line.quantity === null || line.quantity < 1) return null
  if (!['O1', 'O2', 'O3', 'O6'].includes(proposeReview(facts, organ, standards, today).opinion)) return null
  const room = roomUnderStandard(facts, organ, standard, standards)?.room ?? line.quantity
  const pieces = Math.floor(Math.min(line.quantity, room))
  const askedFen = line.unitPriceFen ?? Math.floor((line.amountFen ?? 0) / line.quantity)
  const priceFen = Math.min(askedFen, standard.value.priceCapFen ?? askedFen)
  return pieces > 0 && priceFen > 0 ? { pieces, priceFen } : null
}

/** What a line comes to when some of it is met by matching: all of it is opinion O3 with no money, a part cuts the rest (O2). */
export function settlementOf(
  asked: { amountFen: number },
  { needed, matched, priceFen }: { needed: number; matched: number; priceFen: number },
): { opinion: Opinion; quantity: number; amountFen: number } {
  const bought = Math.max(0, needed - matched)
  if (bought === 0) return { opinion: 'O3', quantity: matched, amountFen: 0 }
  return { opinion: 'O2', quantity: bought, amountFen: Math.min(Math.round(bought * priceFen), asked.amountFen) }
}

/** What was settled by matching holds things for the organ: it is taken back where they are, not here. */
export function notMatched(lines: readonly { lineNo: number; matchedQuantity: number }[]): Verdict {
  const matched = lines.filter(({ matchedQuantity }) => matchedQuantity > 0).map(({ lineNo }) => `第${lineNo}行`)
  return provided(matched.length === 0, {
    code: 'line-matched',
    message: `${matched.join('、')}已由调剂解决，物品已为申请机关留用。`,
    basis: law.warehouse,
    remedy: '请先在“调剂建议”中撤回该行的采纳。',
  })
}
