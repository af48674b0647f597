import { Input, Select } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import { z } from 'zod'
import { useFetched, useFetchedLater } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useKeptForm } from '#kernel/web/form/kept-form.ts'
import { LocalDateInput, QuantityInput, YesBox } from '#kernel/web/form/inputs.tsx'
import { Go, useFilters, useGo } from '#kernel/web/going.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { contract } from '../contract.ts'
import { purposeLabels, requestKindLabels, type Item, type RequestKind } from '../model.ts'
import { gradeText } from './WarehouseTags.tsx'

const Filters = z.object({ items: z.string().max(8000).optional() })

/** What was ticked in the catalogue, asked for on loan or for good. */
export default function AskPage() {
  const [{ items = '' }] = useFilters(Filters)
  const ids = items.split(',').filter(Boolean)
  return (
    <Page title="申请借用、调拨" trail={[{ label: '公物仓目录', path: '/warehouse/items' }]}>
      {ids.length === 0 ? (
        <Empty title="没有选择物品">
          请先在<Go to="/warehouse/items?free=true">公物仓目录</Go>中勾选。
        </Empty>
      ) : (
        <AskForm ids={ids} />
      )}
    </Page>
  )
}

function AskForm({ ids }: { ids: readonly string[] }) {
  const go = useGo()
  const [kind, setKind] = useState<RequestKind>('loan')
  const keep = useKeptForm('warehouse.ask')
  const [things, setThings] = useState<Readonly<Record<string, Item>>>({})
  const known = useCallback((item: Item) => setThings((before) => ({ ...before, [item.id]: item })), [])
  const kinds = new Map(
    Object.values(things).flatMap(({ itemCode, name, unit }) =>
      itemCode === null ? [] : [[itemCode, { name, unit }] as const],
    ),
  )
  return (
    <>
      <Section title={`物品（${ids.length} 件）`}>
        <ul>
          {ids.map((id) => (
            <Chosen key={id} id={id} onKnown={known} />
          ))}
        </ul>
      </Section>
      <Section title="申请">
        <EntryForm
          keep={keep}
          operation={contract.fileRequest}
          fixed={{ itemIds: [...ids] }}
          initial={{ kind: 'loan', purpose: 'shortage' }}
          submit="提交申请"
          onValues={(values) => values.kind && setKind(values.kind)}
          onDone={({ request }) => go(`/warehouse/requests/${request.id}`)}
          onCancel={() => go('/warehouse/items')}
        >
          <Field name="kind" label="方式" help="借用最长 12 个月，可续借一次；调拨后归本机关所有，按配置标准审核。">
            <Select options={Object.entries(requestKindLabels).map(([value, label]) => ({ value, label }))} />
          </Field>
          <Field name="purpose" label="用途类别">
            <Select options={Object.entries(purposeLabels).map(([value, label]) => ({ value, label }))} />
          </Field>
          <Field name="reason" label="用途">
            <Input.TextArea rows={2} maxLength={300} />
          </Field>
          {kind === 'loan' ? (
            <>
              <Field name="dueOn" label="归还日期" optional={false}>
                <LocalDateInput />
              </Field>
              <Field name="bodyId" label="为临时机构、会议活动借用" help="本机关牵头的；撤销、结束后按规定期限归还。">
                <BodySelect />
              </Field>
              <Field name="eventEndsOn" label="会议活动、临时机构结束日期" help="应在结束后 10 个工作日内归还。">
                <LocalDateInput />
              </Field>
              <Field name="insteadOfPurchase" label="节约" optional>
                <YesBox>借到后不再购置（计入节约经费）</YesBox>
              </Field>
            </>
          ) : (
            [...kinds].map(([code, { name, unit }]) => (
              <Field
                key={code}
                name={['inUse', code]}
                label={`${name}在用数量`}
                optional
                help="没有在本系统建立资产台账的机关填写；已建台账的按卡片计算。"
              >
                <QuantityInput unit={unit} />
              </Field>
            ))
          )}
          <Field name="document" label="依据文号">
            <Input maxLength={120} autoComplete="off" />
          </Field>
        </EntryForm>
      </Section>
    </>
  )
}

/** Bodies and events that go on and that the own organ leads. */
function BodySelect({
  id,
  value,
  onChange,
}: {
  id?: string
  value?: string | null
  onChange?: (value: string | null) => void
}) {
  const { organ } = useMe()
  const { data, fetching } = useFetchedLater(contract.bodies, { state: 'running', limit: 200 })
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear
      loading={fetching}
      value={value ?? null}
      onChange={(next: string | undefined) => onChange?.(next ?? null)}
      options={(data?.items ?? [])
        .filter(({ organName }) => organName === organ?.name)
        .map(({ id: bodyId, name, endsOn }) => ({ value: bodyId, label: `${name}（预计 ${endsOn} 结束）` }))}
    />
  )
}

function Chosen({ id, onKnown }: { id: string; onKnown: (item: Item) => void }) {
  const { item } = useFetched(contract.viewItem, { itemId: id })
  useEffect(() => onKnown(item), [item, onKnown])
  return (
    <li>
      <Go to={`/warehouse/items/${id}`}>
        {item.name} {item.number}
      </Go>{' '}
      <span className="quiet">
        {item.model}，{item.quantity} {item.unit}，{gradeText(item.grade)}，{item.storeName}
        {item.place && `（${item.place}）`}
      </span>
    </li>
  )
}
