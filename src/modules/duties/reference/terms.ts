import type { Duration, StepClock } from '#kernel/pure/case-kind.ts'
import type { YearlyDate } from '#kernel/pure/deadline.ts'
import type { StatutoryTerm } from '../model.ts'
import { consultationTerms } from './terms/consultation.ts'
import { oversightTerms } from './terms/oversight.ts'
import { planTerms } from './terms/plan.ts'
import { propertyTerms, type CarriedPropertyTermId } from './terms/property.ts'

/** Every statutory term 法定时限 that the Regulation and the rules it leans on set, each declared once. */
export const terms: readonly StatutoryTerm[] = [...planTerms, ...consultationTerms, ...oversightTerms, ...propertyTerms]

/** Terms that something in the system runs under. */
export type CarriedTermId =
  | Extract<(typeof planTerms | typeof consultationTerms)[number], { carrier: { by: 'case' | 'record' } }>['id']
  | CarriedPropertyTermId

const byId: ReadonlyMap<string, StatutoryTerm> = new Map(terms.map((term) => [term.id, term]))

/** The term of that id; undefined when none is declared. */
export function termOf(id: string): StatutoryTerm | undefined {
  return byId.get(id)
}

function declared(id: string): StatutoryTerm {
  const term = byId.get(id)
  if (!term) throw new Error(`no statutory term ${id} is declared`)
  return term
}

/**
 * The clock of a case's state under a term, so that no kind of case repeats a number.
 * @throws at start for a term that is no count after an event, or one taken strictly: a case's clock moves a day off on
 */
export function clockUnder(id: CarriedTermId): StepClock {
  const { rule, norm, citation } = declared(id)
  if (rule.kind !== 'after-event' || rule.strict || norm === null)
    throw new Error(`a case cannot run under the term ${id}`)
  return { term: id, duration: rule.duration, remindOnDays: rule.remindOnDays, norm, citation }
}

/** How long a term after an event is. */
export function durationOf(id: CarriedTermId): Duration {
  const { rule } = declared(id)
  if (rule.kind !== 'after-event') throw new Error(`the term ${id} is not counted from an event`)
  return rule.duration
}

/**
 * How many natural days a term of a record is long.
 * @throws for a term that is not counted in natural days
 */
export function daysOf(id: string): number {
  const { rule } = declared(id)
  if (rule.kind !== 'after-event' || rule.duration.unit !== 'calendar-days')
    throw new Error(`the term ${id} is not counted in natural days`)
  return rule.duration.count
}

/** The date of a yearly term. */
export function yearlyDateOf(id: string): YearlyDate {
  const { rule } = declared(id)
  if (rule.kind !== 'yearly') throw new Error(`the term ${id} has no date of its own`)
  return rule.date
}

/** The term a state of a kind of case runs under; undefined where none is declared. */
export function termOfState(kind: string, state: string): StatutoryTerm | undefined {
  return terms.find(({ carrier }) => carrier.by === 'case' && carrier.kind === kind && carrier.states.includes(state))
}

/**
 * Duties of the Regulation with a word on time that is no number of days: when they are due follows from the matter
 * itself. Each with the area that carries it or will.
 */
export const dutiesWithoutTerm: Readonly<Record<string, string>> = {
  'A6-2': '标准：按版本制定，没有日期',
  'A7-1': '信息共享：持续履行',
  'A10-1': '经费：随年度预算编报',
  'A17-3': '用地：变更之前征求意见',
  'A20-2': '工程：开工之前取得同意',
  'A24-1': '服务：按每份合同的约定',
  'A25-2': '会议：举办之前',
  'A30-1': '应急：按预案和演练安排',
  'A31-1': '计划：年度周期日程，见编制下达年度保障计划',
  'A33-4': '经费：预算编报日程由财政部门每年布置',
  'A39-1': '监督检查：按问题等级确定整改期限',
  'A41-1': '投诉举报：按投诉举报规定',
}
