import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { makeCalendar, type WorkCalendar } from '#kernel/pure/calendar.ts'
import type { Tx } from '../database.ts'

const builtIn = makeCalendar(builtInNotices)

/** The calendar in force. */
export async function currentCalendar(_tx: Tx): Promise<WorkCalendar> {
  return builtIn
}
