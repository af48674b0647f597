import { Input } from 'antd'
import { useState } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
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
import { purposeLabels, requestKindLabels } from '../model.ts'
import { ConsentDialog } from './ConsentDialog.tsx'
import { FindingList } from './FindingList.tsx'
import { InspectionDialog } from './InspectionDialog.tsx'
import { isLate } from './RequestsPage.tsx'
import { gradeText, RequestStateTag } from './WarehouseTags.tsx'
import './warehouse.css'

type Open = 'refuse' | 'consent' | 'decline' | 'sign' | 'renew' | 'deny' | 'inspect' | null

const itemStates = { asked: '申请', dropped: '核减', out: '已领取', returned: '已归还' } as const

/** One loan or allotment: what was asked for, what was decided, who signed, when it is to be back. */
export default function RequestPage({ params }: PageProps<'/warehouse/requests/:requestId'>) {
  const { request, items, findings, may } = useFetched(contract.viewRequest, { requestId: params.requestId })
  const [open, setOpen] = useState<Open>(null)
  const [given, setGiven] = useState<ReadonlySet<string>>(new Set(items.map(({ itemId }) => itemId)))
  const close = () => setOpen(null)
  const step = { requestId: request.id, version: request.version }
  const done = (text: string) => ({
    onDone: () => {
      tell(text)
      close()
    },
  })
  const loan = request.kind === 'loan'
  const approve = useSend(contract.approveRequest, done(loan ? '已同意，等待领取签收。' : '已同意，转财政审核。'))
  const refuse = useSend(contract.refuseRequest, done('已办结：未同意。'))
  const withdraw = useSend(contract.withdrawRequest, done('已撤回。'))
  const decline = useSend(contract.declineRequest, done('已办结：财政未同意。'))
  const decide = useSend(contract.decideRenewal, done('已办理续借。'))
  const handBack = useSend(contract.handBack, done('已提交归还，等待验收。'))
  const deciding = may.approve === null
  return (
    <>
      <Record
        title={`${request.organName}${requestKindLabels[request.kind]} ${request.items} 件`}
        kind={`公物仓${requestKindLabels[request.kind]}`}
        number={request.number}
        state={<RequestStateTag state={request.state} late={isLate(request)} />}
        trail={[{ label: '借用和调拨', path: '/warehouse/requests' }]}
        facts={[
          { label: '用途', value: request.reason, note: purposeLabels[request.purpose] },
          {
            label: '应归还',
            value: request.dueOn,
            note: request.renewed ? '已续借' : request.renewalUntil ? `申请续借至 ${request.renewalUntil}` : undefined,
          },
          {
            label: '财政同意',
            value: request.consentedOn,
            note: request.consentDocument || undefined,
          },
          { label: '签收', value: request.signedOn, note: request.signedByName || undefined },
          { label: '原值', value: `${yuanText(request.costFen)} 元` },
          {
            label: '节约经费',
            value: request.signedOn === null ? null : `${yuanText(request.savedFen)} 元`,
            note: request.insteadOfPurchase ? '替代购置，同一机关同一物品只计一次' : '没有替代购置',
          },
        ]}
        notice={<Refusals of={approve.error ?? withdraw.error ?? handBack.error ?? decide.error} />}
        actions={
          <>
            {deciding && (
              <ActionButton
                primary
                refusal={
                  given.size === 0
                    ? [
                        {
                          code: 'none',
                          message: '没有勾选要给的物品。',
                          basis: null,
                          facts: {},
                          remedy: '请在表中勾选。',
                        },
                      ]
                    : null
                }
                busy={approve.sending}
                onClick={() =>
                  approve.send({ ...step, ...(given.size === items.length ? {} : { itemIds: [...given] }) })
                }
              >
                {given.size === items.length ? '同意' : `同意 ${given.size} 件`}
              </ActionButton>
            )}
            {may.refuse === null && (
              <ActionButton refusal={null} onClick={() => setOpen('refuse')}>
                不同意
              </ActionButton>
            )}
            {may.consent === null && (
              <ActionButton primary refusal={null} onClick={() => setOpen('consent')}>
                同意调拨
              </ActionButton>
            )}
            {may.decline === null && (
              <ActionButton refusal={null} onClick={() => setOpen('decline')}>
                不同意调拨
              </ActionButton>
            )}
            {may.sign === null && (
              <ActionButton primary refusal={null} onClick={() => setOpen('sign')}>
                签收
              </ActionButton>
            )}
            {may.handBack === null && (
              <ActionButton primary refusal={null} busy={handBack.sending} onClick={() => handBack.send(step)}>
                归还
              </ActionButton>
            )}
            {loan && request.state === 'lent' && may.handBack === null && (
              <ActionButton refusal={may.askRenewal} onClick={() => setOpen('renew')}>
                续借
              </ActionButton>
            )}
            {may.decideRenewal === null && (
              <>
                <ActionButton
                  primary
                  refusal={null}
                  busy={decide.sending}
                  onClick={() => decide.send({ ...step, granted: true })}
                >
                  同意续借
                </ActionButton>
                <ActionButton refusal={null} onClick={() => setOpen('deny')}>
                  不同意续借
                </ActionButton>
              </>
            )}
            {may.takeBack === null && (
              <ActionButton primary={request.state === 'returning'} refusal={null} onClick={() => setOpen('inspect')}>
                验收归还
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
            label="申请物品"
            rows={items}
            keyOf={({ itemId }) => itemId}
            href={({ itemId }) => `/warehouse/items/${itemId}`}
            height="auto"
            {...(deciding ? { selected: given, onSelect: setGiven } : {})}
            columns={[
              { key: 'name', title: '物品', value: ({ name }) => name, width: 160 },
              { key: 'number', title: '编号', value: ({ number }) => number, width: 90 },
              { key: 'model', title: '规格型号', value: ({ model }) => model, width: 170 },
              { key: 'quantity', title: '数量', kind: 'number', value: ({ quantity }) => quantity, width: 72 },
              { key: 'state', title: '办理', value: ({ state }) => itemStates[state], width: 90 },
              { key: 'place', title: '存放地点', value: ({ place }) => place, width: 120 },
              {
                key: 'outGrade',
                title: '出仓等级',
                value: ({ outGrade }) => outGrade && gradeText(outGrade),
                width: 120,
              },
              {
                key: 'back',
                title: '归还验收',
                value: ({ backGrade, backNote }) =>
                  backGrade && `${gradeText(backGrade)}${backNote && `：${backNote}`}`,
                width: 180,
              },
              { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, total: request.costFen },
              {
                key: 'savedFen',
                title: '节约',
                kind: 'yuan',
                value: ({ savedFen }) => savedFen,
                total: request.savedFen,
              },
            ]}
            empty={null}
          />
        }
        basis={<FindingList of={findings} none="没有适用的标准。" />}
        course={<CoursePanel caseId={request.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'warehouse.request', id: request.id }} />}
      />
      {open === 'refuse' && (
        <OpinionDialog
          title="不同意"
          label="理由"
          required
          submit="不同意"
          phrases={['已有其他机关优先使用', '超出配置标准', '用途不明确']}
          onSend={(opinion) => refuse.send({ ...step, opinion })}
          error={refuse.error}
          onRetry={refuse.retry}
          onClose={close}
        />
      )}
      {open === 'decline' && (
        <OpinionDialog
          title="不同意调拨"
          label="理由"
          required
          submit="不同意调拨"
          onSend={(opinion) => decline.send({ ...step, opinion })}
          error={decline.error}
          onRetry={decline.retry}
          onClose={close}
        />
      )}
      {open === 'deny' && (
        <OpinionDialog
          title="不同意续借"
          label="理由"
          required
          submit="不同意续借"
          onSend={(opinion) => decide.send({ ...step, granted: false, opinion })}
          error={decide.error}
          onRetry={decide.retry}
          onClose={close}
        />
      )}
      {open === 'consent' && (
        <ConsentDialog
          title="同意调拨"
          operation={contract.consentRequest}
          fixed={step}
          done="已同意，等待接收机关签收。"
          onClose={close}
        />
      )}
      {open === 'sign' && (
        <Dialog title={`签收 ${request.items} 件`} onClose={close}>
          <EntryForm
            operation={contract.signRequest}
            fixed={step}
            submit="核对无误，签收"
            onDone={() => {
              tell(loan ? `已签收，请于 ${request.dueOn} 前归还。` : '已签收，资产卡片已划转到本机关。')
              close()
            }}
            onCancel={close}
          >
            <p className="quiet">
              {loan
                ? '签收后由本机关保管，账面持有机关不变。'
                : '签收后资产卡片连同原值、累计折旧和历史划转到本机关，由签收人保管。'}
            </p>
            {loan ? (
              <></>
            ) : (
              <Field name="place" label="存放地点">
                <Input maxLength={120} autoComplete="off" />
              </Field>
            )}
          </EntryForm>
        </Dialog>
      )}
      {open === 'renew' && (
        <Dialog title="申请续借" onClose={close}>
          <EntryForm
            operation={contract.askRenewal}
            fixed={step}
            submit="申请续借"
            onDone={() => {
              tell('已申请续借，等待审核。')
              close()
            }}
            onCancel={close}
          >
            <Field name="until" label="续借至" help="只能续借一次，最长 6 个月。">
              <LocalDateInput />
            </Field>
            <Field name="reason" label="续借原因">
              <Input.TextArea rows={2} maxLength={300} />
            </Field>
          </EntryForm>
        </Dialog>
      )}
      {open === 'inspect' && <InspectionDialog request={request} items={items} onClose={close} />}
    </>
  )
}
