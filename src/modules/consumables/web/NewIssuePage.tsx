import { Button, Input, Select } from 'antd'
import { z } from 'zod'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useKeptForm } from '#kernel/web/form/kept-form.ts'
import { QuantityInput } from '#kernel/web/form/inputs.tsx'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { contract } from '../contract.ts'
import type { Item } from '../model.ts'
import './consumables.css'

const Filters = z.object({ item: z.uuid().optional() })

/** Things for a colleague, on a phone in the storeroom as on a screen: who, what, what for. */
export default function NewIssuePage() {
  const keep = useKeptForm('consumables.issue')
  const go = useGo()
  const [{ item }] = useFilters(Filters)
  const people = useFetchedLater(contract.receivers, {})
  const stock = useFetchedLater(contract.items, { limit: 200 })
  const there = (stock.data?.items ?? []).filter(({ quantity, stopped }) => quantity > 0 && !stopped)
  return (
    <Page title="办理领用" narrow trail={[{ label: '物品领用', path: '/consumables/issues' }]}>
      <EntryForm
        keep={keep}
        operation={contract.issueItems}
        initial={{ lines: [{ itemId: item ?? '', quantity: 1 }] }}
        submit="办理领用"
        onDone={({ issue }) => {
          tell(`已办理 ${issue.number}，等待${issue.toName}签收。`)
          go(`/consumables/issues/${issue.id}`)
        }}
        onCancel={() => go('/consumables/issues')}
      >
        <Field name="toPersonId" label="领用人" help="领用人在手机上核对签收。">
          <Select
            showSearch
            optionFilterProp="label"
            loading={people.data === undefined}
            options={(people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field name="lines" label="物品和数量" optional={false}>
          <LinesEntry items={there} />
        </Field>
        <Field name="purpose" label="用途">
          <Input maxLength={200} autoComplete="off" />
        </Field>
        <Field name="place" label="使用地点" help="为会议室等公共房间领用的，填写房间。">
          <Input maxLength={60} autoComplete="off" />
        </Field>
      </EntryForm>
    </Page>
  )
}

type Line = { itemId: string; quantity: number | null }

/** Items and pieces, one a row; what is in stock stands beside each. */
function LinesEntry({
  id,
  items,
  value = [],
  onChange,
}: {
  id?: string
  items: readonly Item[]
  value?: readonly Line[]
  onChange?: (lines: readonly Line[]) => void
}) {
  const change = (at: number, line: Line) => onChange?.(value.map((one, place) => (place === at ? line : one)))
  return (
    <div
      className="issue-lines"
      {...(id === undefined ? {} : { id })}
      role="group"
      aria-label="物品和数量"
      tabIndex={-1}
    >
      {value.map((line, at) => {
        const chosen = items.find(({ id: item }) => item === line.itemId)
        return (
          <div key={at} className="issue-line">
            <Select
              aria-label={`第 ${at + 1} 种物品`}
              showSearch
              optionFilterProp="label"
              placeholder="选择物品"
              {...(line.itemId === '' ? {} : { value: line.itemId })}
              onChange={(itemId: string) => change(at, { ...line, itemId })}
              options={items
                .filter(({ id: item }) => item === line.itemId || value.every(({ itemId }) => itemId !== item))
                .map(({ id: item, name, spec, quantity, unit }) => ({
                  value: item,
                  label: `${`${name} ${spec}`.trim()}（库存 ${quantity} ${unit}）`,
                }))}
            />
            <QuantityInput
              aria-label={`第 ${at + 1} 种数量`}
              unit={chosen?.unit ?? '件'}
              value={line.quantity}
              onChange={(quantity) => change(at, { ...line, quantity: quantity as number | null })}
            />
            {value.length > 1 && (
              <Button
                aria-label={`去掉第 ${at + 1} 种`}
                onClick={() => onChange?.(value.filter((_, place) => place !== at))}
              >
                去掉
              </Button>
            )}
          </div>
        )
      })}
      <Button onClick={() => onChange?.([...value, { itemId: '', quantity: 1 }])} disabled={value.length >= 50}>
        再加一种
      </Button>
    </div>
  )
}
