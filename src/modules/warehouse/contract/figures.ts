import { z } from 'zod'
import { pageInput, pageOf, queryYear, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { figures, figureWordCodes } from '../model/figure.ts'

/** One thing, or one loan, that a figure of the year counts. */
export const FigureRow = z.object({
  /** Where the row stands in the list. */
  key: z.string(),
  /** The thing; null where loans are counted. */
  itemId: z.uuid().nullable(),
  /** The loan or allotment behind it, where there is one. */
  requestId: z.uuid().nullable(),
  number: z.string().nullable(),
  name: z.string(),
  organName: z.string(),
  /** The day it counts on: taken in, signed for, due, repaired. */
  on: z.string(),
  /** What it adds to the sum: original value, saving, spent on the repair. */
  fen: z.number().int().nullable(),
  /** Replacement price that the repair is held against. */
  replacementFen: z.number().int().nullable(),
  days: z.number().int().nullable(),
  /** On what a saving rests. */
  basis: z.string(),
  word: z.enum(figureWordCodes).nullable(),
})

export const figureOperations = {
  figureRows: {
    method: 'GET',
    path: '/metrics/:figure',
    summary: '公物仓统计数字的明细',
    input: z.object({
      figure: z.enum(figures),
      year: queryYear,
      ...pageInput,
      after: z
        .string()
        .regex(/^\d{4}-\d\d-\d\d(_[0-9a-f-]{36}){1,2}$/, '翻页位置无效。请从第一页重新查看。')
        .optional(),
    }),
    output: pageOf(FigureRow),
  },
} as const satisfies Record<string, OperationDeclaration>
