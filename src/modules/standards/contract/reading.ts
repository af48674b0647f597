import { z } from 'zod'
import { FileOutput, pageInput, pageOf, queryBoolean, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { CatalogueEntry, JurisdictionScope, NeedKind, Standard, StandardKind } from '../model.ts'
import { standardFieldLabels, type StandardField } from '../model/definition.ts'

export const StandardFieldSchema = z.enum(Object.keys(standardFieldLabels) as [StandardField, ...StandardField[]])

const when = { on: LocalDateSchema.optional(), jurisdictionCode: JurisdictionScope.optional() }
/** What the table shows; the export takes the same. */
export const tableFilter = {
  ...when,
  field: StandardFieldSchema.optional(),
  kind: StandardKind.optional(),
  /** Set by the jurisdiction itself, or taken from the levels above. */
  source: z.enum(['own', 'above']).optional(),
  provisional: queryBoolean.optional(),
  text: z.string().trim().max(60).optional(),
}

/** One standard with all its rows in force: by level and rank where it differs by them. */
export const StandardGroup = z.object({
  code: z.string(),
  title: z.string(),
  kind: StandardKind,
  field: StandardFieldSchema.nullable(),
  rows: z.array(Standard),
})
export type StandardGroup = z.infer<typeof StandardGroup>

export const readingOperations = {
  /** Standards in force, page by page, with counts by field for the same day and place. */
  overview: {
    method: 'GET',
    path: '/overview',
    summary: '标准总览',
    input: z.object({ ...tableFilter, ...pageInput }),
    output: pageOf(StandardGroup).extend({
      on: LocalDateSchema,
      jurisdictionCode: z.string(),
      jurisdictionName: z.string(),
      fields: z.array(z.object({ field: StandardFieldSchema.nullable(), count: z.number().int() })),
    }),
  },
  exportStandards: {
    method: 'GET',
    path: '/overview.xlsx',
    summary: '导出标准',
    kind: 'download',
    input: z.object(tableFilter),
    output: FileOutput,
  },
  viewStandard: {
    method: 'GET',
    path: '/standards/:code',
    summary: '查看标准',
    input: z.object({ code: z.string().max(80), ...when }),
    output: z.object({
      code: z.string(),
      title: z.string(),
      kind: StandardKind,
      field: StandardFieldSchema.nullable(),
      norms: z.array(z.string()),
      on: LocalDateSchema,
      jurisdictionCode: z.string(),
      /** What holds on the day. */
      rows: z.array(Standard),
      /** All versions of the jurisdiction and those above, newest first. */
      versions: z.array(Standard),
      /** Jurisdictions below that have set it themselves. */
      below: z.array(z.object({ jurisdictionCode: z.string(), jurisdictionName: z.string(), from: LocalDateSchema })),
      /** Expenditure quotas and spending standards that rest on it (A9-3). */
      restedOnBy: z.array(Standard),
      places: z.record(z.string(), z.string()),
    }),
  },
  /** Two days side by side: what came, what went, what is another figure. */
  compareStandards: {
    method: 'GET',
    path: '/comparison',
    summary: '标准对照',
    input: z.object({
      jurisdictionCode: JurisdictionScope.optional(),
      field: StandardFieldSchema.optional(),
      code: z.string().max(80).optional(),
      from: LocalDateSchema,
      to: LocalDateSchema,
    }),
    output: z.object({
      rows: z.array(
        z.object({
          code: z.string(),
          title: z.string(),
          how: z.enum(['added', 'removed', 'changed']),
          before: Standard.nullable(),
          after: Standard.nullable(),
        }),
      ),
      same: z.number().int(),
    }),
  },
  /** The catalogue by kind of need, with what each level has set. */
  catalogueLevels: {
    method: 'GET',
    path: '/catalogue-levels',
    summary: '指导目录（各级）',
    input: z.object(when),
    output: z.object({
      on: LocalDateSchema,
      jurisdictionCode: z.string(),
      kinds: z.array(
        z.object({
          needKind: NeedKind,
          effective: CatalogueEntry.nullable(),
          levels: z.array(z.object({ jurisdictionCode: z.string(), entry: CatalogueEntry.nullable() })),
          versions: z.array(CatalogueEntry),
        }),
      ),
      places: z.record(z.string(), z.string()),
    }),
  },
} satisfies Record<string, OperationDeclaration>
