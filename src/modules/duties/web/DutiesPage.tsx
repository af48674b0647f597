import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { contract } from '../contract.ts'
import { DutyReach, dutyReachLabels, DutyState, dutyStateLabels } from '../model.ts'
import { Agenda } from './Agenda.tsx'
import { DutyDialog } from './DutyDialog.tsx'
import { DutyMonth } from './DutyMonth.tsx'
import { FeedDialog } from './FeedDialog.tsx'
import { carriedTermTitles } from './term-titles.ts'
import './duties.css'

const Filters = z.object({
  reach: DutyReach.optional().catch(undefined),
  term: z.string().optional(),
  state: DutyState.optional().catch(undefined),
  /** The month on the sheet; the agenda shows everything until a day or month is chosen. */
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
  day: LocalDateSchema.optional().catch(undefined),
  key: z.string().optional(),
})

/** What is due, for whom and when: an agenda by last day, beside the month with its holidays. */
export default function DutiesPage() {
  const [subscribing, setSubscribing] = useState(false)
  const go = useGo()
  return (
    <Page
      title="法定时限"
      lead="条例和有关规定的办理期限，按工作日历推算；逾期的在前。"
      actions={
        <>
          <Button onClick={() => setSubscribing(true)}>订阅日历</Button>
          <Button onClick={() => go('/duties/overdue')}>逾期清单</Button>
        </>
      }
    >
      <Duties />
      {subscribing && <FeedDialog onClose={() => setSubscribing(false)} />}
    </Page>
  )
}

function Duties() {
  const today = todayHere()
  const { reaches } = useFetched(contract.reaches, {})
  const [filters, change] = useFilters(Filters)
  const { term, state, month, day, key } = filters
  const reach = filters.reach !== undefined && reaches.includes(filters.reach) ? filters.reach : 'mine'
  const choose = (chosen: string | undefined) => change({ day: chosen })
  return (
    <>
      <div className="row duties-filters">
        <Segmented<DutyReach>
          aria-label="范围"
          value={reach}
          onChange={(value) => change({ reach: value })}
          options={reaches.map((value) => ({ value, label: dutyReachLabels[value] }))}
        />
        <ChoiceFilter
          label="时限"
          labels={carriedTermTitles}
          value={term !== undefined && term in carriedTermTitles ? term : undefined}
          onChange={(value) => change({ term: value })}
          width={240}
        />
        <ChoiceFilter
          label="状态"
          labels={dutyStateLabels}
          value={state}
          onChange={(value) => change({ state: value })}
          width={130}
        />
        {(day ?? month) && (
          <Button onClick={() => change({ day: undefined, month: undefined })}>
            只看{day ?? `${Number(month?.slice(0, 4))}年${Number(month?.slice(5))}月`} <span aria-hidden="true">×</span>
            <span className="sr-only">，点此看全部</span>
          </Button>
        )}
      </div>
      <div className="duties">
        <Agenda
          reach={reach}
          term={term}
          state={state}
          day={day}
          month={month}
          today={today}
          onOpen={(opened) => change({ key: opened })}
        />
        <DutyMonth
          month={month ?? (day ?? today).slice(0, 7)}
          reach={reach}
          term={term}
          today={today}
          day={day}
          onMonth={(shown) => change({ month: shown, day: undefined })}
          onDay={choose}
        />
      </div>
      {key !== undefined && <DutyDialog dutyKey={key} onClose={() => change({ key: undefined })} />}
    </>
  )
}
