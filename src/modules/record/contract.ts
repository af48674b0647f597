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
  'duties.supervision-list': '督办清单',
  'disposal.approval': '资产处置批复',
  'disposal.consent-list': '资产处置同意清单',
  'stocktaking.report': '资产盘点报告',
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
/** A row as the audit administrator finds it in the list. */
export const AuditHead = z.object({
  id: z.number().int(),
  at: Instant,
  fact: z.string(),
  operation: z.string().nullable(),
  /** The operation in words; null where none was asked for, or where it is no more. */
  operationName: z.string().nullable(),
  result: z.enum(['done', 'denied', 'failed']),
  reasons: z.array(z.string()),
  actorKind: z.string(),
  personName: z.string(),
  organName: z.string().nullable(),
  byCommand: z.boolean(),
  subjectKind: z.string(),
  subjectId: z.string(),
})
/** A row whole: business content and personal data are put out of sight by the server. */
export const AuditDetail = AuditHead.extend({
  source: z.string().nullable(),
  requestId: z.string(),
  roles: z.array(z.string()),
  changes: z.array(z.object({ field: z.string(), before: z.any(), after: z.any(), hidden: z.boolean() })),
  grounds: z.array(z.object({ code: z.string(), said: z.string().nullable(), citation: z.string().nullable() })),
  /** Content was taken out because it should never have been in the system (Art. 44). */
  withdrawn: z.boolean(),
  /** Its place in the tree and the first checkpoint over it; null while it waits for sealing. */
  seal: z.object({ position: z.number().int(), checkpoint: z.string(), sealedAt: Instant }).nullable(),
})
/** Filters of the audit record; all of them together. */
const auditFilter = {
  person: z.string().trim().max(50).optional(),
  fact: z.string().trim().max(60).optional(),
  /** Code of an operation, or any part of its name. */
  operation: z.string().trim().max(100).optional(),
  /** Name of the organ the matter concerns. */
  organ: z.string().trim().max(100).optional(),
  object: z.string().trim().max(100).optional(),
  result: z.enum(['done', 'denied', 'failed']).optional(),
  from: LocalDateSchema.optional(),
  until: LocalDateSchema.optional(),
}
export const AuditCheckpoint = z.object({
  size: z.number().int(),
  at: Instant,
  sha256: z.string(),
  sm3: z.string(),
  keyId: z.string(),
  /** As papers and notices name it. */
  short: z.string(),
  /** The signed text. */
  note: z.string(),
  key: z.object({ algorithm: z.string(), publicKey: z.string() }),
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
    input: z.object({ ...auditFilter, ...pageInput }),
    output: pageOf(AuditHead),
  },
  auditEntry: {
    method: 'GET',
    path: '/audit-entries/:entryId',
    summary: '查看审计记录',
    input: z.object({ entryId: queryInteger.min(1).max(Number.MAX_SAFE_INTEGER) }),
    output: AuditDetail,
  },
  /** For verifying outside, with `yunbao verify --proof`. */
  auditProof: {
    method: 'GET',
    path: '/audit-entries/:entryId/proof',
    summary: '审计记录的存在证明',
    input: z.object({ entryId: queryInteger.min(1).max(Number.MAX_SAFE_INTEGER) }),
    output: z.object({ proof: z.any() }),
  },
  exportAudit: {
    method: 'POST',
    path: '/audit-exports',
    summary: '导出审计记录',
    stepUp: true,
    kind: 'download',
    input: z.object({
      ...auditFilter,
      format: z.enum(['csv', 'xlsx']),
      purpose: z.string().trim().max(200, '用途最多200字。').optional(),
    }),
    output: FileOutput,
  },
  /**
   * The newest checkpoint, for other levels and everybody who keeps checkpoints of us as a witness. With `from`, the size
   * of one kept, the proof that the log has only grown since.
   */
  latestCheckpoint: {
    method: 'GET',
    path: '/checkpoints/latest',
    summary: '最新审计检查点',
    access: 'public',
    input: z.object({ from: queryInteger.min(1).max(Number.MAX_SAFE_INTEGER).optional() }),
    output: z.object({
      checkpoint: AuditCheckpoint.nullable(),
      consistency: z.object({ sha256: z.array(z.string()), sm3: z.array(z.string()) }).nullable(),
    }),
  },
})
