import { addDays } from '#kernel/pure/local-date.ts'
import type { CycleCalendar } from '../../model.ts'

/**
 * Dates to begin with when a year is opened: June for the organs, to mid-August for the review, to the end of September
 * for the plan, in the year before. When that is past, the same steps from today, the plan never after the year's end.
 */
export function usualCalendar(year: number, today: string): CycleCalendar {
  const before = year - 1
  const usual = {
    demandOpensOn: `${before}-06-01`,
    demandClosesOn: `${before}-06-30`,
    reviewUntil: `${before}-08-15`,
    planUntil: `${before}-09-30`,
  }
  if (today <= usual.demandOpensOn) return usual
  const last = `${before}-12-31`
  const within = (days: number) => [addDays(today, days), last].sort()[0] as string
  return { demandOpensOn: today, demandClosesOn: within(20), reviewUntil: within(30), planUntil: within(38) }
}
