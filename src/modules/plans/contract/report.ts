import { z } from 'zod'
import {
  FileOutput,
  Instant,
  pageInputById,
  pageOf,
  type OperationDeclaration,
  queryYear,
  Year,
} from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { NeedKind } from '#modules/standards/model.ts'
import { reportStates } from '../model.ts'

/** Figures of an execution report, always drawn from the ledger (PLAN-R19), money in 分. */
export const ReportFigures = z.object({
  plannedFen: z.number(),
  adjustedFen: z.number(),
  executedFen: z.number(),
  committedFen: z.number(),
  remainingFen: z.number(),
  /** executed ÷ (planned + adjusted), in basis points; null without plan. */
  executionRateBp: z.number().nullable(),
  byKind: z.array(
    z.object({
      needKind: NeedKind,
      lines: z.number(),
      plannedFen: z.number(),
      adjustedFen: z.number(),
      executedFen: z.number(),
      executionRateBp: z.number().nullable(),
      quantityPlanned: z.number(),
      quantityExecuted: z.number(),
    }),
  ),
  byOrgan: z.array(
    z.object({
      organId: z.uuid(),
      organName: z.string(),
      plannedFen: z.number(),
      executedFen: z.number(),
      executionRateBp: z.number().nullable(),
      reportState: z.string().nullable(),
    }),
  ),
  adjustments: z.object({ count: z.number(), inTime: z.number(), overdue: z.number(), amountFen: z.number() }),
  threePublicFen: z.object({
    abroad: z.number(),
    vehiclePurchase: z.number(),
    vehicleRunning: z.number(),
    reception: z.number(),
  }),
  /** Position of the ledger the figures were drawn at. */
  ledgerEntryId: z.number().int(),
})
export const ReportTexts = z.object({
  overview: z.string().max(20_000),
  problems: z.string().max(20_000),
  savings: z.string().max(20_000),
  proposals: z.string().max(20_000),
})
export const Report = z.object({
  id: z.uuid(),
  year: z.number().int(),
  kind: z.enum(['organ', 'consolidated']),
  jurisdictionCode: z.string(),
  organId: z.uuid(),
  organName: z.string(),
  number: z.string(),
  state: z.enum(reportStates),
  caseId: z.uuid().nullable(),
  dueOn: LocalDateSchema,
  sentAt: Instant.nullable(),
  /** When finance got its copy (A36-2); "done" is impossible without it (PLAN-R18). */
  copiedToFinanceAt: Instant.nullable(),
  overdue: z.boolean(),
  version: z.number().int(),
})
export const ReportView = z.object({
  report: Report,
  texts: ReportTexts,
  figures: ReportFigures,
  /** The ledger has moved since the figures were drawn. */
  stale: z.boolean(),
  findings: z.array(Finding),
  may: z.object({ edit: May, refresh: May, sign: May, send: May, receive: May, returnForCorrection: May }),
})
const step = { reportId: z.uuid(), version: z.number().int(), opinion: z.string().trim().max(1000).optional() }

export const reportOperations = {
  reports: {
    method: 'GET',
    path: '/reports',
    summary: '执行情况报告列表',
    input: z.object({
      year: queryYear.optional(),
      kind: z.enum(['organ', 'consolidated']).optional(),
      state: z.enum(reportStates).optional(),
      ...pageInputById,
    }),
    output: pageOf(Report),
  },
  draftReport: {
    method: 'POST',
    path: '/reports',
    summary: '生成执行情况报告',
    input: z.object({ year: Year, kind: z.enum(['organ', 'consolidated']) }),
    output: ReportView,
  },
  viewReport: {
    method: 'GET',
    path: '/reports/:reportId',
    summary: '查看执行情况报告',
    input: z.object({ reportId: z.uuid() }),
    output: ReportView,
  },
  saveReport: {
    method: 'PUT',
    path: '/reports/:reportId',
    summary: '修改报告文字',
    input: z.object({ reportId: z.uuid(), version: z.number().int(), texts: ReportTexts }),
    output: ReportView,
    maxBytes: 1024 * 1024,
  },
  refreshReport: {
    method: 'POST',
    path: '/reports/:reportId/refresh',
    summary: '按台账更新数字',
    input: z.object({ reportId: z.uuid(), version: z.number().int() }),
    output: ReportView,
  },
  signReport: {
    method: 'POST',
    path: '/reports/:reportId/signature',
    summary: '签发报告',
    input: z.object(step),
    output: ReportView,
  },
  sendReport: {
    method: 'POST',
    path: '/reports/:reportId/sending',
    summary: '报送报告',
    /** The consolidated report goes to the government with copy to finance (A36-2). */
    input: z.object({ ...step, copyToFinance: z.boolean().default(true) }),
    output: ReportView,
  },
  receiveReport: {
    method: 'POST',
    path: '/reports/:reportId/receipt',
    summary: '收到报告',
    input: z.object(step),
    output: ReportView,
  },
  returnReport: {
    method: 'POST',
    path: '/reports/:reportId/return',
    summary: '退回报告',
    input: z.object({ ...step, opinion: z.string().trim().min(1, '请写明需要补正的内容。').max(1000) }),
    output: ReportView,
  },
  reportFile: {
    method: 'GET',
    path: '/reports/:reportId/file',
    summary: '下载报告',
    kind: 'download',
    input: z.object({ reportId: z.uuid(), format: z.enum(['docx', 'pdf', 'xlsx', 'json']) }),
    output: FileOutput,
  },
} satisfies Record<string, OperationDeclaration>
