import { useEffect, useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../../contract.ts'
import { correctionFields } from '../../model/personal-data.ts'
import { CorrectionStateTag } from './correction-state.tsx'

/** One request, opened: what is registered, what is wanted and why. Opening it is an act of its own, and recorded. */
export default function CorrectionPage({ params: { correctionId } }: PageProps<'/people/corrections/:correctionId'>) {
  const [opened, setOpened] = useState<OutputOf<typeof contract.openCorrection> | null>(null)
  const { send: open, error, retry } = useSend(contract.openCorrection, { onDone: setOpened, invalidates: [] })
  const [declining, setDeclining] = useState(false)
  const decide = useSend(contract.decideCorrection, {
    invalidates: [contract.corrections],
    onDone: (head) => {
      tell(head.state === 'done' ? '已更正，并已告知本人。' : '已答复本人。')
      setDeclining(false)
      setOpened((before) => before && { ...before, ...head, content: null })
    },
  })
  useEffect(() => void open({ correctionId }), [open, correctionId])
  if (error) return <ErrorPanel error={error} onRetry={() => void retry()} />
  if (opened === null) return <Skeleton />
  const { field, state, content, present, may } = opened
  return (
    <>
      <Record
        title={`更正${correctionFields[field]}`}
        state={<CorrectionStateTag state={state} />}
        trail={[{ label: '更正申请', path: '/people/corrections' }]}
        facts={[
          { label: '申请人', value: opened.personName, note: opened.organName },
          { label: '申请时间', value: shortInstant(opened.askedAt) },
          { label: `现登记的${correctionFields[field]}`, value: present ?? '未登记' },
          { label: '申请更正为', value: content ? <b>{content.wanted}</b> : null },
          { label: '理由', value: content?.reason ?? null, wide: true },
          {
            label: '办理',
            value: opened.decidedAt ? `${opened.decidedByName ?? '本人撤回'}　${shortInstant(opened.decidedAt)}` : null,
            note: content === null ? '申请内容办结后已删除' : null,
          },
          { label: '答复', value: opened.answer, wide: true },
        ]}
        actions={
          state === 'asked' && (
            <>
              <ActionButton
                primary
                refusal={may.decide}
                onClick={() => decide.send({ correctionId, decision: 'done' })}
              >
                核对无误，更正
              </ActionButton>
              <ActionButton refusal={may.decide} onClick={() => setDeclining(true)}>
                不予更正
              </ActionButton>
            </>
          )
        }
        notice={<Refusals of={declining ? null : decide.error} />}
      />
      {declining && (
        <OpinionDialog
          title="不予更正"
          label="理由"
          required
          submit="答复"
          onSend={(answer) => decide.send({ correctionId, decision: 'declined', answer })}
          error={decide.error}
          onRetry={decide.retry}
          onClose={() => setDeclining(false)}
        />
      )}
    </>
  )
}
