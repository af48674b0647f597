import { z } from 'zod'
import { defineContract, queryYear } from '#kernel/pure/contract.ts'
import { readingOperations } from './contract/reading.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { CatalogueEntry, EconomicCode, JurisdictionScope, Standard, StandardKind } from './model.ts'

export const contract = defineContract('standards', {
  ...readingOperations,
  standards: {
    method: 'GET',
    path: '/standards',
    summary: '现行标准',
    input: z.object({
      on: LocalDateSchema.optional(),
      jurisdictionCode: JurisdictionScope.optional(),
      kind: StandardKind.optional(),
    }),
    output: z.object({ on: z.string(), standards: z.array(Standard) }),
  },
  versions: {
    method: 'GET',
    path: '/standards/:code/versions',
    summary: '标准的历次版本',
    input: z.object({ code: z.string().max(60), jurisdictionCode: JurisdictionScope.optional() }),
    output: z.object({ versions: z.array(Standard) }),
  },
  catalogue: {
    method: 'GET',
    path: '/catalogue',
    summary: '集中统一管理事项指导目录',
    input: z.object({ on: LocalDateSchema.optional(), jurisdictionCode: JurisdictionScope.optional() }),
    output: z.object({ entries: z.array(CatalogueEntry) }),
  },
  economicCodes: {
    method: 'GET',
    path: '/economic-codes',
    summary: '部门经济科目',
    input: z.object({ year: queryYear }),
    output: z.object({ codes: z.array(EconomicCode) }),
  },
})
