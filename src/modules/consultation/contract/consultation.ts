import { z } from 'zod'
import { Level } from '#kernel/pure/actor.ts'
import { FileOutput, Instant, pageInput, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import {
  Consultation,
  ConsultationState,
  ItemDraft,
  mostItems,
  mostOrgans,
  OpinionDraft,
  OpinionState,
  Reply,
  Stance,
  Subject,
} from '../model.ts'

/** One opinion with what became of it, as far as the reader may know. */
export const Item = z.object({
  id: z.uuid(),
  itemNo: z.number().int(),
  /** Null where the organs' names are kept from each other. */
  organId: z.uuid().nullable(),
  organName: z.string().nullable(),
  late: z.boolean(),
  place: z.string(),
  opinion: z.string(),
  suggestion: z.string(),
  reason: z.string(),
  groupLabel: z.string().nullable(),
  reply: Reply.nullable(),
  replyReason: z.string().nullable(),
  repliedByName: z.string().nullable(),
  version: z.number().int(),
})

const File = z.object({ id: z.uuid(), fileName: z.string(), sizeBytes: z.number(), uploadedAt: Instant })
const DraftDocument = z.object({ id: z.uuid(), number: z.string(), title: z.string() })

const ConsultationView = z.object({
  consultation: Consultation.extend({
    text: z.string(),
    openedByName: z.string(),
    namesShown: z.boolean(),
    remindedOn: LocalDateSchema.nullable(),
    closedByName: z.string().nullable(),
    conclusion: z.string().nullable(),
    summaryDocumentId: z.uuid().nullable(),
    version: z.number().int(),
  }),
  /** Where the record consulted on is shown; null for a text on its own. */
  subject: z.object({ kind: z.string(), title: z.string(), link: z.string() }).nullable(),
  /** Every opinion, or only those of the reader's organ. */
  seesAll: z.boolean(),
  /** True from the closing on, for every organ asked. */
  seesSummary: z.boolean(),
  /** The case whose course the reader may follow. */
  caseId: z.uuid().nullable(),
  files: z.array(File),
  documents: z.array(DraftDocument),
  may: z.object({ answer: May, reply: May, remind: May, close: May, withdraw: May }),
})

export const OpinionView = z.object({
  opinion: z.object({
    id: z.uuid(),
    consultationId: z.uuid(),
    organId: z.uuid(),
    organName: z.string(),
    state: OpinionState,
    stance: Stance.nullable(),
    late: z.boolean(),
    submittedAt: Instant.nullable(),
    submittedByName: z.string().nullable(),
    caseId: z.uuid(),
    version: z.number().int(),
  }),
  consultation: z.object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    text: z.string(),
    organName: z.string(),
    state: ConsultationState,
    opinionsUntil: LocalDateSchema,
    closedOn: LocalDateSchema.nullable(),
    files: z.array(File),
    documents: z.array(DraftDocument),
  }),
  /** What was sent, with the answers once the consultation is closed. */
  items: z.array(Item),
  /** What is being typed: the saved draft, or what was sent. */
  draft: OpinionDraft,
  may: z.object({ answer: May }),
})

const id = { consultationId: z.uuid() }
const step = { ...id, version: z.number().int() }
const items = z
  .array(z.object({ id: z.uuid(), version: z.number().int().min(1).max(2_147_483_647) }))
  .min(1, '请至少选择一条意见。')
  .max(1000)
const title = z.string().trim().min(2, '标题至少2个字。').max(200)
const text = z.string().trim().max(60_000)

