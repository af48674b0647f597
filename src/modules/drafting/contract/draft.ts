import { z } from 'zod'
import { pageInputById, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { CatalogueEntry, Standard } from '#modules/standards/model.ts'
import { CatalogueChange, ChangeContent, DraftHead, DraftState, Matter, StandardChange } from '../model.ts'

export const Draft = z.object({
  id: z.uuid(),
  number: z.string(),
  matter: Matter,
  jurisdictionCode: z.string(),
  jurisdictionName: z.string(),
  organId: z.uuid(),
  organName: z.string(),
  ...DraftHead.shape,
  state: DraftState,
  caseId: z.uuid().nullable(),
  draftedByName: z.string(),
  draftedOn: LocalDateSchema,
  documentNumber: z.string().nullable(),
  documentId: z.uuid().nullable(),
  approvedOn: LocalDateSchema.nullable(),
  approvedByName: z.string().nullable(),
  changeCount: z.number().int(),
  version: z.number().int(),
})
export type Draft = z.infer<typeof Draft>

const place = { id: z.uuid(), lineNo: z.number().int() }
/** A change with the row it replaces as that stood when it was taken in, and the row of the level above. */
export const DraftChange = z.discriminatedUnion('subject', [
  z.object({
    ...place,
    ...StandardChange.shape,
    before: Standard.nullable(),
    above: Standard.nullable(),
    enactedId: z.uuid().nullable(),
  }),
  z.object({
    ...place,
    ...CatalogueChange.shape,
    before: CatalogueEntry.nullable(),
    above: CatalogueEntry.nullable(),
    enactedId: z.uuid().nullable(),
  }),
])
export type DraftChange = z.infer<typeof DraftChange>

export const DraftView = z.object({
  draft: Draft,
  changes: z.array(DraftChange),
  findings: z.array(Finding),
  /** Whether the law asks for the opinions of those served. */
  consultationNeeded: z.boolean(),
  /** Drafts under way that touch the same rows. */
  rivals: z.array(z.object({ id: z.uuid(), number: z.string(), code: z.string() })),
  /** Reviews of finance that approval will open, or has opened (A9-3). */
  reviews: z.array(z.object({ id: z.uuid(), jurisdictionName: z.string(), state: z.string() })),
  may: z.object({
    edit: May,
    consult: May,
    submit: May,
    recall: May,
    approve: May,
    returnForCorrection: May,
    refuse: May,
    withdraw: May,
  }),
})
export type DraftView = z.infer<typeof DraftView>

const seen = { draftId: z.uuid(), version: z.number().int() }
const opinion = z.string().trim().max(1000).optional()
const reason = (missing: string) => z.string().trim().min(1, missing).max(1000)

export const draftOperations = {
  drafts: {
    method: 'GET',
    path: '/drafts',
    summary: '标准草案列表',
    input: z.object({
      state: DraftState.optional(),
      matter: Matter.optional(),
      code: z.string().max(80).optional(),
      ...pageInputById,
    }),
    output: pageOf(Draft),
  },
  viewDraft: {
    method: 'GET',
    path: '/drafts/:draftId',
    summary: '查看标准草案',
    input: z.object({ draftId: z.uuid() }),
    output: DraftView,
  },
  /** Begins a draft, with the rows to be revised taken in as they are; for finance also the review it answers (A9-3). */
  makeDraft: {
    method: 'POST',
    path: '/drafts',
    summary: '起草标准',
    input: z.object({
      matter: Matter,
      documentTitle: DraftHead.shape.documentTitle,
      reason: DraftHead.shape.reason,
      standardIds: z.array(z.uuid()).max(200).default([]),
      catalogueEntryIds: z.array(z.uuid()).max(20).default([]),
      expenditureReviewId: z.uuid().optional(),
    }),
    output: DraftView,
  },
  saveDraft: {
    method: 'PUT',
    path: '/drafts/:draftId',
    summary: '修改标准草案',
    input: z.object({ ...seen, ...DraftHead.shape }),
    output: DraftView,
  },
  addChange: {
    method: 'POST',
    path: '/drafts/:draftId/changes',
    summary: '拟定一行标准',
    input: z.object({ ...seen, content: ChangeContent }),
    output: DraftView,
  },
  saveChange: {
    method: 'PUT',
    path: '/drafts/:draftId/changes/:changeId',
    summary: '修改拟定的标准',
    input: z.object({ ...seen, changeId: z.uuid(), content: ChangeContent }),
    output: DraftView,
  },
  removeChange: {
    method: 'POST',
    path: '/drafts/:draftId/changes/:changeId/removal',
    summary: '删除拟定的标准',
    input: z.object({ ...seen, changeId: z.uuid() }),
    output: DraftView,
  },
  /** Asks the organs served for their opinions (Art. 9); all of the jurisdiction's organs unless some are named. */
  consultOnDraft: {
    method: 'POST',
    path: '/drafts/:draftId/consultation',
    summary: '就标准草案征求意见',
    input: z.object({
      ...seen,
      organIds: z.array(z.uuid()).max(10_000).default([]),
      opinionsUntil: LocalDateSchema,
      opinion,
    }),
    output: DraftView,
  },
  submitDraft: {
    method: 'POST',
    path: '/drafts/:draftId/submission',
    summary: '标准草案送批',
    input: z.object({ ...seen, opinion }),
    output: DraftView,
  },
  recallDraft: {
    method: 'POST',
    path: '/drafts/:draftId/recall',
    summary: '撤回送批',
    input: z.object({ ...seen, opinion }),
    output: DraftView,
  },
  /** Writes the new rows and ends those they replace, all or nothing; issues the document (A9-2). */
  approveDraft: {
    method: 'POST',
    path: '/drafts/:draftId/approval',
    summary: '批准标准',
    input: z.object({ ...seen, documentNumber: z.string().trim().max(100).optional(), opinion }),
    output: DraftView,
  },
  returnDraft: {
    method: 'POST',
    path: '/drafts/:draftId/return',
    summary: '退回标准草案',
    input: z.object({ ...seen, opinion: reason('请写明需要修改的内容。') }),
    output: DraftView,
  },
  refuseDraft: {
    method: 'POST',
    path: '/drafts/:draftId/refusal',
    summary: '不予批准标准',
    input: z.object({ ...seen, opinion: reason('请写明理由。') }),
    output: DraftView,
  },
  withdrawDraft: {
    method: 'POST',
    path: '/drafts/:draftId/withdrawal',
    summary: '撤销标准草案',
    input: z.object({ ...seen, opinion: reason('请写明撤销原因。') }),
    output: DraftView,
  },
} satisfies Record<string, OperationDeclaration>
