import { Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { contract } from '../contract.ts'
import { acquiringLabels, acquiringWays, settableStates, stateLabels, valueKindLabels, valueKinds } from '../model.ts'
import { classOf, presentClasses } from '../model/classes.ts'
import { detailKind, type DetailField } from '../model/detail.ts'

const options = <V extends string>(values: readonly V[], labels: Readonly<Record<V, string>>) =>
  values.map((value) => ({ value, label: labels[value] }))

/** One new card; fields of the class appear once it is chosen. */
export default function RegisterPage() {
  const go = useGo()
  const [classCode, setClassCode] = useState<string | undefined>()
  const assetClass = classCode === undefined ? null : classOf('2022', classCode)
  return (
    <Page title="登记资产" narrow trail={[{ label: '资产卡片', path: '/assets/cards' }]}>
      <EntryForm
        operation={contract.registerCard}
        submit="登记"
        onValues={(values) => setClassCode(values.classCode)}
        onDone={({ card }) => {
          tell(`已登记 ${card.number}。`)
          go(`/assets/cards/${card.id}`)
        }}
        onCancel={() => go('/assets/cards')}
      >
        <Field name="classCode" label="资产分类" help="GB/T 14885-2022 代码">
          <Select
            showSearch
            optionFilterProp="label"
            options={presentClasses.map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))}
          />
        </Field>
        <Field name="name" label="资产名称">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="number" label="资产编号" help="不填由系统编号，一经登记终身不变。">
          <Input maxLength={60} autoComplete="off" />
        </Field>
        <Field name="model" label="规格型号">
          <Input maxLength={200} autoComplete="off" />
        </Field>
        <Field name="serialNumber" label="序列号">
          <Input maxLength={100} autoComplete="off" />
        </Field>
        <Field name="quantity" label="数量" help="不填为1。大批同类家具可以一卡多件。">
          <QuantityInput unit={assetClass?.unit || '件'} />
        </Field>
        <Field name="costFen" label="原值">
          <MoneyInput />
        </Field>
        <Field name="fiscalFen" label="其中：财政资金" help="不填视为全部由财政资金安排。">
          <MoneyInput />
        </Field>
        <Field name="valueKind" label="价值类型" help="不填为原值。">
          <Select allowClear options={options(valueKinds, valueKindLabels)} />
        </Field>
        <Field name="acquiredOn" label="取得日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="acquiredBy" label="取得方式" help="不填为购置。">
          <Select allowClear options={options(acquiringWays, acquiringLabels)} />
        </Field>
        <Field name="bookedOn" label="财务入账日期" help="不填为取得日期；自入账当月起计提折旧。">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="depreciationMonths" label="折旧年限" help="不填按该分类的最低年限。">
          <QuantityInput unit="个月" />
        </Field>
        <Field name="place" label="存放地点">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="department" label="使用部门">
          <Input maxLength={80} autoComplete="off" />
        </Field>
        <Field name="custodianName" label="保管人">
          <Input maxLength={40} autoComplete="off" />
        </Field>
        <Field name="userName" label="使用人">
          <Input maxLength={40} autoComplete="off" />
        </Field>
        <Field name="state" label="使用状况" help="不填为在用。">
          <Select allowClear options={options(settableStates, stateLabels)} />
        </Field>
        <Field name="supplier" label="供应商">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="contractNumber" label="合同编号">
          <Input maxLength={60} autoComplete="off" />
        </Field>
        <Field name="voucherNumber" label="会计凭证号">
          <Input maxLength={60} autoComplete="off" />
        </Field>
        <Field name="warrantyUntil" label="保修截止">
          <LocalDateInput />
        </Field>
        {assetClass &&
          detailKind(assetClass.detail).fields.map((field) => <DetailEntry key={field.key} field={field} />)}
        <Field name="note" label="备注">
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      </EntryForm>
    </Page>
  )
}

/** A field of the class's own detail. */
export function DetailEntry({ field }: { field: DetailField }) {
  const name = ['detail', field.key] as const
  if (field.kind === 'choice')
    return (
      <Field name={name} label={field.title} optional>
        <Select options={(field.choices ?? []).map((choice) => ({ value: choice, label: choice }))} />
      </Field>
    )
  if (field.kind === 'yes-no')
    return (
      <Field name={name} label={field.title} optional>
        <YesNo title={field.title} />
      </Field>
    )
  return (
    <Field name={name} label={field.title} optional>
      <Input maxLength={200} autoComplete="off" />
    </Field>
  )
}

function YesNo({
  id,
  title,
  value,
  onChange,
}: {
  id?: string
  title: string
  value?: boolean
  onChange?: (value: boolean) => void
}) {
  return (
    <Checkbox
      {...(id === undefined ? {} : { id })}
      checked={value === true}
      onChange={(event) => onChange?.(event.target.checked)}
    >
      {title}
    </Checkbox>
  )
}
