import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go, useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Section, type Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import type { Standard } from '#modules/standards/model.ts'
import { valueText } from '#modules/standards/rules/value-text.ts'
import { contract } from '../contract.ts'
import { nameWithScope } from '../rules/wording.ts'
import { ReviewStateTag } from './DraftStateTag.tsx'
import './drafting.css'

type View = OutputOf<(typeof contract)['viewExpenditureReview']>

/** One review of finance: what changed, what rests on it, and either a revision or words why none is needed. */
export default function ExpenditureReviewPage({
  params: { reviewId },
}: PageProps<'/standards/expenditure-reviews/:reviewId'>) {
  const view = useFetched(contract.viewExpenditureReview, { reviewId })
  const [keeping, setKeeping] = useState(false)
  const go = useGo()
  const { review, changed, resting, may } = view
  const subject = { kind: 'drafting.expenditure-review', id: review.id }
  const rows = resting.map(({ id }) => `row=${id}`).join('&')
  return (
    <>
      <Record
        title={review.document}
        kind="支出标准复核"
        state={<ReviewStateTag state={review.state} />}
        trail={[{ label: '支出标准复核', path: '/standards/expenditure-reviews' }]}
        facts={factsOf(view)}
        actions={
          review.state === 'open' && (
            <>
              <ActionButton
                primary
                refusal={may.revise}
                onClick={() =>
                  go(`/standards/drafts/new?matter=expenditure&review=${review.id}${rows === '' ? '' : `&${rows}`}`)
                }
              >
                修订支出标准
              </ActionButton>
              <ActionButton refusal={may.keep} onClick={() => setKeeping(true)}>
                不作调整
              </ActionButton>
            </>
          )
        }
        details={
          <>
            <Section title="变化的实物定额和服务标准">
              <StandardList rows={changed} empty="这些标准已不再适用。" />
            </Section>
            <Section title="据以制定的支出定额和开支标准">
              <StandardList rows={resting} empty="还没有据以制定的支出定额和开支标准，请研究是否需要制定。" />
            </Section>
          </>
        }
        course={review.caseId === null ? null : <CoursePanel caseId={review.caseId} />}
        files={review.caseId === null ? null : <AttachmentsPanel caseId={review.caseId} />}
        changes={<ChangesPanel subject={subject} />}
      />
      {keeping && <KeepDialog view={view} onClose={() => setKeeping(false)} />}
    </>
  )
}

function factsOf({ review }: View): Fact[] {
  return [
    { label: '由来', value: <Go to={`/standards/drafts/${review.draftId}`}>批准的标准</Go> },
    { label: '复核部门', value: review.organName },
    { label: '发起', value: review.openedOn },
    { label: '期限', value: review.dueOn },
    {
      label: '修订草案',
      value:
        review.revisionDraftId === null ? null : <Go to={`/standards/drafts/${review.revisionDraftId}`}>查看草案</Go>,
    },
    {
      label: '结论',
      value: review.opinion,
      note: review.concludedOn && `${review.concludedByName ?? ''}，${review.concludedOn}`,
      wide: true,
    },
  ]
}

function StandardList({ rows, empty }: { rows: readonly Standard[]; empty: string }) {
  if (rows.length === 0) return <p className="quiet">{empty}</p>
  return (
    <ul className="pick-list">
      {rows.map((row) => (
        <li key={row.id}>
          <div>
            <p>
              <Go to={`/standards/${row.code}`}>{nameWithScope(row)}</Go>
            </p>
            <p>{valueText(row.value)}</p>
            <p className="quiet">
              {row.from} 起 · {row.citation}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

function KeepDialog({ view: { review }, onClose }: { view: View; onClose: () => void }) {
  const { send, error, retry } = useSend(contract.keepExpenditure, {
    onDone: () => {
      tell('复核已办结，不作调整。')
      onClose()
    },
  })
  return (
    <OpinionDialog
      title="不作调整"
      lead="说明据以制定的支出定额和开支标准为什么不需要调整。"
      label="理由"
      required
      submit="不作调整"
      onSend={(opinion) => send({ reviewId: review.id, version: review.version, opinion })}
      error={error}
      onRetry={retry}
      onClose={onClose}
    />
  )
}
