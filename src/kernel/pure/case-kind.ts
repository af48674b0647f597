import { z } from 'zod'
import type { Role } from './actor.ts'

/**
 * A procedure 事项 declared as a table: states, transitions, who may take them, statutory clock.
 * One engine (kernel/server/cases) runs all of them; acts that every procedure has (return 退回, withdraw 撤回,
 * hand over 转办, co-sign 会签, add a signer 加签, delegate 委托) are built into it once.
 */

/** Which organ's people act: the applicant organ of the case, or the authority / finance department of its jurisdiction. */
export const parties = ['applicant', 'authority', 'finance'] as const
export const Party = z.enum(parties)
export type Party = z.infer<typeof Party>

export type Acting = Readonly<{ party: Party; roles: readonly Role[] }>

/** Working days, calendar days and months are kinds of time of their own and never mixed (CAL-R05). */
export const DurationUnit = z.enum(['workdays', 'calendar-days', 'months'])
export type DurationUnit = z.infer<typeof DurationUnit>
export const durationUnitLabels: Record<DurationUnit, string> = {
  workdays: '个工作日',
  'calendar-days': '天',
  months: '个月',
}
export type Duration = Readonly<{ unit: DurationUnit; count: number }>

export type StepClock = Readonly<{
  /** The statutory term it runs under, declared once in the module of duties: `adjustment-filing`. */
  term: string
  /** How long the step may take, counted from entering it or from a date the module gives (e.g. the day of an adjustment). */
  duration: Duration
  /** On which day of the count reminders go out (PLAN-R14: 10, 13, 15). */
  remindOnDays: readonly number[]
  norm: string
  citation: string
}>

export type CaseState = Readonly<{
  label: string
  /** Who must act; absent in a final state. */
  waitsFor?: Acting
  /** What the inbox says is to be done here, a verb phrase: 审核需求申请. */
  task?: string
  final?: 'done' | 'refused' | 'withdrawn'
  clock?: StepClock
  /** The clock begins on an event of the module (`startClock`), not on entering: finance's reply, for example. */
  clockOnEvent?: true
}>

export type CaseTransition<S extends string> = Readonly<{
  label: string
  from: readonly S[]
  to: S
  by: Acting
  /** An opinion is required for every decision that takes something away; optional by default. */
  opinion?: 'required' | 'optional'
  /** Gives the case back to whom it came from, for correction (退回补正). */
  returns?: boolean
  /** The applicant takes it back before anybody has dealt with it (撤回). */
  withdraws?: boolean
  /** True where the person who submitted must not decide (nobody decides their own; ROLE-R02). */
  notBySubmitter?: boolean
}>

export type CaseKind<S extends string = string, T extends string = string> = Readonly<{
  /** `<module>.<noun>`, e.g. `plans.demand`. */
  kind: string
  title: string
  /** Where a person opens it, with `:subjectId`. */
  page: string
  initial: S
  states: Readonly<Record<S, CaseState>>
  transitions: Readonly<Record<T, CaseTransition<S>>>
}>

/** Declares a kind of case; the machine is checked at once, so that a wrong table stops the start and not a clerk. */
export function defineCaseKind<S extends string, T extends string>(kind: CaseKind<S, T>): CaseKind<S, T> {
  const faults = caseKindFaults(kind)
  if (faults.length > 0) throw new Error(`case kind ${kind.kind}: ${faults.join('; ')}`)
  return kind
}

/** Everything wrong with a declaration: unreachable states, exits from final states, dead ends, states nobody acts in. */
export function caseKindFaults(kind: CaseKind): string[] {
  const transitions = Object.entries(kind.transitions)
  const reached = new Set([kind.initial])
  for (let grown = true; grown;) {
    grown = false
    for (const [, transition] of transitions)
      if (!reached.has(transition.to) && transition.from.some((state) => reached.has(state))) {
        reached.add(transition.to)
        grown = true
      }
  }
  const faults: string[] = []
  for (const [state, { final, waitsFor }] of Object.entries(kind.states)) {
    const exits = transitions.filter(([, transition]) => transition.from.includes(state))
    if (!reached.has(state)) faults.push(`state ${state} cannot be reached`)
    if (final && exits.length > 0) faults.push(`final state ${state} has exits`)
    if (!final && exits.length === 0) faults.push(`state ${state} has no exit`)
    if (!final && !waitsFor) faults.push(`nobody acts in state ${state}`)
  }
  for (const [name, transition] of transitions)
    for (const state of [...transition.from, transition.to])
      if (!(state in kind.states)) faults.push(`transition ${name} names unknown state ${state}`)
  return faults
}

/** The transitions a state admits, in the order declared. */
export function transitionsFrom<S extends string, T extends string>(kind: CaseKind<S, T>, state: S): T[] {
  return (Object.entries(kind.transitions) as [T, CaseTransition<S>][])
    .filter(([, transition]) => transition.from.includes(state))
    .map(([name]) => name)
}
