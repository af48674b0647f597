import { Input, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput, OpinionBox, YesBox } from '#kernel/web/form/inputs.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go, useGo } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import type { Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { DecisionPanel } from '#modules/decisions/web/DecisionPanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { repairGradeLabels } from '#modules/standards/rules/warehouse.ts'
import { contract } from '../contract.ts'
import { RepairStateTag } from './RepairStateTag.tsx'

type View = OutputOf<(typeof contract)['viewRequest']>
type Act = 'quote' | 'approve' | 'refuse' | 'finish' | 'fail' | 'pay' | 'forgo' | 'reverse'

/** One repair: what is wrong, what it costs against a new one, what became of it. */
export default function RequestPage({ params }: PageProps<'/repairs/requests/:requestId'>) {
  const view = useFetched(contract.viewRequest, { requestId: params.requestId })
  const { request, findings } = view
  const [open, setOpen] = useState<Act | null>(null)
  const close = () => setOpen(null)
  const withdraw = useSend(contract.withdrawRepair, { onDone: () => tell('已撤回。') })
  return (
    <>
      <Record
        title={request.thing}
        kind="资产维修"
        number={request.number}
        state={<RepairStateTag state={request.state} />}
        trail={[{ label: '资产维修', path: '/repairs/requests' }]}
        facts={factsOf(view)}
        notice={<Refusals of={withdraw.error} onRetry={withdraw.retry} />}
        actions={
          <Actions
            view={view}
            onOpen={setOpen}
            onWithdraw={() => withdraw.send({ requestId: request.id, version: request.version })}
          />
        }
        basis={
          <>
            <BasisPanel findings={findings} />
            <DecisionPanel subject={{ kind: 'repairs.request', id: request.id }} brief />
          </>
        }
        course={<CoursePanel caseId={request.caseId} />}
        files={<AttachmentsPanel caseId={request.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'repairs.request', id: request.id }} />}
      />
      {open === 'quote' && <QuoteDialog view={view} onClose={close} />}
      {open === 'pay' && <PayDialog view={view} onClose={close} />}
      {open === 'forgo' && <ForgoDialog view={view} onClose={close} />}
      {open === 'reverse' && <ReverseDialog view={view} onClose={close} />}
      {(open === 'approve' || open === 'refuse') && (
        <ApproveDialog view={view} approved={open === 'approve'} onClose={close} />
      )}
      {(open === 'finish' || open === 'fail') && (
        <FinishDialog view={view} repaired={open === 'finish'} onClose={close} />
      )}
    </>
  )
}

function Actions({
  view: { request, may, disposalLink },
  onOpen,
  onWithdraw,
}: {
  view: View
  onOpen: (act: Act) => void
  onWithdraw: () => void
}) {
  const go = useGo()
  const { state } = request
  return (
    <>
      {state === 'reported' && (
        <ActionButton primary refusal={may.quote} onClick={() => onOpen('quote')}>
          登记报价
        </ActionButton>
      )}
      {state === 'quoted' && (
        <>
          <ActionButton primary refusal={may.approve} onClick={() => onOpen('approve')}>
            批准大修
          </ActionButton>
          <ActionButton refusal={may.approve} onClick={() => onOpen('refuse')}>
            不予批准
          </ActionButton>
        </>
      )}
      {state === 'approved' && (
        <>
          <ActionButton primary refusal={may.finish} onClick={() => onOpen('finish')}>
            登记修复
          </ActionButton>
          <ActionButton refusal={may.finish} onClick={() => onOpen('fail')}>
            未能修复
          </ActionButton>
        </>
      )}
      {(state === 'reported' || state === 'quoted') && (
        <ActionButton refusal={may.withdraw} onClick={onWithdraw}>
          撤回
        </ActionButton>
      )}
      {request.finishedOn !== null && request.heldFen > 0 && (
        <>
          <ActionButton primary={disposalLink === null} refusal={may.pay} onClick={() => onOpen('pay')}>
            登记付款
          </ActionButton>
          <ActionButton refusal={may.pay} onClick={() => onOpen('forgo')}>
            不再付款
          </ActionButton>
        </>
      )}
      {request.paidOn !== null && (
        <ActionButton refusal={may.reverse} onClick={() => onOpen('reverse')}>
          冲销付款
        </ActionButton>
      )}
      {disposalLink !== null && (
        <ActionButton primary refusal={may.dispose} onClick={() => go(disposalLink)}>
          转入处置
        </ActionButton>
      )}
    </>
  )
}

