import type { OutputOf } from '#kernel/pure/contract.ts'
import type { Refusal } from '#kernel/pure/verdict.ts'
import type { contract } from '../../contract.ts'
import { longestScan, type ScanAct, type ScannedCard } from '../../model/scan.ts'
import { labelledId, type settableStates } from '../../model.ts'

/* A scan session on this machine, as plain functions: nothing scanned is lost, nothing counts twice. */

/** What is chosen once, before the first scan. */
export type Setup = Readonly<{
  act: ScanAct
  toPersonId: string
  toName: string
  place: string
  department: string
  state: (typeof settableStates)[number]
  effectiveOn: string
  reason: string
}>

/** One thing scanned: what was read, and what the server said of it. */
export type Row = Readonly<{
  code: string
  card: ScannedCard | null
  /** Why it cannot be done; null where it can, or where nobody knows yet. */
  reasons: readonly Refusal[] | null
  /** What the server said instead of a card: there is none of that code. */
  problem: string | null
  /** The act it was judged for; another act asks anew. */
  judgedFor: string | null
  pictures: number
}>

export type Session = Readonly<{ setup: Setup; begun: boolean; rows: readonly Row[] }>
type Judged = OutputOf<(typeof contract)['scanCard']>

/** What a scan is judged for: the act, and of a hand-over who receives. */
export const judgedAs = ({ act, toPersonId }: Setup): string => (act === 'hand-over' ? `${act} ${toPersonId}` : act)

/** Whether a session may begin: what is missing, by field; empty where nothing is. */
export function missingOf(setup: Setup): string[] {
  return [
    ...(setup.act === 'hand-over' && setup.toPersonId === '' ? ['请选择接收人。'] : []),
    ...(setup.act === 'move' && setup.place.trim() === '' && setup.department.trim() === ''
      ? ['请填写新的存放地点或使用部门。']
      : []),
    ...(setup.reason.trim() === '' ? ['请填写原因。'] : []),
    ...(setup.act !== 'hand-over' && setup.effectiveOn === '' ? ['请填写变动日期。'] : []),
  ]
}

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

export type Scanned = { session: Session; double: Row | null; full: boolean }

/** What a row is called before the server has said what it is. */
export const codeOf = ({ code }: Pick<Row, 'code'>): string => (labelledId(code) === null ? code : '扫到的标签')

/** A further code. What was read before is told as a double and changes nothing. */
export function withCode(session: Session, code: string): Scanned {
  const { rows } = session
  const double = rows.find((row) => same(row.code, code) || (row.card !== null && same(row.card.number, code))) ?? null
  if (double !== null) return { session, double, full: false }
  if (rows.length >= longestScan) return { session, double: null, full: true }
  const row: Row = { code: code.trim(), card: null, reasons: null, problem: null, judgedFor: null, pictures: 0 }
  return { session: { ...session, rows: [...rows, row] }, double: null, full: false }
}

/** The row that is asked about next; null where the server has said what it says of each. */
export function nextToAsk({ setup, rows }: Session): Row | null {
  return rows.find(({ judgedFor }) => judgedFor !== judgedAs(setup)) ?? null
}

/**
 * What the server said of a code. Another code of the same thing (its label and its number) is one thing: the later one goes.
 * @returns the session, and the row that was there before where this was a double
 */
export function withAnswer(
  session: Session,
  code: string,
  answer: Judged | { problem: string },
): { session: Session; double: Row | null } {
  const judgedFor = judgedAs(session.setup)
  if ('problem' in answer)
    return {
      session: changed(session, code, { card: null, reasons: null, problem: answer.problem, judgedFor }),
      double: null,
    }
  const before = session.rows.find((row) => !same(row.code, code) && row.card?.id === answer.card.id) ?? null
  if (before !== null) return { session: without(session, code), double: before }
  return {
    session: changed(session, code, { card: answer.card, reasons: answer.may, problem: null, judgedFor }),
    double: null,
  }
}

export function changed(session: Session, code: string, changes: Partial<Row>): Session {
  return { ...session, rows: session.rows.map((row) => (same(row.code, code) ? { ...row, ...changes } : row)) }
}

export const without = (session: Session, code: string): Session => ({
  ...session,
  rows: session.rows.filter((row) => !same(row.code, code)),
})

/** Things the act can be done with, in the order of the scans. */
export function readyCards({ setup, rows }: Session): ScannedCard[] {
  return rows.flatMap(({ card, reasons, judgedFor }) =>
    card !== null && reasons === null && judgedFor === judgedAs(setup) ? [card] : [],
  )
}

/** The card says already what the session would set; it is told, and does no harm. */
export function isSoAlready(setup: Setup, card: ScannedCard): boolean {
  if (setup.act === 'hand-over') return false
  return Object.entries(changesOf(setup)).every(([field, value]) => card[field as keyof ScannedCard] === value)
}

/** What is sent at the end; the fields of other acts stay out. */
export function changesOf({ act, place, department, state }: Setup): {
  place?: string
  department?: string
  state?: Setup['state']
} {
  if (act === 'state') return { state }
  return {
    ...(place.trim() === '' ? {} : { place: place.trim() }),
    ...(department.trim() === '' ? {} : { department: department.trim() }),
  }
}
