import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { presentClasses } from '#modules/assets/model.ts'
import { contract } from '../contract.ts'
import { resolutionsOf, valueBases, valueBasisLabels, type Difference } from '../model.ts'
import { WorkDialog } from './WorkDialog.tsx'

const classOptions = presentClasses.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))

/** The card of a surplus thing, and what its value rests on; or why it gets none. */
export function SurplusDialog({
  countId,
  difference,
  onDone,
  onClose,
}: {
  countId: string
  difference: Difference
  onDone: () => void
  onClose: () => void
}) {
  const [dismissing, setDismissing] = useState(difference.resolution === 'dismiss')
  if (dismissing)
    return (
      <WorkDialog
        countId={countId}
        differences={[difference]}
        resolutions={resolutionsOf.surplus.filter((one) => one !== 'register')}
        onDone={onDone}
        onClose={() => setDismissing(false)}
      />
    )
  const { thing, card, remark } = difference
  return (
    <Dialog title={`盘盈登记：${difference.name}`} onClose={onClose}>
      {remark && <p className="quiet">清点时说明：{remark}</p>}
      <EntryForm
        operation={contract.workSurplus}
        fixed={{ countId, differenceId: difference.id, version: difference.version }}
        initial={
          {
            cause: difference.cause,
            responsible: difference.responsible,
            card: card ?? {
              ...(thing as NonNullable<typeof thing>),
              acquiredOn: todayHere(),
              valueBasis: 'evidence',
            },
          } as never
        }
        submit="保存"
        onDone={({ open }) => {
          tell(open === 0 ? '差异已全部处理，可以提交审定。' : `已处理，还有 ${open} 项。`)
          onDone()
        }}
        onCancel={onClose}
      >
        <Field name={['card', 'name']} label="资产名称">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name={['card', 'classCode']} label="资产分类" help="GB/T 14885-2022 代码">
          <Select showSearch optionFilterProp="label" options={classOptions} />
        </Field>
        <Field name={['card', 'quantity']} label="数量">
          <QuantityInput unit="件" />
        </Field>
        <Field name={['card', 'place']} label="存放地点">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name={['card', 'serialNumber']} label="序列号" optional>
          <Input maxLength={100} autoComplete="off" />
        </Field>
        <Field name={['card', 'custodianName']} label="保管人" optional>
          <Input maxLength={40} autoComplete="off" />
        </Field>
        <Field name={['card', 'acquiredOn']} label="取得日期" help="查不清的，填盘点发现之日。">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field
          name={['card', 'valueBasis']}
          label="入账依据"
          help="依次按凭据金额、评估价值、重置成本确定；都无法取得的，按名义金额1元。"
        >
          <Select options={valueBases.map((value) => ({ value, label: valueBasisLabels[value] }))} />
        </Field>
        <Field name={['card', 'valueFen']} label="入账价值">
          <MoneyInput />
        </Field>
        <Field name={['card', 'evidence']} label="依据说明" optional help="发票号、评估报告号或询价记录。">
          <Input maxLength={200} autoComplete="off" />
        </Field>
        <Field name="cause" label="盘盈原因">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
        <Field name="responsible" label="责任人">
          <Input maxLength={60} autoComplete="off" />
        </Field>
      </EntryForm>
      <Button type="link" onClick={() => setDismissing(true)}>
        不入账（重复上报或非本机关资产）
      </Button>
    </Dialog>
  )
}
