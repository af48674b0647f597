import { z } from 'zod'
import { queryInteger } from '#kernel/pure/contract.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter, YearFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../../contract.ts'
import { demandStateLabels, demandStates } from '../../model.ts'
import type { Demand } from '../../model.ts'
import { DemandStateTag } from '../state-tags.tsx'

const Filters = z.object({ year: queryInteger.optional(), state: z.enum(demandStates).optional() })

const columns: Column<Demand>[] = [
  { key: 'title', title: '需求申请', value: ({ organName, year }) => `${organName} ${year}年度`, width: 300 },
  { key: 'number', title: '编号', value: ({ number }) => number, width: 200 },
  {
    key: 'state',
    title: '状态',
    value: ({ state }) => demandStateLabels[state],
    render: ({ state }) => <DemandStateTag state={state} />,
    width: 120,
  },
  { key: 'submittedOn', title: '提交日期', kind: 'date', value: ({ submittedOn }) => submittedOn },
  { key: 'late', title: '逾期', value: ({ late }) => (late ? '逾期提交' : ''), width: 96 },
  { key: 'lines', title: '事项', kind: 'number', unit: '行', value: ({ lineCount }) => lineCount, width: 88 },
  { key: 'asked', title: '申请', kind: 'wan', value: ({ askedFen }) => askedFen },
  { key: 'approved', title: '审定', kind: 'wan', value: ({ approvedFen }) => approvedFen },
]

/** Demands of the own organ; of the whole level for authority, finance and audit. */
export default function DemandsPage() {
  const [{ year, state }, change] = useFilters(Filters)
  const pages = usePages(contract.demands, {
    ...(year === undefined ? {} : { year }),
    ...(state === undefined ? {} : { state }),
    limit: 100,
  })
  return (
    <Page title="需求申请" lead="年度周期开启后，系统为每个机关建好需求申请，并按上年计划预填。">
      <Table
        label="需求申请列表"
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/plans/demands/${id}`}
        tools={
          <>
            <YearFilter value={year} onChange={(value) => change({ year: value })} />
            <ChoiceFilter
              label="状态"
              labels={demandStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
              width={140}
            />
          </>
        }
        empty={<Empty title="没有需求申请">本级机关事务管理部门开启年度周期后，这里会出现待填报的需求申请。</Empty>}
      />
    </Page>
  )
}
