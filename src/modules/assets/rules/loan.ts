import { daysBetween } from '#kernel/pure/local-date.ts'
import { allOf, provided, verdictOf, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import { checkLeaseTerm } from '#modules/standards/rules/disposal.ts'
import type { StandardTable } from '#modules/standards/rules/in-force.ts'
import { monthsLater } from '#modules/standards/rules/terms.ts'
import { law } from '../law.ts'
import { stateLabels, type AssetState, type CardFacts, type PresentState } from '../model.ts'
import { returnConditionLabels, type ReturnCondition } from '../model/loan.ts'

/** Things at hand and usable are lent; what is in repair, away or on its way out is not. */
const lendable: readonly AssetState[] = ['in-use', 'idle']

export function mayLend(card: Pick<CardFacts, 'number' | 'state'>): Verdict {
  return provided(lendable.includes(card.state), {
    code: 'card-away',
    message: `资产${card.number}现为“${stateLabels[card.state]}”，不能借出。`,
    basis: law.dailyCare,
    remedy: '请选择在用或闲置的资产。',
  })
}

/** Months a term takes up, a begun one as a whole. */
function monthsOfTerm(from: string, until: string): number {
  let months = Math.max(1, Math.floor(daysBetween(from, until) / 31))
  while (monthsLater(from, months) < until) months++
  return months
}

/** AST-R17: a loan has an end, no later than the longest term of the standards in force. */
export function checkLoanTerm(table: StandardTable, { from, dueOn }: { from: string; dueOn: string }): Finding {
  return {
    ...checkLeaseTerm(table, { months: monthsOfTerm(from, dueOn), loan: true, financeApproval: null }),
    field: 'dueOn',
  }
}

/** Whether a loan may be offered: due after today within the term; to another organ of the level with the paper that consents. */
export function mayOffer(
  table: StandardTable,
  loan: Readonly<{ today: string; dueOn: string; document: string; ownOrgan: boolean; sameLevel: boolean }>,
): Verdict {
  return allOf(
    provided(loan.dueOn > loan.today, {
      code: 'due-past',
      message: `归还日期${loan.dueOn}应晚于今天。`,
      remedy: '请填写今天以后的日期。',
    }),
    verdictOf([checkLoanTerm(table, { from: loan.today, dueOn: loan.dueOn })]),
    provided(loan.sameLevel, {
      code: 'other-level',
      message: '只能借给本机关人员或本级其他机关。',
      basis: law.ownLevel,
      remedy: '请重新选择借用机关；跨级次使用的，请办理划转。',
    }),
    provided(loan.ownOrgan || loan.document !== '', {
      code: 'loan-consent',
      message: '出借给其他机关，应填写批准文号。',
      basis: law.lending,
      remedy: '请先按规定报批，再填写批准文号。',
    }),
  )
}

/** A later day within the same longest term, counted from the day the things went out; once, and before it is late. */
export function mayExtend(
  table: StandardTable,
  loan: Readonly<{ lentOn: string; dueOn: string; until: string; today: string; extended: boolean }>,
): Verdict {
  return allOf(
    provided(!loan.extended, {
      code: 'extended',
      message: '已经续借过一次，不能再续。',
      remedy: '请按期归还；仍需使用的，归还后重新办理。',
    }),
    provided(loan.today <= loan.dueOn, {
      code: 'overdue',
      message: `应于${loan.dueOn}归还，已经逾期，不能续借。`,
      remedy: '请先归还。',
    }),
    provided(loan.until > loan.dueOn, {
      code: 'due-past',
      message: `续借日期应晚于原归还日期${loan.dueOn}。`,
      remedy: '请填写更晚的日期。',
    }),
    verdictOf([checkLoanTerm(table, { from: loan.lentOn, dueOn: loan.until })]),
  )
}

/** Every thing is looked over when it comes back; one that is not sound calls for a note on who answers for it. */
export function mayTakeBack(
  cards: readonly { cardId: string; number: string }[],
  returned: readonly { cardId: string; condition: ReturnCondition; note: string }[],
): Verdict {
  const said = new Map(returned.map((one) => [one.cardId, one]))
  return allOf(
    provided(
      said.size === returned.length && cards.every(({ cardId }) => said.has(cardId)) && said.size === cards.length,
      {
        code: 'not-all',
        message: '归还时应逐件填写验收情况。',
        basis: law.dailyCare,
        remedy: '请核对清单；没有收回的，请等收齐后再验收，丢失的选择“丢失”。',
      },
    ),
    ...cards.map(({ cardId, number }) => {
      const { condition = 'sound', note = '' } = said.get(cardId) ?? {}
      return provided(condition === 'sound' || note.trim() !== '', {
        code: 'return-note',
        message: `资产${number}归还时${returnConditionLabels[condition]}，没有填写原因和责任。`,
        basis: law.dailyCare,
        remedy: '请填写损坏、丢失的原因和责任人。',
      })
    }),
  )
}

/** What a thing is once it is back: as before, to be repaired, or missing until that is worked out (AST-R07). */
export function stateAfterReturn(condition: ReturnCondition, before: PresentState): PresentState {
  return condition === 'sound' ? before : condition === 'damaged' ? 'repair' : 'missing'
}
