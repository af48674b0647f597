import { formatChineseDate, type LocalDate } from '#kernel/pure/local-date.ts'
import { dutyStateLabels, type DutyState } from '../model.ts'
import { termOf } from '../reference/terms.ts'
import type { CalendarEvent } from './ical.ts'
import { dutyStateOf } from './reckoning.ts'

type Told = Readonly<{
  key: string
  term: string
  title: string
  dueOn: LocalDate
  provisional: boolean
  fulfilledOn: LocalDate | null
}>

/** One duty as an event: what and until when, no sums and no names of people. */
export function dutyEvent(duty: Told, days: { today: LocalDate; near: LocalDate }): CalendarEvent {
  const { title, citation } = termOf(duty.term) ?? { title: '', citation: '' }
  const state = dutyStateOf(duty, days)
  const sure = duty.provisional ? '（暂定）' : ''
  return {
    uid: `${duty.key}@duties.yunbao`,
    on: duty.dueOn,
    summary: `${state === 'overdue' ? '【逾期】' : ''}${title}${sure}`,
    description: `${duty.title}。最后一日：${formatChineseDate(duty.dueOn)}${sure}。依据：${citation}。请在运保系统中办理。`,
    category: dutyStateLabels[state],
    alarmDaysBefore: state === 'overdue' ? [] : [3, 0],
  }
}

/** What falls due on a day over a whole level, as one event for each term: numbers only. */
export function levelEvent(
  {
    dueOn,
    term,
    state,
    count,
    provisional,
  }: { dueOn: LocalDate; term: string; state: DutyState; count: number; provisional: boolean },
  jurisdictionCode: string,
): CalendarEvent {
  const { title, citation } = termOf(term) ?? { title: '', citation: '' }
  const late = state === 'overdue' ? '【逾期】' : ''
  return {
    uid: `level:${jurisdictionCode}:${term}:${dueOn}:${state === 'overdue' ? 'overdue' : 'open'}@duties.yunbao`,
    on: dueOn,
    summary: `${late}本级${title}：${count}件${provisional ? '（暂定）' : ''}`,
    description: `本级有${count}件到${formatChineseDate(dueOn)}为止。依据：${citation}。`,
    category: dutyStateLabels[state],
    alarmDaysBefore: [],
  }
}
