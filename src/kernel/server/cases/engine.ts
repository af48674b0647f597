import type { Actor, Role } from '#kernel/pure/actor.ts'
import type { CaseKind, StepClock } from '#kernel/pure/case-kind.ts'
import { isParty, mayMove, mayTake } from '#kernel/pure/case-moves.ts'
import { workdaysBetween } from '#kernel/pure/calendar.ts'
import { statutoryDeadline } from '#kernel/pure/deadline.ts'
import { localDateOf, type LocalDate } from '#kernel/pure/local-date.ts'
import { allowed, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act } from '../context.ts'
import { found, insist, permit } from '../errors.ts'
import { newId } from '../identifier.ts'
import type { CaseMove, CaseRow } from './case-row.ts'
import { currentCalendar } from './clock.ts'
import { caseById, insertCase, insertStep, openSignatureCount, recallSignatures, saveCase } from './store.ts'

/**
 * The one engine of all procedures 事项. A module opens a case for its subject and moves it; who may act, the order of
 * steps, the statutory clock, history and inbox are the engine's.
 */

export type Opening = {
  /** The module's record; the case's page is the kind's page with this id. */
  subjectId: string
  title: string
  applicantOrganId: string
  jurisdictionCode: string
  /** First day the clock of the initial state counts from, e.g. the day of an adjustment; today when unset. */
  clockFrom?: LocalDate
  /** Last day of the initial step where the module knows it; else the state's clock tells. */
  dueOn?: LocalDate
}

/** Opens the case of a subject in the kind's initial state. */
export async function openCase(act: Act, kind: CaseKind, opening: Opening): Promise<{ id: string }> {
  const id = newId()
  const base: CaseRow = {
    id,
    kind: kind.kind,
    subjectId: opening.subjectId,
    title: opening.title,
    applicantOrganId: opening.applicantOrganId,
    jurisdictionCode: opening.jurisdictionCode,
    state: kind.initial,
    waitingParty: null,
    waitingRoles: [],
    assignedPersonId: null,
    assignedPersonName: null,
    submittedBy: null,
    submittedFor: null,
    step: 0,
    enteredAt: act.now,
    dueOn: null,
    dueProvisional: false,
    clockFrom: null,
    clockCount: null,
    clockUnit: null,
    openedAt: act.now,
    openedBy: act.actor.personId,
    closedAt: null,
    outcome: null,
  }
  await insertCase(act.tx, await entering(act, kind, base, kind.initial, opening))
  return { id }
}

export type Moving = { opinion?: string | null | undefined; dueOn?: LocalDate; clockFrom?: LocalDate }

/**
 * Takes a transition: one at a time per case, whatever the concurrency; the later of two equal moves meets another state.
 * @throws Forbidden when the step is not the actor's (party, role, own submission), which the record keeps as a denial;
 *   Refused with every reason: state, assignment, open signatures, missing opinion, guard
 */
export async function moveCase(
  act: Act,
  kind: CaseKind,
  caseId: string,
  transition: string,
  moving: Moving,
): Promise<CaseRow> {
  const row = found(await caseById(act.tx, caseId, true), '办理事项')
  const opinion = moving.opinion?.trim() || null
  const declared = kind.transitions[transition]
  permit(mayTake(kind, transition, act.actor, row))
  insist(
    mayMove(kind, transition, act.actor, row, { opinion, openSignatures: await openSignatureCount(act.tx, caseId) }),
  )
  if (!declared) throw new Error(`case kind ${kind.kind} has no transition ${transition}`)
  const move: CaseMove = { transition, from: row.state, to: declared.to, opinion }
  const module = act.caseKinds.get(kind.kind)
  insist((await module?.guard?.(act, row, move)) ?? allowed)
  const calendar = await currentCalendar(act.tx)
  await insertStep(act.tx, {
    caseId,
    step: row.step + 1,
    transition,
    act: declared.label,
    fromState: row.state,
    toState: declared.to,
    personId: act.actor.personId,
    personName: act.actor.name,
    organId: act.actor.organ?.id ?? null,
    organName: act.actor.organ?.name ?? null,
    opinion,
    at: act.now,
    workdaysUsed: workdaysBetween(localDateOf(row.enteredAt), act.today, calendar, row.jurisdictionCode),
    enteredAt: row.enteredAt,
    dueOn: row.dueOn,
    dueProvisional: row.dueProvisional,
    clockFrom: row.clockFrom,
  })
  await recallSignatures(act.tx, { caseId }, act.now)
  const next = await entering(
    act,
    kind,
    { ...row, step: row.step + 1, ...submitterAfter(kind, row, move, act) },
    declared.to,
    moving,
  )
  await saveCase(act.tx, next)
  await module?.moved?.(act, next, move)
  return next
}

