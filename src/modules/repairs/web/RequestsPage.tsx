import { holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { Button } from 'antd'
import { z } from 'zod'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { numberOfOrgan } from '#kernel/web/table/number-of-organ.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { repairGradeLabels } from '#modules/standards/rules/warehouse.ts'
import { contract } from '../contract.ts'
import { repairStateLabels, repairStates } from '../model.ts'
import { RepairStateTag } from './RepairStateTag.tsx'

const Filters = z.object({ state: z.enum(repairStates).optional(), unpaid: z.literal('true').optional() })

/** Repairs of the organ, or of the level for who reads it. */
export default function RequestsPage() {
  const me = useMe()
  const go = useGo()
  const [{ state, unpaid }, change] = useFilters(Filters)
  const pages = usePages(contract.requests, {
    ...(state ? { state } : {}),
    ...(unpaid ? { unpaid: true } : {}),
    limit: 100,
  })
  const keeps = holdsAny(me, keeperRoles)
  return (
    <Page
      title="资产维修"
      lead="维修费用占重置价的比例超过规定的，不再维修，转入处置。"
      actions={
        keeps && (
          <Button type="primary" onClick={() => go('/repairs/requests/new')}>
            申请维修
          </Button>
        )
      }
    >
      <Table
        label="资产维修列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/repairs/requests/${id}`}
        tools={
          <>
            <ChoiceFilter
              label="状态"
              labels={repairStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
            />
            <ChoiceFilter
              label="付款"
              labels={{ true: '待付款' }}
              value={unpaid}
              onChange={(value) => change({ unpaid: value })}
              width={110}
            />
          </>
        }
        columns={[
          { key: 'thing', title: '资产', value: ({ thing }) => thing, width: 220 },
          {
            key: 'state',
            title: '状态',
            value: ({ state: of }) => repairStateLabels[of],
            render: ({ state: of }) => <RepairStateTag state={of} />,
            width: 110,
          },
          numberOfOrgan('申请编号', keeps ? 140 : 240),
          { key: 'fault', title: '故障情况', value: ({ fault }) => fault, width: 200 },
          {
            key: 'grade',
            title: '等级',
            value: ({ grade }) => grade && `${grade} ${repairGradeLabels[grade]}`,
            width: 110,
          },
          { key: 'offerFen', title: '报价', kind: 'yuan', value: ({ offerFen }) => offerFen, width: 110 },
          { key: 'actualFen', title: '实际费用', kind: 'yuan', value: ({ actualFen }) => actualFen, width: 110 },
          { key: 'held', title: '待付', kind: 'yuan', value: ({ heldFen }) => heldFen || null, width: 110 },
          { key: 'requestedOn', title: '申请', kind: 'date', value: ({ requestedOn }) => requestedOn },
          { key: 'finishedOn', title: '办结', kind: 'date', value: ({ finishedOn }) => finishedOn },
        ]}
        empty={<Empty title="没有维修申请">资产出了故障，点“申请维修”登记。</Empty>}
      />
    </Page>
  )
}
