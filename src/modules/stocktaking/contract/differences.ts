import { z } from 'zod'
import { pageInputById, pageOf, queryBoolean, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { Difference, resolutions, results, SurplusCard } from '../model.ts'

const worked = {
  cause: z.string().trim().min(1, '请写明差异原因。').max(300),
  responsible: z.string().trim().min(1, '请写明责任人。').max(60),
}

export const differenceOperations = {
  differences: {
    method: 'GET',
    path: '/counts/:countId/differences',
    summary: '盘点差异表',
    input: z.object({
      countId: z.uuid(),
      result: z.enum(results).optional(),
      /** Those still to be worked. */
      open: queryBoolean.optional(),
      ...pageInputById,
    }),
    output: pageOf(Difference),
  },
  /** Differences of one kind with one cause, many at once. */
  workDifferences: {
    method: 'POST',
    path: '/counts/:countId/differences/work',
    summary: '处理盘点差异',
    input: z.object({
      countId: z.uuid(),
      differenceIds: z.array(z.uuid()).min(1, '请选择差异。').max(200, '一次最多处理200项。'),
      resolution: z.enum(resolutions),
      ...worked,
    }),
    output: z.object({ worked: z.number().int(), open: z.number().int() }),
  },
  workSurplus: {
    method: 'POST',
    path: '/counts/:countId/differences/:differenceId/card',
    summary: '填写盘盈资产的卡片',
    input: z.object({
      countId: z.uuid(),
      differenceId: z.uuid(),
      version: z.number().int(),
      card: SurplusCard,
      ...worked,
    }),
    output: z.object({ worked: z.number().int(), open: z.number().int() }),
  },
} as const satisfies Record<string, OperationDeclaration>
