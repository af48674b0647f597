import { z } from 'zod'
import { pageInputById, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { NeedKind } from '#modules/standards/model.ts'

/** What one change touches among the demands of years that are not closed; sums only, of all jurisdictions it binds. */
export const ChangeImpact = z.object({
  changeId: z.uuid(),
  lineNo: z.number().int(),
  title: z.string(),
  organs: z.number().int(),
  lines: z.number().int(),
  quantity: z.number(),
  askedFen: z.number().int(),
  /** Quantity at the price cap in force, and at the one proposed, 分; null where either sets no cap. */
  atPresentCapFen: z.number().int().nullable(),
  atProposedCapFen: z.number().int().nullable(),
  /** Lines dearer than the proposed cap: they would be refused or cut. */
  aboveProposedCap: z.number().int().nullable(),
})

/** The same by jurisdiction: higher levels see sums of lower ones, not their lines (Art. 6). */
export const JurisdictionImpact = z.object({
  jurisdictionCode: z.string(),
  jurisdictionName: z.string(),
  organs: z.number().int(),
  lines: z.number().int(),
  askedFen: z.number().int(),
})

export const ImpactLine = z.object({
  id: z.uuid(),
  demandId: z.uuid(),
  year: z.number().int(),
  organId: z.uuid(),
  organName: z.string(),
  needKind: NeedKind.nullable(),
  itemName: z.string(),
  quantity: z.number().nullable(),
  unit: z.string(),
  unitPriceFen: z.number().int().nullable(),
  amountFen: z.number().int().nullable(),
  state: z.string(),
  /** Money at the proposed cap where it is below what is asked; null where nothing changes. */
  cutToFen: z.number().int().nullable(),
})
export type ImpactLine = z.infer<typeof ImpactLine>

export const impactOperations = {
  draftImpact: {
    method: 'GET',
    path: '/drafts/:draftId/impact',
    summary: '标准草案的影响',
    input: z.object({ draftId: z.uuid() }),
    output: z.object({
      /** Demands of this year and later are looked at. */
      sinceYear: z.number().int(),
      organs: z.number().int(),
      changes: z.array(ChangeImpact),
      jurisdictions: z.array(JurisdictionImpact),
    }),
  },
  /** Lines of the draft's own level that one change touches. */
  draftImpactLines: {
    method: 'GET',
    path: '/drafts/:draftId/impact/:changeId/lines',
    summary: '受标准草案影响的需求',
    input: z.object({ draftId: z.uuid(), changeId: z.uuid(), ...pageInputById }),
    output: pageOf(ImpactLine),
  },
} satisfies Record<string, OperationDeclaration>
