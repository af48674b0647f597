import { lastWorkdayUpTo } from '#kernel/pure/calendar.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { actions } from '#modules/duties/actions.ts'
import { contract } from '#modules/duties/contract.ts'
import { remindBatch } from '#modules/duties/jobs.ts'
import { as, needed, type Stage } from './cast.ts'

const duties = { contract, actions }

/** What the clock would have told on its reminder dates, and what supervision has urged since (Art. 39). */
export async function supervise(stage: Stage): Promise<number> {
  const { act, authority } = stage
  const calendar = await currentCalendar(act.tx)
  const spring = (monthDay: string) => `${act.today.slice(0, 4)}-${monthDay}`
  for (const day of ['03-02', '03-16', '03-31', '04-01'].map(spring).filter((date) => date < act.today))
    await remindBatch({ ...act, today: day, now: new Date(`${day}T08:30:00+08:00`) }, null)
  const actor = await needed(stage, authority, 'supervision-reviewer')
  const { items } = (await as(
    duties,
    'overdue',
    stage,
    { actor, at: act.today },
    { state: 'overdue', limit: '200' },
  )) as { items: { key: string; dueOn: string }[] }
  let sent = 0
  for (const { key, dueOn } of items)
    for (const [after, text] of [
      [4, '已超过法定时限，请立即办理并说明原因。'],
      [45, '经提醒仍未办理，请主要负责人督促，于五个工作日内办结。'],
    ] as const) {
      const at = lastWorkdayUpTo(addDays(dueOn, after), calendar, stage.jurisdictionCode)
      if (at <= dueOn || at >= act.today) continue
      await as(duties, 'remind', stage, { actor, at }, { key, text })
      sent++
    }
  return sent
}