function factsOf({ request, line }: View): Fact[] {
  const { offerFen, replacementFen, actualFen, grade } = request
  const yuan = (fen: number | null) => (fen === null ? null : <span className="number">{yuanText(fen)} 元</span>)
  return [
    {
      label: '资产卡片',
      value: <Go to={`/assets/cards/${request.cardId}`}>{request.cardNumber}</Go>,
      note: request.place || undefined,
    },
    { label: '申请', value: request.requestedOn, note: `${request.organName} ${request.requestedBy}` },
    { label: '维修报价', value: yuan(offerFen), note: request.repairer ?? undefined },
    { label: '重置价', value: yuan(replacementFen) },
    {
      label: '等级',
      value: grade && `${grade} ${repairGradeLabels[grade]}`,
      note: request.unsafe ? '存在安全隐患' : undefined,
    },
    { label: '实际费用', value: yuan(actualFen), note: request.voucherNumber || undefined },
    {
      label: '列支',
      value: line && <Go to={`/ledger/lines/${line.id}`}>{line.itemName}</Go>,
      note: line?.number,
    },
    {
      label: '付款',
      value:
        request.paidOn ??
        (request.heldFen > 0 ? <span className="number">占用 {yuanText(request.heldFen)} 元</span> : null),
      note: request.paidOn === null ? undefined : `发票 ${request.invoiceNumber ?? ''}，${request.paidBy ?? ''}`,
    },
    { label: '办结', value: request.finishedOn, note: request.answer || undefined },
    { label: '故障情况', value: request.fault, wide: true },
  ]
}

const stepOf = ({ request }: View) => ({ requestId: request.id, version: request.version })

