import { z } from 'zod'
import {
  defineContract,
  FenSchema,
  FileOutput,
  pageInputByNumber,
  pageInputById,
  pageOf,
  queryInteger,
  UploadedFile,
  queryYear,
} from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { NeedKind } from '#modules/standards/model.ts'
import { Commitment, LedgerEntry, LedgerLine, ListedEntry, Quantity } from './model.ts'

const filter = {
  year: queryYear.optional(),
  organId: z.uuid().optional(),
  needKind: NeedKind.optional(),
  text: z.string().max(50).optional(),
  /** Only lines spent above this share of the plan, in percent. */
  spentAbovePercent: queryInteger.min(0).max(1000).optional(),
}
const posting = {
  amountFen: FenSchema.min(1, '金额应大于零。'),
  quantity: Quantity.default(0),
  note: z.string().trim().min(1, '请填写用途说明。').max(500),
  document: z.string().trim().max(200).optional(),
  counterparty: z.string().trim().max(200).optional(),
  occurredOn: LocalDateSchema,
}
export const ImportedExecutions = z.object({
  read: z.number().int(),
  posted: z.number().int(),
  /** Rows already posted by an earlier import of the same voucher: nothing is posted twice. */
  alreadyPosted: z.number().int(),
  problems: z.array(z.object({ row: z.number().int(), column: z.string(), message: z.string() })),
})

export const contract = defineContract('ledger', {
  lines: {
    method: 'GET',
    path: '/lines',
    summary: '查询计划台账',
    input: z.object({ ...filter, ...pageInputById }),
    output: pageOf(LedgerLine),
  },
  /** Apart from the page: a sum over a whole level takes longer than its first lines. */
  lineTotals: {
    method: 'GET',
    path: '/lines/totals',
    summary: '计划台账合计',
    input: z.object(filter),
    output: z.object({
      count: z.number().int(),
      plannedFen: z.number(),
      committedFen: z.number(),
      executedFen: z.number(),
      remainingFen: z.number(),
    }),
  },
  exportLines: {
    method: 'GET',
    path: '/lines/export',
    summary: '导出计划台账',
    kind: 'download',
    input: z.object(filter),
    output: FileOutput,
  },
  viewLine: {
    method: 'GET',
    path: '/lines/:lineId',
    summary: '查看计划台账明细',
    input: z.object({ lineId: z.uuid() }),
    output: z.object({
      line: LedgerLine,
      commitments: z.array(Commitment),
      /** `carried`: what a closed year still lets be done, releasing and paying what was carried over. */
      may: z.object({ commit: May, execute: May, adjust: May, carried: May }),
    }),
  },
  entries: {
    method: 'GET',
    path: '/lines/:lineId/entries',
    summary: '查看台账分录',
    input: z.object({ lineId: z.uuid(), ...pageInputByNumber }),
    output: pageOf(ListedEntry),
  },
  commit: {
    method: 'POST',
    path: '/lines/:lineId/commitments',
    summary: '登记占用',
    input: z.object({ lineId: z.uuid(), title: z.string().trim().min(1, '请填写占用事项。').max(200), ...posting }),
    output: z.object({ commitment: Commitment, line: LedgerLine }),
  },
  release: {
    method: 'POST',
    path: '/commitments/:commitmentId/release',
    summary: '释放占用',
    input: z.object({
      commitmentId: z.uuid(),
      amountFen: FenSchema.optional(),
      quantity: Quantity.optional(),
      note: posting.note,
      occurredOn: LocalDateSchema,
    }),
    output: z.object({ line: LedgerLine }),
  },
  execute: {
    method: 'POST',
    path: '/lines/:lineId/executions',
    summary: '登记支出',
    input: z.object({ lineId: z.uuid(), commitmentId: z.uuid().optional(), ...posting }),
    output: z.object({ entry: LedgerEntry, line: LedgerLine }),
  },
  reverse: {
    method: 'POST',
    path: '/executions/:entryId/reversal',
    summary: '冲销支出',
    input: z.object({ entryId: queryInteger, note: posting.note, occurredOn: LocalDateSchema }),
    output: z.object({ entry: LedgerEntry, line: LedgerLine }),
  },
  importExecutions: {
    method: 'POST',
    path: '/executions/import',
    summary: '导入支出明细',
    kind: 'upload',
    input: z.object({ year: queryYear, file: UploadedFile }),
    output: ImportedExecutions,
  },
  executionTemplate: {
    method: 'GET',
    path: '/executions/template',
    summary: '下载支出明细模板',
    kind: 'download',
    input: z.object({ year: queryYear }),
    output: FileOutput,
  },
})
