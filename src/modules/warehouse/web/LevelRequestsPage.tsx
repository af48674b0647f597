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
import { purposeLabels } from '../model.ts'
import { levelRequestStateLabels, levelRequestStates } from '../model/level.ts'
import { reviewerRoles } from '../policy.ts'
import { LevelRequestStateTag } from './WarehouseTags.tsx'

const Filters = z.object({ state: z.enum(levelRequestStates).optional() })

/** What the own level asked of others and others of it; for an organ, what is to come. */
export default function LevelRequestsPage() {
  const me = useMe()
  const go = useGo()
  const [{ state }, change] = useFilters(Filters)
  const pages = usePages(contract.levelRequests, { ...(state ? { state } : {}), limit: 100 })
  const here = me.organ?.jurisdictionCode
  const asks = me.organ?.parts.includes('authority') === true && reviewerRoles.some((role) => me.roles.includes(role))
  return (
    <Page
      title="跨级调剂"
      lead="商请其他层级公物仓调剂：对方机关事务管理部门同意、财政部门同意后，由接收机关签收，卡片按账面价值划转。"
      actions={asks && <Button onClick={() => go('/warehouse/levels/stock')}>查看其他层级公物仓</Button>}
    >
      <Table
        label="跨级调剂列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/warehouse/levels/requests/${id}`}
        tools={
          <ChoiceFilter
            label="状态"
            labels={levelRequestStateLabels}
            value={state}
            onChange={(value) => change({ state: value })}
            width={180}
          />
        }
        columns={[
          {
            key: 'what',
            title: '商请',
            value: ({ askingName, giverName, items }) => `${askingName}商请${giverName} ${items} 件`,
            width: 320,
          },
          { key: 'number', title: '编号', value: ({ number }) => number, width: 130 },
          {
            key: 'state',
            title: '状态',
            value: ({ state: of }) => levelRequestStateLabels[of],
            render: ({ state: of }) => <LevelRequestStateTag state={of} />,
            width: 170,
          },
          {
            key: 'way',
            title: '方向',
            value: ({ giverJurisdictionCode }) => (giverJurisdictionCode === here ? '本级给出' : '本级接收'),
            width: 90,
          },
          { key: 'receiver', title: '接收机关', value: ({ receiverName }) => receiverName, width: 200 },
          { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, width: 120 },
          {
            key: 'purpose',
            title: '用途类别',
            value: ({ purpose }) => purposeLabels[purpose],
            width: 170,
            optional: true,
          },
          { key: 'askedOn', title: '商请日期', kind: 'date', value: ({ askedOn }) => askedOn },
          { key: 'closedOn', title: '办结', kind: 'date', value: ({ closedOn }) => closedOn },
        ]}
        empty={<Empty title="没有跨级调剂">本级公物仓没有的物品，由审核人员商请其他层级。</Empty>}
      />
    </Page>
  )
}
