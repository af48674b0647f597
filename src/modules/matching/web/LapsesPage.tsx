import { z } from 'zod'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { causeLabels, lapseStateLabels, lapseStates, wayLabels } from '../model/lapse.ts'
import { LapseStateTag } from './LapseStateTag.tsx'

const Filters = z.object({ state: z.enum(lapseStates).optional() })

/** Lines whose things did not come after the review was closed, with the money that is missing. */
export default function LapsesPage() {
  const [{ state }, change] = useFilters(Filters)
  const pages = usePages(contract.lapses, { ...(state ? { state } : {}), limit: 100 })
  return (
    <Page title="调剂未成" lead="审核办结后，财政部门不同意调拨或申请机关撤回的，需求没有着落，由审核人员补充安排。">
      <Table
        label="调剂未成的需求"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/matching/lapses/${id}`}
        tools={
          <ChoiceFilter
            label="状态"
            labels={lapseStateLabels}
            value={state}
            onChange={(value) => change({ state: value })}
            width={140}
          />
        }
        columns={[
          { key: 'item', title: '物品', value: ({ itemName }) => itemName, width: 160 },
          {
            key: 'state',
            title: '状态',
            value: ({ state: of }) => lapseStateLabels[of],
            render: ({ state: of }) => <LapseStateTag state={of} />,
            width: 120,
          },
          { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 200 },
          { key: 'year', title: '年度', value: ({ year }) => String(year), width: 72 },
          { key: 'pieces', title: '数量', kind: 'number', value: ({ pieces }) => pieces, width: 72 },
          { key: 'neededFen', title: '购置所需', kind: 'yuan', value: ({ neededFen }) => neededFen, width: 120 },
          { key: 'cause', title: '原因', value: ({ cause }) => causeLabels[cause], width: 180 },
          { key: 'openedOn', title: '发生', kind: 'date', value: ({ openedOn }) => openedOn },
          { key: 'way', title: '补充安排', value: ({ way }) => way && wayLabels[way], width: 140 },
          { key: 'document', title: '编号', value: ({ document }) => document, width: 140 },
        ]}
        empty={<Empty title="没有调剂未成的需求">采纳的调剂都在办理，或已经签收。</Empty>}
      />
    </Page>
  )
}
