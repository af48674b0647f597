import { z } from 'zod'

export const bodyKindLabels = { body: '临时机构', event: '大型会议活动' } as const
export type BodyKind = keyof typeof bodyKindLabels
export const bodyKinds = Object.keys(bodyKindLabels) as [BodyKind, ...BodyKind[]]

export const bodyStateLabels = { running: '运行中', clearing: '清理中', cleared: '已清理' } as const
export type BodyState = keyof typeof bodyStateLabels
export const bodyStates = Object.keys(bodyStateLabels) as [BodyState, ...BodyState[]]

/** How a body came by a thing: its lead organ bought or was given it, or another organ of the level lent it. */
export const wayLabels = { bought: '购置', given: '划拨、受赠', lent: '成员单位借出' } as const
export type Way = keyof typeof wayLabels
export const ways = Object.keys(wayLabels) as [Way, ...Way[]]

/** 临时机构 or 大型会议活动, with the organ that leads it and answers for its things. */
export const Body = z.object({
  id: z.uuid(),
  kind: z.enum(bodyKinds),
  name: z.string(),
  organName: z.string(),
  document: z.string(),
  beginsOn: z.string(),
  /** As expected. */
  endsOn: z.string(),
  endedOn: z.string().nullable(),
  endDocument: z.string(),
  dueOn: z.string().nullable(),
  clearedOn: z.string().nullable(),
  state: z.enum(bodyStates),
  /** Cards it uses now, of those the reader may see. */
  things: z.number().int(),
  version: z.number().int(),
})
export type Body = z.infer<typeof Body>

export const BodyThing = z.object({
  cardId: z.uuid(),
  number: z.string(),
  name: z.string(),
  model: z.string(),
  costFen: z.number().int(),
  organName: z.string(),
  /** The own organ holds the card. */
  own: z.boolean(),
  way: z.enum(ways),
  assignedOn: z.string(),
  takenOffOn: z.string().nullable(),
  reason: z.string(),
})
export type BodyThing = z.infer<typeof BodyThing>
