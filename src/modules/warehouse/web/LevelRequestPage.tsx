import { useState } from 'react'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go } from '#kernel/web/going.tsx'
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
import { purposeLabels } from '../model.ts'
import { ConsentDialog } from './ConsentDialog.tsx'
import { FindingList } from './FindingList.tsx'
import { gradeText, LevelRequestStateTag } from './WarehouseTags.tsx'

type Open = 'refuse' | 'consent' | 'decline' | null

/** One request between levels: who asks for what, and what authority and finance of the giving level say. */
export default function LevelRequestPage({ params }: PageProps<'/warehouse/levels/requests/:levelRequestId'>) {
  const view = useFetched(contract.viewLevelRequest, { levelRequestId: params.levelRequestId })
  const { levelRequest: row, items, findings, giving, may } = view
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const step = { levelRequestId: row.id, version: row.version }
  const done = (text: string) => ({
    onDone: () => {
      tell(text)
      close()
    },
  })
  const agree = useSend(contract.agreeLevel, done('已同意，转本级财政部门审核；物品已为对方保留。'))
  const refuse = useSend(contract.refuseLevel, done('已答复：不同意。'))
  const decline = useSend(contract.declineLevel, done('已答复：财政不同意。'))
  const withdraw = useSend(contract.withdrawLevel, done('已撤回。'))
  return (
    <>
      <Record
        title={`${row.askingName}商请${row.giverName}公物仓调剂 ${row.items} 件`}
        kind="跨级调剂"
        number={row.number}
        state={<LevelRequestStateTag state={row.state} />}
        trail={[{ label: '跨级调剂', path: '/warehouse/levels/requests' }]}
        facts={[
          { label: '接收机关', value: row.receiverName, note: row.jurisdictionName },
          { label: '用途', value: row.reason, note: purposeLabels[row.purpose] },
          { label: '商请', value: row.askedOn, note: [row.askedByName, row.document].filter(Boolean).join('，') },
          { label: '给出方同意', value: row.agreedOn },
          { label: '给出方财政同意', value: row.consentedOn, note: row.consentDocument || undefined },
          {
            label: '签收',
            value:
              row.requestId && !giving ? (
                <Go to={`/warehouse/requests/${row.requestId}`}>{row.state === 'done' ? '已签收' : '待签收'}</Go>
              ) : row.state === 'done' ? (
                row.closedOn
              ) : null,
          },
          { label: '原值', value: `${yuanText(row.costFen)} 元` },
          ...(row.opinion === '' ? [] : [{ label: '意见', value: row.opinion }]),
        ]}
        notice={<Refusals of={agree.error ?? withdraw.error} />}
        actions={
          <>
            {may.agree === null && (
              <ActionButton
                primary
                refusal={null}
                busy={agree.sending}
                onClick={() => agree.send({ ...step, opinion: '' })}
              >
                同意
              </ActionButton>
            )}
            {may.refuse === null && (
              <ActionButton refusal={null} onClick={() => setOpen('refuse')}>
                不同意
              </ActionButton>
            )}
            {may.consent === null && (
              <ActionButton primary refusal={null} onClick={() => setOpen('consent')}>
                同意划转
              </ActionButton>
            )}
            {may.decline === null && (
              <ActionButton refusal={null} onClick={() => setOpen('decline')}>
                不同意划转
              </ActionButton>
            )}
            {may.withdraw === null && (
              <ActionButton refusal={null} busy={withdraw.sending} onClick={() => withdraw.send(step)}>
                撤回
              </ActionButton>
            )}
          </>
        }
        details={
          <Table
            label="商请物品"
            rows={items}
            keyOf={({ itemId }) => itemId}
            href={({ itemId }) => (giving ? `/warehouse/items/${itemId}` : null)}
            height="auto"
            columns={[
              { key: 'name', title: '物品', value: ({ name }) => name, width: 170 },
              { key: 'number', title: '编号', value: ({ number }) => number, width: 90 },
              { key: 'model', title: '规格型号', value: ({ model }) => model, width: 180 },
              { key: 'quantity', title: '数量', kind: 'number', value: ({ quantity }) => quantity, width: 72 },
              { key: 'grade', title: '等级', value: ({ grade }) => gradeText(grade), width: 120 },
              { key: 'store', title: '仓库', value: ({ storeName }) => storeName, width: 170 },
              { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, total: row.costFen },
            ]}
            empty={null}
          />
        }
        basis={<FindingList of={findings} none="没有按人数核定的标准。" />}
        course={<CoursePanel caseId={row.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'warehouse.level-request', id: row.id }} />}
      />
      {open === 'refuse' && (
        <OpinionDialog
          title="不同意调剂"
          label="理由"
          required
          submit="答复"
          phrases={['本级已有安排', '近期需应急备用']}
          onSend={(opinion) => refuse.send({ ...step, opinion })}
          error={refuse.error}
          onRetry={refuse.retry}
          onClose={close}
        />
      )}
      {open === 'decline' && (
        <OpinionDialog
          title="不同意划转"
          label="理由"
          required
          submit="答复"
          onSend={(opinion) => decline.send({ ...step, opinion })}
          error={decline.error}
          onRetry={decline.retry}
          onClose={close}
        />
      )}
      {open === 'consent' && (
        <ConsentDialog
          title="同意划转"
          operation={contract.consentLevel}
          fixed={step}
          done="已同意，由接收机关签收。"
          onClose={close}
        />
      )}
    </>
  )
}
