import { Input, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { usePages } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, OpinionBox } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { improvementStateLabels, serviceFieldLabels } from '../model/survey.ts'
import type { SurveyView } from './SurveyPage.tsx'

export type Improvement = OutputOf<(typeof contract)['improvements']>['items'][number]

export function ImprovementStateTag({ improvement: { state, overdue } }: { improvement: Improvement }) {
  if (overdue) return <StateTag tone="overdue" word="逾期未完成" />
  return <StateTag tone={state === 'done' ? 'done' : 'running'} word={improvementStateLabels[state]} />
}

const columns: Column<Improvement>[] = [
  { key: 'problem', title: '问题', value: ({ problem }) => problem, width: 280 },
  {
    key: 'state',
    title: '状态',
    value: ({ state }) => improvementStateLabels[state],
    render: (improvement) => <ImprovementStateTag improvement={improvement} />,
    width: 124,
  },
  { key: 'field', title: '服务事项', value: ({ field }) => serviceFieldLabels[field], width: 150 },
  { key: 'measure', title: '改进措施', value: ({ measure }) => measure, width: 280 },
  { key: 'owner', title: '责任处室或责任人', value: ({ ownerName }) => ownerName, width: 150 },
  { key: 'due', title: '完成期限', kind: 'date', value: ({ dueOn }) => dueOn, width: 112 },
  { key: 'result', title: '结果', value: ({ result }) => result, width: 280 },
]

/** What becomes better because of the survey, until it has (norm A38-1). */
export function Improvements({ view: { survey, may }, leads }: { view: SurveyView; leads: boolean }) {
  const pages = usePages(contract.improvements, { surveyId: survey.id, limit: 100 })
  const [adding, setAdding] = useState(false)
  return (
    <>
      <Table
        label="改进事项"
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/consultation/improvements/${id}`}
        tools={
          leads && (
            <ActionButton refusal={may.improve} onClick={() => setAdding(true)}>
              登记改进事项
            </ActionButton>
          )
        }
        empty={
          <Empty title="还没有改进事项">
            {leads ? '办结后，针对评价较低的服务登记改进措施、责任人和期限。' : '机关事务管理部门登记后在这里公布。'}
          </Empty>
        }
      />
      {adding && (
        <Dialog title="登记改进事项" onClose={() => setAdding(false)}>
          <EntryForm
            operation={contract.addImprovement}
            fixed={{ surveyId: survey.id }}
            submit="登记"
            onDone={() => {
              tell('已登记，列入待办，到期提醒。')
              setAdding(false)
            }}
            onCancel={() => setAdding(false)}
          >
            <Field name="field" label="服务事项">
              <Select
                options={survey.questions.map(({ field }) => ({ value: field, label: serviceFieldLabels[field] }))}
              />
            </Field>
            <Field name="problem" label="问题">
              <OpinionBox />
            </Field>
            <Field name="measure" label="改进措施">
              <OpinionBox />
            </Field>
            <Field name="ownerName" label="责任处室或责任人">
              <Input maxLength={60} />
            </Field>
            <Field name="dueOn" label="完成期限">
              <LocalDateInput />
            </Field>
          </EntryForm>
        </Dialog>
      )}
    </>
  )
}
