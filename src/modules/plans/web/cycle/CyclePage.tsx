import { useState } from 'react'
import { clockTime } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { OpinionBox } from '#kernel/web/form/inputs.tsx'
import { Go, useGo } from '#kernel/web/going.tsx'
import { Section } from '#kernel/web/Page.tsx'
import type { Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../../contract.ts'
import type { Cycle } from '../../model.ts'
import { CycleStateTag } from '../state-tags.tsx'
import { CalendarFields } from './CalendarFields.tsx'
import { MoneyByKind } from './MoneyByKind.tsx'
import { Standings } from './Standings.tsx'
import type { CycleView } from './Standings.tsx'
import './cycle.css'

/** A year as the authority follows it: who has handed in, what is late, the money by kind of need, and where to go on. */
export default function CyclePage({ params: { cycleId } }: PageProps<'/plans/cycles/:cycleId'>) {
  const view = useFetched(contract.viewCycle, { cycleId })
  const go = useGo()
  const [readAt] = useState(() => clockTime(new Date()))
  const [changing, setChanging] = useState(false)
  const { cycle, counts, may } = view
  return (
    <>
      <Record
        title={`${cycle.year}年度保障计划`}
        number={cycle.jurisdictionName}
        state={<CycleStateTag state={cycle.state} />}
        trail={[{ label: '年度周期', path: '/plans/cycles' }]}
        facts={factsOf(cycle)}
        actions={
          <>
            <ActionButton primary onClick={() => go(`/plans/reviews/${cycleId}`)}>
              审核需求申请（{counts.submitted}）
            </ActionButton>
            <ActionButton refusal={may.changeCalendar} onClick={() => setChanging(true)}>
              调整日程
            </ActionButton>
            {(cycle.state === 'in-force' || cycle.state === 'closed') && (
              <ActionButton onClick={() => go(`/plans/cycles/${cycleId}/closing`)}>年度结束</ActionButton>
            )}
          </>
        }
        details={
          <>
            <Section title="各机关办理进度">
              <Standings view={view} />
            </Section>
            <Section title="按需求类别">
              <MoneyByKind money={view.money} source={`来源：本级各机关需求申请、审核结果和计划台账，${readAt} 读取`} />
            </Section>
            <Section title="执行中">
              <Running view={view} />
            </Section>
          </>
        }
      />
      {changing && <CalendarDialog cycle={cycle} onClose={() => setChanging(false)} />}
    </>
  )
}

function factsOf({ calendar, standardsOn, openedOn }: Cycle): Fact[] {
  return [
    { label: '申报', value: `${calendar.demandOpensOn} 至 ${calendar.demandClosesOn}` },
    { label: '审核截止', value: calendar.reviewUntil },
    { label: '计划编制截止', value: calendar.planUntil },
    { label: '适用标准日期', value: standardsOn, note: `${openedOn} 开启` },
  ]
}

/** Adjustments and reports of the year in figures; each leads to its records. */
function Running({ view: { cycle, adjustments, reports } }: { view: CycleView }) {
  const { year } = cycle
  return (
    <ul className="cycle-running">
      <li>
        <Go to={`/plans/adjustments?year=${year}`}>计划调整</Go>
        <span>
          办理中 <b className="number">{adjustments.open}</b> 件，已备案 <b className="number">{adjustments.filed}</b>{' '}
          件
        </span>
        {adjustments.overdue > 0 && <span className="cycle-over">逾期未备案 {adjustments.overdue} 件</span>}
      </li>
      <li>
        <Go to={`/plans/reports?year=${year}`}>执行情况报告</Go>
        <span>
          应报 <b className="number">{reports.due}</b> 个机关，已报 <b className="number">{reports.sent}</b> 个
        </span>
        {reports.overdue > 0 && <span className="cycle-over">逾期未报 {reports.overdue} 个</span>}
      </li>
      <li>
        <Go to={`/plans/plans?year=${year}`}>保障计划</Go>
        <span>集中统一管理事项计划和各机关自行制定的计划</span>
      </li>
    </ul>
  )
}

function CalendarDialog({ cycle, onClose }: { cycle: Cycle; onClose: () => void }) {
  return (
    <Dialog title="调整日程" onClose={onClose}>
      <EntryForm
        operation={contract.changeCycleCalendar}
        fixed={{ cycleId: cycle.id }}
        initial={{ calendar: cycle.calendar }}
        submit="调整日程"
        onDone={onClose}
        onCancel={onClose}
      >
        <CalendarFields />
        <Field name="reason" label="调整原因">
          <OpinionBox maxLength={500} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
