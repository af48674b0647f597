import { dayKindLabels, type DayKind } from '#kernel/pure/calendar.ts'
import { formatChineseDate, weekdayOf } from '#kernel/pure/local-date.ts'
import type { OutputOf } from '#kernel/pure/contract.ts'
import type { contract } from '../contract.ts'

export type YearView = OutputOf<typeof contract.viewYear>
type Day = YearView['days'][number]

/** The word in the cell: nobody has to tell days apart by colour. */
export const dayMarks: Record<DayKind, string> = {
  workday: '',
  weekend: '',
  holiday: '休',
  'make-up-workday': '班',
  'local-day-off': '停',
  'local-workday': '补',
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日'] as const

/** One month as a small table, Monday first; a day that is not an ordinary one says what it is and why. */
export function MonthGrid({
  month,
  days,
  workdays,
  today,
}: {
  month: number
  days: readonly Day[]
  workdays: number
  today: string
}) {
  return (
    <section className="month" aria-label={`${month}月`}>
      <h3>
        {month}月 <span className="quiet number">{workdays} 个工作日</span>
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
                  <DayCell key={day.date} day={day} today={today} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function DayCell({ day, today }: { day: Day; today: string }) {
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
    </td>
  )
}

/** Days of a month in weeks of seven, Monday first; null before the first and after the last. */
function weeksOf(days: readonly Day[]): (Day | null)[][] {
  const first = days[0]
  if (first === undefined) return []
  const cells: (Day | null)[] = [...Array.from({ length: weekdayOf(first.date) - 1 }, () => null), ...days]
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
