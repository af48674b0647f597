import { Button } from 'antd'
import { z } from 'zod'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { shortInstant } from '#kernel/web/dates.ts'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../../contract.ts'
import type { Notice } from '../../model.ts'
import { NoticeStateTag, noticeStateWord } from './NoticeStateTag.tsx'

const Filters = z.object({ cycleId: z.uuid().optional() })

const columns: Column<Notice>[] = [
  { key: 'number', title: '文号', value: ({ number }) => number, width: 230 },
  { key: 'organ', title: '申请机关', value: ({ organName }) => organName, width: 216 },
  {
    key: 'state',
    title: '状态',
    value: noticeStateWord,
    render: (notice) => <NoticeStateTag notice={notice} />,
    width: 96,
  },
  { key: 'lines', title: '自行制定', kind: 'number', unit: '行', value: ({ lineCount }) => lineCount, width: 100 },
  { key: 'amount', title: '金额', kind: 'wan', value: ({ amountFen }) => amountFen, width: 104 },
  { key: 'issuedOn', title: '发出日期', kind: 'date', value: ({ issuedOn }) => issuedOn, width: 104 },
  { key: 'dueOn', title: '送达期限', kind: 'date', value: ({ dueOn }) => dueOn, width: 104 },
  {
    key: 'acknowledged',
    title: '签收',
    value: ({ acknowledgedAt, acknowledgedBy }) =>
      acknowledgedAt === null ? null : `${acknowledgedBy ?? ''} ${shortInstant(acknowledgedAt).slice(0, 10)}`,
    width: 152,
  },
]

/** Written notices 书面通知 of the level, or those an organ has received (Art. 33). */
export default function NoticesPage() {
  const [{ cycleId }, change] = useFilters(Filters)
  const pages = usePages(contract.notices, { ...(cycleId ? { cycleId } : {}), limit: 100 })
  return (
    <Page title="审核通知" lead="需求审结后，不属集中统一管理的事项以书面通知交申请机关自行制定计划。">
      <Section>
        <Table
          label="审核通知列表"
          columns={columns}
          pages={pages}
          keyOf={({ id }) => id}
          href={({ id }) => `/plans/notices/${id}`}
          tools={cycleId && <Button onClick={() => change({ cycleId: undefined })}>显示全部年度</Button>}
          empty={<Empty title="还没有书面通知">需求申请审结并有自行制定计划的事项时，系统自动发出通知。</Empty>}
        />
      </Section>
    </Page>
  )
}
