import { z } from 'zod'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'

/** A consultation 征求意见: a draft, the organs asked, a last day, and an answer to every opinion. */
export const consultationStateLabels = {
  open: '征求意见中',
  answering: '答复意见中',
  closed: '已办结',
  withdrawn: '已撤销',
} as const
export type ConsultationState = keyof typeof consultationStateLabels
export const consultationStates = Object.keys(consultationStateLabels) as [ConsultationState, ...ConsultationState[]]
export const ConsultationState = z.enum(consultationStates)

/** Where one invited organ stands. */
export const opinionStateLabels = {
  waiting: '待答复',
  answered: '已答复',
  unanswered: '未反馈',
  withdrawn: '已撤销',
} as const
export type OpinionState = keyof typeof opinionStateLabels
export const OpinionState = z.enum(Object.keys(opinionStateLabels) as [OpinionState, ...OpinionState[]])

/** 无意见 or 有意见. */
export const stanceLabels = { agrees: '无意见', comments: '有意见' } as const
export type Stance = keyof typeof stanceLabels
export const Stance = z.enum(['agrees', 'comments'])

/** What became of an opinion; the reason is required unless it was adopted whole. */
export const replyLabels = { adopted: '采纳', partly: '部分采纳', 'not-adopted': '不采纳' } as const
export type Reply = keyof typeof replyLabels
export const Reply = z.enum(['adopted', 'partly', 'not-adopted'])

/** Most organs that can be asked at once: a province with every authority below it has fewer. */
export const mostOrgans = 500
/** Most opinions of one organ on one draft. */
export const mostItems = 200

/** One opinion as an organ types it: on which place, what, how it should read instead, why. */
export const ItemDraft = z.object({
  /** Null until it has been submitted once; afterwards its answer stays with it as long as it says the same. */
  id: z.uuid().nullable(),
  place: z.string().trim().max(100).default(''),
  opinion: z.string().trim().max(2000).default(''),
  suggestion: z.string().trim().max(2000).default(''),
  reason: z.string().trim().max(2000).default(''),
})
export type ItemDraft = z.output<typeof ItemDraft>

/** What an organ has typed so far; may be incomplete. */
export const OpinionDraft = z.object({
  stance: Stance.nullable(),
  items: z.array(ItemDraft).max(mostItems),
})
export type OpinionDraft = z.output<typeof OpinionDraft>

export const Counts = z.object({
  invited: z.number().int(),
  answered: z.number().int(),
  late: z.number().int(),
  /** Organs that had opinions 有意见. */
  commented: z.number().int(),
  items: z.number().int(),
  replied: z.number().int(),
})
export type Counts = z.infer<typeof Counts>

export const Consultation = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  organId: z.uuid(),
  organName: z.string(),
  state: ConsultationState,
  opinionsUntil: LocalDateSchema,
  openedOn: LocalDateSchema,
  closedOn: LocalDateSchema.nullable(),
  counts: Counts,
  /** The reader's own part: null where they were not asked. */
  mine: z.object({ opinionId: z.uuid(), state: OpinionState, late: z.boolean() }).nullable(),
})
export type Consultation = z.infer<typeof Consultation>

/** The record that is consulted on. */
export const Subject = z.object({ kind: z.string().regex(/^[a-z]+\.[a-z-]+$/), id: z.uuid() })
export type Subject = z.infer<typeof Subject>
