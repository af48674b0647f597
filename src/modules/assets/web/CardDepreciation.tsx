import { Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { monthlySchedule } from '../rules/depreciation.ts'
import type { CardView } from './CardPage.tsx'

/** What closed months charged, and what the years to come will. */
export function CardDepreciation({ view: { schedule, charges, card, base, openMonth } }: { view: CardView }) {
  if (card.depreciationMonths === null) return <p>这类资产不计提折旧。</p>
  const months = card.removedOn === null && openMonth !== null ? monthlySchedule(base, card.costFen, openMonth) : []
  return (
    <div className="card-depreciation">
      <Section title="按年折旧表">
        <Table
          label="按年折旧表"
          height="auto"
          columns={[
            { key: 'year', title: '年度', value: ({ year }) => `${year} 年`, width: 90 },
            { key: 'chargedFen', title: '当年折旧', kind: 'yuan', value: ({ chargedFen }) => chargedFen },
            { key: 'accumulatedFen', title: '年末累计', kind: 'yuan', value: ({ accumulatedFen }) => accumulatedFen },
            { key: 'netFen', title: '年末净值', kind: 'yuan', value: ({ netFen }) => netFen },
          ]}
          rows={schedule}
          keyOf={({ year }) => year}
          empty={<Empty title="没有折旧" />}
        />
      </Section>
      {months.length > 0 && (
        <Section title={`尚未计提的月份（${months.length} 个月，至 ${months.at(-1)?.month}）`}>
          <Table
            label="尚未计提的月份"
            height="432px"
            columns={[
              { key: 'month', title: '月份', value: ({ month }) => month, width: 90 },
              { key: 'chargedFen', title: '应计提', kind: 'yuan', value: ({ chargedFen }) => chargedFen },
              { key: 'accumulatedFen', title: '累计', kind: 'yuan', value: ({ accumulatedFen }) => accumulatedFen },
              { key: 'netFen', title: '净值', kind: 'yuan', value: ({ netFen }) => netFen },
            ]}
            rows={months}
            keyOf={({ month }) => month}
            empty={null}
          />
        </Section>
      )}
      <Section title="已计提的月份">
        <Table
          label="已计提的月份"
          height="auto"
          columns={[
            { key: 'month', title: '月份', value: ({ month }) => month, width: 90 },
            { key: 'chargedFen', title: '计提', kind: 'yuan', value: ({ chargedFen }) => chargedFen },
            { key: 'accumulatedFen', title: '累计', kind: 'yuan', value: ({ accumulatedFen }) => accumulatedFen },
          ]}
          rows={charges}
          keyOf={({ month }) => month}
          empty={<Empty title="还没有结账的月份">在“折旧”中按月计提后列在这里。</Empty>}
        />
      </Section>
    </div>
  )
}
