import { z } from 'zod'
import { FenSchema, Instant } from '#kernel/pure/contract.ts'
import { May } from '#kernel/pure/verdict.ts'

export const movementKindLabels = { receipt: '入库', issue: '领用', return: '退库', count: '盘点调整' } as const
export type MovementKind = keyof typeof movementKindLabels
export const movementKinds = Object.keys(movementKindLabels) as [MovementKind, ...MovementKind[]]

export const issueStateLabels = {
  offered: '待签收',
  accepted: '已签收',
  declined: '已退回',
  withdrawn: '已撤回',
} as const
export type IssueState = keyof typeof issueStateLabels
export const issueStates = Object.keys(issueStateLabels) as [IssueState, ...IssueState[]]

const text = (longest: number) => z.string().trim().max(longest)

/** Pieces of an item; a million is a slip of the pen. */
export const Quantity = z.number().int('数量应为整数。').min(0, '数量不能小于0。').max(1_000_000, '数量过大，请核对。')
export const Pieces = Quantity.min(1, '数量应为正整数。')
/** At most a hundred million yuan at once. */
export const Amount = FenSchema.max(10_000_000_000, '金额过大，请核对单位是否为元。')

/** What a stock item is and where it lies. */
export const ItemTerms = z.object({
  name: text(60).min(1, '请填写品名。'),
  spec: text(80).default(''),
  unit: text(10).min(1, '请填写计量单位。'),
  place: text(60).default(''),
  minimum: Quantity.default(0),
})
export type ItemTerms = z.output<typeof ItemTerms>

export const Item = ItemTerms.extend({
  id: z.uuid(),
  organId: z.uuid(),
  organName: z.string(),
  number: z.string(),
  quantity: z.number().int(),
  valueFen: z.number().int(),
  stopped: z.boolean(),
  version: z.number().int(),
})
export type Item = z.infer<typeof Item>

export const Movement = z.object({
  id: z.number().int(),
  kind: z.enum(movementKinds),
  /** Came in above 0, went out below. */
  quantity: z.number().int(),
  amountFen: z.number().int(),
  happenedOn: z.string(),
  quantityAfter: z.number().int(),
  valueAfterFen: z.number().int(),
  document: z.string(),
  supplier: z.string(),
  reason: z.string(),
  issueId: z.uuid().nullable(),
  recordedAt: Instant,
  personName: z.string(),
})

export const Issue = z.object({
  id: z.uuid(),
  organId: z.uuid(),
  number: z.string(),
  state: z.enum(issueStates),
  toPersonId: z.uuid(),
  toName: z.string(),
  place: z.string(),
  purpose: z.string(),
  offeredOn: z.string(),
  offeredByName: z.string(),
  answeredOn: z.string().nullable(),
  answer: z.string().nullable(),
  caseId: z.uuid(),
  items: z.number().int(),
  amountFen: z.number().int(),
  version: z.number().int(),
})

export const IssueLine = z.object({
  itemId: z.uuid(),
  number: z.string(),
  name: z.string(),
  spec: z.string(),
  unit: z.string(),
  quantity: z.number().int(),
  amountFen: z.number().int(),
  returned: z.number().int(),
  returnedFen: z.number().int(),
})
export type IssueLine = z.infer<typeof IssueLine>

export const IssueView = z.object({
  issue: Issue,
  lines: z.array(IssueLine),
  may: z.object({ accept: May, decline: May, withdraw: May, takeBack: May }),
})
