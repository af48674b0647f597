import { z } from 'zod'
import { triggerLabels } from '../model.ts'

/** Grounds on which an organ's things are to be cleared away together (facts 3.2); G2, G6, G7 concern things one by one. */
export const clearanceTriggers = ['G1', 'G3', 'G4', 'G5'] as const
export type ClearanceTrigger = (typeof clearanceTriggers)[number]
export const clearanceTriggerLabels = {
  G1: triggerLabels.G1,
  G3: triggerLabels.G3,
  G4: triggerLabels.G4,
  G5: triggerLabels.G5,
} as const satisfies Record<ClearanceTrigger, string>

export const clearanceStateLabels = { open: '清理中', cleared: '已清理' } as const
export type ClearanceState = keyof typeof clearanceStateLabels
export const clearanceStates = Object.keys(clearanceStateLabels) as [ClearanceState, ...ClearanceState[]]

/** What becomes of a thing. */
export const outcomeLabels = {
  open: '未处理',
  'handing-in': '申请入仓',
  'in-warehouse': '已入仓',
  kept: '留用',
  returned: '已归还',
  disposal: '已批准处置',
  'in-use': '已投入使用',
  moved: '已划转',
} as const
export type Outcome = keyof typeof outcomeLabels
export const outcomes = Object.keys(outcomeLabels) as [Outcome, ...Outcome[]]

/** 清理任务: things that are to be in the warehouse, or accounted for otherwise, by a day. */
export const Clearance = z.object({
  id: z.uuid(),
  number: z.string(),
  organName: z.string(),
  trigger: z.enum(clearanceTriggers),
  triggeredOn: z.string(),
  dueOn: z.string(),
  bodyId: z.uuid().nullable(),
  bodyName: z.string(),
  document: z.string(),
  reason: z.string(),
  state: z.enum(clearanceStates),
  caseId: z.uuid(),
  openedOn: z.string(),
  clearedOn: z.string().nullable(),
  flaggedOn: z.string().nullable(),
  things: z.number().int(),
  /** Of them not yet in the warehouse nor accounted for. */
  open: z.number().int(),
  costFen: z.number().int(),
  version: z.number().int(),
})
export type Clearance = z.infer<typeof Clearance>

export const ClearanceThing = z.object({
  cardId: z.uuid(),
  number: z.string(),
  name: z.string(),
  model: z.string(),
  costFen: z.number().int(),
  organName: z.string(),
  own: z.boolean(),
  outcome: z.enum(outcomes),
  intakeId: z.uuid().nullable(),
  reason: z.string(),
  settledOn: z.string().nullable(),
})
export type ClearanceThing = z.infer<typeof ClearanceThing>
