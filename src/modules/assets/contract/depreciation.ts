import { z } from 'zod'
import { FileOutput, pageInput, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { May } from '#kernel/pure/verdict.ts'
import { ClassEdition, DepreciationMonth } from '../model.ts'
import { Forecast } from '../model/forecast.ts'

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份应如2026-11。')
const Sums = z.object({
  cards: z.number().int(),
  chargedFen: z.number().int(),
  costFen: z.number().int(),
  accumulatedFen: z.number().int(),
})

export const depreciationOperations = {
  depreciation: {
    method: 'GET',
    path: '/depreciation',
    summary: '折旧计提情况',
    input: z.object({ organId: z.uuid().optional(), ...pageInput }),
    output: pageOf(DepreciationMonth).extend({
      /** The month that is closed next with what it would charge; null while the organ has no cards. */
      open: Sums.extend({ month: z.string() }).nullable(),
      may: z.object({ close: May }),
    }),
  },
  charges: {
    method: 'GET',
    path: '/depreciation/:month/charges',
    summary: '某月折旧明细',
    input: z.object({ month: Month, organId: z.uuid().optional(), ...pageInput }),
    output: pageOf(
      z.object({
        cardId: z.uuid(),
        number: z.string(),
        name: z.string(),
        costFen: z.number().int(),
        chargedFen: z.number().int(),
        accumulatedFen: z.number().int(),
        /** False for what went to another organ since. */
        held: z.boolean(),
      }),
    ),
  },
  /** Charges the month to every card of the organ and closes it for good; the next month follows. */
  closeMonth: {
    method: 'POST',
    path: '/depreciation/:month/closing',
    summary: '计提折旧并结账',
    input: z.object({ month: Month }),
    output: DepreciationMonth,
  },
  /** Exactly what closing the months would charge the cards of today, year by year for ten years. */
  forecast: {
    method: 'GET',
    path: '/depreciation/forecast',
    summary: '折旧预测',
    input: z.object({ organId: z.uuid().optional() }),
    output: Forecast,
  },
  exportForecast: {
    method: 'GET',
    path: '/depreciation/forecast/export',
    summary: '导出折旧预测',
    kind: 'download',
    input: z.object({ organId: z.uuid().optional() }),
    output: FileOutput,
  },
  summary: {
    method: 'GET',
    path: '/summary',
    summary: '资产汇总（分类×机关）',
    input: z.object({ organId: z.uuid().optional() }),
    output: z.object({
      items: z.array(
        z.object({
          organId: z.uuid(),
          organName: z.string(),
          classCode: z.string(),
          classEdition: ClassEdition,
          className: z.string(),
          cards: z.number().int(),
          quantity: z.number().int(),
          idle: z.number().int(),
          costFen: z.number().int(),
          netFen: z.number().int(),
        }),
      ),
      wholeLevel: z.boolean(),
    }),
  },
  levelSums: {
    method: 'GET',
    path: '/summary/levels',
    summary: '下级资产汇总',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({
          jurisdictionCode: z.string(),
          jurisdictionName: z.string(),
          organs: z.number().int(),
          cards: z.number().int(),
          quantity: z.number().int(),
          costFen: z.number().int(),
          netFen: z.number().int(),
        }),
      ),
    }),
  },
} as const satisfies Record<string, OperationDeclaration>
