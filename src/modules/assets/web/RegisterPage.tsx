import { Form, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useKeptForm } from '#kernel/web/form/kept-form.ts'
import { useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { contract } from '../contract.ts'
import { classOf, presentClasses } from '../model/classes.ts'
import { detailFieldOf } from '../model/custom-field.ts'
import { detailKind } from '../model/detail.ts'
import { CardFieldEntries, CardFieldEntry } from './CardFieldEntry.tsx'
import { DetailEntry } from './DetailEntry.tsx'
import { sharedFields, useCustomFields } from './use-custom-fields.ts'

/** One new card; fields of the class appear once it is chosen. */
export default function RegisterPage() {
  const go = useGo()
  const fields = useCustomFields()
  const [classCode, setClassCode] = useState<string | undefined>()
  const keep = useKeptForm('assets.register')
  const assetClass = classCode === undefined ? null : classOf('2022', classCode)
  return (
    <Page title="登记资产" narrow trail={[{ label: '资产卡片', path: '/assets/cards' }]}>
      <EntryForm
        keep={keep}
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
        <NameOfClass name={assetClass?.name} />
        <CardFieldEntry name="name" />
        <CardFieldEntry name="number" help="不填由系统编号，一经登记终身不变。" />
        <CardFieldEntries names={['model', 'serialNumber']} />
        <CardFieldEntry name="quantity" unit={assetClass?.unit} help="不填为1。大批同类家具可以一卡多件。" />
        <CardFieldEntry name="costFen" />
        <CardFieldEntry name="fiscalFen" label="其中：财政资金" help="不填视为全部由财政资金安排。" />
        <CardFieldEntry name="valueKind" help="不填为原值。" />
        <CardFieldEntry name="acquiredOn" />
        <CardFieldEntry name="acquiredBy" help="不填为购置。" />
        <CardFieldEntry name="bookedOn" help="不填为取得日期；自入账当月起计提折旧。" />
        <CardFieldEntry name="depreciationMonths" help="不填按该分类的最低年限。" />
        <CardFieldEntries names={['place', 'department', 'custodianName', 'userName']} />
        <CardFieldEntry name="state" help="不填为在用。" />
        <CardFieldEntries
          names={['supplier', 'contractNumber', 'invoiceNumber', 'voucherNumber', 'warrantyUntil', 'inspectionDue']}
        />
        {assetClass &&
          detailKind(assetClass.detail).fields.map((field) => <DetailEntry key={field.key} field={field} />)}
        {assetClass &&
          sharedFields(fields, [{ classCode: assetClass.code, classEdition: '2022' }]).map((field) => (
            <DetailEntry key={field.id} field={detailFieldOf(field)} />
          ))}
        <CardFieldEntry name="note" />
      </EntryForm>
    </Page>
  )
}

/** Most things are called what their class is called: the name stands there until another is typed. */
function NameOfClass({ name }: { name: string | undefined }) {
  const form = Form.useFormInstance<{ name?: string }>()
  const given = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (name === undefined) return
    const typed = form.getFieldValue('name') as string | undefined
    if (typed !== undefined && typed !== '' && typed !== given.current) return
    form.setFieldValue('name', name)
    given.current = name
  }, [form, name])
  return null
}
