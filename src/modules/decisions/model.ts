import { z } from 'zod'
import { Instant } from '#kernel/pure/contract.ts'
import { Conclusion, decisionEffects, Taken } from '#kernel/pure/decision.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, Outcome } from '#kernel/pure/verdict.ts'

/** Number of a decision as people quote it, e.g. `JD-2027-1A2B3C4D-0012`. */
export const decisionNumberPattern = /^JD-\d{4}-[0-9A-F]{8}-\d{4,}$/

/** A decision is asked for by its id or by its number. */
export const DecisionReference = z
  .string()
  .max(60)
  .refine((text) => decisionNumberPattern.test(text) || z.uuid().safeParse(text).success, {
    message: '请填写决定的编号，例如 JD-2027-1A2B3C4D-0012。',
  })

export const DecisionEffect = z.enum(decisionEffects)

/** Where a decision stands: in force, replaced by a later one, or taken back. */
export const standingLabels = { present: '有效', superseded: '已被替代', undone: '已撤销' } as const
export type DecisionStanding = keyof typeof standingLabels
export const DecisionStanding = z.enum(Object.keys(standingLabels) as [DecisionStanding, ...DecisionStanding[]])

/** A decision as lists show it. */
export const DecisionHead = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: z.string(),
  kindTitle: z.string(),
  /** Null where the content was purged (Art. 44). */
  title: z.string().nullable(),
  /** What came of it, in one line. */
  says: z.string().nullable(),
  subjectKind: z.string(),
  subjectId: z.uuid(),
  organId: z.uuid(),
  organName: z.string(),
  year: z.number().int(),
  effect: DecisionEffect,
  standing: DecisionStanding,
  outcome: Outcome,
  deviates: z.boolean(),
  decidedBy: z.string(),
  decidedAt: Instant,
  link: z.string(),
})
export type DecisionHead = z.infer<typeof DecisionHead>

/** A decision whole: everything it rested on. */
export const DecisionView = DecisionHead.extend({
  jurisdictionCode: z.string(),
  rulesVersion: z.number().int(),
  /** Day, budget year and rows of the standards; null where none were asked. */
  standards: z.object({ on: LocalDateSchema, year: z.number().int(), snapshot: z.string() }).nullable(),
  /** Complete inputs, plain JSON; null where purged or not kept. */
  inputs: z.any(),
  labels: z.record(z.string(), z.string()),
  findings: z.array(Finding),
  conclusion: Conclusion.nullable(),
  taken: Taken.nullable(),
  digest: z.string(),
  purgedAt: Instant.nullable(),
  supersedes: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  supersededBy: z.object({ id: z.uuid(), number: z.string() }).nullable(),
})
export type DecisionView = z.infer<typeof DecisionView>

export const Difference = z.object({
  path: z.string(),
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

/** What a replay came to. */
export const replayLabels = {
  equal: '重放一致',
  different: '重放不一致',
  'other-rules': '规则已改版',
  'no-inputs': '没有保存输入',
  purged: '内容已清除',
} as const
export type ReplayResult = keyof typeof replayLabels
export const ReplayResult = z.enum(Object.keys(replayLabels) as [ReplayResult, ...ReplayResult[]])

export const Replay = z.object({
  result: ReplayResult,
  /** Of the decision, and of the rules now. */
  rulesVersion: z.number().int(),
  presentRulesVersion: z.number().int().nullable(),
  differences: z.array(Difference),
})
export type Replay = z.infer<typeof Replay>

/** A standard that is another today than when it was decided. */
export const ChangedStandard = z.object({
  code: z.string(),
  title: z.string(),
  /** The findings of the decision used it. */
  used: z.boolean(),
  before: z.object({ citation: z.string(), from: z.string() }).nullable(),
  after: z.object({ citation: z.string(), from: z.string() }).nullable(),
  changes: z.array(Difference),
})
export type ChangedStandard = z.infer<typeof ChangedStandard>

/** The same inputs under the standards and rules of a later day. */
export const UnderToday = z.object({
  on: LocalDateSchema,
  /** Null where it cannot be judged anew: no inputs kept. */
  conclusion: Conclusion.nullable(),
  differences: z.array(Difference),
  changedStandards: z.array(ChangedStandard),
})
export type UnderToday = z.infer<typeof UnderToday>
