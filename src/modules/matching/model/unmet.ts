import { z } from 'zod'
import { LeftOut } from '../model.ts'

/** A demand line of which nothing that is there meets a part or the whole. */
export const Unmet = z.object({
  demandId: z.uuid(),
  demandLineId: z.uuid(),
  organName: z.string(),
  lineNo: z.number().int(),
  itemName: z.string(),
  unit: z.string(),
  needed: z.number().int(),
  /** Pieces that are left to be bought. */
  missing: z.number().int(),
  priceFen: z.number().int(),
  /** What is there of the kind and why it is not for this line; empty where there is nothing. */
  reasons: z.array(LeftOut),
})
export type Unmet = z.infer<typeof Unmet>
