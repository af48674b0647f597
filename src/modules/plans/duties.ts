import { yearlyDateOf } from '#modules/duties/reference/terms.ts'
import type { DutySource } from '#kernel/server/duty-source.ts'
import { consolidatedReportCase, organReportCase } from './cases.ts'
import { consolidatedReportDuties, noticeDuties, organReportDuties } from './store/duty.ts'

/** What the plan year asks for whether or not anybody has begun (Art. 33, 36). */
export const duties: readonly DutySource[] = [
  {
    term: 'organ-report',
    covers: [organReportCase.kind],
    rows: async () => organReportDuties('organ-report', yearlyDateOf('organ-report')),
  },
  {
    term: 'consolidated-report',
    covers: [consolidatedReportCase.kind],
    rows: async () => consolidatedReportDuties('consolidated-report', yearlyDateOf('consolidated-report')),
  },
  { term: 'notice-delivery', rows: async () => noticeDuties('notice-delivery') },
]
