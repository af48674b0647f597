import { Button, Checkbox } from 'antd'
import { z } from 'zod'
import { queryBoolean } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { numberOfOrgan } from '#kernel/web/table/number-of-organ.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import {
  purposeLabels,
  requestKindLabels,
  requestKinds,
  requestStateLabels,
  requestStates,
  type Request,
} from '../model.ts'
import { RequestStateTag } from './WarehouseTags.tsx'

const Filters = z.object({
  kind: z.enum(requestKinds).optional(),
  state: z.enum(requestStates).optional(),
  late: queryBoolean.optional(),
})

/** A loan that is out and past its day. */
export const isLate = ({ state, dueOn }: Pick<Request, 'state' | 'dueOn'>) =>
  (state === 'lent' || state === 'renewing' || state === 'returning') && dueOn !== null && dueOn < todayHere()

/** Loans and allotments of the organ, or of the level. */
export default function RequestsPage() {
  const go = useGo()
  const [{ kind, state, late }, change] = useFilters(Filters)
  const pages = usePages(contract.requests, {
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    ...(late ? { late } : {}),
    limit: 100,
  })
  return (
    <Page
      title="借用和调拨"
      lead="借用到期归还，账面持有机关不变；调拨经财政同意，签收后资产卡片随物划转。"
      actions={<Button onClick={() => go('/warehouse/items?free=true')}>从目录中选择</Button>}
    >
      <Table
        label="借用和调拨列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/warehouse/requests/${id}`}
        tools={
          <>
            <ChoiceFilter
              label="方式"
              labels={requestKindLabels}
              value={kind}
              onChange={(value) => change({ kind: value })}
              width={120}
            />
            <ChoiceFilter
              label="状态"
              labels={requestStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
            />
            <Checkbox
              checked={late === true}
              onChange={({ target }) => change({ late: target.checked ? true : undefined })}
            >
              只看逾期未还
            </Checkbox>
          </>
        }
        columns={[
          numberOfOrgan('编号'),
          {
            key: 'state',
            title: '状态',
            value: ({ state: of }) => requestStateLabels[of],
            render: (row) => <RequestStateTag state={row.state} late={isLate(row)} />,
            width: 150,
          },
          { key: 'kind', title: '方式', value: ({ kind: of }) => requestKindLabels[of], width: 72 },
          { key: 'items', title: '物品', unit: '件', kind: 'number', value: ({ items }) => items, width: 90 },
          { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, width: 120 },
          { key: 'purpose', title: '用途类别', value: ({ purpose }) => purposeLabels[purpose], width: 160 },
          { key: 'reason', title: '用途', value: ({ reason }) => reason, width: 200 },
          { key: 'appliedOn', title: '申请', kind: 'date', value: ({ appliedOn }) => appliedOn },
          { key: 'dueOn', title: '应归还', kind: 'date', value: ({ dueOn }) => dueOn },
          { key: 'closedOn', title: '办结', kind: 'date', value: ({ closedOn }) => closedOn },
          { key: 'savedFen', title: '节约', kind: 'yuan', value: ({ savedFen }) => savedFen, width: 120 },
        ]}
        empty={<Empty title="没有借用或调拨">在公物仓目录中勾选物品后提出申请。</Empty>}
      />
    </Page>
  )
}
