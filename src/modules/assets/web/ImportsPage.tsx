import { Button } from 'antd'
import { download } from '#kernel/web/client.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { FileUpload } from '#kernel/web/form/FileUpload.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { importStateLabels } from '../model.ts'
import { ImportStateTag } from './AssetStateTag.tsx'

/** Workbooks of cards that were taken in, and a new one. */
export default function ImportsPage() {
  const go = useGo()
  const pages = usePages(contract.imports, { limit: 50 })
  return (
    <Page
      title="卡片导入"
      lead="上传工作簿后逐格核对，由您确认才登记。一次最多 20 万行，表头不必与模板完全相同。"
      trail={[{ label: '资产卡片', path: '/assets/cards' }]}
    >
      <Section
        title="上传工作簿"
        actions={<Button onClick={() => void download(contract.cardTemplate, {})}>下载模板</Button>}
      >
        <FileUpload
          operation={contract.readImport}
          input={{}}
          label="选择工作簿"
          accept=".xlsx,.xlsm,.csv"
          multiple={false}
          onUploaded={({ id }) => go(`/assets/imports/${id}`)}
        />
      </Section>
      <Section title="导入记录">
        <Table
          label="卡片导入列表"
          pages={pages}
          keyOf={({ id }) => id}
          href={({ id }) => `/assets/imports/${id}`}
          height="auto"
          columns={[
            { key: 'fileName', title: '文件', value: ({ fileName }) => fileName },
            {
              key: 'state',
              title: '状态',
              value: ({ state }) => importStateLabels[state],
              render: ({ state }) => <ImportStateTag state={state} />,
              width: 120,
            },
            { key: 'rows', title: '行', kind: 'number', value: ({ rows }) => rows },
            { key: 'badRows', title: '有问题的行', kind: 'number', value: ({ badRows }) => badRows },
            { key: 'appliedRows', title: '已登记', kind: 'number', value: ({ appliedRows }) => appliedRows },
            {
              key: 'created',
              title: '上传',
              value: ({ createdAt, createdBy }) => `${createdBy} ${shortInstant(createdAt)}`,
              width: 200,
            },
          ]}
          empty={<Empty title="还没有导入过" />}
        />
      </Section>
    </Page>
  )
}
