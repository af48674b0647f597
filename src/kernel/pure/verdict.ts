import { z } from 'zod'

/**
 * What a rule says of a case (outcome), on what ground (basis), and how it came to it (facts, parameters, steps).
 * Stored with every decision, so that anyone can see years later why it was taken (Art. 8, 33; norm A8-1).
 */
export const outcomes = ['ok', 'warn', 'needs-approval', 'block'] as const
export const Outcome = z.enum(outcomes)
export type Outcome = z.infer<typeof Outcome>

/** Chinese word for an outcome, as screens and documents print it. */
export const outcomeLabels: Record<Outcome, string> = {
  ok: '符合',
  warn: '提示',
  'needs-approval': '需批准',
  block: '不符合',
}

/** The ground of a finding: norm id of the catalogue (null where only another rule applies) and the citation shown. */
export const Basis = z.object({ norm: z.string().nullable(), citation: z.string() })
export type Basis = z.infer<typeof Basis>

/** A fact a rule looked at; numbers carry their unit in the label, e.g. `金额(分)`. */
export const Facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
export type Facts = z.infer<typeof Facts>

/** The dated parameter row a rule used; `version` identifies the row for replay. */
export const ParameterUsed = z.object({
  code: z.string(),
  version: z.string(),
  title: z.string(),
  value: z.string(),
  citation: z.string(),
  from: z.string(),
  until: z.string().nullable(),
  /** True where the facts hold no legal figure and the project chose one (项目默认值). */
  projectDefault: z.boolean(),
})
export type ParameterUsed = z.infer<typeof ParameterUsed>

/** A number (or day, or word) that went into a step, with its unit as people say it: `人`, `台`, `%`, `分`. */
export const Operand = z.object({ label: z.string(), value: z.union([z.string(), z.number()]), unit: z.string() })
export type Operand = z.infer<typeof Operand>

/** One line of arithmetic: `数量上限 = 5 + ⌈75 ÷ 30⌉ = 8`; `operands` are the same numbers as data, in their order. */
export const Step = z.object({
  label: z.string(),
  expression: z.string(),
  result: z.string(),
  operands: z.array(Operand).optional(),
})
export type Step = z.infer<typeof Step>

export const Finding = z.object({
  /** Rule id of the fact files, e.g. `PLAN-R02`. */
  rule: z.string(),
  outcome: Outcome,
  basis: Basis,
  /** Where it bites: a column of the grid or a field of the form. */
  field: z.string().nullable(),
  message: z.string(),
  /** What to do about it; null when nothing needs doing. */
  remedy: z.string().nullable(),
  facts: Facts,
  parameters: z.array(ParameterUsed),
  steps: z.array(Step),
})
export type Finding = z.infer<typeof Finding>

/** A finding with the parts most rules leave empty filled in. */
export function finding<Rule extends string>(
  rule: Rule,
  outcome: Outcome,
  basis: Basis,
  message: string,
  more: Partial<Omit<Finding, 'rule' | 'outcome' | 'basis' | 'message'>> = {},
): Finding {
  return { rule, outcome, basis, message, field: null, remedy: null, facts: {}, parameters: [], steps: [], ...more }
}

/** A reason why an act is refused: enough for the screen to say what, why, how to mend it, and who could. */
export const Refusal = z.object({
  code: z.string(),
  message: z.string(),
  basis: Basis.nullable(),
  facts: Facts,
  remedy: z.string().nullable(),
})
export type Refusal = z.infer<typeof Refusal>

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** What the screen is told of an act: null = allowed, else the reasons, shown on the disabled button. */
export const May = z.array(Refusal).nullable()
export type May = z.infer<typeof May>

export const allowed: Verdict = { ok: true }

/** A refusal; only code and message are needed, the rest says more where there is more to say. */
export function refused(refusal: { code: string; message: string } & Partial<Refusal>): Verdict {
  return { ok: false, refusals: [{ basis: null, facts: {}, remedy: null, ...refusal }] }
}

/** All refusals at once: a person must not mend one only to meet the next. */
export function allOf(...verdicts: Verdict[]): Verdict {
  const refusals = verdicts.flatMap((verdict) => (verdict.ok ? [] : verdict.refusals))
  return refusals.length === 0 ? allowed : { ok: false, refusals }
}

/** `allowed` when the condition holds, else the refusal. */
export function provided(condition: boolean, refusal: { code: string; message: string } & Partial<Refusal>): Verdict {
  return condition ? allowed : refused(refusal)
}

/**
 * `allowed` in the states that an act belongs to; else it is told where the record stands and where it would have to.
 * @param what the record in words: 预算
 */
export function inState<State extends string>(
  what: string,
  labels: Readonly<Record<State, string>>,
  state: State,
  states: readonly State[],
): Verdict {
  return provided(states.includes(state), {
    code: 'state',
    message: `${what}现为“${labels[state]}”，此操作只在“${states.map((one) => labels[one]).join('”或“')}”时办理。`,
    remedy: '请刷新后核对当前环节。',
  })
}

export function mayOf(verdict: Verdict): May {
  return verdict.ok ? null : [...verdict.refusals]
}

/** Blocking findings as a verdict, so that a rule's finding and an act's refusal are one thing. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const blocking = findings.filter((finding) => finding.outcome === 'block')
  if (blocking.length === 0) return allowed
  return {
    ok: false,
    refusals: blocking.map(({ rule, message, basis, facts, remedy }) => ({
      code: rule,
      message,
      basis,
      facts,
      remedy,
    })),
  }
}

const severity: Record<Outcome, number> = { ok: 0, warn: 1, 'needs-approval': 2, block: 3 }

/** The gravest outcome among findings; `ok` when there are none. */
export function worstOutcome(findings: readonly { outcome: Outcome }[]): Outcome {
  return findings.reduce<Outcome>((worst, { outcome }) => (severity[outcome] > severity[worst] ? outcome : worst), 'ok')
}
