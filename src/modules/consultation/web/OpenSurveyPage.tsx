import { Button, Input, Select } from 'antd'
import { useFetched } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { todayHere } from '#kernel/web/dates.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { contract } from '../contract.ts'
import { serviceFieldLabels, usualQuestions, type Question, type ServiceField } from '../model/survey.ts'
import './survey.css'

/** 发起满意度调查: the usual questions, changed where they must be; every organ of the level is asked. */
export default function OpenSurveyPage() {
  const { organs, earliestLastDay } = useFetched(contract.invitableOrgans, {})
  const go = useGo()
  const served = organs.filter(({ below }) => !below).length
  return (
    <Page
      title="发起满意度调查"
      lead={`向本级 ${served} 个服务保障对象征求评价。各机关的评分只有自己能看到，结果只按合计公布。`}
      trail={[{ label: '满意度调查', path: '/consultation/surveys' }]}
    >
      <Section>
        <div className="opening">
          <EntryForm
            operation={contract.openSurvey}
            initial={{
              title: `${todayHere().slice(0, 4)}年度机关运行保障满意度调查`,
              questions: [...usualQuestions],
              answersUntil: earliestLastDay,
            }}
            submit="发起"
            onDone={({ survey }) => {
              tell(`已发起，${survey.invited} 个机关收到待办。`)
              go(`/consultation/surveys/${survey.id}`, { replace: true })
            }}
            onCancel={() => go('/consultation/surveys')}
          >
            <Field name="title" label="标题">
              <Input maxLength={200} />
            </Field>
            <Field name="answersUntil" label="评价截止日" help={`最早 ${earliestLastDay}。`}>
              <LocalDateInput min={earliestLastDay} />
            </Field>
            <Field
              name="questions"
              label="问题"
              help="每个服务事项一个问题，各年保持一致才能比较。机关没有使用的服务可以选“未使用”。"
            >
              <Questions />
            </Field>
          </EntryForm>
        </div>
      </Section>
    </Page>
  )
}

function Questions({
  value = [],
  onChange,
}: {
  id?: string
  value?: Question[]
  onChange?: (value: Question[]) => void
}) {
  const used = new Set(value.map(({ field }) => field))
  const free = (Object.keys(serviceFieldLabels) as ServiceField[]).filter((field) => !used.has(field))
  const change = (index: number, changes: Partial<Question>) =>
    onChange?.(value.map((question, at) => (at === index ? { ...question, ...changes } : question)))
  return (
    <div className="survey-questions">
      {value.map((question, index) => (
        <div key={question.field} className="survey-question-entry">
          <Select
            aria-label={`第 ${index + 1} 题的服务事项`}
            value={question.field}
            onChange={(field: ServiceField) => change(index, { field })}
            options={[question.field, ...free].map((field) => ({ value: field, label: serviceFieldLabels[field] }))}
          />
          <Input
            aria-label={`第 ${index + 1} 题`}
            maxLength={200}
            value={question.text}
            onChange={({ target }) => change(index, { text: target.value })}
          />
          <button
            type="button"
            className="link-button"
            aria-label={`删除第 ${index + 1} 题`}
            onClick={() => onChange?.(value.filter((_, at) => at !== index))}
          >
            删除
          </button>
        </div>
      ))}
      {free[0] && (
        <Button
          onClick={() =>
            onChange?.([...value, { field: free[0] as ServiceField, text: usualText(free[0] as ServiceField) }])
          }
        >
          增加一题
        </Button>
      )}
    </div>
  )
}

function usualText(field: ServiceField): string {
  return usualQuestions.find((question) => question.field === field)?.text ?? ''
}
