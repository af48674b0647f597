import { soonDays, statutoryDeadline } from '#kernel/pure/deadline.ts'
import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import type { JobHandler } from '#kernel/server/jobs.ts'
import { record } from '#kernel/server/record.ts'
import { casesWithClock, keepOverdueTold, keepReminder } from './store.ts'
import { clockOf, linkOf } from './summary.ts'

const batch = 500

/** Every quarter of an hour: reminders on the declared days of the count, each once; overdue is told the day after. */
export const clockJob: JobHandler = {
  title: '法定时限提醒',
  cron: '*/15 * * * *',
  async run({ transact }) {
    let after: string | null = null
    do {
      after = await transact((act) => remindBatch(act, after))
    } while (after !== null)
    return null
  },
}

/** One batch in one transaction. @returns the last id seen, null at the end */
export async function remindBatch(act: Act, after: string | null): Promise<string | null> {
  const rows = await casesWithClock(act.tx, after, batch)
  const calendar = await currentCalendar(act.tx)
  for (const row of rows) await remind(act, row, calendar)
  return rows.length < batch ? null : (rows.at(-1)?.id ?? null)
}

async function remind(
  act: Act,
  row: CaseRow & { overdueToldOn: string | null; remindedDays: number[] },
  calendar: WorkCalendar,
): Promise<void> {
  // Reminded of as a duty by the module that knows it, begun or not (the yearly reports).
  if (act.dutySources.some(({ covers = [] }) => covers.includes(row.kind))) return
  const kind = act.caseKinds.get(row.kind)?.kind
  const clock = clockOf(row, act.today, calendar)
  if (!kind || !clock) return
  if (clock.left < 0 && clock.provisional) return // the day may still move (CAL-R01)
  if (clock.left < 0) {
    if (row.overdueToldOn !== null || !(await keepOverdueTold(act.tx, row, act.today))) return
    await tellWaiting(act, row, `“${row.title}”已逾期（截止${clock.dueOn}），请立即办理。`, linkOf(kind, row))
    await record(act, 'cases.overdue', {
      subject: { kind: row.kind, id: row.subjectId },
      organId: row.applicantOrganId,
      after: { dueOn: clock.dueOn, state: row.state },
      basis: kind.states[row.state]?.clock ?? null,
    })
    return
  }
  for (const day of dueReminders(
    row,
    kind.states[row.state]?.clock?.remindOnDays ?? null,
    act.today,
    clock.left,
    calendar,
  ))
    if (await keepReminder(act.tx, row.id, row.step, day, act.now))
      await tellWaiting(
        act,
        row,
        `“${row.title}”${clock.left === 0 ? '今日到期' : `还剩${clock.left}个${clock.unit === 'workdays' ? '工作日' : '自然日'}`}（截止${clock.dueOn}）。`,
        linkOf(kind, row),
      )
}

/**
 * Days of the count whose reminder is due and not given: only the latest, so that a system that was down sends one, not three.
 * Without a declared clock the reminder goes out when few days are left.
 */
function dueReminders(
  row: CaseRow & { remindedDays: number[] },
  declared: readonly number[] | null,
  today: string,
  left: number,
  calendar: WorkCalendar,
): number[] {
  if (declared === null || row.clockFrom === null || row.clockUnit === null)
    return left <= soonDays && !row.remindedDays.includes(0) ? [0] : []
  // Days of a term in months are counted one by one.
  const { clockFrom: from } = row
  const unit = row.clockUnit === 'months' ? 'calendar-days' : row.clockUnit
  const reached = declared.filter(
    (count) =>
      statutoryDeadline({ from, duration: { unit, count }, calendar, region: row.jurisdictionCode }).dueOn <= today,
  )
  const latest = reached.at(-1)
  return latest === undefined || row.remindedDays.some((day) => day >= latest) ? [] : [latest]
}

async function tellWaiting(act: Act, row: CaseRow, text: string, link: string): Promise<void> {
  if (row.waitingParty === null) return
  const organId =
    row.waitingParty === 'applicant'
      ? row.applicantOrganId
      : (await act.directory.partyOrgan(act.tx, row.jurisdictionCode, row.waitingParty, act.today))?.id
  if (organId) await notify(act, { organId, personId: row.assignedPersonId, roles: row.waitingRoles, link, text })
}
