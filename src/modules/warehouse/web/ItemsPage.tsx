import { holdsAny } from '#kernel/pure/actor.ts'
import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import type { InputOf } from '#kernel/pure/contract.ts'
import { addressOf } from '#kernel/web/client.ts'
import { useFetchedLater, usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { askingRoles } from '../policy.ts'
import { itemFilter } from '../contract/items.ts'
import { gradeLabels, itemStateLabels, storeKindLabels } from '../model.ts'
import { StoreDialog } from './StoreDialog.tsx'
import { gradeText, ItemStateTag } from './WarehouseTags.tsx'
import './warehouse.css'

const Filters = z.object(itemFilter)

/** What the level's warehouse has: looked through before anything is bought, ticked to be asked for. */
export default function ItemsPage() {
  const me = useMe()
  const go = useGo()
  const [filter, change] = useFilters(Filters)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [opening, setOpening] = useState(false)
  const stores = useFetchedLater(contract.stores, {})
  const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
  const pages = usePages(contract.items, { ...asked, limit: 100 } as InputOf<typeof contract.items>)
  const asks = holdsAny(me, askingRoles)
  const none =
    chosen.size === 0
      ? [{ code: 'none', message: '没有选择物品。', basis: null, facts: {}, remedy: '请在表中勾选（或按 x）。' }]
      : null
  return (
    <Page
      title="公物仓目录"
      lead="购置以前，先看公物仓有没有可用的。勾选后申请借用或调拨；预约按规定期限保留。"
      actions={stores.data?.may.add === null && <Button onClick={() => setOpening(true)}>设立仓库</Button>}
    >
      <Table
        label="公物仓目录"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/warehouse/items/${id}`}
        {...(asks ? { selected: chosen, onSelect: setChosen } : {})}
        tools={
          <>
            <Input.Search
              aria-label="搜索公物仓"
              placeholder="名称、型号、编号、地点"
              allowClear
              style={{ width: 220 }}
              defaultValue={filter.text}
              key={filter.text ?? ''}
              onSearch={(text) => change({ text: text.trim() === '' ? undefined : text.trim() })}
            />
            <ChoiceFilter
              label="等级"
              labels={gradeLabels}
              value={filter.grade}
              onChange={(value) => change({ grade: value })}
              width={140}
            />
            <ChoiceFilter
              label="状态"
              labels={itemStateLabels}
              value={filter.state}
              onChange={(value) => change({ state: value })}
              width={130}
            />
            <Select
              aria-label="仓库"
              allowClear
              placeholder="全部仓库"
              style={{ width: 200 }}
              value={filter.storeId}
              onChange={(value: string | undefined) => change({ storeId: value })}
              options={(stores.data?.items ?? []).map(({ id, name, kind, items }) => ({
                value: id,
                label: `${name}（${storeKindLabels[kind]}，${items} 件）`,
              }))}
            />
            <Checkbox
              checked={filter.free === true}
              onChange={({ target }) => change({ free: target.checked ? true : undefined })}
            >
              只看可用
            </Checkbox>
            {asks && (
              <>
                <Checkbox
                  checked={filter.mine === true}
                  onChange={({ target }) => change({ mine: target.checked ? true : undefined })}
                >
                  本机关预约
                </Checkbox>
                <ActionButton
                  primary
                  refusal={none}
                  onClick={() => go(`/warehouse/requests/new?items=${[...chosen].join(',')}`)}
                >
                  申请借用、调拨{chosen.size > 0 && ` ${chosen.size} 件`}
                </ActionButton>
              </>
            )}
          </>
        }
        columns={[
          { key: 'name', title: '物品', value: ({ name }) => name, width: 150 },
          {
            key: 'photo',
            title: '照片',
            value: ({ hasPhoto }) => (hasPhoto ? '有' : null),
            render: ({ id, name, hasPhoto }) =>
              hasPhoto ? (
                <img
                  className="warehouse-thumb"
                  src={addressOf(contract.photo, { itemId: id })}
                  alt={`${name}照片`}
                  loading="lazy"
                />
              ) : null,
            width: 64,
          },
          { key: 'number', title: '编号', value: ({ number }) => number, width: 84 },
          { key: 'model', title: '规格型号', value: ({ model }) => model, width: 150 },
          { key: 'quantity', title: '数量', kind: 'number', value: ({ quantity }) => quantity, width: 64 },
          { key: 'grade', title: '等级', value: ({ grade }) => gradeText(grade), width: 108 },
          {
            key: 'state',
            title: '状态',
            value: ({ state }) => itemStateLabels[state],
            render: (item) => <ItemStateTag item={item} />,
            width: 96,
          },
          {
            key: 'who',
            title: '预约或借用',
            value: ({ hold, outOrganName }) => hold?.organName ?? outOrganName,
            width: 170,
          },
          {
            key: 'until',
            title: '至',
            kind: 'date',
            value: ({ hold, outDueOn }) => hold?.until ?? outDueOn,
          },
          {
            key: 'remaining',
            title: '剩余年限',
            unit: '月',
            kind: 'number',
            value: ({ remainingMonths }) => remainingMonths,
            width: 100,
          },
          { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, width: 110 },
          { key: 'store', title: '仓库', value: ({ storeName }) => storeName, width: 150 },
          { key: 'place', title: '存放地点', value: ({ place }) => place, width: 110, optional: true },
          { key: 'owner', title: '账面持有机关', value: ({ ownerName }) => ownerName, width: 170, optional: true },
          { key: 'repairFen', title: '待修费用', kind: 'yuan', value: ({ repairFen }) => repairFen, optional: true },
          { key: 'takenOn', title: '入仓', kind: 'date', value: ({ takenOn }) => takenOn, optional: true },
        ]}
        empty={<Empty title="没有符合条件的物品">可以减少筛选条件；本机关有闲置资产的，在“入仓申请”中移交。</Empty>}
      />
      {opening && <StoreDialog onClose={() => setOpening(false)} />}
    </Page>
  )
}
