import { z } from 'zod'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { holdsAny, readsLevel } from '#kernel/pure/actor.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { answerStateLabels, SurveyState, surveyStateLabels } from '../model/survey.ts'
import { leadRoles } from '../policy.ts'
import { AnswerStateTag, SurveyStateTag } from './state-tags.tsx'
import './survey.css'

type Survey = OutputOf<(typeof contract)['surveys']>['items'][number]
const Filters = z.object({ state: SurveyState.optional() })

const columns: Column<Survey>[] = [
  { key: 'title', title: '标题', value: ({ title }) => title, width: 360 },
  {
    key: 'state',
    title: '状态',
    value: ({ state }) => surveyStateLabels[state],
    render: ({ state }) => <SurveyStateTag state={state} />,
    width: 112,
  },
  {
    key: 'mine',
    title: '本机关',
    value: ({ mine }) => (mine === null ? null : answerStateLabels[mine.state]),
    render: ({ mine, answersUntil }) =>
      mine === null ? null : <AnswerStateTag state={mine.state} overdue={todayHere() > answersUntil} />,
    width: 128,
  },
  { key: 'until', title: '评价截止', kind: 'date', value: ({ answersUntil }) => answersUntil, width: 112 },
  { key: 'answered', title: '评价机关', value: ({ answered, invited }) => `${answered} / ${invited}`, width: 100 },
  { key: 'openedOn', title: '发起日期', kind: 'date', value: ({ openedOn }) => openedOn, width: 112 },
  { key: 'organ', title: '发起部门', value: ({ organName }) => organName, width: 200 },
  { key: 'number', title: '编号', value: ({ number }) => number, width: 210, optional: true },
]

/** Satisfaction surveys of the level, or those that asked the own organ (Art. 38). */
export default function SurveysPage() {
  const [{ state }, change] = useFilters(Filters)
  const go = useGo()
  const { person, organ, roles } = useMe()
  const actor = { kind: 'person' as const, personId: person.id, name: person.name, organ, roles }
  const leads = organ !== null && holdsAny(actor, leadRoles) && readsLevel(actor, organ.jurisdictionCode)
  const pages = usePages(contract.surveys, { ...(state ? { state } : {}), limit: 100 })
  const { first } = pages
  return (
    <Page
      title="满意度调查"
      lead="定期征求服务保障对象的评价和意见，改进事项跟踪到完成。"
      actions={
        leads && (
          <ActionButton primary refusal={first?.may.open ?? null} onClick={() => go('/consultation/surveys/new')}>
            发起满意度调查
          </ActionButton>
        )
      }
    >
      {first?.nextDueOn && (
        <p className={first.overdue ? 'survey-due survey-overdue' : 'survey-due'}>
          {first.overdue
            ? `下一次调查应于 ${first.nextDueOn} 前发起，已经逾期。`
            : `下一次调查应于 ${first.nextDueOn} 前发起。`}
          <span className="quiet">依据：《山西省机关运行保障条例》第三十八条；间隔为项目默认值</span>
        </p>
      )}
      <Section>
        <Table
          label="满意度调查列表"
          columns={columns}
          pages={pages}
          keyOf={({ id }) => id}
          href={({ id, mine }) =>
            mine?.state === 'waiting' ? `/consultation/answers/${mine.answerId}` : `/consultation/surveys/${id}`
          }
          tools={
            <ChoiceFilter
              label="状态"
              labels={surveyStateLabels}
              value={state}
              onChange={(chosen) => change({ state: chosen })}
            />
          }
          empty={
            <Empty title={state ? '没有符合条件的调查' : '还没有满意度调查'}>
              {leads
                ? '点“发起满意度调查”，向本级全部服务保障对象征求评价。'
                : '机关事务管理部门征求本机关评价时，会出现在这里和待办中。'}
            </Empty>
          }
        />
      </Section>
    </Page>
  )
}