/** Opinions on a draft, from asking to the summary. */
export const consultationOperations = {
  consultations: {
    method: 'GET',
    path: '/consultations',
    summary: '征求意见列表',
    input: z.object({
      part: z.enum(['to-answer', 'asked', 'led']).optional().describe('待本机关答复、征求本机关、本部门发起'),
      state: ConsultationState.optional(),
      ...pageInput,
    }),
    output: pageOf(Consultation).extend({ may: z.object({ open: May }) }),
  },
  /** All consultations on a record of another module that the reader may know of. */
  consultationsOnSubject: {
    method: 'GET',
    path: '/subjects/:kind/:id/consultations',
    summary: '某一事项的征求意见',
    input: Subject,
    output: z.object({ items: z.array(Consultation) }),
  },
  /** Whom the actor's department may ask, and the earliest last day. */
  invitableOrgans: {
    method: 'GET',
    path: '/invitable-organs',
    summary: '可以征求意见的机关和最早截止日',
    input: z.object({}),
    output: z.object({
      organs: z.array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          kindLabel: z.string(),
          level: Level,
          /** An authority of a lower level. */
          below: z.boolean(),
        }),
      ),
      earliestLastDay: LocalDateSchema,
      shortestWorkdays: z.number().int(),
      citation: z.string(),
    }),
  },
  viewConsultation: {
    method: 'GET',
    path: '/consultations/:consultationId',
    summary: '查看征求意见',
    input: z.object(id),
    output: ConsultationView,
  },
  openConsultation: {
    method: 'POST',
    path: '/consultations',
    summary: '发起征求意见',
    input: z.object({
      title,
      text: text.min(1, '请填写征求意见稿正文。'),
      organIds: z.array(z.uuid()).min(1, '请至少选择一个机关。').max(mostOrgans),
      opinionsUntil: LocalDateSchema,
      namesShown: z.boolean().default(true),
    }),
    output: ConsultationView,
  },
  items: {
    method: 'GET',
    path: '/consultations/:consultationId/items',
    summary: '意见及采纳情况',
    input: z.object({
      ...id,
      reply: z.union([Reply, z.literal('open')]).optional(),
      organId: z.uuid().optional(),
      text: z.string().trim().min(1).max(60).optional(),
      sort: z.enum(['number', 'place']).default('place'),
      ...pageInput,
    }),
    output: pageOf(Item),
  },
  opinions: {
    method: 'GET',
    path: '/consultations/:consultationId/opinions',
    summary: '各机关答复情况',
    input: z.object({ ...id, state: OpinionState.optional(), ...pageInput }),
    output: pageOf(
      z.object({
        id: z.uuid(),
        organId: z.uuid(),
        organName: z.string(),
        state: OpinionState,
        stance: Stance.nullable(),
        late: z.boolean(),
        items: z.number().int(),
        submittedAt: Instant.nullable(),
        submittedByName: z.string().nullable(),
      }),
    ),
  },
  viewOpinion: {
    method: 'GET',
    path: '/opinions/:opinionId',
    summary: '查看一个机关的答复',
    input: z.object({ opinionId: z.uuid() }),
    output: OpinionView,
  },
  saveOpinion: {
    method: 'PUT',
    path: '/opinions/:opinionId/draft',
    summary: '保存答复草稿',
    input: z.object({ opinionId: z.uuid(), version: z.number().int(), draft: OpinionDraft }),
    output: OpinionView,
  },
  submitOpinion: {
    method: 'POST',
    path: '/opinions/:opinionId/submission',
    summary: '提交（或在截止日前修改）答复',
    input: z.object({
      opinionId: z.uuid(),
      version: z.number().int(),
      stance: Stance,
      items: z.array(ItemDraft).max(mostItems),
      opinion: z.string().trim().max(1000).optional().describe('办理说明'),
    }),
    output: OpinionView,
  },
  replyItems: {
    method: 'POST',
    path: '/consultations/:consultationId/replies',
    summary: '答复意见采纳情况（可一次多条）',
    input: z.object({ ...id, items, reply: Reply, reason: z.string().trim().max(2000).default('') }),
    output: z.object({ items: z.array(Item) }),
  },
  takeBackReplies: {
    method: 'POST',
    path: '/consultations/:consultationId/replies/withdrawal',
    summary: '撤回对意见的答复',
    input: z.object({ ...id, items }),
    output: z.object({ items: z.array(Item) }),
  },
  groupItems: {
    method: 'POST',
    path: '/consultations/:consultationId/groups',
    summary: '归并同类意见',
    input: z.object({ ...id, items, label: z.string().trim().min(1).max(60).nullable() }),
    output: z.object({ items: z.array(Item) }),
  },
  remindOrgans: {
    method: 'POST',
    path: '/consultations/:consultationId/reminders',
    summary: '催办未答复的机关',
    input: z.object(step),
    output: ConsultationView,
  },
  closeConsultation: {
    method: 'POST',
    path: '/consultations/:consultationId/closing',
    summary: '办结征求意见并生成汇总表',
    input: z.object({ ...step, conclusion: z.string().trim().max(2000).default('').describe('汇总说明') }),
    output: ConsultationView,
  },
  withdrawConsultation: {
    method: 'POST',
    path: '/consultations/:consultationId/withdrawal',
    summary: '撤销征求意见',
    input: z.object({ ...step, opinion: z.string().trim().min(1, '请写明撤销原因。').max(1000) }),
    output: ConsultationView,
  },
  consultationFile: {
    method: 'GET',
    path: '/consultations/:consultationId/files/:fileId',
    summary: '下载征求意见稿附件',
    kind: 'download',
    input: z.object({ ...id, fileId: z.uuid() }),
    output: FileOutput,
  },
  consultationDocument: {
    method: 'GET',
    path: '/consultations/:consultationId/documents/:documentId',
    summary: '下载征求意见的公文',
    kind: 'download',
    input: z.object({ ...id, documentId: z.uuid(), format: z.enum(['docx', 'pdf']).default('docx') }),
    output: FileOutput,
  },
} as const satisfies Record<string, OperationDeclaration>
