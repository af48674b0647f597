import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import type { JobHandlers } from '#kernel/server/jobs.ts'
import { missingYear } from './rules.ts'
import { toldToday } from './store.ts'

export const jobs: JobHandlers = {
  'calendar.remind': {
    title: '放假安排通知录入提醒',
    cron: '0 9 * * *',
    run: async ({ transact }) => ({ told: await transact(remindKeepers) }),
  },
}

/** Tells those who keep the calendar that next year's notice is missing; once on a day, however often it runs. */
export async function remindKeepers(act: Act): Promise<boolean> {
  const { tx, today, now } = act
  const missing = missingYear(today, await currentCalendar(tx))
  const authority = missing && (await act.directory.topAuthority(tx, today))
  if (!missing || !authority) return false
  const link = `/calendar?year=${missing.year}`
  if (await toldToday(tx, { organId: authority.id, link, now })) return false
  const text = missing.urgent
    ? `${missing.year}年放假安排通知至今未录入，涉及该年的办理期限均为暂定，请立即录入并复核。`
    : `${missing.year}年放假安排通知尚未录入，请在国务院办公厅印发后录入并复核。`
  await notify(act, { organId: authority.id, roles: ['system-administrator', 'authority-leader'], link, text })
  return true
}
