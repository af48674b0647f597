import { systemActor } from '#kernel/pure/actor.ts'
import { formatChineseDate } from '#kernel/pure/local-date.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act } from '#kernel/server/context.ts'
import { newId } from '#kernel/server/identifier.ts'
import type { JobHandlers, JobWork } from '#kernel/server/jobs.ts'
import { recordAll } from '#kernel/server/record.ts'
import { bearerOrgan } from './actions/duty-view.ts'
import { termOf, terms } from './reference/terms.ts'
import { daysToLast, nearDay, reminderDaysOf, reminderDue } from './rules/reckoning.ts'
import { leftWords } from './rules/wording.ts'
import { dutyPage, type After, type DutyRow } from './store/register.ts'
import { clockReminderDays, keepReminders, type ReminderRow } from './store/reminder.ts'

export const jobs: JobHandlers = {
  'duties.remind': { title: '法定时限事项提醒', cron: '30 8 * * *', run: remindAll },
}

const batch = 500

/** Every morning: duties that no case stands for, on their reminder dates and the day after they passed; each once. */
async function remindAll({ transact }: JobWork): Promise<{ reminded: number }> {
  let after: After = null
  let reminded = 0
  do {
    const done: { next: After; reminded: number } = await transact((act) => remindBatch(act, after))
    after = done.next
    reminded += done.reminded
  } while (after !== null)
  return { reminded }
}

/** One batch in one transaction, by last day. */
export async function remindBatch(act: Act, after: After): Promise<{ next: After; reminded: number }> {
  const calendar = await currentCalendar(act.tx)
  const days = { today: act.today, near: nearDay(act.today, calendar) }
  // Cases have reminders of their own, by the quarter of an hour.
  const ofSources = act.dutySources.filter(({ remindsItself }) => !remindsItself).map(({ term }) => term)
  const rows = await dutyPage(
    act,
    { terms: ofSources, states: ['overdue', 'near', 'coming'], openedBy: act.today },
    days,
    after,
    batch,
  )
  const given = await clockReminderDays(
    act.tx,
    rows.map(({ key }) => key),
  )
  const due = rows.flatMap((row): { row: DutyRow; kind: 'clock' | 'passed'; day: string; text: string }[] => {
    const term = termOf(row.term)
    const told = given.get(row.key) ?? { clock: [], passed: false }
    if (!term) return []
    const last = formatChineseDate(row.dueOn)
    if (row.dueOn < act.today)
      return row.provisional || told.passed
        ? []
        : [{ row, kind: 'passed', day: row.dueOn, text: `“${row.title}”已逾期（最后一日${last}），请立即办理。` }]
    const day = reminderDue(reminderDaysOf(row, term, calendar), told.clock, act.today)
    const left = daysToLast(row, term, act.today, calendar)
    const words = leftWords({ left, unit: 'workdays', state: 'near' })
    return day === null ? [] : [{ row, kind: 'clock', day, text: `“${row.title}”${words}（最后一日${last}）。` }]
  })
  const reminders: ReminderRow[] = []
  for (const { row, kind, day, text } of due)
    reminders.push({
      id: newId(),
      dutyKey: row.key,
      term: row.term,
      organId: row.organId,
      jurisdictionCode: row.jurisdictionCode,
      remindedOrganId: await bearerOrgan(act, row),
      kind,
      day,
      text,
      sentBy: null,
      sentByName: systemActor.name,
      at: act.now,
    })
  const kept = await keepReminders(act.tx, reminders)
  const sent = reminders.filter(({ dutyKey }) => kept.has(dutyKey))
  const links = new Map(rows.map(({ key, link }) => [key, link]))
  for (const { remindedOrganId, term, text, dutyKey } of sent)
    await notify(act, {
      organId: remindedOrganId,
      roles: termOf(term)?.bearer.roles ?? [],
      link: links.get(dutyKey) ?? '/duties',
      text,
    })
  await tellSupervision(act, sent)
  const last = rows.at(-1)
  return {
    next: rows.length === batch && last ? { dueOn: last.dueOn, key: last.key } : null,
    reminded: sent.length,
  }
}

/** PLAN-R17: the authority's supervision is told of what passed, in one notice for a term, not in one for each organ. */
async function tellSupervision(act: Act, sent: readonly ReminderRow[]): Promise<void> {
  const passed = sent.filter(({ kind }) => kind === 'passed')
  const groups = Map.groupBy(passed, ({ jurisdictionCode, term }) => `${jurisdictionCode} ${term}`)
  for (const group of groups.values()) {
    const [{ jurisdictionCode, term }] = group as [ReminderRow]
    const authority = await act.directory.partyOrgan(act.tx, jurisdictionCode, 'authority', act.today)
    if (authority)
      await notify(act, {
        organId: authority.id,
        roles: ['supervision-reviewer', 'authority-leader'],
        link: `/duties/overdue?term=${term}`,
        text: `${terms.find(({ id }) => id === term)?.title}：${group.length}项超过最后一日尚未办理。`,
      })
  }
  await recordAll(
    act,
    passed.map(({ dutyKey, organId, term, day }) => ({
      fact: 'duties.passed',
      subject: { kind: 'duties.duty', id: dutyKey },
      organId,
      after: { term, dueOn: day },
    })),
  )
}