/** Whether the actor may take the transition now, for the button that says why not. The opinion is asked for later. */
export function mayMoveNow(
  act: Pick<Act, 'actor'>,
  kind: CaseKind,
  row: CaseRow,
  transition: string,
  openSignatures = 0,
): Verdict {
  return mayMove(kind, transition, act.actor, row, { opinion: '—', openSignatures })
}

/** The person who hands the case to another party; kept while it is there, so that nobody decides their own. */
function submitterAfter(
  kind: CaseKind,
  row: CaseRow,
  move: CaseMove,
  { actor }: Act,
): Pick<CaseRow, 'submittedBy' | 'submittedFor'> {
  const gives = kind.states[move.from]?.waitsFor
  const takes = kind.states[move.to]?.waitsFor
  const changesHands = gives?.party !== takes?.party || gives?.roles.join() !== takes?.roles.join()
  const by = kind.transitions[move.transition]?.by
  return changesHands && by?.party === 'applicant' && isParty(actor, 'applicant', row)
    ? { submittedBy: actor.personId, submittedFor: behalfOf(actor, by.roles) }
    : { submittedBy: row.submittedBy, submittedFor: row.submittedFor }
}

/** Whose delegate the actor is in these roles; null where one of them is the actor's own. */
function behalfOf(actor: Actor, roles: readonly Role[]): string | null {
  const held = roles.filter((role) => actor.roles.includes(role))
  const behalf = held.map((role) => actor.onBehalf?.find((delegated) => delegated.role === role)?.personId ?? null)
  return behalf.includes(null) ? null : (behalf[0] ?? null)
}

async function entering(
  act: Act,
  kind: CaseKind,
  row: CaseRow,
  stateName: string,
  given: { dueOn?: LocalDate; clockFrom?: LocalDate },
): Promise<CaseRow> {
  const state = kind.states[stateName]
  if (!state) throw new Error(`case kind ${kind.kind} has no state ${stateName}`)
  const entered: CaseRow = {
    ...row,
    state: stateName,
    waitingParty: state.waitsFor?.party ?? null,
    waitingRoles: [...(state.waitsFor?.roles ?? [])],
    assignedPersonId: null,
    assignedPersonName: null,
    enteredAt: act.now,
    dueOn: given.dueOn ?? null,
    dueProvisional: false,
    clockFrom: null,
    clockCount: null,
    clockUnit: null,
    closedAt: state.final ? act.now : null,
    outcome: state.final ?? null,
  }
  const waits = state.clockOnEvent === true && given.clockFrom === undefined
  if (!state.clock || given.dueOn || waits) return entered
  return underClock(act, entered, state.clock, given.clockFrom ?? act.today)
}

/**
 * Begins the clock of the state an open case is in, counted from an event of its module (`clockOnEvent`): the day of
 * finance's reply. A clock that runs already is counted anew from the later event.
 */
export async function startClock(act: Act, kind: CaseKind, caseId: string, from: LocalDate): Promise<void> {
  const row = found(await caseById(act.tx, caseId, true), '办理事项')
  const clock = kind.states[row.state]?.clock
  if (!clock || row.closedAt !== null) return
  await saveCase(act.tx, await underClock(act, row, clock, from))
}

async function underClock(act: Act, row: CaseRow, { duration }: StepClock, from: LocalDate): Promise<CaseRow> {
  const { dueOn, provisional } = statutoryDeadline({
    from,
    duration,
    calendar: await currentCalendar(act.tx),
    region: row.jurisdictionCode,
  })
  return {
    ...row,
    dueOn,
    dueProvisional: provisional,
    clockFrom: from,
    clockCount: duration.count,
    clockUnit: duration.unit,
  }
}
