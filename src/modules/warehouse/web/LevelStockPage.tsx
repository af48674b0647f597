import { Input, Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import type { InputOf } from '#kernel/pure/contract.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater, usePages } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { QuantityInput } from '#kernel/web/form/inputs.tsx'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract as organs } from '#modules/organs/contract.ts'
import { contract } from '../contract.ts'
import { purposeLabels } from '../model.ts'
import { relationLabels, type LevelItem } from '../model/level.ts'
import { relationOf } from '../rules/level.ts'
import { gradeText } from './WarehouseTags.tsx'

const Filters = z.object({
  jurisdictionCode: z.string().optional(),
  itemCode: z.string().optional(),
  text: z.string().optional(),
  /** Organ that the things are wanted for, where another page knows it. */
  organ: z.string().optional(),
})

/** What related levels have on the shelf; their own authority and finance decide whether it is given. */
export default function LevelStockPage() {
  const { organ } = useMe()
  const [filter, change] = useFilters(Filters)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState(false)
  const { organ: wantedFor, ...asked } = filter
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
  const pages = usePages(contract.levelStock, { ...given, limit: 100 } as InputOf<typeof contract.levelStock>)
  const { data: places } = useFetchedLater(organs.jurisdictions, {})
  const here = organ?.jurisdictionCode ?? ''
  const levels = (places?.items ?? []).filter(({ code }) => relationOf(here, code) !== null)
  const items = pages.items.filter(({ itemId }) => chosen.has(itemId))
  const givers = new Set(items.map(({ jurisdictionCode }) => jurisdictionCode))
  const refusal =
    items.length === 0
      ? [{ code: 'none', message: '没有选择物品。', basis: null, facts: {}, remedy: '请在表中勾选（或按 x）。' }]
      : givers.size > 1
        ? [
            {
              code: 'two-levels',
              message: '所选物品不在同一个公物仓。',
              basis: null,
              facts: {},
              remedy: '请按公物仓分别商请。',
            },
          ]
        : null
  return (
    <Page
      title="其他层级公物仓"
      lead="本级公物仓没有的，商请上级、下级或同级调剂。是否给出由对方机关事务管理部门和财政部门决定。"
    >
      <Table
        label="其他层级公物仓在架物品"
        pages={pages}
        keyOf={({ itemId }) => itemId}
        selected={chosen}
        onSelect={setChosen}
        tools={
          <>
            <Input.Search
              aria-label="搜索物品"
              placeholder="名称、型号、编号"
              allowClear
              style={{ width: 200 }}
              defaultValue={filter.text}
              key={filter.text ?? ''}
              onSearch={(text) => change({ text: text.trim() === '' ? undefined : text.trim() })}
            />
            <Select
              aria-label="公物仓所在层级"
              style={{ width: 220 }}
              showSearch={{ optionFilterProp: 'label' }}
              value={filter.jurisdictionCode ?? ''}
              onChange={(code) => change({ jurisdictionCode: code === '' ? undefined : code })}
              options={[
                { value: '', label: '全部上下级和同级' },
                ...levels.map(({ code, name }) => ({
                  value: code,
                  label: `${name}（${relationLabels[relationOf(here, code) ?? 'beside']}）`,
                })),
              ]}
            />
            <ActionButton primary refusal={refusal} onClick={() => setAsking(true)}>
              商请调剂{items.length > 0 && ` ${items.length} 件`}
            </ActionButton>
          </>
        }
        columns={[
          { key: 'name', title: '物品', value: ({ name }) => name, width: 160 },
          { key: 'level', title: '公物仓', value: ({ jurisdictionName }) => jurisdictionName, width: 110 },
          { key: 'relation', title: '层级', value: ({ relation }) => relationLabels[relation], width: 72 },
          { key: 'number', title: '编号', value: ({ number }) => number, width: 90 },
          { key: 'model', title: '规格型号', value: ({ model }) => model, width: 170 },
          { key: 'quantity', title: '数量', kind: 'number', value: ({ quantity }) => quantity, width: 72 },
          { key: 'grade', title: '等级', value: ({ grade }) => gradeText(grade), width: 120 },
          {
            key: 'remaining',
            title: '剩余年限',
            unit: '月',
            kind: 'number',
            value: ({ remainingMonths }) => remainingMonths,
            width: 110,
          },
          { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, width: 120 },
          { key: 'store', title: '仓库', value: ({ storeName }) => storeName, width: 170 },
          {
            key: 'round',
            title: '长期未调用',
            value: ({ secondRound }) => (secondRound ? '向下级推荐' : null),
            width: 120,
          },
        ]}
        empty={<Empty title="没有可商请的物品">上下级和同级公物仓没有符合条件的在架物品。</Empty>}
      />
      {asking && <AskDialog items={items} wantedFor={wantedFor} onClose={() => setAsking(false)} />}
    </Page>
  )
}

function AskDialog({
  items,
  wantedFor,
  onClose,
}: {
  items: readonly LevelItem[]
  wantedFor: string | undefined
  onClose: () => void
}) {
  const go = useGo()
  const { organ } = useMe()
  const { data, fetching } = useFetchedLater(
    organs.organs,
    organ ? { jurisdictionCode: organ.jurisdictionCode, limit: 200 } : null,
  )
  const kinds = new Map(
    items.flatMap(({ itemCode, name, unit }) => (itemCode === null ? [] : [[itemCode, { name, unit }] as const])),
  )
  const [first] = items
  return (
    <Dialog title={`商请${first?.jurisdictionName ?? ''}公物仓调剂 ${items.length} 件`} onClose={onClose}>
      <EntryForm
        operation={contract.askLevel}
        fixed={{ giverJurisdictionCode: first?.jurisdictionCode ?? '', itemIds: items.map(({ itemId }) => itemId) }}
        initial={{ purpose: 'shortage', ...(wantedFor === undefined ? {} : { receiverOrganId: wantedFor }) }}
        submit="发出商请"
        onDone={({ levelRequest }) => go(`/warehouse/levels/requests/${levelRequest.id}`)}
        onCancel={onClose}
      >
        <Field name="receiverOrganId" label="接收机关">
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={fetching}
            options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field name="purpose" label="用途类别">
          <Select options={Object.entries(purposeLabels).map(([value, label]) => ({ value, label }))} />
        </Field>
        <Field name="reason" label="用途">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
        <>
          {[...kinds].map(([code, { name, unit }]) => (
            <Field
              key={code}
              name={['inUse', code]}
              label={`${name}在用数量`}
              optional
              help="接收机关没有建立资产台账的填写；已建台账的按卡片计算。"
            >
              <QuantityInput unit={unit} />
            </Field>
          ))}
        </>
        <Field name="document" label="商请函文号">
          <Input maxLength={120} autoComplete="off" />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
