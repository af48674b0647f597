import type { DutySource } from '#kernel/server/duty-source.ts'
import { daysOf } from '#modules/duties/reference/terms.ts'
import { inspectionDuties, loanDuties, warrantyDuties } from './store/duty.ts'

/** What ends on a day that stands on a card (Art. 12, 22): inspections to be had again, warranties to be used before. */
export const duties: readonly DutySource[] = [
  { term: 'asset-inspection', rows: async () => inspectionDuties('asset-inspection', daysOf('asset-inspection')) },
  {
    term: 'asset-warranty',
    rows: async ({ today }) => warrantyDuties('asset-warranty', daysOf('asset-warranty'), today),
  },
  // Of the lender; the borrower has the loan among its own matters, with the same last day.
  { term: 'asset-loan', rows: async () => loanDuties('asset-loan', daysOf('asset-loan')) },
]
