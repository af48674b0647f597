import { shortInstant } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { changesText, scanActLabels } from '../model/scan.ts'

/** Receipts of scan sessions, newest first. */
export default function ScanReceiptsPage() {
  const pages = usePages(contract.scanReceipts, { limit: 100 })
  return (
    <Page
      title="资产变动单"
      lead="连续扫码办理的变更，每次一张。"
      trail={[{ label: '扫码查资产', path: '/assets/scan' }]}
    >
      <Table
        label="资产变动单列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/assets/scan/receipts/${id}`}
        columns={[
          { key: 'number', title: '编号', value: ({ number }) => number, width: 150 },
          { key: 'act', title: '事项', value: ({ act }) => scanActLabels[act], width: 170 },
          { key: 'changes', title: '变更为', value: ({ changes }) => changesText(changes), width: 220 },
          { key: 'cards', title: '资产', unit: '件', kind: 'number', value: ({ cards }) => cards, width: 80 },
          { key: 'effectiveOn', title: '变动日期', kind: 'date', value: ({ effectiveOn }) => effectiveOn },
          { key: 'doneByName', title: '办理人', value: ({ doneByName }) => doneByName, width: 100 },
          { key: 'doneAt', title: '办理时间', value: ({ doneAt }) => shortInstant(doneAt), width: 150 },
        ]}
        empty={<Empty title="还没有资产变动单">用“连续扫码”变更资产后列在这里。</Empty>}
      />
    </Page>
  )
}
