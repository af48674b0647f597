import { Select } from 'antd'
import { useState } from 'react'
import type { InputOf } from '#kernel/pure/contract.ts'
import { mayOf } from '#kernel/pure/verdict.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { contract } from '../../contract.ts'
import { CycleCalendar } from '../../model.ts'
import { mayOpenCycle } from '../../rules/cycle.ts'
import { CalendarFields } from './CalendarFields.tsx'
import { usualCalendar } from './usual-calendar.ts'

type Values = Partial<InputOf<(typeof contract)['openCycle']>>

/** Opens a year: dates prefilled by the usual course, what speaks against them said while they are chosen. */
export function OpenCycleDialog({ taken, onClose }: { taken: readonly number[]; onClose: () => void }) {
  const go = useGo()
  const today = todayHere()
  const thisYear = Number(today.slice(0, 4))
  const years = [thisYear + 1, thisYear + 2].filter((year) => !taken.includes(year))
  const first = years[0] ?? thisYear + 3
  const initial: Values = { year: first, calendar: usualCalendar(first, today), standardsOn: today }
  const [values, setValues] = useState<Values>(initial)
  const calendar = CycleCalendar.safeParse(values.calendar)
  const refusal =
    calendar.success && values.year !== undefined ? mayOf(mayOpenCycle(values.year, calendar.data, today)) : null
  return (
    <Dialog title="开启年度周期" onClose={onClose}>
      <p className="quiet dialog-lead">开启后，本级各机关收到待填报的需求申请，已按上年计划预填。</p>
      <EntryForm
        operation={contract.openCycle}
        initial={initial}
        submit="开启年度周期"
        refusal={refusal}
        onValues={setValues}
        onDone={({ id }) => go(`/plans/cycles/${id}`)}
        onCancel={onClose}
      >
        <Field name="year" label="计划年度">
          <Select
            options={(years.length > 0 ? years : [first]).map((year) => ({ value: year, label: `${year} 年` }))}
          />
        </Field>
        <CalendarFields />
        <Field name="standardsOn" label="适用标准日期" help="审核按这一天有效的标准进行。">
          <LocalDateInput />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
