import { Input, Select } from 'antd'
import { useState } from 'react'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { quantityText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { YesBox } from '#kernel/web/form/inputs.tsx'
import { contract } from '../contract.ts'
import type { View } from './PurchasePage.tsx'

/** Serial numbers are pasted or scanned, one a line; everything else is taken from the file. */
export function CardsForm({
  view: { purchase, items, contract: signed },
  onClose,
}: {
  view: View
  onClose: () => void
}) {
  const left = items.filter(
    ({ classCode, acceptedQuantity, registeredQuantity }) =>
      classCode !== null && registeredQuantity < acceptedQuantity,
  )
  const [itemId, setItemId] = useState(left[0]?.id)
  const item = left.find(({ id }) => id === itemId)
  return (
    <EntryForm
      operation={contract.registerReceived}
      fixed={{ purchaseId: purchase.id, version: purchase.version }}
      initial={{ ...(itemId === undefined ? {} : { itemId }), serialNumbers: [] }}
      submit="建立卡片"
      onValues={(values) => setItemId(values.itemId)}
      onDone={({ cardIds }) => {
        tell(`已建立资产卡片，本采购共 ${cardIds.length} 张。`)
        onClose()
      }}
      onCancel={onClose}
    >
      <Field
        name="itemId"
        label="采购内容"
        help={
          item &&
          `已验收未建卡 ${quantityText(item.acceptedQuantity - item.registeredQuantity)} ${item.unit}；名称、型号、单价、供应商（${signed?.supplier ?? ''}）、合同、保修自档案带入。${item.servedOrganId === purchase.organId ? '' : `卡片登记到${item.servedOrganName}台账。`}`
        }
      >
        <Select
          options={left.map(({ id, name, servedOrganId, servedOrganName }) => ({
            value: id,
            label: servedOrganId === purchase.organId ? name : `${name}（${servedOrganName}）`,
          }))}
        />
      </Field>
      <Field name="serialNumbers" label="序列号" help="每行一个，可以从表格粘贴或者扫码；没有序列号的不填。">
        <SerialNumbers />
      </Field>
      <Field name="together" label="卡片" optional={false}>
        <YesBox>大批同类物资合为一张卡片</YesBox>
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
    </EntryForm>
  )
}

function SerialNumbers({
  id,
  value = [],
  onChange,
}: {
  id?: string
  value?: string[]
  onChange?: (serials: string[]) => void
}) {
  const [text, setText] = useState(value.join('\n'))
  const count = text.split(/[\n\t,，;；]/).filter((serial) => serial.trim() !== '').length
  return (
    <>
      <Input.TextArea
        {...(id === undefined ? {} : { id })}
        aria-label="序列号"
        rows={6}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          onChange?.(
            target.value
              .split(/[\n\t,，;；]/)
              .map((serial) => serial.trim())
              .filter((serial) => serial !== ''),
          )
        }}
      />
      {count > 0 && <span className="quiet number">已填 {count} 个</span>}
    </>
  )
}
