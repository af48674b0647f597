import { z } from 'zod'
import { FileOutput, pageInput, pageOf, UploadedFile, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { AssetImport, ImportProblem } from '../model.ts'

const importId = z.uuid()

export const importOperations = {
  cardTemplate: {
    method: 'GET',
    path: '/imports/template',
    summary: '下载资产卡片模板',
    kind: 'download',
    input: z.object({}),
    output: FileOutput,
  },
  /** Keeps the workbook and reads it in the background, up to 200,000 rows; nothing is registered. */
  readImport: {
    method: 'POST',
    path: '/imports',
    summary: '上传资产卡片工作簿',
    kind: 'upload',
    input: z.object({ file: UploadedFile }),
    output: AssetImport,
  },
  imports: {
    method: 'GET',
    path: '/imports',
    summary: '资产卡片导入列表',
    input: z.object({ ...pageInput }),
    output: pageOf(AssetImport),
  },
  viewImport: {
    method: 'GET',
    path: '/imports/:importId',
    summary: '查看资产卡片导入',
    input: z.object({ importId }),
    output: AssetImport,
  },
  importProblems: {
    method: 'GET',
    path: '/imports/:importId/problems',
    summary: '查看导入的问题单元格',
    input: z.object({ importId, ...pageInput }),
    output: pageOf(ImportProblem),
  },
  importProblemList: {
    method: 'GET',
    path: '/imports/:importId/problem-list',
    summary: '下载导入的问题清单',
    kind: 'download',
    input: z.object({ importId }),
    output: FileOutput,
  },
  /** Puts cells of a row right and reads the row again. */
  mendImportRow: {
    method: 'PUT',
    path: '/imports/:importId/rows/:row',
    summary: '改正导入的一行',
    input: z.object({
      importId,
      row: z.coerce.number().int().min(1).max(1_000_000),
      cells: z.record(z.string().max(60), z.string().max(1000)),
    }),
    output: AssetImport,
  },
  /** A takeover that was a mistake, while nothing stands on its cards: their registrations are withdrawn, their numbers free. */
  takeBackImport: {
    method: 'POST',
    path: '/imports/:importId/withdrawal',
    summary: '撤销资产卡片导入',
    stepUp: true,
    input: z.object({
      importId,
      version: z.number().int(),
      reason: z.string().trim().min(1, '请填写原因。').max(300),
    }),
    output: AssetImport,
  },
  /** All rows, which must be in order, or the rows that are. */
  applyImport: {
    method: 'POST',
    path: '/imports/:importId/application',
    summary: '导入资产卡片',
    input: z.object({ importId, version: z.number().int(), rows: z.enum(['all', 'in-order']) }),
    output: AssetImport,
  },
} as const satisfies Record<string, OperationDeclaration>
