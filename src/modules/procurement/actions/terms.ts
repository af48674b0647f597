import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { Act } from '#kernel/server/context.ts'
import type { Duration } from '#kernel/pure/case-kind.ts'
import { statutoryDeadline } from '#kernel/pure/deadline.ts'
import { termOf } from '#modules/duties/reference/terms.ts'
import { figureFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { lastDay } from '../rules/objection.ts'
import { durationIn, objectionTermCodes, termCodes, type ObjectionTerm, type PurchaseTerm } from '../rules/terms.ts'
import { setDeadline } from '../store/deadline.ts'
import type { PurchaseRow } from '../store/purchase.ts'

/** Begins a term on a purchase from the day of its event, by the standard in force (facts 4.3; CAL-R01 where provisional). */
export async function beginTerm(
  act: Act,
  purchase: PurchaseRow,
  table: StandardTable,
  term: PurchaseTerm,
  from: string,
  about = '',
): Promise<void> {
  const { dueOn, provisional } = statutoryDeadline({
    from,
    duration: lengthOf(table, term),
    calendar: await currentCalendar(act.tx),
    region: purchase.jurisdictionCode,
  })
  await setDeadline(act.tx, purchase.id, { term, about, countedFrom: from, dueOn, provisional })
}

/** Begins a term on what a supplier handed in, known by its number. */
export async function beginObjectionTerm(
  act: Act,
  { purchaseId, jurisdictionCode, number }: { purchaseId: string; jurisdictionCode: string; number: string },
  table: StandardTable,
  term: ObjectionTerm,
  from: string,
): Promise<{ dueOn: string; provisional: boolean }> {
  const due = lastDay(await currentCalendar(act.tx), jurisdictionCode, table, objectionTermCodes[term], from)
  await setDeadline(act.tx, purchaseId, { term, about: number, countedFrom: from, ...due })
  return due
}

function lengthOf(table: StandardTable, term: PurchaseTerm): Duration {
  const code = termCodes[term]
  if (code !== null) return durationIn(figureFor(table, code, 'term').value)
  const rule = termOf(term)?.rule
  if (rule?.kind !== 'after-event') throw new Error(`the term ${term} is not counted from an event`)
  return rule.duration
}
