import { z } from 'zod'
import type { Acting, Duration } from '#kernel/pure/case-kind.ts'
import type { YearlyDate } from '#kernel/pure/deadline.ts'

/** How sure the figure is: A seen in the source, B certain, C doubtful, D chosen by the project (项目默认值). */
export type TermConfidence = 'A' | 'B' | 'C' | 'D'

/** How the last day of a term is found. */
export type TermRule =
  /** So long after an event; a last day off moves on unless the term is taken strictly (从严). */
  | Readonly<{
      kind: 'after-event'
      event: string
      duration: Duration
      strict?: true
      /** Longer by so much where the law lets it be extended, by reason. */
      extension?: Readonly<{ by: Duration; ground: string }>
      /** On which days of the count reminders go out. */
      remindOnDays: readonly number[]
    }>
  /** A date of every year; it does not move, reminders go out on working days. */
  | Readonly<{ kind: 'yearly'; date: YearlyDate; remindOn: readonly YearlyDate[] }>
  /** A date that a calendar of the level sets each year: the plan cycle, the yearly notice of a survey. */
  | Readonly<{ kind: 'window'; setBy: string }>
  /** Again at the latest so many months after the last time. */
  | Readonly<{ kind: 'periodic'; event: string; everyMonths: number }>

/** What runs under a term in this system, or which area of work will bring it. */
export type TermCarrier =
  /** States of a kind of case, each with its clock. */
  | Readonly<{ by: 'case'; kind: string; states: readonly string[] }>
  /** A record of the module named, as a source of duties. */
  | Readonly<{ by: 'record'; module: string }>
  /** The system does it in the same act; nobody can be late. */
  | Readonly<{ by: 'system'; how: string }>
  | Readonly<{ by: 'open'; area: string }>

/** A statutory term 法定时限, declared once; every clock and every register takes its numbers from here. */
export type StatutoryTerm = Readonly<{
  id: string
  /** Norm of the Regulation it belongs to; null where only another rule sets it. */
  norm: string | null
  title: string
  bearer: Acting
  rule: TermRule
  /** What follows when it passes, in Chinese. */
  whenPassed: string
  citation: string
  confidence: TermConfidence
  carrier: TermCarrier
}>

/** Where a duty stands on a day; the words of the screen are in `dutyStateLabels`. */
export const dutyStates = ['coming', 'near', 'overdue', 'done', 'done-late'] as const
export const DutyState = z.enum(dutyStates)
export type DutyState = z.infer<typeof DutyState>
export const dutyStateLabels: Readonly<Record<DutyState, string>> = {
  coming: '未到期',
  near: '临近',
  overdue: '逾期',
  done: '按期办结',
  'done-late': '已补办',
}

/** Whose duties are shown: those my roles bear, those of my organ, or those of the whole level. */
export const dutyReaches = ['mine', 'organ', 'level'] as const
export const DutyReach = z.enum(dutyReaches)
export type DutyReach = z.infer<typeof DutyReach>
export const dutyReachLabels: Readonly<Record<DutyReach, string>> = {
  mine: '我的',
  organ: '本机关',
  level: '本级',
}

/** Key of a duty: the term or kind of case, then what it is about. */
export const DutyKey = z
  .string()
  .max(200)
  .regex(/^[a-z0-9.-]+(:[A-Za-z0-9-]+)+$/, '时限事项编号不正确。')
