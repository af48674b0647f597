import { z } from 'zod'
import {
  defineContract,
  FileOutput,
  Instant,
  pageInput,
  pageOf,
  queryInteger,
  UploadedFile,
} from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { OfficialDocument } from '#kernel/pure/official-document.ts'
import { May } from '#kernel/pure/verdict.ts'

export const Attachment = z.object({
  id: z.uuid(),
  fileName: z.string(),
  sizeBytes: z.number(),
  mediaType: z.string(),
  uploadedByName: z.string(),
  uploadedAt: Instant,
  may: z.object({ remove: May }),
})
export const documentKindLabels: Readonly<Record<string, string>> = {
  'plans.notice': '书面通知',
  'plans.plan': '保障计划',
  'plans.filing': '调整备案表',
  'plans.report': '执行情况报告',
  'drafting.notice': '标准印发通知',
  'consultation.summary': '意见汇总及采纳情况表',
}
export const IssuedHead = z.object({
  id: z.uuid(),
  kind: z.string(),
  number: z.string(),
  title: z.string(),
  organId: z.uuid(),
  organName: z.string(),
  issuedOn: LocalDateSchema,
  issuedBy: z.string(),
  subjectKind: z.string(),
  subjectId: z.uuid(),
})
/** A document whole: as data, to whom it went, and the digest its files carry at the foot. */
export const IssuedView = IssuedHead.extend({
  recipientNames: z.array(z.string()),
  digest: z.string(),
  document: OfficialDocument,
})
/** One row of the audit record; `before`, `after` and `basis` are as the act left them. */
export const AuditEntry = z.object({
  id: z.number().int(),
  at: Instant,
  fact: z.string(),
  personName: z.string(),
  organName: z.string().nullable(),
  /** Done at the command line. */
  byCommand: z.boolean(),
  subjectKind: z.string(),
  subjectId: z.string(),
  before: z.any(),
  after: z.any(),
  basis: z.any(),
})
const subject = { subjectKind: z.string().max(60), subjectId: z.uuid() }

export const contract = defineContract('record', {
  attachments: {
    method: 'GET',
    path: '/cases/:caseId/attachments',
    summary: '附件列表',
    input: z.object({ caseId: z.uuid() }),
    output: z.object({ items: z.array(Attachment), may: z.object({ attach: May }) }),
  },
  attach: {
    method: 'POST',
    path: '/cases/:caseId/attachments',
    summary: '上传附件',
    kind: 'upload',
    input: z.object({ caseId: z.uuid(), file: UploadedFile }),
    output: Attachment,
  },
  attachmentFile: {
    method: 'GET',
    path: '/attachments/:attachmentId/file',
    summary: '下载附件',
    kind: 'download',
    input: z.object({ attachmentId: z.uuid() }),
    output: FileOutput,
  },
  removeAttachment: {
    method: 'POST',
    path: '/attachments/:attachmentId/removal',
    summary: '移除附件',
    input: z.object({ attachmentId: z.uuid(), reason: z.string().trim().min(1, '请写明移除原因。').max(300) }),
    output: z.object({}),
  },
  documents: {
    method: 'GET',
    path: '/documents',
    summary: '公文列表',
    input: z.object({
      kind: z.string().max(60).optional(),
      year: queryInteger.min(1000).max(9999).optional(),
      text: z.string().trim().max(50).optional(),
      ...pageInput,
    }),
    output: pageOf(IssuedHead),
  },
  document: {
    method: 'GET',
    path: '/documents/:documentId',
    summary: '查看公文',
    input: z.object({ documentId: z.uuid() }),
    output: IssuedView,
  },
  subjectDocuments: {
    method: 'GET',
    path: '/subject-documents',
    summary: '某一事项的公文',
    input: z.object(subject),
    output: z.object({ items: z.array(IssuedHead) }),
  },
  documentFile: {
    method: 'GET',
    path: '/documents/:documentId/file',
    summary: '下载公文',
    kind: 'download',
    input: z.object({ documentId: z.uuid(), format: z.enum(['docx', 'pdf']) }),
    output: FileOutput,
  },
  /** Anybody with the paper in hand can ask whether it is genuine; nothing of its content is told. */
  checkDocument: {
    method: 'GET',
    path: '/document-checks',
    summary: '核验公文',
    access: 'public',
    input: z.object({
      recordNumber: z.uuid(),
      digest: z.string().regex(/^[0-9a-f]{8,64}$/, '校验码由数字和小写字母a至f组成，至少8位。'),
    }),
    output: z.object({ genuine: z.boolean(), issuedOn: LocalDateSchema.nullable() }),
  },
  changes: {
    method: 'GET',
    path: '/changes',
    summary: '变更记录',
    input: z.object(subject),
    output: z.object({ items: z.array(AuditEntry) }),
  },
  auditEntries: {
    method: 'GET',
    path: '/audit-entries',
    summary: '审计记录',
    input: z.object({
      person: z.string().trim().max(50).optional(),
      fact: z.string().trim().max(60).optional(),
      from: LocalDateSchema.optional(),
      until: LocalDateSchema.optional(),
      ...pageInput,
    }),
    output: pageOf(AuditEntry),
  },
})
