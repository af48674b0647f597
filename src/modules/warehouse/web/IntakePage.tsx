import { Input } from 'antd'
import { useState } from 'react'
import { addressOf } from '#kernel/web/client.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { YesBox } from '#kernel/web/form/inputs.tsx'
import { contract } from '../contract.ts'
import { itemStateLabels, triggerLabels } from '../model.ts'
import { FindingList } from './FindingList.tsx'
import { gradeText, IntakeStateTag, ItemStateTag } from './WarehouseTags.tsx'
import './warehouse.css'

type Open = 'handIn' | 'object' | 'sendBack' | 'resubmit' | 'refuse' | 'receive' | null

/** One intake from application to signature; each thing is photographed and appraised on its own page. */
export default function IntakePage({ params }: PageProps<'/warehouse/intakes/:intakeId'>) {
  const me = useMe()
  const { intake, items, findings, may } = useFetched(contract.viewIntake, { intakeId: params.intakeId })
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const step = { intakeId: intake.id, version: intake.version }
  const done = (text: string) => ({
    onDone: () => {
      tell(text)
      close()
    },
  })
  const approve = useSend(contract.approveIntake, done('已同意入仓，请安排验收鉴定。'))
  const object = useSend(contract.objectIntake, done('已说明理由，等待审核。'))
  const sendBack = useSend(contract.sendBackIntake, done('已退回补正。'))
  const refuse = useSend(contract.refuseIntake, done('已办结：不予入仓。'))
  const withdraw = useSend(contract.withdrawIntake, done('已撤回。'))
  const authority = me.organ?.parts.includes('authority') === true
  return (
    <>
      <Record
        title={`${intake.organName} ${intake.items} 件资产入仓`}
        kind="入仓申请"
        number={intake.number}
        state={<IntakeStateTag state={intake.state} />}
        trail={[{ label: '入仓申请', path: '/warehouse/intakes' }]}
        facts={[
          { label: '情形', value: triggerLabels[intake.trigger], note: intake.bodyName || `${intake.triggeredOn}发生` },
          {
            label: '应入仓',
            value: intake.dueOn ?? '不限期',
            note: intake.bodyName ? `${intake.triggeredOn}起算` : undefined,
          },
          { label: '资产', value: `${intake.items} 件`, note: `原值 ${yuanText(intake.costFen)} 元` },
          { label: '原因', value: intake.reason },
          {
            label: '验收',
            value: intake.receivedOn,
            note: intake.receivedOn ? `${intake.handedByName}移交，${intake.receiverName}接收` : undefined,
          },
        ]}
        notice={<Refusals of={approve.error ?? withdraw.error} />}
        actions={
          <>
            {may.approve === null && (
              <ActionButton primary refusal={null} busy={approve.sending} onClick={() => approve.send(step)}>
                同意入仓
              </ActionButton>
            )}
            {may.receive === null && (
              <ActionButton primary refusal={null} onClick={() => setOpen('receive')}>
                验收入仓
              </ActionButton>
            )}
            {may.handIn === null && (
              <ActionButton primary refusal={null} onClick={() => setOpen('handIn')}>
                移交
              </ActionButton>
            )}
            {may.resubmit === null && (
              <ActionButton primary refusal={null} onClick={() => setOpen('resubmit')}>
                重新提交
              </ActionButton>
            )}
            {may.object === null && (
              <ActionButton refusal={null} onClick={() => setOpen('object')}>
                说明不移交的理由
              </ActionButton>
            )}
            {may.sendBack === null && (
              <ActionButton refusal={null} onClick={() => setOpen('sendBack')}>
                退回补正
              </ActionButton>
            )}
            {may.refuse === null && (
              <ActionButton refusal={null} onClick={() => setOpen('refuse')}>
                不予入仓
              </ActionButton>
            )}
            {!authority && may.withdraw === null && (
              <ActionButton refusal={null} busy={withdraw.sending} onClick={() => withdraw.send(step)}>
                撤回
              </ActionButton>
            )}
          </>
        }
        details={
          <Table
            label="入仓清单"
            rows={items}
            keyOf={({ id }) => id}
            href={({ id }) => `/warehouse/items/${id}`}
            height="auto"
            columns={[
              { key: 'name', title: '资产', value: ({ name }) => name, width: 160 },
              {
                key: 'photo',
                title: '照片',
                value: ({ hasPhoto }) => (hasPhoto ? '有' : '缺'),
                render: ({ id, name, hasPhoto }) =>
                  hasPhoto ? (
                    <img
                      className="warehouse-thumb"
                      src={addressOf(contract.photo, { itemId: id })}
                      alt={`${name}照片`}
                      loading="lazy"
                    />
                  ) : (
                    '缺'
                  ),
                width: 64,
              },
              { key: 'model', title: '规格型号', value: ({ model }) => model, width: 170 },
              { key: 'grade', title: '鉴定等级', value: ({ grade }) => gradeText(grade), width: 120 },
              {
                key: 'state',
                title: '状态',
                value: ({ state }) => itemStateLabels[state],
                render: (item) => <ItemStateTag item={item} />,
                width: 104,
              },
              { key: 'number', title: '仓内编号', value: ({ number }) => number, width: 96 },
              { key: 'place', title: '存放地点', value: ({ place }) => place, width: 120 },
              { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, total: intake.costFen },
              {
                key: 'card',
                title: '卡片',
                value: () => '打开',
                render: ({ cardId }) => <Go to={`/assets/cards/${cardId}`}>打开</Go>,
                width: 72,
              },
            ]}
            empty={null}
          />
        }
        basis={<FindingList of={findings} none="这一情形没有规定期限。" />}
        course={<CoursePanel caseId={intake.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'warehouse.intake', id: intake.id }} />}
      />
      {open === 'object' && (
        <OpinionDialog
          title="说明不移交的理由"
          label="理由"
          required
          submit="提交"
          onSend={(opinion) => object.send({ ...step, opinion })}
          error={object.error}
          onRetry={object.retry}
          onClose={close}
        />
      )}
      {open === 'sendBack' && (
        <OpinionDialog
          title="退回补正"
          label="需要补正的内容"
          required
          submit="退回补正"
          phrases={['原因不清', '请核对清单']}
          onSend={(opinion) => sendBack.send({ ...step, opinion })}
          error={sendBack.error}
          onRetry={sendBack.retry}
          onClose={close}
        />
      )}
      {open === 'refuse' && (
        <OpinionDialog
          title="不予入仓"
          label="理由"
          required
          submit="不予入仓"
          phrases={['仍需本机关使用', '已无使用价值，请直接申请处置']}
          onSend={(opinion) => refuse.send({ ...step, opinion })}
          error={refuse.error}
          onRetry={refuse.retry}
          onClose={close}
        />
      )}
      {open === 'handIn' && (
        <Dialog title={`移交 ${intake.items} 件资产`} onClose={close}>
          <EntryForm operation={contract.handIn} fixed={step} submit="移交" onDone={close} onCancel={close}>
            <Field name="declaredFree" label="移交前核对">
              <YesBox>清单中没有涉密存储介质、武器、管制药品和危险物品</YesBox>
            </Field>
          </EntryForm>
        </Dialog>
      )}
      {open === 'resubmit' && (
        <Dialog title="重新提交入仓申请" onClose={close}>
          <EntryForm
            operation={contract.resubmitIntake}
            fixed={step}
            initial={{ reason: intake.reason }}
            submit="提交"
            onDone={close}
            onCancel={close}
          >
            <Field name="reason" label="原因">
              <Input.TextArea rows={3} maxLength={300} />
            </Field>
          </EntryForm>
        </Dialog>
      )}
      {open === 'receive' && (
        <Dialog title={`验收 ${intake.items} 件资产入仓`} onClose={close}>
          <EntryForm
            operation={contract.receiveIntake}
            fixed={step}
            initial={{ receiverName: me.person.name }}
            submit="验收入仓"
            onDone={() => {
              tell('已验收入仓。')
              close()
            }}
            onCancel={close}
          >
            <p className="quiet">每件都须有照片和鉴定等级。入仓后资产卡片改为“入公物仓”，账面持有机关不变。</p>
            <Field name="handedByName" label="移交人">
              <Input maxLength={40} autoComplete="off" />
            </Field>
            <Field name="receiverName" label="接收人">
              <Input maxLength={40} autoComplete="off" />
            </Field>
          </EntryForm>
        </Dialog>
      )}
    </>
  )
}
