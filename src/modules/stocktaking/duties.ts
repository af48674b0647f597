import type { DutySource } from '#kernel/server/duty-source.ts'
import { yearlyDateOf } from '#modules/duties/reference/terms.ts'
import { yearlyCountDuties } from './store/duty.ts'

/** AST-R06: a year without a finished count is told to the organ, then to those who read the level, finance among them. */
export const duties: readonly DutySource[] = [
  {
    term: 'stocktaking',
    rows: async ({ today }) => yearlyCountDuties('stocktaking', yearlyDateOf('stocktaking'), today),
  },
]
