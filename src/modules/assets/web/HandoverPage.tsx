import { useState } from 'react'
import { download } from '#kernel/web/client.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { HandoverStateTag } from './AssetStateTag.tsx'
import './assets.css'

/** The list to check and to sign; on a phone as on a screen. */
export default function HandoverPage({ params }: PageProps<'/assets/handovers/:handoverId'>) {
  const { handover, cards, may } = useFetched(contract.viewHandover, { handoverId: params.handoverId })
  const [declining, setDeclining] = useState(false)
  const step = { handoverId: handover.id, version: handover.version }
  const accept = useSend(contract.acceptHandover, { onDone: () => tell('已签收，这些资产由您保管。') })
  const decline = useSend(contract.declineHandover, {
    onDone: () => {
      tell('已退回。')
      setDeclining(false)
    },
  })
  const withdraw = useSend(contract.withdrawHandover, { onDone: () => tell('已撤回。') })
  const [fault, setFault] = useState<Error | null>(null)
  const print = () => {
    setFault(null)
    return download(contract.handoverSheet, { handoverId: handover.id }).catch((error: Error) => setFault(error))
  }
  return (
    <>
      <Record
        title={`${handover.fromName || '未指定'} 交接给 ${handover.toName}`}
        kind="资产交接"
        number={handover.number}
        state={<HandoverStateTag state={handover.state} />}
        trail={[{ label: '资产交接', path: '/assets/handovers' }]}
        facts={[
          { label: '资产', value: `${handover.cards} 件`, note: `原值 ${yuanText(handover.costFen)} 元` },
          { label: '原因', value: handover.reason },
          { label: '发起', value: handover.offeredOn, note: handover.offeredByName },
          { label: '办结', value: handover.answeredOn, note: handover.answer ?? undefined },
        ]}
        notice={
          <Refusals
            of={accept.error ?? withdraw.error ?? fault}
            onRetry={accept.error ? accept.retry : withdraw.retry}
          />
        }
        actions={
          <>
            {handover.state === 'offered' && (
              <>
                <ActionButton primary refusal={may.accept} busy={accept.sending} onClick={() => accept.send(step)}>
                  核对无误，签收
                </ActionButton>
                <ActionButton refusal={may.decline} onClick={() => setDeclining(true)}>
                  退回
                </ActionButton>
                <ActionButton refusal={may.withdraw} busy={withdraw.sending} onClick={() => withdraw.send(step)}>
                  撤回
                </ActionButton>
              </>
            )}
            <ActionButton onClick={print}>打印交接单</ActionButton>
          </>
        }
        details={
          <Table
            label="交接清单"
            rows={cards}
            keyOf={({ cardId }) => cardId}
            href={({ cardId }) => `/assets/cards/${cardId}`}
            height="auto"
            columns={[
              { key: 'name', title: '资产名称', value: ({ name }) => name, width: 190 },
              { key: 'number', title: '资产编号', value: ({ number }) => number },
              { key: 'place', title: '存放地点', value: ({ place }) => place },
              { key: 'from', title: '原保管人', value: ({ fromCustodianName }) => fromCustodianName, width: 110 },
              { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, total: handover.costFen },
            ]}
            empty={null}
          />
        }
        course={<CoursePanel caseId={handover.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'assets.handover', id: handover.id }} />}
      />
      {declining && (
        <OpinionDialog
          title="退回交接"
          label="退回的理由"
          required
          submit="退回"
          phrases={['数量不符', '编号不符', '资产已损坏']}
          onSend={(opinion) => decline.send({ ...step, opinion })}
          error={decline.error}
          onRetry={decline.retry}
          onClose={() => setDeclining(false)}
        />
      )}
    </>
  )
}
