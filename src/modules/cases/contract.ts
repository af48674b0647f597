import { z } from 'zod'
import { DurationUnit } from '#kernel/pure/case-kind.ts'
import { defineContract, Instant, pageInput, pageInputByNumber, pageOf } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'

/** The statutory clock of the present step; `left` counts in `unit`, negative when over. */
export const Clock = z.object({
  dueOn: LocalDateSchema,
  unit: DurationUnit,
  left: z.number().int(),
  provisional: z.boolean(),
})

export const urgencies = ['overdue', 'due', 'new'] as const
export const Urgency = z.enum(urgencies)
export type Urgency = z.infer<typeof Urgency>

export const CaseSummary = z.object({
  caseId: z.uuid(),
  kind: z.string(),
  kindTitle: z.string(),
  title: z.string(),
  applicantOrganId: z.uuid(),
  applicantOrganName: z.string(),
  stateLabel: z.string(),
  /** What is to be done, a verb phrase; null when the case is closed. */
  task: z.string().nullable(),
  /** Who must act, in words; null when the case is closed. */
  waitingFor: z.string().nullable(),
  link: z.string(),
  clock: Clock.nullable(),
  urgency: Urgency,
  enteredAt: Instant,
  openedAt: Instant,
  closedAt: Instant.nullable(),
  /** An opinion asked of me (会签, 加签) instead of the step itself. */
  signature: z
    .object({ id: z.uuid(), kind: z.enum(['co-sign', 'signer']), question: z.string(), askedByName: z.string() })
    .nullable(),
})
export type CaseSummary = z.infer<typeof CaseSummary>

export const CourseStep = z.object({
  step: z.number().int(),
  act: z.string(),
  personName: z.string(),
  organName: z.string().nullable(),
  opinion: z.string().nullable(),
  at: Instant,
  workdaysUsed: z.number().int(),
})
export const SignatureView = z.object({
  id: z.uuid(),
  kind: z.enum(['co-sign', 'signer']),
  organName: z.string(),
  personName: z.string().nullable(),
  question: z.string(),
  askedByName: z.string(),
  askedAt: Instant,
  answeredByName: z.string().nullable(),
  answeredAt: Instant.nullable(),
  agrees: z.boolean().nullable(),
  opinion: z.string().nullable(),
  recalledAt: Instant.nullable(),
  may: z.object({ answer: May, recall: May }),
})
export const Course = z.object({
  summary: CaseSummary,
  steps: z.array(CourseStep),
  signatures: z.array(SignatureView),
  assignedTo: z.string().nullable(),
  /** Colleagues the step can be handed to. */
  colleagues: z.array(z.object({ id: z.uuid(), name: z.string(), roles: z.string() })),
  may: z.object({ handOver: May, takeBack: May, ask: May }),
})
const opinion = z.string().trim().max(1000).optional()

export const contract = defineContract('cases', {
  inbox: {
    method: 'GET',
    path: '/inbox',
    summary: '待办',
    input: z.object({ kind: z.string().max(60).optional(), urgency: Urgency.optional(), ...pageInput }),
    output: pageOf(CaseSummary).extend({ counts: z.object({ overdue: z.number(), due: z.number(), all: z.number() }) }),
  },
  started: {
    method: 'GET',
    path: '/started',
    summary: '本机关发起的事项',
    input: z.object({ open: z.enum(['open', 'closed', 'all']).default('open'), ...pageInput }),
    output: pageOf(CaseSummary),
  },
  viewCourse: {
    method: 'GET',
    path: '/cases/:caseId',
    summary: '查看办理过程',
    input: z.object({ caseId: z.uuid() }),
    output: Course,
  },
  handOver: {
    method: 'POST',
    path: '/cases/:caseId/assignment',
    summary: '转办',
    input: z.object({ caseId: z.uuid(), personId: z.uuid(), opinion }),
    output: Course,
  },
  takeBack: {
    method: 'DELETE',
    path: '/cases/:caseId/assignment',
    summary: '收回转办',
    input: z.object({ caseId: z.uuid() }),
    output: Course,
  },
  askSignature: {
    method: 'POST',
    path: '/cases/:caseId/signatures',
    summary: '会签、加签',
    personal: true,
    input: z.object({
      caseId: z.uuid(),
      kind: z.enum(['co-sign', 'signer']),
      /** The organ asked (会签), or the colleague (加签). */
      organId: z.uuid().optional(),
      personId: z.uuid().optional(),
      question: z.string().trim().min(1, '请写明需要对方就什么提出意见。').max(1000),
    }),
    output: Course,
  },
  answerSignature: {
    method: 'POST',
    path: '/signatures/:signatureId/answer',
    summary: '返回会签、加签意见',
    personal: true,
    input: z.object({ signatureId: z.uuid(), agrees: z.boolean(), opinion }),
    output: Course,
  },
  recallSignature: {
    method: 'DELETE',
    path: '/signatures/:signatureId',
    summary: '收回会签、加签',
    personal: true,
    input: z.object({ signatureId: z.uuid() }),
    output: Course,
  },
  notifications: {
    method: 'GET',
    path: '/notifications',
    summary: '消息',
    input: z.object(pageInputByNumber),
    output: pageOf(
      z.object({ id: z.number().int(), text: z.string(), link: z.string(), at: Instant, read: z.boolean() }),
    ).extend({ unread: z.number().int() }),
  },
  markNotificationsRead: {
    method: 'POST',
    path: '/notifications/read',
    summary: '将消息标为已读',
    input: z.object({ ids: z.array(z.number().int()).max(200) }),
    output: z.object({ unread: z.number().int() }),
  },
})
