import type { ReactNode } from 'react'
import { dayKindLabels, type CalendarDay, type DayKind } from '#kernel/pure/calendar.ts'
import { formatChineseDate, weekdayOf } from '#kernel/pure/local-date.ts'
import './month.css'

/** The word in the cell: nobody has to tell days apart by colour. */
const dayMarks: Record<DayKind, string> = {
  workday: '',
  weekend: '',
  holiday: '休',
  'make-up-workday': '班',
  'local-day-off': '停',
  'local-workday': '补',
}

/** What the marks mean, beside the sheet. */
export function MonthLegend({ kinds }: { kinds: readonly DayKind[] }) {
  return (
    <ul className="month-legend" aria-label="图例">
      {kinds.map((kind) => (
        <li key={kind}>
          <span className={`day day-${kind}`} aria-hidden="true">
            1<span className="day-mark">{dayMarks[kind]}</span>
          </span>
          {dayKindLabels[kind]}
        </li>
      ))}
    </ul>
  )
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日'] as const

/**
 * One month as a small table, Monday first; a day that is not an ordinary one says what it is and why. What falls on a
 * day can be drawn into it.
 */
export function MonthGrid({
  month,
  title = `${month}月`,
  days,
  workdays,
  today,
  inDay,
}: {
  month: number
  title?: string
  days: readonly CalendarDay[]
  workdays: number
  today: string
  inDay?: (date: string) => ReactNode
}) {
  return (
    <section className={inDay ? 'month month-full' : 'month'} aria-label={title}>
      <h3>
        {title} <span className="quiet number">{workdays} 个工作日</span>
      </h3>
      <table>
        <thead>
          <tr>
            {weekdays.map((weekday) => (
              <th key={weekday} scope="col" abbr={`周${weekday}`}>
                {weekday}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(days).map((week, index) => (
            <tr key={index}>
              {week.map((day, column) =>
                day === null ? (
                  <td key={column} aria-hidden="true" />
                ) : (
                  <DayCell key={day.date} day={day} today={today} inDay={inDay} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function DayCell({
  day,
  today,
  inDay,
}: {
  day: CalendarDay
  today: string
  inDay: ((date: string) => ReactNode) | undefined
}) {
  const { date, kind, name, source, provisional } = day
  const label = `${dayKindLabels[kind]}${name ? ` ${name}` : ''}${provisional ? '（暂定）' : ''}`
  const said = `${formatChineseDate(date)}：${label}${source ? `。${source}` : ''}`
  const classes = ['day', `day-${kind}`, provisional ? 'day-provisional' : '', date === today ? 'day-today' : '']
  return (
    <td className={classes.join(' ')} title={said} {...(date === today ? { 'aria-current': 'date' as const } : {})}>
      <time dateTime={date}>{Number(date.slice(8))}</time>
      <span aria-hidden="true" className="day-mark">
        {dayMarks[kind]}
      </span>
      <span className="sr-only">{label}</span>
      {inDay?.(date)}
    </td>
  )
}

/** Days of a month in weeks of seven, Monday first; null before the first and after the last. */
function weeksOf(days: readonly CalendarDay[]): (CalendarDay | null)[][] {
  const first = days[0]
  if (first === undefined) return []
  const cells: (CalendarDay | null)[] = [...Array.from({ length: weekdayOf(first.date) - 1 }, () => null), ...days]
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
