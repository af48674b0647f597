import { z } from 'zod'
import { FileOutput, pageInput, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'

const filter = {
  organId: z.uuid().optional(),
  /** Code of the item that says the limit. */
  code: z.string().max(60).optional(),
  /** Only where some of it stands idle. */
  idle: z.enum(['true']).optional(),
}

/** One kind of which an organ holds more than its standard admits 超标准配置. */
export const OverStandardLine = z.object({
  organId: z.uuid(),
  organName: z.string(),
  code: z.string(),
  title: z.string(),
  unit: z.string(),
  staffInPost: z.number().int(),
  held: z.number().int(),
  limit: z.number().int(),
  reckoned: z.string(),
  excess: z.number().int(),
  idle: z.number().int(),
  /** Beginning of the classes that its cards are of, for finding them. */
  classPrefix: z.string(),
})
export type OverStandardLine = z.infer<typeof OverStandardLine>

export const overStandardOperations = {
  overStandard: {
    method: 'GET',
    path: '/over-standard',
    summary: '超标准配置清单',
    input: z.object({
      ...filter,
      ...pageInput,
      after: z
        .string()
        .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[a-z0-9.-]{1,60}$/, '翻页位置无效。请从第一页重新查看。')
        .optional(),
    }),
    output: pageOf(OverStandardLine),
  },
  overStandardTotals: {
    method: 'GET',
    path: '/over-standard/totals',
    summary: '超标准配置合计',
    input: z.object({}),
    output: z.object({
      organs: z.number().int(),
      lines: z.number().int(),
      /** Lines with idle pieces, and how many of these can be called for: no more than what is over. */
      idleLines: z.number().int(),
      idlePieces: z.number().int(),
      kinds: z.array(z.object({ code: z.string(), title: z.string(), lines: z.number().int() })),
    }),
  },
  exportOverStandard: {
    method: 'GET',
    path: '/over-standard/export',
    summary: '导出超标准配置清单',
    kind: 'download',
    input: z.object(filter),
    output: FileOutput,
  },
} as const satisfies Record<string, OperationDeclaration>