function QuoteDialog({ view, onClose }: { view: View; onClose: () => void }) {
  return (
    <Dialog title="登记维修报价" onClose={onClose}>
      <EntryForm
        operation={contract.quoteRepair}
        fixed={stepOf(view)}
        initial={{
          replacementFen: view.replacement.fen,
          ...(view.lines[0] ? { ledgerLineId: view.lines[0].id } : {}),
        }}
        submit="核定"
        onDone={({ request }) => {
          tell(
            request.state === 'refused'
              ? '不值得维修，已转为不予维修。'
              : request.state === 'quoted'
                ? '大修，已报本机关负责人批准。'
                : '可以维修，请安排。',
          )
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="repairer" label="维修单位">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="offerFen" label="维修报价">
          <MoneyInput />
        </Field>
        <Field name="replacementFen" label="重置价" help={view.replacement.source}>
          <MoneyInput />
        </Field>
        <LineField view={view} help="批准后占用，付款时列支；不收费的可以不选。" />
        <Field name="unsafe" label="安全" optional>
          <YesBox>存在安全隐患，不宜再用</YesBox>
        </Field>
      </EntryForm>
    </Dialog>
  )
}

/** The plan line that pays for the repair. */
function LineField({ view: { lines }, help }: { view: View; help: string }) {
  return (
    <Field
      name="ledgerLineId"
      label="列支的计划行"
      help={lines.length === 0 ? '本机关本年度没有可用的维修（护）费计划行；不收费的可以不选。' : help}
      optional
    >
      <Select
        allowClear
        placeholder="不选"
        options={lines.map(({ id, number, itemName, remainingFen }) => ({
          value: id,
          label: `${itemName}（${number}）可用 ${yuanText(remainingFen)} 元`,
        }))}
      />
    </Field>
  )
}

function ApproveDialog({ view, approved, onClose }: { view: View; approved: boolean; onClose: () => void }) {
  const { send, error, retry } = useSend(contract.approveRepair, { onDone: onClose })
  return (
    <OpinionDialog
      title={approved ? '批准大修' : '不予批准大修'}
      required={!approved}
      phrases={approved ? ['同意维修'] : ['费用偏高，建议更新', '请转入处置']}
      submit={approved ? '批准' : '不予批准'}
      onSend={(opinion) => send({ ...stepOf(view), approved, opinion })}
      error={error}
      onRetry={retry}
      onClose={onClose}
    />
  )
}

function PayDialog({ view, onClose }: { view: View; onClose: () => void }) {
  return (
    <Dialog title={`登记付款：${yuanText(view.request.heldFen)} 元`} onClose={onClose}>
      <EntryForm
        operation={contract.payRepair}
        fixed={stepOf(view)}
        initial={{ paidOn: todayHere(), voucherNumber: view.request.voucherNumber ?? '' }}
        submit="登记付款"
        onDone={() => {
          tell('已登记付款，列入计划台账支出。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="invoiceNumber" label="发票号码">
          <Input maxLength={60} autoComplete="off" />
        </Field>
        <Field name="paidOn" label="付款日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="voucherNumber" label="会计凭证号">
          <Input maxLength={60} autoComplete="off" />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

function ForgoDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { send, error, retry } = useSend(contract.forgoPayment, {
    onDone: () => {
      tell('占用已释放回计划行。')
      onClose()
    },
  })
  return (
    <OpinionDialog
      title="不再付款"
      lead={`占用的 ${yuanText(view.request.heldFen)} 元释放回计划行，本次维修不再付款。`}
      required
      phrases={['保修期内免费维修', '由物业单位承担']}
      submit="不再付款"
      onSend={(opinion) => send({ ...stepOf(view), opinion })}
      error={error}
      onRetry={retry}
      onClose={onClose}
    />
  )
}

function ReverseDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { send, error, retry } = useSend(contract.reversePayment, {
    onDone: () => {
      tell('已冲销，款项重新占用，可以重新登记付款。')
      onClose()
    },
  })
  return (
    <OpinionDialog
      title="冲销付款"
      lead={`冲销 ${view.request.paidOn ?? ''} 登记的付款（发票 ${view.request.invoiceNumber ?? ''}），计划台账登记冲销，款项由本次维修重新占用。`}
      required
      phrases={['银行退票，账号有误', '发票有误']}
      submit="冲销"
      onSend={(opinion) => send({ ...stepOf(view), opinion })}
      error={error}
      onRetry={retry}
      onClose={onClose}
    />
  )
}

function FinishDialog({ view, repaired, onClose }: { view: View; repaired: boolean; onClose: () => void }) {
  return (
    <Dialog title={repaired ? '登记修复' : '登记未能修复'} onClose={onClose}>
      <EntryForm
        operation={contract.finishRepair}
        fixed={{ ...stepOf(view), repaired }}
        initial={{ finishedOn: todayHere(), actualFen: repaired ? (view.request.offerFen ?? 0) : 0 }}
        submit={repaired ? '修复，恢复使用' : '未能修复'}
        onDone={() => {
          tell(repaired ? '已修复，资产恢复使用。' : '已登记，可转入处置。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="finishedOn" label="完成日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="actualFen" label="实际费用">
          <MoneyInput />
        </Field>
        {view.request.ledgerLineId === null && (
          <LineField view={view} help="报价时不收费、实际发生费用的，选择列支的计划行。" />
        )}
        {view.line?.yearIsOver && (
          <LineField
            view={view}
            help={`占用的计划行所属年度已经结束。实际费用超过占用的 ${yuanText(view.request.heldFen)} 元时，选择本年度的计划行列支全部费用，原占用释放；不超过的不用选。`}
          />
        )}
        <Field name="voucherNumber" label="会计凭证号">
          <Input maxLength={60} autoComplete="off" />
        </Field>
        <Field name="opinion" label={repaired ? '说明' : '未能修复的原因'} optional={repaired}>
          <OpinionBox />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
