import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { shortInstant, todayHere } from '#kernel/web/dates.ts'
import { useFetched, usePages, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { answerStateLabels, serviceFieldLabels } from '../model/survey.ts'
import { Improvements } from './Improvements.tsx'
import { AnswerStateTag, SurveyStateTag } from './state-tags.tsx'
import { SurveyResults } from './SurveyResults.tsx'
import './survey.css'

export type SurveyView = OutputOf<(typeof contract)['viewSurvey']>
type Open = 'close' | 'withdraw' | null

/** A survey: results with trend, who has answered, what is improved. */
export default function SurveyPage({ params: { surveyId } }: PageProps<'/consultation/surveys/:surveyId'>) {
  const view = useFetched(contract.viewSurvey, { surveyId })
  const me = useMe()
  const go = useGo()
  const [open, setOpen] = useState<Open>(null)
  const { survey, seesAll, may, caseId } = view
  const leads = seesAll && me.organ?.id === survey.organId
  return (
    <>
      <Record
        title={survey.title}
        kind="满意度调查"
        number={survey.number}
        state={<SurveyStateTag state={survey.state} />}
        trail={[{ label: '满意度调查', path: '/consultation/surveys' }]}
        facts={[
          { label: '发起部门', value: survey.organName, note: `${survey.openedByName}，${survey.openedOn}` },
          { label: '评价截止', value: survey.answersUntil },
          {
            label: '评价机关',
            value: (
              <span className="number">
                {survey.answered} / {survey.invited} 个
              </span>
            ),
          },
          { label: '办结', value: survey.closedOn, note: survey.closedByName },
          { label: '结论', value: survey.conclusion, wide: true },
        ]}
        actions={
          <>
            {survey.mine && (
              <ActionButton
                primary={survey.mine.state === 'waiting'}
                onClick={() => go(`/consultation/answers/${survey.mine?.answerId}`)}
              >
                {survey.mine.state === 'waiting' ? '评价' : '查看本机关评价'}
              </ActionButton>
            )}
            {leads && survey.state === 'open' && (
              <>
                <ActionButton primary refusal={may.close} onClick={() => setOpen('close')}>
                  办结
                </ActionButton>
                <ActionButton refusal={may.withdraw} onClick={() => setOpen('withdraw')}>
                  撤销
                </ActionButton>
              </>
            )}
          </>
        }
        more={[
          { key: 'results', label: '结果', content: <SurveyResults view={view} /> },
          { key: 'improvements', label: '改进事项', content: <Improvements view={view} leads={leads} /> },
          ...(seesAll
            ? [
                {
                  key: 'organs',
                  label: `各机关（${survey.answered} / ${survey.invited}）`,
                  content: <Organs view={view} />,
                },
              ]
            : []),
          { key: 'questions', label: '问卷', content: <QuestionList view={view} /> },
        ]}
        course={caseId === null ? null : <CoursePanel caseId={caseId} />}
        changes={seesAll ? <ChangesPanel subject={{ kind: 'consultation.survey', id: surveyId }} /> : null}
      />
      {open === 'close' && <CloseDialog view={view} onClose={() => setOpen(null)} />}
      {open === 'withdraw' && <WithdrawDialog view={view} onClose={() => setOpen(null)} />}
    </>
  )
}

function QuestionList({ view: { survey } }: { view: SurveyView }) {
  return (
    <ol className="survey-questions section">
      {survey.questions.map(({ field, text }) => (
        <li key={field}>
          <span className="quiet">{serviceFieldLabels[field]}</span> {text}
        </li>
      ))}
    </ol>
  )
}

function Organs({ view: { survey } }: { view: SurveyView }) {
  const pages = usePages(contract.surveyAnswers, { surveyId: survey.id, limit: 100 })
  return (
    <Table
      label="各机关评价情况"
      columns={[
        { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 280 },
        {
          key: 'state',
          title: '状态',
          value: ({ state }) => answerStateLabels[state],
          render: ({ state }) => <AnswerStateTag state={state} overdue={todayHere() > survey.answersUntil} />,
          width: 140,
        },
        {
          key: 'submitted',
          title: '提交时间',
          value: ({ submittedAt }) => submittedAt && shortInstant(submittedAt),
          width: 160,
        },
      ]}
      pages={pages}
      keyOf={({ id }) => id}
      empty={<Empty title="没有被调查的机关。" />}
    />
  )
}

function CloseDialog({ view: { survey }, onClose }: { view: SurveyView; onClose: () => void }) {
  const close = useSend(contract.closeSurvey, {
    onDone: () => {
      tell('满意度调查已办结，各机关可以查看结果。')
      onClose()
    },
  })
  return (
    <OpinionDialog
      title="办结满意度调查"
      lead={`${survey.invited} 个机关中 ${survey.answered} 个已评价。办结后公布结果，不能再评价。`}
      label="结论"
      submit="办结"
      onSend={(conclusion) => close.send({ surveyId: survey.id, version: survey.version, conclusion })}
      error={close.error}
      onRetry={close.retry}
      onClose={onClose}
    />
  )
}

function WithdrawDialog({ view: { survey }, onClose }: { view: SurveyView; onClose: () => void }) {
  const withdraw = useSend(contract.withdrawSurvey, {
    onDone: () => {
      tell('满意度调查已撤销。')
      onClose()
    },
  })
  return (
    <OpinionDialog
      title="撤销满意度调查"
      lead="撤销后各机关不再评价，已经提交的评价不公布。撤销不能恢复。"
      label="撤销原因"
      required
      submit="撤销"
      onSend={(opinion) => withdraw.send({ surveyId: survey.id, version: survey.version, opinion })}
      error={withdraw.error}
      onRetry={withdraw.retry}
      onClose={onClose}
    />
  )
}
