import { z } from 'zod'
import {
  FileOutput,
  pageInputById,
  pageOf,
  UploadedFile,
  type OperationDeclaration,
  queryYear,
} from '#kernel/pure/contract.ts'
import { May } from '#kernel/pure/verdict.ts'
import {
  Demand,
  DemandContact,
  DemandLine,
  DemandLineDraft,
  demandStates,
  Holding,
  Decision,
  Proposal,
  StoreQuery,
} from '../model.ts'

/** What is wrong with a cell of an imported workbook, in Chinese, at its address. */
export const CellProblem = z.object({
  sheet: z.string(),
  row: z.number().int(),
  column: z.string(),
  title: z.string(),
  found: z.string(),
  message: z.string(),
  code: z.string(),
})
export const ImportRow = z.object({
  row: z.number().int(),
  line: DemandLineDraft,
  notes: z.array(z.object({ column: z.string(), note: z.string() })),
  problems: z.array(CellProblem),
})

export const ImportPreview = z.object({
  importId: z.uuid(),
  fileName: z.string(),
  rows: z.array(ImportRow),
  /** Rows left out, with the reason (title, total, hidden, blank tail). */
  skipped: z.array(z.object({ row: z.number().int(), reason: z.string(), text: z.string() })),
  problemCount: z.number().int(),
  /** Questions the clerk must settle before anything is imported (hidden rows, unknown columns). */
  questions: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      options: z.array(z.object({ value: z.string(), label: z.string() })),
    }),
  ),
})

export const DemandView = z.object({
  demand: Demand,
  lines: z.array(DemandLine),
  holdings: z.array(Holding),
  /** Facts of the organ the rules use. */
  organ: z.object({
    staffInPost: z.number(),
    approvedPosts: z.number(),
    secretUnit: z.boolean(),
    inCompound: z.boolean(),
    tradeUnion: z.boolean(),
  }),
  /** Everything the rules need to judge while typing, in the browser, by the very same functions. */
  standards: z.any(),
  /** Last year's plan lines by kind and item, for comparison. */
  lastYear: z.array(
    z.object({
      needKind: z.string(),
      itemName: z.string(),
      quantity: z.number(),
      amountFen: z.number(),
      executedFen: z.number(),
    }),
  ),
  decisions: z.array(z.object({ lineId: z.uuid(), proposal: Proposal.nullable(), decision: Decision.nullable() })),
  may: z.object({ edit: May, submit: May, withdraw: May, import: May }),
})

export const demandOperations = {
  demands: {
    method: 'GET',
    path: '/demands',
    summary: '需求申请列表',
    input: z.object({ year: queryYear.optional(), state: z.enum(demandStates).optional(), ...pageInputById }),
    output: pageOf(Demand),
  },
  viewDemand: {
    method: 'GET',
    path: '/demands/:demandId',
    summary: '查看需求申请',
    input: z.object({ demandId: z.uuid() }),
    output: DemandView,
  },
  findDemand: {
    method: 'GET',
    path: '/demands/find',
    summary: '按机关和年度查找需求申请',
    input: z.object({ organ: z.string().min(1).max(100), year: queryYear }),
    output: Demand,
  },
  /** Saves the draft as a whole; a draft may be incomplete. Lines not sent are removed. */
  saveDemand: {
    method: 'PUT',
    path: '/demands/:demandId',
    summary: '保存需求申请草稿',
    input: z.object({
      demandId: z.uuid(),
      contact: DemandContact,
      declaredNotSecret: z.boolean(),
      lines: z.array(DemandLineDraft).max(2000),
      version: z.number().int(),
    }),
    output: DemandView,
    maxBytes: 8 * 1024 * 1024,
  },
  queryStore: {
    method: 'POST',
    path: '/demands/:demandId/store-queries',
    summary: '查询公物仓和闲置资产',
    input: z.object({ demandId: z.uuid(), lineIds: z.array(z.uuid()).min(1).max(2000) }),
    output: z.object({
      answers: z.array(
        z.object({
          lineId: z.uuid(),
          query: StoreQuery,
          offers: z.array(z.object({ organName: z.string(), quantity: z.number(), title: z.string() })),
        }),
      ),
    }),
  },
  submitDemand: {
    method: 'POST',
    path: '/demands/:demandId/submission',
    summary: '提交需求申请',
    input: z.object({ demandId: z.uuid(), version: z.number().int(), opinion: z.string().max(1000).optional() }),
    output: DemandView,
  },
  withdrawDemand: {
    method: 'POST',
    path: '/demands/:demandId/withdrawal',
    summary: '撤回需求申请',
    input: z.object({ demandId: z.uuid(), version: z.number().int(), opinion: z.string().max(1000).optional() }),
    output: DemandView,
  },
  demandTemplate: {
    method: 'GET',
    path: '/demands/:demandId/template',
    summary: '下载需求申请模板',
    kind: 'download',
    input: z.object({ demandId: z.uuid() }),
    output: FileOutput,
  },
  exportDemand: {
    method: 'GET',
    path: '/demands/:demandId/export',
    summary: '导出需求申请',
    kind: 'download',
    input: z.object({ demandId: z.uuid() }),
    output: FileOutput,
  },
  /** Reads a workbook and shows what it would bring; nothing is imported yet. */
  previewImport: {
    method: 'POST',
    path: '/demands/:demandId/imports',
    summary: '预览导入需求申请',
    kind: 'upload',
    input: z.object({ demandId: z.uuid(), file: UploadedFile }),
    output: ImportPreview,
  },
  annotatedImport: {
    method: 'GET',
    path: '/demands/:demandId/imports/:importId/annotated',
    summary: '下载标注问题的工作簿',
    kind: 'download',
    input: z.object({ demandId: z.uuid(), importId: z.uuid() }),
    output: FileOutput,
  },
  /** Imports what the clerk has decided on: all rows given, or none. */
  applyImport: {
    method: 'POST',
    path: '/demands/:demandId/imports/:importId/application',
    summary: '导入需求申请',
    input: z.object({
      demandId: z.uuid(),
      importId: z.uuid(),
      version: z.number().int(),
      mode: z.enum(['replace', 'append']),
      /** Rows as read or as corrected in the preview; rows left out are not imported. */
      rows: z.array(z.object({ row: z.number().int(), line: DemandLineDraft })).max(2000),
      answers: z.record(z.string(), z.string()).default({}),
    }),
    output: DemandView,
    maxBytes: 8 * 1024 * 1024,
  },
} satisfies Record<string, OperationDeclaration>
