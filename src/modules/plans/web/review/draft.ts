import type { OutputOf } from '#kernel/pure/contract.ts'
import type { contract } from '../../contract.ts'
import type { DemandLine, Opinion, Proposal } from '../../model.ts'

export type DemandUnderReview = OutputOf<(typeof contract)['viewReview']>
export type ReviewRow = DemandUnderReview['lines'][number]

/** A decision being written: what a person is about to say of a line. Money in 分. */
export type Draft = { opinion: Opinion; quantity: number; amountFen: number; reason: string }

type Asked = { quantity: number; amountFen: number }

export function askedOf({ quantity, amountFen }: Pick<DemandLine, 'quantity' | 'amountFen'>): Asked {
  return { quantity: quantity ?? 0, amountFen: amountFen ?? 0 }
}

export const opinionKeys = ['O1', 'O2', 'O3', 'O4', 'O5', 'O6', 'O7', 'O8'] as const satisfies readonly Opinion[]

/** Opinions that give no money; the rule refuses an amount beside them (PLAN-R09). */
const withoutMoney: readonly Opinion[] = ['O3', 'O4', 'O5', 'O7', 'O8']

/** Opinions that owe the organ an explanation: cut, sent back, refused. */
export function owesReason(opinion: Opinion): boolean {
  return opinion === 'O2' || opinion === 'O4' || opinion === 'O5'
}

/**
 * The draft an opinion starts from: the proposal where it says the same, else what the opinion means in numbers
 * (同意 as asked, 不予同意 nothing). 核减 starts from the proposed figures and leaves the rest to the person.
 */
export function draftFor(opinion: Opinion, line: DemandLine, proposal: Proposal): Draft {
  if (proposal.opinion === opinion) return proposalDraft(proposal)
  const asked = askedOf(line)
  if (opinion === 'O1' || opinion === 'O6') return { opinion, ...asked, reason: '' }
  if (opinion === 'O2') return { opinion, ...asked, reason: proposal.opinion === 'O5' ? proposal.reason : '' }
  return { opinion, quantity: opinion === 'O3' ? asked.quantity : 0, amountFen: 0, reason: '' }
}

/** The figures and words of a proposal or an earlier decision, to be taken over or rewritten. */
export function proposalDraft({ opinion, quantity, amountFen, reason }: Draft): Draft {
  return { opinion, quantity, amountFen, reason }
}

/** Another opinion on a draft; what was typed as reason stays. */
export function withOpinion(draft: Draft, opinion: Opinion, line: DemandLine, proposal: Proposal): Draft {
  const fresh = draftFor(opinion, line, proposal)
  const typed = draft.reason.trim() !== '' && draft.reason !== proposal.reason
  return { ...fresh, reason: typed ? draft.reason : fresh.reason }
}

/** Another quantity: the money follows at the asked unit price, and less than asked makes 同意 a 核减. */
export function withQuantity(draft: Draft, quantity: number, line: DemandLine): Draft {
  const asked = askedOf(line)
  const price = line.unitPriceFen ?? (asked.quantity > 0 ? asked.amountFen / asked.quantity : null)
  const follows = price === null ? draft.amountFen : Math.min(asked.amountFen, Math.round(price * quantity))
  return asCut({ ...draft, quantity, amountFen: withoutMoney.includes(draft.opinion) ? 0 : follows }, asked)
}

export function withAmount(draft: Draft, amountFen: number, line: DemandLine): Draft {
  return asCut({ ...draft, amountFen }, askedOf(line))
}

function asCut(draft: Draft, asked: Asked): Draft {
  const less = draft.quantity < asked.quantity || draft.amountFen < asked.amountFen
  return draft.opinion === 'O1' && less ? { ...draft, opinion: 'O2' } : draft
}

export type Sums = { lines: number; decided: number; askedFen: number; approvedFen: number; cutFen: number }

/** Running totals of one organ; what is cut counts decided lines only, so that open lines and lines to be corrected are not taken for cuts. */
export function sumsOf(rows: readonly ReviewRow[]): Sums {
  const sums = { lines: rows.length, decided: 0, askedFen: 0, approvedFen: 0, cutFen: 0 }
  for (const { line, decision } of rows) {
    const { amountFen } = askedOf(line)
    sums.askedFen += amountFen
    if (decision === null) continue
    sums.decided += 1
    sums.approvedFen += decision.amountFen
    if (decision.opinion !== 'O4') sums.cutFen += amountFen - decision.amountFen
  }
  return sums
}

export type Order = 'odd' | 'number'

/** Lines by how odd they are, or as the organ numbered them; a decision moves no line from its place. */
export function inOrder(rows: readonly ReviewRow[], order: Order): ReviewRow[] {
  const oddness = ({ proposal }: ReviewRow) => proposal?.oddness ?? 0
  return rows.toSorted((a, b) => (order === 'odd' ? oddness(b) - oddness(a) : 0) || a.line.lineNo - b.line.lineNo)
}

/** The oddest line still without a decision, after `current` in the given order and then from the top. */
export function nextOpen(rows: readonly ReviewRow[], currentId: string): ReviewRow | undefined {
  const here = rows.findIndex(({ line }) => line.id === currentId)
  return [...rows.slice(here + 1), ...rows.slice(0, Math.max(0, here))].find(({ decision }) => decision === null)
}
