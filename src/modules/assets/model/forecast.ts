import { z } from 'zod'
import { ClassEdition } from '../model.ts'

/** What an organ's cards of today will be charged in the years to come. */
export const Forecast = z.object({
  organId: z.uuid(),
  organName: z.string(),
  /** The first month that is not closed; null while the organ has no cards. */
  openMonth: z.string().nullable(),
  years: z.array(
    z.object({
      year: z.number().int(),
      /** Cards that something is charged of from the open month on. */
      cards: z.number().int(),
      /** Of `chargedFen`: by months of the year that are closed. */
      closedFen: z.number().int(),
      chargedFen: z.number().int(),
      /** At the end of the year. */
      accumulatedFen: z.number().int(),
      netFen: z.number().int(),
    }),
  ),
  classes: z.array(
    z.object({
      classCode: z.string(),
      classEdition: ClassEdition,
      className: z.string(),
      costFen: z.number().int(),
      /** From the open month on, one figure for each year. */
      toChargeFen: z.array(z.number().int()),
    }),
  ),
})
export type Forecast = z.infer<typeof Forecast>
