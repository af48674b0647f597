import { useState } from 'react'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { readsLevel } from '#kernel/pure/actor.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { serviceFieldLabels } from '../model/survey.ts'
import { ImprovementStateTag } from './Improvements.tsx'

/** One improvement from the problem to its result. */
export default function ImprovementPage({
  params: { improvementId },
}: PageProps<'/consultation/improvements/:improvementId'>) {
  const improvement = useFetched(contract.viewImprovement, { improvementId })
  const [finishing, setFinishing] = useState(false)
  const { person, organ, roles } = useMe()
  const actor = { kind: 'person' as const, personId: person.id, name: person.name, organ, roles }
  const inside = organ !== null && readsLevel(actor, organ.jurisdictionCode)
  const finish = useSend(contract.finishImprovement, {
    onDone: () => {
      tell('改进结果已登记。')
      setFinishing(false)
    },
  })
  return (
    <>
      <Record
        title={improvement.problem}
        kind="服务改进事项"
        state={<ImprovementStateTag improvement={improvement} />}
        trail={[
          { label: '满意度调查', path: '/consultation/surveys' },
          { label: '改进事项', path: `/consultation/surveys/${improvement.surveyId}?tab=improvements` },
        ]}
        facts={[
          { label: '服务事项', value: serviceFieldLabels[improvement.field] },
          { label: '责任处室或责任人', value: improvement.ownerName },
          { label: '完成期限', value: improvement.dueOn },
          { label: '完成日期', value: improvement.doneOn },
          { label: '来源', value: <Go to={`/consultation/surveys/${improvement.surveyId}`}>满意度调查</Go> },
          { label: '改进措施', value: improvement.measure, wide: true },
          { label: '改进结果', value: improvement.result, wide: true },
        ]}
        actions={
          inside && (
            <ActionButton primary refusal={improvement.may.finish} onClick={() => setFinishing(true)}>
              登记结果
            </ActionButton>
          )
        }
        course={inside ? <CoursePanel caseId={improvement.caseId} /> : null}
        files={inside ? <AttachmentsPanel caseId={improvement.caseId} /> : null}
        changes={inside ? <ChangesPanel subject={{ kind: 'consultation.improvement', id: improvement.id }} /> : null}
      />
      {finishing && (
        <OpinionDialog
          title="登记改进结果"
          label="改进结果"
          required
          submit="登记"
          onSend={(result) => finish.send({ improvementId, version: improvement.version, result })}
          error={finish.error}
          onRetry={finish.retry}
          onClose={() => setFinishing(false)}
        />
      )}
    </>
  )
}
