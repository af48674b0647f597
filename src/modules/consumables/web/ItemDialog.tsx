import { Input } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput, QuantityInput, YesBox } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import type { Item } from '../model.ts'

/** A new item, or other words, place and minimum for one. */
export function ItemDialog({ item, onClose }: { item: Item | null; onClose: () => void }) {
  const go = useGo()
  const [unit, setUnit] = useState(item?.unit ?? '')
  const terms = (
    <>
      <Field name="name" label="品名">
        <Input maxLength={60} autoComplete="off" />
      </Field>
      <Field name="spec" label="规格">
        <Input maxLength={80} autoComplete="off" />
      </Field>
      <Field name="unit" label="计量单位">
        <Input maxLength={10} autoComplete="off" />
      </Field>
      <Field name="place" label="存放地点">
        <Input maxLength={60} autoComplete="off" />
      </Field>
      <Field name="minimum" label="库存下限" help="领用后低于下限时提醒资产管理员。">
        <QuantityInput unit={unit || '件'} />
      </Field>
    </>
  )
  if (item === null)
    return (
      <Dialog title="新建物品" onClose={onClose}>
        <EntryForm
          operation={contract.createItem}
          submit="新建"
          onValues={(values) => setUnit(values.unit ?? '')}
          onDone={({ item: made }) => {
            tell(`已新建 ${made.number}。`)
            go(`/consumables/items/${made.id}`)
          }}
          onCancel={onClose}
        >
          {terms}
        </EntryForm>
      </Dialog>
    )
  const { name, spec, place, minimum, stopped } = item
  return (
    <Dialog title="修改物品" onClose={onClose}>
      <EntryForm
        operation={contract.changeItem}
        fixed={{ itemId: item.id, version: item.version }}
        initial={{ name, spec, unit: item.unit, place, minimum, stopped }}
        submit="保存"
        onDone={() => {
          tell('已保存。')
          onClose()
        }}
        onCancel={onClose}
      >
        {terms}
        <Field name="stopped" label="是否停用">
          <YesBox>不再采购和领用</YesBox>
        </Field>
        <Field name="reason" label="原因">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

/** Pieces that came in, with what all of them cost. */
export function ReceiptDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  return (
    <Dialog title={`入库：${item.name}`} onClose={onClose}>
      <EntryForm
        operation={contract.receiveItem}
        fixed={{ itemId: item.id, version: item.version }}
        initial={{ receivedOn: todayHere() }}
        submit="入库"
        onDone={({ item: now }) => {
          tell(`已入库，库存 ${now.quantity} ${now.unit}。`)
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="quantity" label="数量">
          <QuantityInput unit={item.unit} />
        </Field>
        <Field name="amountFen" label="金额合计" help="这一批全部的金额；没有花钱的填0。">
          <MoneyInput />
        </Field>
        <Field name="receivedOn" label="入库日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="supplier" label="供应商">
          <Input maxLength={120} autoComplete="off" />
        </Field>
        <Field name="document" label="采购或发票单号">
          <Input maxLength={100} autoComplete="off" />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

/** What was counted, and why the book said otherwise. */
export function CountDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  return (
    <Dialog title={`盘点调整：${item.name}`} onClose={onClose}>
      <EntryForm
        operation={contract.countItem}
        fixed={{ itemId: item.id, version: item.version }}
        submit="调整"
        onDone={({ item: now }) => {
          tell(`已调整，库存 ${now.quantity} ${now.unit}。`)
          onClose()
        }}
        onCancel={onClose}
      >
        <p className="quiet">
          账面库存 {item.quantity} {item.unit}。差额按平均单价计入收发明细。
        </p>
        <Field name="counted" label="实际数量">
          <QuantityInput unit={item.unit} />
        </Field>
        {item.quantity === 0 && (
          <Field name="unitFen" label="盘盈单价">
            <MoneyInput />
          </Field>
        )}
        <Field name="reason" label="差异原因">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
