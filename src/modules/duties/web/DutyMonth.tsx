import { Button } from 'antd'
import type { DayKind } from '#kernel/pure/calendar.ts'
import { formatMonthDay } from '#kernel/pure/local-date.ts'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { MonthGrid, MonthLegend } from '#kernel/web/month/MonthGrid.tsx'
import { ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { contract } from '../contract.ts'
import type { DutyReach } from '../model.ts'

const marked: readonly DayKind[] = ['holiday', 'make-up-workday', 'local-day-off', 'local-workday']

/** A month with its holidays and make-up days, and how much falls due on each day. */
export function DutyMonth(props: {
  month: string
  reach: DutyReach
  term: string | undefined
  today: string
  day: string | undefined
  onMonth: (month: string) => void
  onDay: (day: string | undefined) => void
}) {
  const { month, reach, term, today, day, onMonth, onDay } = props
  const { data, error, refetch } = useFetchedLater(contract.month, { month, reach, ...(term ? { term } : {}) })
  if (error) return <ErrorPanel error={error} onRetry={refetch} />
  if (!data) return <Skeleton lines={8} />
  const due = Map.groupBy(data.due, ({ dueOn }) => dueOn)
  const [year, number] = data.month.split('-').map(Number) as [number, number]
  return (
    <aside className="duty-month" aria-label="月历">
      <div className="row duty-month-head">
        <Button aria-label="上个月" onClick={() => onMonth(monthAfter(month, -1))}>
          ‹
        </Button>
        <Button onClick={() => onMonth(today.slice(0, 7))}>本月</Button>
        <Button aria-label="下个月" onClick={() => onMonth(monthAfter(month, 1))}>
          ›
        </Button>
      </div>
      <MonthGrid
        month={number}
        title={`${year}年${number}月`}
        days={data.days}
        workdays={data.workdays}
        today={today}
        inDay={(date) => {
          const falling = due.get(date)
          if (!falling) return null
          const count = (states: readonly string[]) =>
            falling.filter(({ state }) => states.includes(state)).reduce((sum, one) => sum + one.count, 0)
          const [late, open, done] = [count(['overdue']), count(['near', 'coming']), count(['done', 'done-late'])]
          const words = [late && `逾期${late}`, open && `待办${open}`, done && `已办${done}`].filter(Boolean)
          const tone = late > 0 ? 'overdue' : open > 0 ? 'open' : 'done'
          const titles = [...new Set(falling.map(({ termTitle }) => termTitle))].join('、')
          return (
            <button
              type="button"
              className={`day-due day-due-${tone}`}
              aria-pressed={day === date}
              aria-label={`${formatMonthDay(date)}：${words.join('，')}项。${titles}`}
              title={titles}
              onClick={() => onDay(day === date ? undefined : date)}
            >
              {words[0]}
            </button>
          )
        }}
      />
      <MonthLegend kinds={marked.filter((kind) => data.days.some((one) => one.kind === kind))} />
    </aside>
  )
}

function monthAfter(month: string, months: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const counted = year * 12 + number - 1 + months
  return `${Math.floor(counted / 12)}-${String((counted % 12) + 1).padStart(2, '0')}`
}
