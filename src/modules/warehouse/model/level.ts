import { z } from 'zod'
import { Grade, purposes } from '../model.ts'

export const levelRequestStateLabels = {
  asked: '待给出方同意',
  agreed: '待给出方财政同意',
  consented: '待接收机关签收',
  done: '已划转',
  refused: '给出方未同意',
  declined: '给出方财政未同意',
  withdrawn: '已撤回',
} as const
export type LevelRequestState = keyof typeof levelRequestStateLabels
export const levelRequestStates = Object.keys(levelRequestStateLabels) as [LevelRequestState, ...LevelRequestState[]]

/** How another level stands to one's own; its own authority decides on its things (Art. 6). */
export const relationLabels = { above: '上级', below: '下级', beside: '同级' } as const
export type Relation = keyof typeof relationLabels

/** What another level's catalogue says of a thing: no more than choosing needs. */
export const LevelItem = z.object({
  itemId: z.uuid(),
  number: z.string(),
  name: z.string(),
  model: z.string(),
  itemCode: z.string().nullable(),
  unit: z.string(),
  quantity: z.number().int(),
  grade: Grade,
  remainingMonths: z.number().int().nullable(),
  costFen: z.number().int(),
  storeName: z.string(),
  jurisdictionCode: z.string(),
  jurisdictionName: z.string(),
  relation: z.enum(Object.keys(relationLabels) as [Relation, ...Relation[]]),
  takenOn: z.string(),
  /** Nobody of its own level wanted it for a year: offered to the levels below. */
  secondRound: z.boolean(),
})
export type LevelItem = z.infer<typeof LevelItem>

/** 跨级调剂: an authority asks another level's for things of its warehouse. */
export const LevelRequest = z.object({
  id: z.uuid(),
  number: z.string(),
  askingName: z.string(),
  jurisdictionName: z.string(),
  receiverName: z.string(),
  giverName: z.string(),
  giverJurisdictionCode: z.string(),
  purpose: z.enum(purposes),
  reason: z.string(),
  document: z.string(),
  state: z.enum(levelRequestStates),
  caseId: z.uuid(),
  requestId: z.uuid().nullable(),
  askedOn: z.string(),
  askedByName: z.string(),
  agreedOn: z.string().nullable(),
  consentDocument: z.string(),
  consentedOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  opinion: z.string(),
  items: z.number().int(),
  costFen: z.number().int(),
  version: z.number().int(),
})
export type LevelRequest = z.infer<typeof LevelRequest>

export const LevelRequestItem = z.object({
  itemId: z.uuid(),
  number: z.string(),
  name: z.string(),
  model: z.string(),
  unit: z.string(),
  quantity: z.number().int(),
  grade: Grade,
  costFen: z.number().int(),
  storeName: z.string(),
})
export type LevelRequestItem = z.infer<typeof LevelRequestItem>
