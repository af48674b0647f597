import { Input, Select } from 'antd'
import type { Operation, OutputOf } from '#kernel/pure/contract.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { todayHere } from '#kernel/web/dates.ts'
import { useSend } from '#kernel/web/fetching.ts'
import { Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput } from '#kernel/web/form/inputs.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { AwardForm } from './AwardForm.tsx'
import { CardsForm } from './CardsForm.tsx'
import { ContractDialog } from './ContractDialog.tsx'
import { AcceptanceRows, SupplementRows } from './EntryRows.tsx'
import type { View } from './PurchasePage.tsx'
import { Step, type StepProps } from './Step.tsx'

export type DialogName =
  | 'approve'
  | 'giveBack'
  | 'consent'
  | 'refuse'
  | 'intention'
  | 'start'
  | 'award'
  | 'terminate'
  | 'publishResult'
  | 'contract'
  | 'publishContract'
  | 'fileContract'
  | 'supplement'
  | 'accept'
  | 'sign'
  | 'returnAcceptance'
  | 'cards'
  | 'pay'
  | 'close'

type Props = StepProps

/** The form of one step; what the file knows already is filled in. */
export function PurchaseDialog({ name, ...props }: Props & { name: DialogName }) {
  switch (name) {
    case 'intention':
      return (
        <Step
          {...props}
          title="登记意向公开"
          operation={contract.publishIntention}
          initial={{ publishedOn: todayHere() }}
          done="已登记采购意向公开。"
        >
          <Field name="publishedOn" label="公开日期">
            <LocalDateInput max={todayHere()} />
          </Field>
          <Field name="address" label="公开的网址">
            <Input maxLength={300} autoComplete="off" placeholder="中国政府采购网山西分网的网址" />
          </Field>
        </Step>
      )
    case 'start':
      return <StartDialog {...props} />
    case 'award':
      return (
        <Dialog title="登记中标、成交结果" onClose={props.onClose} wide>
          <AwardForm {...props} />
        </Dialog>
      )
    case 'contract':
      return <ContractDialog {...props} />
    case 'publishResult':
      return (
        <DayDialog
          {...props}
          title="登记结果公告"
          operation={contract.publishResult}
          field="publishedOn"
          label="公告日期"
        />
      )
    case 'publishContract':
      return (
        <DayDialog
          {...props}
          title="登记合同公告"
          operation={contract.publishContract}
          field="publishedOn"
          label="公告日期"
        />
      )
    case 'fileContract':
      return (
        <DayDialog {...props} title="登记合同备案" operation={contract.fileContract} field="filedOn" label="备案日期" />
      )
    case 'supplement':
      return (
        <Step
          {...props}
          title="登记补充合同"
          operation={contract.supplementContract}
          initial={{ signedOn: todayHere(), items: [] }}
          done="已登记补充合同，计划资金已占用。"
          wide
        >
          <Field name="items" label="增加的数量" help="与原合同同样的货物、同样的单价，累计不超过原合同金额的10%。">
            <SupplementRows view={props.view} />
          </Field>
          <Field name="number" label="补充合同编号">
            <Input maxLength={60} autoComplete="off" />
          </Field>
          <Field name="signedOn" label="签订日期">
            <LocalDateInput max={todayHere()} />
          </Field>
          <Field name="reason" label="增加的理由">
            <Input.TextArea rows={2} maxLength={500} />
          </Field>
        </Step>
      )
    case 'accept':
      return (
        <Step
          {...props}
          title="填写验收单"
          operation={contract.draftAcceptance}
          initial={{
            deliveredOn: todayHere(),
            conclusion: '数量、规格型号与合同一致，验收合格。',
            items: deliveryOf(props.view),
          }}
          done="验收单已填写，请另一人复核签字。"
          wide
        >
          <Field name="items" label="到货和合格数量">
            <AcceptanceRows view={props.view} />
          </Field>
          <Field name="deliveredOn" label="到货日期">
            <LocalDateInput max={todayHere()} />
          </Field>
          <Field name="conclusion" label="验收结论">
            <Input.TextArea rows={2} maxLength={500} />
          </Field>
        </Step>
      )
    case 'cards':
      return (
        <Dialog title="按验收建立资产卡片" onClose={props.onClose} wide>
          <CardsForm {...props} />
        </Dialog>
      )
    case 'pay':
      return <PayDialog {...props} />
    case 'consent':
      return <ConsentDialog {...props} />
    default:
      return <OpinionStep name={name} {...props} />
  }
}

function DayDialog({
  title,
  operation,
  field,
  label,
  ...props
}: Props & { title: string; operation: Operation; field: string; label: string }) {
  return (
    <Step {...props} title={title} operation={operation} initial={{ [field]: todayHere() }} done="已登记。">
      <Field name={field} label={label}>
        <LocalDateInput max={todayHere()} />
      </Field>
    </Step>
  )
}

