import type { Facts, Finding, Outcome, ParameterUsed, Step } from '#kernel/pure/verdict.ts'
import { isProvisional, type Standard } from '../model.ts'
import type { StandardValue } from '../model/value.ts'
import { valueText } from './value-text.ts'

/** How a standard row is cited in a finding. */
export function rowUsed(row: Omit<Standard, 'value'> & { value: StandardValue }, value?: string): ParameterUsed {
  return {
    code: row.code,
    version: row.id,
    title: row.title,
    value: value ?? valueText(row.value),
    citation: row.citation,
    from: row.from,
    until: row.until,
    projectDefault: isProvisional(row),
  }
}

/** What a rule of the fact files found: whether it holds, and what follows when it does not. */
export type Judged = {
  /** Rule id, e.g. `OF-01`. */
  rule: string
  norm: string | null
  /** Ground where no row is the ground. */
  citation?: string
  rows: readonly (Omit<Standard, 'value'> & { value: StandardValue })[]
  ok: boolean
  /** Consequence when it does not hold; block when left out. */
  otherwise?: Outcome
  said: string
  remedy?: string
  field?: string
  facts?: Facts
  steps?: readonly Step[]
}

/** The finding of one rule, with the rows it used and how it reckoned (A8-1). */
export function judged({ rule, norm, citation, rows, ok, otherwise = 'block', said, ...more }: Judged): Finding {
  return {
    rule,
    outcome: ok ? 'ok' : otherwise,
    basis: { norm, citation: citation ?? rows[0]?.citation ?? '' },
    field: more.field ?? null,
    message: said,
    remedy: ok ? null : (more.remedy ?? null),
    facts: more.facts ?? {},
    parameters: rows.map((row) => rowUsed(row)),
    steps: [...(more.steps ?? [])],
  }
}
