import { Button, Checkbox, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { todayHere } from '#kernel/web/dates.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { bidderSizeLabels, type Bidder } from '../model.ts'
import type { View } from './PurchasePage.tsx'
import { EntryLabel } from './EntryLabel.tsx'

type Entry = Partial<z.input<typeof Bidder>>
const blank: Entry = { name: '', creditCode: '', valid: true, size: 'small' }

/** Who answered, who won and why: the record of the tender, not the tender. */
export function AwardForm({ view: { purchase }, onClose }: { view: View; onClose: () => void }) {
  const competing = !['framework', 'internal', 'single-source'].includes(purchase.method)
  const [winner, setWinner] = useState(0)
  return (
    <EntryForm
      operation={contract.recordAward}
      fixed={{ purchaseId: purchase.id, version: purchase.version, winner }}
      initial={{
        openedOn: todayHere(),
        awardedOn: todayHere(),
        bidders: Array.from({ length: competing ? 3 : 1 }, () => ({ ...blank })) as z.input<typeof Bidder>[],
        amountFen: purchase.amountFen,
      }}
      submit="登记结果"
      onDone={() => {
        tell('采购结果已登记，请在期限内公告结果、签订合同。')
        onClose()
      }}
      onCancel={onClose}
    >
      <Field name="bidders" label="供应商响应" help="选中的为中标、成交供应商。">
        <Bidders winner={winner} onWinner={setWinner} />
      </Field>
      <Field name="amountFen" label="中标、成交金额" prefilled="采购预算">
        <MoneyInput />
      </Field>
      <Field name="openedOn" label="开标、响应日期">
        <LocalDateInput max={todayHere()} />
      </Field>
      <Field name="awardedOn" label="确定结果日期">
        <LocalDateInput max={todayHere()} />
      </Field>
      <Field name="reason" label="定标、成交的理由">
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </EntryForm>
  )
}

function Bidders({
  id,
  value = [],
  onChange,
  winner,
  onWinner,
}: {
  id?: string
  value?: Entry[]
  onChange?: (bidders: Entry[]) => void
  winner: number
  onWinner: (place: number) => void
}) {
  const set = (at: number, changes: Entry) =>
    onChange?.(value.map((bidder, place) => (place === at ? { ...bidder, ...changes } : bidder)))
  return (
    <div className="entry-rows" id={id}>
      {value.map((bidder, at) => (
        <fieldset key={at} className="entry-row">
          <legend>
            <Radio checked={winner === at} onChange={() => onWinner(at)}>
              {winner === at ? '中标、成交供应商' : `供应商 ${at + 1}`}
            </Radio>
          </legend>
          <EntryLabel text="名称">
            {(id) => (
              <Input
                id={id}
                value={bidder.name ?? ''}
                maxLength={120}
                onChange={({ target }) => set(at, { name: target.value })}
              />
            )}
          </EntryLabel>
          <EntryLabel text="统一社会信用代码">
            {(id) => (
              <Input
                id={id}
                value={bidder.creditCode ?? ''}
                maxLength={18}
                onChange={({ target }) => set(at, { creditCode: target.value.toUpperCase() })}
              />
            )}
          </EntryLabel>
          <EntryLabel text="报价">
            {(id) => (
              <MoneyInput
                id={id}
                {...(bidder.priceFen === undefined ? {} : { value: bidder.priceFen })}
                onChange={(typed) => set(at, { priceFen: typed as number })}
              />
            )}
          </EntryLabel>
          <EntryLabel text="规模">
            {(id) => (
              <Select
                id={id}
                value={bidder.size ?? 'small'}
                onChange={(size) => set(at, { size })}
                options={Object.entries(bidderSizeLabels).map(([key, label]) => ({ value: key as 'small', label }))}
              />
            )}
          </EntryLabel>
          <Checkbox checked={bidder.valid !== false} onChange={({ target }) => set(at, { valid: target.checked })}>
            有效响应
          </Checkbox>
          {value.length > 1 && (
            <Button
              size="small"
              onClick={() => {
                onChange?.(value.filter((_, place) => place !== at))
                if (winner >= at && winner > 0) onWinner(winner - 1)
              }}
            >
              去掉
            </Button>
          )}
        </fieldset>
      ))}
      <Button onClick={() => onChange?.([...value, { ...blank }])}>增加供应商</Button>
    </div>
  )
}
