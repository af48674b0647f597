import { useState } from 'react'
import { shortInstant, todayHere } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import type { Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { stanceLabels } from '../model.ts'
import { AnswerForm } from './AnswerForm.tsx'
import { DraftText } from './DraftText.tsx'
import { ItemText } from './ItemText.tsx'
import { OpinionStateTag } from './state-tags.tsx'
import { useAnswer, type OpinionView } from './use-answer.ts'
import './consultation.css'

/** What one organ was asked and says: the draft beside the answer; on a phone one under the other. */
export default function OpinionPage({ params: { opinionId } }: PageProps<'/consultation/opinions/:opinionId'>) {
  const view = useFetched(contract.viewOpinion, { opinionId })
  const { organ } = useMe()
  const { opinion, consultation, may } = view
  const isOwn = organ?.id === opinion.organId
  const [editing, setEditing] = useState(isOwn && opinion.state === 'waiting' && may.answer === null)
  return (
    <Record
      title={consultation.title}
      kind="答复征求意见"
      number={consultation.number}
      state={
        <OpinionStateTag state={opinion.state} late={opinion.late} overdue={todayHere() > consultation.opinionsUntil} />
      }
      trail={[{ label: '征求意见', path: '/consultation/consultations' }]}
      facts={factsOf(view)}
      actions={
        isOwn &&
        !editing && (
          <ActionButton primary={opinion.state === 'waiting'} refusal={may.answer} onClick={() => setEditing(true)}>
            {opinion.state === 'waiting' ? '答复' : '修改答复'}
          </ActionButton>
        )
      }
      more={[
        {
          key: 'answer',
          label: '答复',
          content: editing ? <Answering view={view} onSent={() => setEditing(false)} /> : <Reading view={view} />,
        },
      ]}
      course={<CoursePanel caseId={opinion.caseId} />}
      files={<AttachmentsPanel caseId={opinion.caseId} />}
      changes={<ChangesPanel subject={{ kind: 'consultation.opinion', id: opinion.id }} />}
    />
  )
}

function Answering({ view, onSent }: { view: OpinionView; onSent: () => void }) {
  const answer = useAnswer(view)
  const [focused, setFocused] = useState<string | null>(null)
  return (
    <div className="answering">
      <section className="section" aria-label="征求意见稿">
        <h2>征求意见稿</h2>
        <DraftText draft={view.consultation} onPlace={(place) => setFocused(answer.add(place))} />
      </section>
      <AnswerForm view={view} answer={answer} focused={focused} onSent={onSent} />
    </div>
  )
}

function Reading({ view: { opinion, consultation, items } }: { view: OpinionView }) {
  return (
    <div className="answering">
      <section className="section" aria-label="征求意见稿">
        <h2>征求意见稿</h2>
        <DraftText draft={consultation} />
      </section>
      <section className="section" aria-label="答复">
        <h2>{opinion.stance === null ? '尚未答复' : `${opinion.organName}：${stanceLabels[opinion.stance]}`}</h2>
        {items.length > 0 && (
          <ol className="opinion-list">
            {items.map((item) => (
              <li key={item.id}>
                <ItemText item={item} />
              </li>
            ))}
          </ol>
        )}
        {items.length > 0 && consultation.state !== 'closed' && <p className="quiet">采纳情况在征求意见办结后公布。</p>}
      </section>
    </div>
  )
}

function factsOf({ opinion, consultation }: OpinionView): Fact[] {
  return [
    { label: '发起部门', value: consultation.organName },
    { label: '反馈截止', value: consultation.opinionsUntil },
    { label: '答复机关', value: opinion.organName },
    {
      label: '提交',
      value: opinion.submittedAt === null ? null : shortInstant(opinion.submittedAt),
      note: opinion.submittedByName,
    },
    {
      label: '征求意见',
      value: <Go to={`/consultation/consultations/${consultation.id}`}>{consultation.number}</Go>,
      note: consultation.closedOn && `${consultation.closedOn} 办结`,
    },
  ]
}
