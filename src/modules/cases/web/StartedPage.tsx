import { Radio } from 'antd'
import { z } from 'zod'
import { shortInstant } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { ClockBadge } from '#kernel/web/verdict/ClockBadge.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import type { CaseSummary } from '../contract.ts'

const Filters = z.object({ open: z.enum(['open', 'closed', 'all']).default('open') })

const columns: Column<CaseSummary>[] = [
  { key: 'title', title: '事项', value: ({ title }) => title, width: 280 },
  { key: 'kind', title: '种类', value: ({ kindTitle }) => kindTitle, width: 140 },
  { key: 'state', title: '状态', value: ({ stateLabel }) => stateLabel, width: 120 },
  { key: 'waiting', title: '等待', value: ({ waitingFor }) => waitingFor ?? '', width: 260 },
  {
    key: 'clock',
    title: '时限',
    value: ({ clock }) => clock?.dueOn ?? '',
    render: ({ clock }) => clock && <ClockBadge clock={clock} />,
    width: 160,
  },
  { key: 'opened', title: '发起时间', value: ({ openedAt }) => shortInstant(openedAt), width: 150 },
]

/** Everything the organ has started, and where it stands. */
export default function StartedPage() {
  const [{ open }, change] = useFilters(Filters)
  const pages = usePages(contract.started, { open, limit: 100 })
  return (
    <Page title="本机关事项" lead="本机关发起的事项，办到哪一步、等谁办、还剩几天。">
      <Table
        label="本机关事项"
        columns={columns}
        pages={pages}
        keyOf={({ caseId }) => caseId}
        href={({ link }) => link}
        tools={
          <Radio.Group
            value={open}
            onChange={(event) => change({ open: event.target.value as 'open' })}
            options={[
              { value: 'open', label: '办理中' },
              { value: 'closed', label: '已办结' },
              { value: 'all', label: '全部' },
            ]}
            optionType="button"
          />
        }
        empty={<Empty title="没有事项">本机关发起的申请、备案和报告会列在这里。</Empty>}
      />
    </Page>
  )
}
