import { holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { addressOf } from '#kernel/web/client.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import type { Item } from '../model.ts'
import { ImportDialog } from './ImportDialog.tsx'
import { ItemDialog } from './ItemDialog.tsx'
import { StockTag } from './StockTag.tsx'

const Filters = z.object({ text: z.string().max(60).optional(), low: z.enum(['yes']).optional() })

/** What an organ has in stock, or the organs of the level for who reads it. */
export default function ItemsPage() {
  const me = useMe()
  const go = useGo()
  const [filter, change] = useFilters(Filters)
  const [dialog, setDialog] = useState<'new' | 'import' | null>(null)
  const keeps = holdsAny(me, keeperRoles)
  const asked = { ...(filter.text ? { text: filter.text } : {}), ...(filter.low ? { low: filter.low } : {}) }
  const pages = usePages(contract.items, { ...asked, limit: 100 })
  return (
    <Page
      title="低值易耗品"
      lead={
        pages.first &&
        `库存金额 ${yuanText(pages.first.valueFen)} 元${pages.first.low > 0 ? `，${pages.first.low} 种低于下限` : ''}。`
      }
      actions={
        keeps && (
          <>
            <Button type="primary" onClick={() => go('/consumables/issues/new')}>
              办理领用
            </Button>
            <Button onClick={() => setDialog('new')}>新建物品</Button>
            <Button onClick={() => setDialog('import')}>导入</Button>
          </>
        )
      }
    >
      <Table<Item>
        label="低值易耗品列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/consumables/items/${id}`}
        exportHref={addressOf(contract.exportItems, asked)}
        tools={
          <>
            <Input.Search
              aria-label="搜索物品"
              placeholder="品名、规格、编号、地点"
              allowClear
              style={{ width: 220 }}
              defaultValue={filter.text}
              key={filter.text ?? ''}
              onSearch={(text) => change({ text: text.trim() === '' ? undefined : text.trim() })}
            />
            <Checkbox
              checked={filter.low === 'yes'}
              onChange={({ target }) => change({ low: target.checked ? 'yes' : undefined })}
            >
              低于下限
            </Checkbox>
          </>
        }
        columns={[
          { key: 'name', title: '品名', value: ({ name }) => name, width: 150 },
          { key: 'spec', title: '规格', value: ({ spec }) => spec, width: 140 },
          { key: 'quantity', title: '库存', kind: 'number', value: ({ quantity }) => quantity, width: 80 },
          { key: 'unit', title: '单位', value: ({ unit }) => unit, width: 64 },
          {
            key: 'state',
            title: '状态',
            value: (item) => (item.stopped ? '已停用' : item.quantity < item.minimum ? '低于下限' : '充足'),
            render: (item) => <StockTag item={item} />,
            width: 104,
          },
          { key: 'minimum', title: '下限', kind: 'number', value: ({ minimum }) => minimum, width: 72 },
          { key: 'valueFen', title: '金额', kind: 'yuan', value: ({ valueFen }) => valueFen, width: 110 },
          { key: 'place', title: '存放地点', value: ({ place }) => place, width: 120 },
          { key: 'number', title: '编号', value: ({ number }) => number, width: 100 },
          ...(keeps
            ? []
            : [{ key: 'organ', title: '持有机关', value: ({ organName }: Item) => organName, width: 180 }]),
        ]}
        empty={
          <Empty title={filter.low ? '没有低于下限的物品' : '没有物品'}>
            {keeps ? '可以逐项新建，也可以用 Excel 导入期初库存。' : '机关登记低值易耗品后列在这里。'}
          </Empty>
        }
      />
      {dialog === 'new' && <ItemDialog item={null} onClose={() => setDialog(null)} />}
      {dialog === 'import' && <ImportDialog onClose={() => setDialog(null)} />}
    </Page>
  )
}
