import { usePages } from '#kernel/web/fetching.ts'
import { Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'

/** Overdue cases within reach, longest overdue first; of one norm where it was chosen. */
export function OverdueCases(props: { norm: string | undefined; reach: 'jurisdiction' | 'organ'; onAll: () => void }) {
  const { norm, reach, onAll } = props
  const pages = usePages(contract.overdue, { ...(norm ? { norm } : {}), limit: 50 })
  return (
    <Section
      title={`逾期事项（${reach === 'organ' ? '本机关' : '本级'}${norm ? `，${norm}` : ''}）`}
      actions={
        norm && (
          <button type="button" className="link-button" onClick={onAll}>
            查看全部逾期事项
          </button>
        )
      }
    >
      <Table
        label="逾期事项"
        columns={[
          { key: 'title', title: '事项', value: ({ title }) => title, width: 320 },
          { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 200 },
          { key: 'place', title: '依据', value: (row) => `${row.place}（${row.norm}）`, width: 220 },
          { key: 'state', title: '状态', value: ({ stateLabel }) => stateLabel, width: 130 },
          { key: 'due', title: '期限', kind: 'date', value: ({ dueOn }) => dueOn },
          {
            key: 'late',
            title: '已逾期',
            value: ({ daysLate, unit }) => `${daysLate}${unit === 'workdays' ? '个工作日' : '天'}`,
            width: 120,
          },
        ]}
        pages={pages}
        keyOf={({ key }) => key}
        href={({ link }) => link}
        empty={<Empty title="没有逾期事项" />}
        height={pages.items.length === 0 ? '180px' : '320px'}
      />
    </Section>
  )
}
