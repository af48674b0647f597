import { z } from 'zod'
import { Facts, Finding, worstOutcome, type Outcome } from './verdict.ts'

/** What rules conclude from their findings, or a person decides: one line for people, and the same as labelled values. */
export const Conclusion = z.object({ says: z.string(), values: Facts })
export type Conclusion = z.infer<typeof Conclusion>

/** What the rules of a kind of decision say of its inputs under the standards of a day. */
export const Judged = z.object({ findings: z.array(Finding), conclusion: Conclusion })
export type Judged = z.infer<typeof Judged>

/** What a person decided where that is theirs to do; `values` has the labels of the rules' conclusion. */
export const Taken = Conclusion.extend({ reason: z.string() })
export type Taken = z.infer<typeof Taken>

/**
 * A kind of decision that a module declares. `evaluate` is the very function that judged at the time: no clock, no
 * database, so that the same inputs and standards give the same findings years later (norms A8-1, A33-1).
 * @typeParam I inputs, plain JSON: everything `evaluate` looks at beside the standards
 * @typeParam S standards in force, as the module of standards gives them
 */
export type DecisionKind<I = never, S = never> = {
  /** `<module>.<what-is-decided>`, e.g. `plans.review-line`. */
  kind: string
  /** Chinese, for lists and headings: 需求审核. */
  title: string
  /** Raised when a rule changes what it concludes; a replay across versions says so instead of calling it a fault. */
  rulesVersion: number
  /** Chinese names of the inputs by their key, for showing and comparing them. */
  labels: Readonly<Record<string, string>>
  evaluate: (inputs: I, standards: S) => Judged
}

/** Kinds by name, as the kernel hands them to whoever replays. */
export type DecisionKinds = ReadonlyMap<string, DecisionKind>

/** What was done: decided, or a decision taken back. */
export const decisionEffects = ['made', 'undone'] as const
export type DecisionEffect = (typeof decisionEffects)[number]

/** Norms the findings rest on, each once. */
export function normsOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.flatMap(({ basis }) => basis.norm ?? []))]
}

/** Codes of the standards and parameters the findings used, each once. */
export function standardCodesOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.flatMap(({ parameters }) => parameters.map(({ code }) => code)))]
}

export function outcomeOf({ findings }: Pick<Judged, 'findings'>): Outcome {
  return worstOutcome(findings)
}
