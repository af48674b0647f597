import { usePages } from '#kernel/web/fetching.ts'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'

/** What a closed month charged, card by card. */
export default function ChargesPage({ params }: PageProps<'/assets/depreciation/:month'>) {
  const pages = usePages(contract.charges, { month: params.month, limit: 200 })
  return (
    <Page title={`${params.month} 折旧明细`} trail={[{ label: '折旧', path: '/assets/depreciation' }]}>
      <Table
        label="折旧明细"
        pages={pages}
        keyOf={({ cardId }) => cardId}
        href={({ cardId, held }) => (held ? `/assets/cards/${cardId}?tab=depreciation` : null)}
        columns={[
          { key: 'name', title: '资产名称', value: ({ name, held }) => (held ? name : `${name}（已调出）`) },
          { key: 'number', title: '资产编号', value: ({ number }) => number, width: 170 },
          { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen },
          { key: 'chargedFen', title: '本月折旧', kind: 'yuan', value: ({ chargedFen }) => chargedFen },
          { key: 'accumulatedFen', title: '累计折旧', kind: 'yuan', value: ({ accumulatedFen }) => accumulatedFen },
        ]}
        empty={<Empty title="这个月没有计提折旧">尚未结账，或没有需要计提的资产。</Empty>}
      />
    </Page>
  )
}
