import { Chart } from '#kernel/web/chart/Chart.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { fewestAnswers, scoreLabels, serviceFieldLabels, type ServiceField } from '../model/survey.ts'
import type { SurveyView } from './SurveyPage.tsx'
import './survey.css'

type Row = {
  field: ServiceField
  text: string
  answers: number
  average: number | null
  satisfiedBp: number | null
  spread: readonly number[]
  /** Difference to the survey before, in points. */
  change: number | null
}

/** By question, with the survey before; by kinds of organ; remarks without names (norm A5-1). */
export function SurveyResults({ view }: { view: SurveyView }) {
  const { survey, results, groups, remarks, trend } = view
  if (survey.state === 'withdrawn') return <Empty title="调查已撤销，没有结果。" />
  if (results === null) return <Empty title="办结后公布结果">评价期间不显示中间结果，以免影响其他机关评价。</Empty>
  const before = trend.at(-2)?.averages
  const rows: Row[] = survey.questions.map(({ field, text }, index) => {
    const result = results[index] ?? { answers: 0, average: null, satisfiedBp: null, spread: [] }
    const old = before?.find((one) => one.field === field)?.average ?? null
    const change = old === null || result.average === null ? null : Math.round((result.average - old) * 100) / 100
    return { field, text, ...result, change }
  })
  return (
    <div className="stack">
      <Section title="各项服务">
        <Table
          label="各项服务的评价"
          columns={columns}
          rows={rows}
          keyOf={({ field }) => field}
          height="none"
          empty={<Empty title="没有问题。" />}
        />
        <p className="quiet">
          评分 1 至 5 分；满意率为“满意”和“很满意”所占比例。评价少于 {fewestAnswers} 个的不单独显示。
        </p>
      </Section>
      {trend.length > 1 && <Trend view={view} />}
      {groups.length > 0 && (
        <Section title="按机关类别">
          <Table
            label="按机关类别的平均分"
            columns={groupColumns(view)}
            rows={groups}
            keyOf={({ name }) => name}
            height="none"
            empty={null}
          />
          <p className="quiet">评价少于 {fewestAnswers} 个的类别与其他类别合并。</p>
        </Section>
      )}
      {view.seesAll && (
        <Section title={`意见建议（${remarks.length}）`}>
          {remarks.length === 0 ? (
            <p className="quiet">没有意见建议。</p>
          ) : (
            <ul className="survey-remarks">
              {remarks.map((remark, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- two organs may say the same
                <li key={index}>{remark}</li>
              ))}
            </ul>
          )}
        </Section>
      )}
    </div>
  )
}

const points = (value: number | null) => (value === null ? null : value.toFixed(2))

const columns: Column<Row>[] = [
  { key: 'field', title: '服务事项', value: ({ field }) => serviceFieldLabels[field], width: 180 },
  { key: 'answers', title: '评价', kind: 'number', unit: '个', value: ({ answers }) => answers, width: 88 },
  { key: 'average', title: '平均分', kind: 'number', value: ({ average }) => points(average), width: 92 },
  {
    key: 'change',
    title: '较上次',
    kind: 'number',
    value: ({ change }) => (change === null ? null : `${change > 0 ? '+' : ''}${change.toFixed(2)}`),
    width: 92,
  },
  { key: 'satisfied', title: '满意率', kind: 'percent', value: ({ satisfiedBp }) => satisfiedBp, width: 100 },
  ...([5, 4, 3, 2, 1] as const).map((score): Column<Row> => ({
    key: `score${score}`,
    title: scoreLabels[score],
    kind: 'number',
    value: ({ spread }) => spread[score - 1] ?? null,
    width: 88,
  })),
  { key: 'text', title: '问题', value: ({ text }) => text, width: 320, optional: true },
]

function groupColumns({ survey }: SurveyView): Column<SurveyView['groups'][number]>[] {
  return [
    { key: 'name', title: '机关类别', value: ({ name }) => name, width: 280 },
    ...survey.questions.map(({ field }, index): Column<SurveyView['groups'][number]> => ({
      key: field,
      title: serviceFieldLabels[field],
      kind: 'number',
      value: ({ results }) => points(results[index]?.average ?? null),
      width: 130,
    })),
  ]
}

type Turn = SurveyView['trend'][number]

/** The lowest fields of this survey over the years: what should have become better. */
function Trend({ view: { survey, trend } }: { view: SurveyView }) {
  const now = trend.at(-1)?.averages ?? []
  const overall = survey.questions.some(({ field }) => field === 'overall') ? (['overall'] as const) : []
  const lowest = now
    .filter(({ field, average }) => average !== null && field !== 'overall')
    .toSorted((a, b) => (a.average ?? 0) - (b.average ?? 0))
    .slice(0, 3)
    .map(({ field }) => field)
  const of = ({ averages }: Turn, field: ServiceField) => averages.find((one) => one.field === field)?.average ?? null
  return (
    <Section title="历次比较">
      <Chart
        title="总体评价和得分最低的三项"
        shape="line"
        rows={trend}
        along={{ key: 'openedOn', title: '调查', kind: 'date', value: ({ openedOn }) => openedOn }}
        series={[...overall, ...lowest].map((field) => ({
          key: field,
          title: serviceFieldLabels[field],
          kind: 'number' as const,
          unit: '分',
          value: (turn: Turn) => of(turn, field),
        }))}
        source={`来源：历次满意度调查，截至 ${survey.closedOn ?? ''}`}
      />
    </Section>
  )
}
