import type { RawBuilder } from 'kysely'
import type { Act } from './context.ts'

/**
 * Duties a module knows of although no case may have been begun: the reports of a year, next year's holiday notice.
 * They are derived from the module's own records each time they are asked for, never written down a second time.
 */
export type DutySource = {
  /** The statutory term, as declared in the module of duties. */
  term: string
  /** Kinds of case that stand for the same duties: the register takes them from here. */
  covers?: readonly string[]
  /** The module reminds of these in its own way; nobody is told twice. */
  remindsItself?: true
  /**
   * A select with the columns of {@link DutyColumns}, snake-cased and in that order, over the module's own tables. It is
   * one branch of a union that the register filters and pages, so it must be plain enough for conditions to reach its
   * tables. Null where there is nothing to owe.
   */
  rows: (act: Pick<Act, 'tx' | 'today' | 'directory'>) => Promise<RawBuilder<unknown> | null>
}

/** One duty as a module tells it. */
export type DutyColumns = {
  /** Stable and unique over all sources: `organ-report:2026:<organ id>`. */
  key: string
  /** Whom it concerns: the bearer itself, or the organ that a duty of authority or finance is owed to. */
  organId: string
  jurisdictionCode: string
  /** Year of law, where there is one. */
  year: number | null
  title: string
  /** From when on it can be done: the report on a year, once the year is over. */
  opensOn: string
  /** First day of the count; null for a fixed date. */
  countedFrom: string | null
  dueOn: string
  /** 暂定: the last day may still move (CAL-R01). */
  provisional: boolean
  fulfilledOn: string | null
  /** Page of the record. */
  link: string
}
