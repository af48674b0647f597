import { holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { Button } from 'antd'
import { z } from 'zod'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { issueStateLabels, issueStates } from '../model.ts'
import { IssueTag } from './StockTag.tsx'

const Filters = z.object({ state: z.enum(issueStates).optional() })

/** What was taken from the stock: the organ's, or one's own. */
export default function IssuesPage() {
  const me = useMe()
  const go = useGo()
  const [{ state }, change] = useFilters(Filters)
  const pages = usePages(contract.issues, { ...(state ? { state } : {}), limit: 100 })
  const keeps = holdsAny(me, keeperRoles)
  return (
    <Page
      title="物品领用"
      lead="领用的物品由领用人核对后签收；没有用完的可以退库。"
      actions={
        keeps && (
          <Button type="primary" onClick={() => go('/consumables/issues/new')}>
            办理领用
          </Button>
        )
      }
    >
      <Table
        label="物品领用列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/consumables/issues/${id}`}
        tools={
          <ChoiceFilter
            label="状态"
            labels={issueStateLabels}
            value={state}
            onChange={(value) => change({ state: value })}
          />
        }
        columns={[
          { key: 'number', title: '领用单号', value: ({ number }) => number, width: 130 },
          {
            key: 'state',
            title: '状态',
            value: ({ state: of }) => issueStateLabels[of],
            render: ({ state: of }) => <IssueTag state={of} />,
            width: 104,
          },
          { key: 'to', title: '领用人', value: ({ toName }) => toName, width: 90 },
          { key: 'items', title: '物品', unit: '种', kind: 'number', value: ({ items }) => items, width: 80 },
          { key: 'amountFen', title: '金额', kind: 'yuan', value: ({ amountFen }) => amountFen, width: 110 },
          { key: 'purpose', title: '用途', value: ({ purpose }) => purpose, width: 180 },
          { key: 'place', title: '使用地点', value: ({ place }) => place, width: 110 },
          { key: 'offeredOn', title: '办理', kind: 'date', value: ({ offeredOn }) => offeredOn },
          { key: 'answeredOn', title: '办结', kind: 'date', value: ({ answeredOn }) => answeredOn },
        ]}
        empty={<Empty title="没有物品领用">{keeps ? '点“办理领用”为同事发放物品。' : '领用物品后列在这里。'}</Empty>}
      />
    </Page>
  )
}
