import { Button } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { dayKinds } from '#kernel/pure/calendar.ts'
import { queryInteger } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { MonthGrid, MonthLegend } from '#kernel/web/month/MonthGrid.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import { LoadNoticeDialog } from './LoadNoticeDialog.tsx'
import { LocalArrangements } from './LocalArrangements.tsx'
import { FindingList, HolidayTable, NoticeSource } from './NoticePanel.tsx'
import type { YearView } from './view.ts'
import { WorkdayCounter } from './WorkdayCounter.tsx'
import './calendar.css'

const Filters = z.object({ year: queryInteger.min(2000).max(2200).optional() })

/** A year as it counts: which days are worked, by which document, and how a term runs through it. */
export default function CalendarYearPage() {
  const today = todayHere()
  const [{ year = Number(today.slice(0, 4)) }, change] = useFilters(Filters)
  const view = useFetched(contract.viewYear, { year })
  const [loading, setLoading] = useState(false)
  return (
    <Page
      title={`${year} 年工作日历`}
      lead={`全年 ${view.workdays} 个工作日${view.provisional ? '（暂定）' : ''}。各项办理期限按此计算。`}
      actions={
        <>
          <Button onClick={() => change({ year: year - 1 })} disabled={year <= 2000}>
            上一年
          </Button>
          <Button onClick={() => change({ year: year + 1 })} disabled={year >= 2200}>
            下一年
          </Button>
          <ActionButton primary={view.provisional} refusal={view.may.loadNotice} onClick={() => setLoading(true)}>
            录入放假安排通知
          </ActionButton>
        </>
      }
    >
      {view.provisional && (
        <p className="calendar-provisional" role="note">
          <StateTag tone="warn" word="暂定" /> {year} 年放假安排通知尚未{view.waiting ? '复核' : '录入'}
          。现按周末和法定节假日推算，涉及这一年的期限均为暂定，不自动判为逾期；通知生效后自动重算。
        </p>
      )}
      {view.waiting && <WaitingNotice notice={view.waiting} />}
      <Section title="期限推算">
        <WorkdayCounter jurisdictionCode={view.jurisdictionCode} />
      </Section>
      <Section title="全年">
        <MonthLegend kinds={dayKinds} />
        <div className="months">
          {view.workdaysByMonth.map((workdays, index) => (
            <MonthGrid
              key={index}
              month={index + 1}
              workdays={workdays}
              days={daysOfMonth(view, index + 1)}
              today={today}
            />
          ))}
        </div>
      </Section>
      {view.notice && (
        <Section title="放假安排">
          <NoticeSource notice={view.notice} />
          <HolidayTable holidays={view.notice.holidays} />
        </Section>
      )}
      <LocalArrangements view={view} />
      {loading && <LoadNoticeDialog year={view.provisional ? year : year + 1} onClose={() => setLoading(false)} />}
    </Page>
  )
}

function daysOfMonth({ days }: YearView, month: number): YearView['days'] {
  return days.filter(({ date }) => Number(date.slice(5, 7)) === month)
}

/** A notice that waits for the second person: all of it in sight, to be compared with the original. */
function WaitingNotice({ notice }: { notice: NonNullable<YearView['waiting']> }) {
  const confirm = useSend(contract.confirmNotice, {
    onDone: ({ dueDatesChanged }) => tell(`通知已生效，重算期限 ${dueDatesChanged} 件。`),
  })
  const withdraw = useSend(contract.withdrawNotice, { onDone: () => tell('已撤回。') })
  return (
    <Section
      title="待复核的通知"
      actions={
        <>
          <ActionButton primary refusal={notice.may.confirm} onClick={() => confirm.send({ noticeId: notice.id })}>
            与原文一致，复核生效
          </ActionButton>
          <ActionButton refusal={notice.may.withdraw} onClick={() => withdraw.send({ noticeId: notice.id })}>
            撤回
          </ActionButton>
        </>
      }
    >
      <Refusals of={confirm.error ?? withdraw.error} />
      <NoticeSource notice={notice} />
      <p>按此安排全年 {notice.workdays} 个工作日。</p>
      <FindingList findings={notice.findings} />
      <HolidayTable holidays={notice.holidays} />
    </Section>
  )
}
