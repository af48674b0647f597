import { formatMonthDay, weekdayOf } from '#kernel/pure/local-date.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { Empty, ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { contract, type DutyView } from '../contract.ts'
import type { DutyReach, DutyState } from '../model.ts'
import { DutyClock } from './state-words.tsx'

/** Duties under the day on which they fall due, the earliest first. */
export function Agenda(props: {
  reach: DutyReach
  term: string | undefined
  state: DutyState | undefined
  day: string | undefined
  month: string | undefined
  today: string
  onOpen: (key: string) => void
}) {
  const { reach, term, state, day, month, today, onOpen } = props
  const pages = usePages(contract.list, {
    reach,
    ...(term ? { term } : {}),
    ...(state ? { state } : {}),
    ...(day ? { from: day, until: day } : month ? { from: `${month}-01`, until: lastOf(month) } : {}),
    limit: 50,
  })
  if (pages.error) return <ErrorPanel error={pages.error} onRetry={pages.refetch} />
  if (pages.loading) return <Skeleton lines={10} />
  const groups = [...Map.groupBy(pages.items, ({ dueOn }) => dueOn)]
  return (
    <section className="agenda" aria-label="到期事项">
      {groups.length === 0 && (
        <Empty title={state === undefined && !day && !month ? '没有未办结的法定时限' : '没有这样的事项'}>
          {reach === 'mine' ? '这里列出您的角色要办的事项；选择“本机关”可以看全部。' : '换一个月份、状态或者时限再看。'}
        </Empty>
      )}
      {groups.map(([dueOn, duties]) => (
        <section key={dueOn} className="agenda-day">
          <h2>
            <time dateTime={dueOn}>
              {dueOn.slice(0, 4) === today.slice(0, 4) ? '' : `${dueOn.slice(0, 4)}年`}
              {formatMonthDay(dueOn)}
            </time>{' '}
            <span className="quiet">
              周{'一二三四五六日'[weekdayOf(dueOn) - 1]}
              {dueOn === today ? '，今天' : ''}
            </span>
          </h2>
          <ul>
            {duties.map((duty) => (
              <AgendaItem key={duty.key} duty={duty} onOpen={onOpen} />
            ))}
          </ul>
        </section>
      ))}
      {pages.hasMore && (
        <p>
          <button type="button" className="link-button" onClick={pages.more}>
            更多事项
          </button>
        </p>
      )}
    </section>
  )
}

function AgendaItem({ duty, onOpen }: { duty: DutyView; onOpen: (key: string) => void }) {
  const { key, termTitle, title, organName, bearerName } = duty
  return (
    <li className="agenda-item">
      <button type="button" className="agenda-open" onClick={() => onOpen(key)}>
        <b>{termTitle}</b>
        <span className="agenda-title">{title}</span>
      </button>
      <span className="agenda-organ quiet">
        {bearerName === organName ? organName : `${organName}，${bearerName}办理`}
      </span>
      <DutyClock duty={duty} />
    </li>
  )
}

/** Last day of a month, `2026-02` → `2026-02-28`. */
function lastOf(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, '0')}`
}
