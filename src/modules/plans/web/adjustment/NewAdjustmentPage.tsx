import { Select } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { contract } from '../../contract.ts'
import { AdjustmentFields } from './AdjustmentFields.tsx'
import { askedOf, type Values } from './asked.ts'
import { changeOf, entryProblem, type ChangeEntry } from './change-entry.ts'
import { ChangeEditor } from './ChangeEditor.tsx'
import { CheckPanel } from './CheckPanel.tsx'
import { unfinishedRefusal } from './unfinished.ts'
import './adjustment.css'

/** Records an adjustment already made (A35-1): ground, changes, and beside them what the rules say as one types. */
export default function NewAdjustmentPage() {
  const { organ } = useMe()
  const go = useGo()
  const today = todayHere()
  const thisYear = Number(today.slice(0, 4))
  const [values, setValues] = useState<Values>({ year: thisYear, adjustedOn: today })
  const [entries, setEntries] = useState<readonly ChangeEntry[]>([])
  const changes = entries.flatMap((entry) => changeOf(entry) ?? [])
  const unfinished = entries.filter((entry) => entryProblem(entry) !== null).length
  const year = values.year ?? thisYear
  return (
    <Page title="登记计划调整" trail={[{ label: '计划调整', path: '/plans/adjustments' }]}>
      {organ === null ? (
        <Empty title="没有所代表的机关">请在页面上方选择机关后登记。</Empty>
      ) : (
        <div className="adjustment-entry">
          <EntryForm
            operation={contract.makeAdjustment}
            fixed={{ changes }}
            initial={values}
            submit="登记调整"
            {...(unfinished === 0 ? {} : { refusal: [unfinishedRefusal(unfinished)] })}
            onValues={(typed) => {
              if (typed.year !== values.year) setEntries([]) // lines belong to their year
              setValues(typed)
            }}
            onDone={({ adjustment }) => go(`/plans/adjustments/${adjustment.id}`)}
            onCancel={() => go('/plans/adjustments')}
          >
            <Field name="year" label="计划年度">
              <Select
                style={{ width: 140 }}
                options={[thisYear, thisYear - 1].map((value) => ({ value, label: `${value} 年` }))}
              />
            </Field>
            <AdjustmentFields />
            <h2>调整事项</h2>
            <ChangeEditor year={year} organId={organ.id} entries={entries} onChange={setEntries} />
          </EntryForm>
          <CheckPanel asked={askedOf(year, values, changes)} />
        </div>
      )}
    </Page>
  )
}
