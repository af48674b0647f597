import { holdsAny } from '#kernel/pure/actor.ts'
import { Input } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { queryYear } from '#kernel/pure/contract.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { buyerRoles } from '../policy.ts'
import { methodLabels, purchaseStateLabels, purchaseStates, type ListedPurchase } from '../model.ts'
import { PurchaseStateTag } from './state-tags.tsx'
import './procurement.css'

const Filters = z.object({
  state: z.enum(purchaseStates).optional(),
  year: queryYear.optional(),
  text: z.string().max(50).optional(),
  departing: z.literal('true').optional(),
  withoutCard: z.literal('true').optional(),
})

/** Purchases of the organ, or of the level for who reads it. */
export default function PurchasesPage() {
  const go = useGo()
  const me = useMe()
  const [filter, change] = useFilters(Filters)
  const [text, setText] = useState(filter.text ?? '')
  const { departing, withoutCard, ...rest } = filter
  const asked = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const pages = usePages(contract.purchases, {
    ...asked,
    ...(departing ? { departing: true } : {}),
    ...(withoutCard ? { withoutCard: true } : {}),
    limit: 100,
  })
  const buys = holdsAny(me, buyerRoles)
  return (
    <Page
      title="采购"
      lead="一个项目一份档案：从计划行到申请、采购、合同、验收、建卡、付款，前一步的内容后一步不再填写。"
      actions={
        buys && (
          <ActionButton primary refusal={pages.first?.may.request} onClick={() => go('/procurement/purchases/new')}>
            采购申请
          </ActionButton>
        )
      }
    >
      <Table
        label="采购列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/procurement/purchases/${id}`}
        tools={
          <>
            <Input.Search
              className="purchase-search"
              aria-label="查找采购"
              placeholder="项目名称或采购编号"
              allowClear
              value={text}
              maxLength={50}
              onChange={({ target }) => setText(target.value)}
              onSearch={(value) => change({ text: value.trim() === '' ? undefined : value.trim() })}
            />
            <ChoiceFilter
              label="状态"
              labels={purchaseStateLabels}
              value={filter.state}
              onChange={(state) => change({ state })}
            />
          </>
        }
        columns={[
          { key: 'title', title: '采购项目', value: ({ title }) => title, width: 240 },
          { key: 'number', title: '采购编号', value: ({ number }) => number, width: 130 },
          ...(buys
            ? []
            : [{ key: 'organ', title: '采购单位', value: ({ organName }: ListedPurchase) => organName, width: 180 }]),
          {
            key: 'state',
            title: '状态',
            value: ({ state }) => purchaseStateLabels[state],
            render: ({ state }) => <PurchaseStateTag state={state} />,
            width: 130,
          },
          { key: 'method', title: '采购方式', value: ({ method }) => methodLabels[method], width: 150 },
          { key: 'requestedOn', title: '申请日期', kind: 'date', value: ({ requestedOn }) => requestedOn },
          { key: 'amountFen', title: '预算', kind: 'yuan', value: ({ amountFen }) => amountFen },
          { key: 'contractedFen', title: '合同', kind: 'yuan', value: ({ contractedFen }) => contractedFen || null },
          { key: 'paidFen', title: '已支付', kind: 'yuan', value: ({ paidFen }) => paidFen || null },
        ]}
        empty={
          <Empty title="没有采购">
            {buys ? '从生效的计划行提出采购申请，系统按金额和目录建议采购方式。' : '本级机关还没有符合条件的采购。'}
          </Empty>
        }
      />
    </Page>
  )
}
