import { yearOf, type LocalDate } from '#kernel/pure/local-date.ts'
import { allOf, allowed, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'
import { entryKindLabels, type EntryKind } from './model.ts'

/** Balances of a line; money in 分. Quantities in hundredths, so that they add up exactly. */
export type Balances = {
  plannedFen: number
  committedFen: number
  executedFen: number
  plannedCenti: number
  committedCenti: number
  executedCenti: number
}

export const emptyBalances: Balances = {
  plannedFen: 0,
  committedFen: 0,
  executedFen: 0,
  plannedCenti: 0,
  committedCenti: 0,
  executedCenti: 0,
}

/**
 * One movement: `open` and `adjust` change the plan (adjust may be negative), the others are positive amounts. `fromCommitment`: what is
 * spent was held, and what is reversed is held again.
 */
export type Movement = { kind: EntryKind; amountFen: number; quantityCenti: number; fromCommitment?: boolean }

/** The balances after a movement; the one formula of the ledger, used to post and to verify. */
export function applied(before: Balances, { kind, amountFen, quantityCenti, fromCommitment }: Movement): Balances {
  const { plannedFen, committedFen, executedFen, plannedCenti, committedCenti, executedCenti } = before
  switch (kind) {
    case 'open':
    case 'adjust':
      return { ...before, plannedFen: plannedFen + amountFen, plannedCenti: plannedCenti + quantityCenti }
    case 'commit':
      return { ...before, committedFen: committedFen + amountFen, committedCenti: committedCenti + quantityCenti }
    case 'release':
      return { ...before, committedFen: committedFen - amountFen, committedCenti: committedCenti - quantityCenti }
    case 'execute':
      return {
        ...before,
        committedFen: committedFen - (fromCommitment ? amountFen : 0),
        committedCenti: committedCenti - (fromCommitment ? quantityCenti : 0),
        executedFen: executedFen + amountFen,
        executedCenti: executedCenti + quantityCenti,
      }
    case 'reverse':
      return {
        ...before,
        committedFen: committedFen + (fromCommitment ? amountFen : 0),
        committedCenti: committedCenti + (fromCommitment ? quantityCenti : 0),
        executedFen: executedFen - amountFen,
        executedCenti: executedCenti - quantityCenti,
      }
  }
}

/** Norm A34-2, PLAN-R11: after any movement, committed + executed never pass the plan, and nothing is below zero. */
export function mayPost(line: Balances & { itemName: string }, movement: Movement): Verdict {
  const after = applied(line, movement)
  const beyondFen = after.committedFen + after.executedFen - after.plannedFen
  const beyondCenti = after.committedCenti + after.executedCenti - after.plannedCenti
  return allOf(
    provided(beyondFen <= 0, {
      code: 'PLAN-R11',
      message: `超出计划：“${line.itemName}”计划${yuan(line.plannedFen)}，已支出${yuan(line.executedFen)}，已占用${yuan(line.committedFen)}，可用${yuan(available(line))}，本次${yuan(movement.amountFen)}，超出${yuan(beyondFen)}。`,
      basis: law.notBeyondPlan,
      facts: {
        '计划（分）': line.plannedFen,
        '已支出（分）': line.executedFen,
        '已占用（分）': line.committedFen,
        '本次（分）': movement.amountFen,
        '超计划额（分）': beyondFen,
      },
      remedy: '属突发事件、政策变化等特殊情况的，请先登记计划调整，并在调整后15个工作日内备案。',
    }),
    provided(beyondCenti <= 0, {
      code: 'PLAN-R11',
      message: `超出计划数量：“${line.itemName}”计划${line.plannedCenti / 100}，已用${(line.committedCenti + line.executedCenti) / 100}，本次${movement.quantityCenti / 100}。`,
      basis: law.notBeyondPlan,
      facts: {
        计划数量: line.plannedCenti / 100,
        已用数量: (line.committedCenti + line.executedCenti) / 100,
        本次数量: movement.quantityCenti / 100,
      },
      remedy: '请核对数量，或先登记计划调整并备案。',
    }),
    provided(after.committedFen >= 0 && after.committedCenti >= 0, {
      code: 'release-beyond-commitment',
      message: '释放或支出的数额超过已占用的数额。',
      basis: law.carryOut,
      remedy: '请核对占用余额。',
    }),
    provided(after.executedFen >= 0 && after.executedCenti >= 0, {
      code: 'reverse-beyond-execution',
      message: '冲销的数额超过已支出的数额。',
      basis: law.carryOut,
      remedy: '请核对支出分录。',
    }),
    provided(after.plannedFen >= 0 && after.plannedCenti >= 0, {
      code: 'plan-below-zero',
      message: '调整后计划不能为负。',
      basis: law.carryOut,
      remedy: '请核对调整数额。',
    }),
  )
}

/** What a payment is drawn from or goes back to: money held in its year, and when it was carried over 结转. */
export type Drawn = Readonly<{ carriedOn: LocalDate | null }>

/**
 * A line is of one budget year, 1 January to 31 December (预算法第十八条): what is newly held, and what is spent straight from it, happened in
 * that year. What was held in it is paid when it is due, also after the year. A year that was closed stays as it is: nothing is planned,
 * held, spent or reversed on its lines; only what was carried over 结转 with finance's consent is paid as it was held, and put right
 * (第五十四条). Held money is given back whenever it turns out to be free.
 * @param drawn the held money that is paid from, or that takes a reversed payment back; a new commitment draws on nothing
 */
export function mayPostInYear(
  line: { year: number; itemName: string; closedOn: LocalDate | null },
  kind: EntryKind,
  occurredOn: LocalDate,
  drawn: Drawn | null = null,
): Verdict {
  if (kind === 'release') return allowed
  const held = drawn !== null && (kind === 'execute' || kind === 'reverse')
  const planned = kind === 'open' || kind === 'adjust'
  return allOf(
    provided(line.closedOn === null || (held && drawn.carriedOn !== null), {
      code: 'year-closed',
      message: `${line.year}年度已于${line.closedOn ?? ''}结束，“${line.itemName}”不能再登记${entryKindLabels[kind]}。`,
      basis: law.budgetYear,
      facts: { 计划年度: line.year, 结束日期: line.closedOn },
      remedy:
        kind === 'reverse'
          ? '以前年度支出收回的资金，按财政部门的规定上缴或者处理；结转的占用付错的，可以冲销。'
          : '请列入以后年度的计划办理；结转的占用可以继续支出。',
    }),
    line.closedOn !== null || planned
      ? allowed
      : provided(yearOf(occurredOn) === line.year || (held && yearOf(occurredOn) > line.year), {
          code: 'other-budget-year',
          message: `“${line.itemName}”是${line.year}年度的计划，${occurredOn}不在该年度内，不能登记${entryKindLabels[kind]}。`,
          basis: law.budgetYear,
          facts: { 计划年度: line.year, 业务日期: occurredOn },
          remedy:
            '请从业务发生年度的计划台账办理；该年度没有列入计划的，先办理计划调整并备案。该年度内已占用的，可以继续支出。',
        }),
  )
}

/** A plan line is opened in a year that is carried out. */
export const mayOpenInYear = (line: { year: number; itemName: string; closedOn: LocalDate | null }): Verdict =>
  mayPostInYear(line, 'open', `${line.year}-01-01`)

/** A posting by hand has happened. */
export function mayHaveHappened(occurredOn: LocalDate, today: LocalDate): Verdict {
  return provided(occurredOn <= today, {
    code: 'future-date',
    message: `日期${occurredOn}晚于今天。`,
    remedy: '请填写业务实际发生的日期；尚未支付的，可以先登记占用。',
  })
}

/** What is left on a line, 分. */
export function available(line: Pick<Balances, 'plannedFen' | 'committedFen' | 'executedFen'>): number {
  return line.plannedFen - line.committedFen - line.executedFen
}

function yuan(fen: number): string {
  return `${(fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}元`
}
