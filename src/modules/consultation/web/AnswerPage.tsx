import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { shortInstant, todayHere } from '#kernel/web/dates.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { OpinionBox } from '#kernel/web/form/inputs.tsx'
import { Go } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { contract } from '../contract.ts'
import { scoreLabels, serviceFieldLabels } from '../model/survey.ts'
import { AnswerStateTag } from './state-tags.tsx'
import './survey.css'

type View = OutputOf<(typeof contract)['viewAnswer']>
/** `undefined` is not answered yet, null not used. */
type Scores = readonly (number | null | undefined)[]

/** One organ's rating: one touch a question, on a phone as well. */
export default function AnswerPage({ params: { answerId } }: PageProps<'/consultation/answers/:answerId'>) {
  const view = useFetched(contract.viewAnswer, { answerId })
  const { answer, survey } = view
  return (
    <Record
      title={survey.title}
      kind="满意度评价"
      number={survey.number}
      state={<AnswerStateTag state={answer.state} overdue={todayHere() > survey.answersUntil} />}
      trail={[{ label: '满意度调查', path: '/consultation/surveys' }]}
      facts={[
        { label: '发起部门', value: survey.organName },
        { label: '评价截止', value: survey.answersUntil },
        { label: '评价机关', value: answer.organName, note: '评分只有本机关能看到，结果只按合计公布' },
        {
          label: '提交',
          value: answer.submittedAt === null ? null : shortInstant(answer.submittedAt),
          note: answer.submittedByName,
        },
        { label: '满意度调查', value: <Go to={`/consultation/surveys/${survey.id}`}>{survey.number}</Go> },
      ]}
      more={[
        {
          key: 'rating',
          label: '评价',
          content:
            view.may.rate === null || view.rating !== null ? (
              <Rating key={answer.version} view={view} />
            ) : (
              <p className="quiet">评分只有评价机关自己能看到。</p>
            ),
        },
      ]}
      course={<CoursePanel caseId={answer.caseId} />}
    />
  )
}

function Rating({ view: { answer, survey, rating, may } }: { view: View }) {
  const [scores, setScores] = useState<Scores>(() =>
    survey.questions.map((_, index) => (rating === null ? undefined : (rating.scores[index] ?? null))),
  )
  const [remark, setRemark] = useState(rating?.remark ?? '')
  const submit = useSend(contract.submitAnswer, {
    onDone: () => tell(rating === null ? '评价已提交。截止日前可以修改。' : '评价已修改。'),
  })
  const open = scores.filter((score) => score === undefined).length
  const refusal =
    may.rate ??
    (open > 0
      ? [
          {
            code: 'open',
            message: `还有 ${open} 题没有评价。`,
            basis: null,
            facts: {},
            remedy: '没有使用的服务请选“未使用”。',
          },
        ]
      : null)
  const locked = may.rate !== null
  return (
    <div className="survey-rating">
      <ol className="survey-questions survey-numbered">
        {survey.questions.map(({ field, text }, index) => (
          <li key={field}>
            <fieldset disabled={locked} className="survey-question">
              <legend>
                <b className="number">{index + 1}.</b> <span className="quiet">{serviceFieldLabels[field]}</span> {text}
              </legend>
              <div className="survey-scores">
                {([5, 4, 3, 2, 1, null] as const).map((score) => (
                  <label key={score ?? 'none'} className={scores[index] === score ? 'survey-chosen' : ''}>
                    <input
                      type="radio"
                      name={`question${index}`}
                      checked={scores[index] === score}
                      onChange={() => setScores(scores.map((old, at) => (at === index ? score : old)))}
                    />
                    {score === null ? '未使用' : scoreLabels[score]}
                  </label>
                ))}
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
      <label htmlFor="remark">
        意见建议<span className="field-optional">（选填，汇总时不显示机关名称）</span>
      </label>
      <OpinionBox
        id="remark"
        maxLength={2000}
        disabled={locked}
        value={remark}
        onChange={(text) => setRemark(text ?? '')}
      />
      <Refusals of={submit.error} onRetry={submit.retry} />
      <div className="answer-foot row">
        <ActionButton
          primary
          refusal={refusal}
          busy={submit.sending}
          onClick={() =>
            submit.send({
              answerId: answer.id,
              version: answer.version,
              scores: scores.map((score) => score ?? null),
              remark: remark.trim(),
            })
          }
        >
          {rating === null ? '提交评价' : '提交修改'}
        </ActionButton>
      </div>
    </div>
  )
}
