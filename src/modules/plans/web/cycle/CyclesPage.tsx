import { useState } from 'react'
import { mayOf } from '#kernel/pure/verdict.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../../contract.ts'
import { cycleStateLabels } from '../../model.ts'
import type { Cycle } from '../../model.ts'
import { can } from '../../policy.ts'
import { actorOf } from '../actor.ts'
import { CycleStateTag } from '../state-tags.tsx'
import { OpenCycleDialog } from './OpenCycleDialog.tsx'

const columns: Column<Cycle>[] = [
  { key: 'year', title: '年度', value: ({ year }) => `${year}年度保障计划`, width: 200 },
  {
    key: 'state',
    title: '状态',
    value: ({ state }) => cycleStateLabels[state],
    render: ({ state }) => <CycleStateTag state={state} />,
    width: 130,
  },
  { key: 'opens', title: '申报开始', kind: 'date', value: ({ calendar }) => calendar.demandOpensOn },
  { key: 'closes', title: '申报截止', kind: 'date', value: ({ calendar }) => calendar.demandClosesOn },
  { key: 'review', title: '审核截止', kind: 'date', value: ({ calendar }) => calendar.reviewUntil },
  { key: 'plan', title: '计划截止', kind: 'date', value: ({ calendar }) => calendar.planUntil },
  { key: 'standards', title: '适用标准日期', kind: 'date', value: ({ standardsOn }) => standardsOn, width: 130 },
]

/** The years of the authority's level; opening the next one. */
export default function CyclesPage() {
  const me = useMe()
  const [opening, setOpening] = useState(false)
  const pages = usePages(contract.cycles, { limit: 50 })
  const may = mayOf(can.openCycle(actorOf(me), { jurisdictionCode: me.organ?.jurisdictionCode ?? '' }))
  return (
    <Page
      title="年度周期"
      lead="每年从需求申请到审核、通知、计划的一个周期。"
      actions={
        <ActionButton primary refusal={may} onClick={() => setOpening(true)}>
          开启年度周期
        </ActionButton>
      }
    >
      <Table
        label="年度周期列表"
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/plans/cycles/${id}`}
        empty={<Empty title="还没有年度周期">点“开启年度周期”，各机关即可填报需求申请。</Empty>}
      />
      {opening && <OpenCycleDialog taken={pages.items.map(({ year }) => year)} onClose={() => setOpening(false)} />}
    </Page>
  )
}