function StartDialog(props: Props) {
  const { method } = props.view.purchase
  const noticed = !['framework', 'internal', 'single-source', 'innovation'].includes(method)
  return (
    <Step
      {...props}
      title="登记采购开始"
      operation={contract.startPurchase}
      initial={{ startedOn: todayHere(), ...(noticed ? { noticeOn: todayHere() } : {}) }}
      done="已登记采购开始。"
    >
      <Field name="projectNumber" label="采购项目编号">
        <Input maxLength={60} autoComplete="off" />
      </Field>
      <Field name="startedOn" label="采购开始日期">
        <LocalDateInput max={todayHere()} />
      </Field>
      {noticed && (
        <Field name="noticeOn" label="公告或者发出采购文件日期" optional={false}>
          <LocalDateInput max={todayHere()} />
        </Field>
      )}
      {method === 'single-source' && (
        <>
          <Field name="publicityFrom" label="单一来源公示起" help="达到公开招标数额的，公示不少于5个工作日。">
            <LocalDateInput max={todayHere()} />
          </Field>
          <Field name="publicityUntil" label="单一来源公示止">
            <LocalDateInput max={todayHere()} />
          </Field>
        </>
      )}
    </Step>
  )
}

const deliveryOf = ({ items }: View) =>
  items
    .filter(({ contractQuantity, acceptedQuantity }) => (contractQuantity ?? 0) > acceptedQuantity)
    .map(({ id, contractQuantity, acceptedQuantity }) => {
      const left = Math.round(((contractQuantity ?? 0) - acceptedQuantity) * 100) / 100
      return { itemId: id, delivered: left, accepted: left, note: '' }
    })

function PayDialog(props: Props) {
  const { money, payments } = props.view
  const pending = payments
    .filter(({ state }) => state === 'requested')
    .reduce((total, { amountFen }) => total + amountFen, 0)
  return (
    <Step
      {...props}
      title="申请付款"
      operation={contract.requestPayment as typeof contract.requestPayment}
      initial={{ amountFen: money.acceptedFen - money.paidFen - pending, invoiceOn: todayHere() }}
      done="已申请付款，等待单位负责人审批。"
    >
      <Field name="amountFen" label="付款金额" prefilled="已验收未支付的金额">
        <MoneyInput />
      </Field>
      <Field name="invoiceNumber" label="发票号码">
        <Input maxLength={60} autoComplete="off" />
      </Field>
      <Field name="invoiceOn" label="收到发票日期" help="自收到发票之日起30日内付款。">
        <LocalDateInput max={todayHere()} />
      </Field>
      <Field name="note" label="说明">
        <Input maxLength={300} autoComplete="off" />
      </Field>
    </Step>
  )
}

function ConsentDialog(props: Props) {
  return (
    <Step
      {...props}
      title="批准采购方式变更"
      operation={contract.consentMethod}
      initial={{ approvedOn: todayHere(), approvedBy: 'city' }}
      done="已批准采购方式，转采购单位组织采购。"
    >
      <Field name="document" label="批准文号">
        <Input maxLength={100} autoComplete="off" />
      </Field>
      <Field name="approvedBy" label="批准的财政部门" help="须为设区的市以上财政部门，不低于本级。">
        <Select
          options={[
            { value: 'city', label: '市级财政部门' },
            { value: 'province', label: '省级财政部门' },
          ]}
        />
      </Field>
      <Field name="approvedOn" label="批准日期">
        <LocalDateInput max={todayHere()} />
      </Field>
      <Field name="opinion" label="意见">
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </Step>
  )
}

type OpinionStepName = 'approve' | 'giveBack' | 'refuse' | 'terminate' | 'sign' | 'returnAcceptance' | 'close'
const opinionSteps = {
  approve: { title: '同意采购', operation: contract.approvePurchase, required: false, done: '已同意采购。', lead: '' },
  giveBack: {
    title: '退回采购申请',
    operation: contract.returnPurchase,
    required: true,
    done: '已退回，占用的计划资金已释放。',
    lead: '',
  },
  refuse: {
    title: '不批准采购方式变更',
    operation: contract.refuseMethod,
    required: true,
    done: '已退回采购单位。',
    lead: '',
  },
  terminate: {
    title: '终止采购',
    operation: contract.terminatePurchase,
    required: true,
    done: '采购已终止，占用的计划资金已释放。',
    lead: '终止后不能恢复，占用的计划资金全部释放。',
  },
  sign: {
    title: '复核验收并签字',
    operation: contract.signAcceptance,
    required: false,
    done: '已签字，验收生效。',
    lead: '签字后验收生效，可以付款和建立资产卡片。',
  },
  returnAcceptance: {
    title: '退回验收单',
    operation: contract.returnAcceptance,
    required: true,
    done: '已退回验收单。',
    lead: '',
  },
  close: {
    title: '办结采购',
    operation: contract.closePurchase,
    required: false,
    done: '采购已办结。',
    lead: '合同没有全部履行的，写明未履行部分的处理情况；没有用完的计划资金释放。',
  },
} as const satisfies Record<OpinionStepName, object>

function OpinionStep({ name, view: { purchase }, onClose }: Props & { name: OpinionStepName }) {
  const { title, operation, required, done, lead } = opinionSteps[name]
  const { send, error, retry } = useSend(operation as (typeof contract)['returnPurchase'], {
    onDone: (_: OutputOf<(typeof contract)['returnPurchase']>) => {
      tell(done)
      onClose()
    },
  })
  return (
    <OpinionDialog
      title={title}
      {...(lead === '' ? {} : { lead })}
      label={name === 'close' ? '说明' : '意见'}
      required={required}
      submit={title}
      onSend={(opinion) =>
        send({ purchaseId: purchase.id, version: purchase.version, ...(opinion === '' ? {} : { opinion }) } as never)
      }
      error={error}
      onRetry={retry}
      onClose={onClose}
    />
  )
}
