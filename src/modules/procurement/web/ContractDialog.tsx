import { Input } from 'antd'
import type { InputOf } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput, QuantityInput, YesBox } from '#kernel/web/form/inputs.tsx'
import { contract } from '../contract.ts'
import { ContractRows } from './EntryRows.tsx'
import type { View } from './PurchasePage.tsx'
import { Step, type StepProps } from './Step.tsx'

/** The contract: what the award says stands already, the rest has its usual words. */
export function ContractDialog(props: StepProps) {
  const { view } = props
  const { purchase, items, bidders } = view
  const winner = bidders.find((bidder) => bidder.winner)
  const services = purchase.kind === 'services'
  const initial: Partial<InputOf<(typeof contract)['signContract']>> = {
    signedOn: todayHere(),
    warrantyMonths: services ? 0 : 36,
    bondFen: 0,
    paymentTerms: '验收合格并收到发票后30日内付清',
    qualityTerms: '符合国家标准和采购文件要求',
    acceptanceTerms: '到货后由采购单位两人以上当场验收',
    breachTerms: '逾期交付的，每日按合同金额的万分之五支付违约金',
    disputeTerms: '协商不成的，向采购单位所在地人民法院起诉',
    items: pricedOf(purchase.awardFen ?? purchase.amountFen, items),
  }
  return (
    <Step
      {...props}
      title={`登记合同：${winner?.name ?? ''}`}
      operation={contract.signContract}
      initial={initial}
      done="合同已登记，多占用的计划资金已释放。"
      wide
    >
      <Field name="items" label="合同内容" help="供应商、名称、数量自采购结果带入；单价按成交金额折算，可以改。">
        <ContractRows view={view} />
      </Field>
      <Field name="number" label="合同编号">
        <Input maxLength={60} autoComplete="off" />
      </Field>
      <Field name="signedOn" label="签订日期">
        <LocalDateInput max={todayHere()} />
      </Field>
      <Field name="deliverBy" label="交付期限">
        <LocalDateInput />
      </Field>
      {services && (
        <>
          <Field name="termFrom" label="服务期限起" optional={false}>
            <LocalDateInput />
          </Field>
          <Field name="termUntil" label="服务期限止" optional={false}>
            <LocalDateInput />
          </Field>
        </>
      )}
      <Field name="warrantyMonths" label="质量保证期">
        <QuantityInput unit="个月" />
      </Field>
      <Field name="bondFen" label="履约保证金">
        <MoneyInput />
      </Field>
      {(
        [
          ['paymentTerms', '付款约定'],
          ['qualityTerms', '质量、服务标准'],
          ['acceptanceTerms', '验收方式'],
          ['breachTerms', '违约责任'],
          ['disputeTerms', '争议解决'],
        ] as const
      ).map(([name, label]) => (
        <Field key={name} name={name} label={label}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={500} />
        </Field>
      ))}
      <Field name="subcontracted" label="分包" optional={false}>
        <YesBox>允许分包</YesBox>
      </Field>
    </Step>
  )
}

/** Prices of the contract from the award: each item's price by the share of the award, never above what was planned. */
function pricedOf(awardFen: number, items: View['items']) {
  const planned = items.reduce((total, { amountFen }) => total + amountFen, 0)
  return items.map(({ id, quantity, unitPriceFen }) => ({
    itemId: id,
    quantity,
    unitPriceFen: Math.max(1, Math.min(unitPriceFen, Math.floor((unitPriceFen * awardFen) / planned))),
    model: '',
  }))
}
