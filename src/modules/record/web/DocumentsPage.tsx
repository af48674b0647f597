import { Input, Select } from 'antd'
import { z } from 'zod'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract, documentKindLabels } from '../contract.ts'
import { DocumentLinks } from './DocumentLinks.tsx'

const Filters = z.object({
  kind: z.string().optional(),
  year: z.coerce.number().int().min(1000).max(9999).optional().catch(undefined),
  text: z.string().optional(),
})

/** Official documents issued by the organ or addressed to it; for authority and finance, those of the level. */
export default function DocumentsPage() {
  const [{ kind, year, text }, change] = useFilters(Filters)
  const pages = usePages(contract.documents, {
    ...(kind ? { kind } : {}),
    ...(year ? { year } : {}),
    ...(text ? { text } : {}),
    limit: 100,
  })
  return (
    <Page title="公文" lead="本单位制发和收到的通知、计划、备案表和报告。">
      <Table
        label="公文"
        columns={[
          { key: 'number', title: '文号', value: ({ number }) => number, width: 250 },
          // Organs count their papers each for itself: whose number it is stands beside it.
          { key: 'organ', title: '制发机关', value: ({ organName }) => organName, width: 200 },
          { key: 'title', title: '标题', value: ({ title }) => title, width: 350 },
          { key: 'kind', title: '种类', value: (row) => documentKindLabels[row.kind] ?? row.kind, width: 120 },
          { key: 'issued', title: '日期', kind: 'date', value: ({ issuedOn }) => issuedOn },
          {
            key: 'files',
            title: '下载',
            value: () => '',
            render: ({ id }) => <DocumentLinks documentId={id} />,
            width: 170,
          },
        ]}
        pages={pages}
        keyOf={({ id }) => id}
        tools={
          <>
            <Select
              aria-label="种类"
              allowClear
              placeholder="全部种类"
              style={{ width: 160 }}
              value={kind ?? null}
              onChange={(value: string | null) => change({ kind: value ?? undefined })}
              options={Object.entries(documentKindLabels).map(([value, label]) => ({ value, label }))}
            />
            <Input.Search
              aria-label="制发年份"
              placeholder="制发年份"
              allowClear
              inputMode="numeric"
              maxLength={4}
              defaultValue={year === undefined ? '' : String(year)}
              style={{ width: 150 }}
              onSearch={(value) =>
                (value === '' || /^[1-9]\d{3}$/.test(value)) &&
                change({ year: value === '' ? undefined : Number(value) })
              }
            />
            <Input.Search
              aria-label="文号或标题"
              placeholder="文号或标题"
              allowClear
              defaultValue={text ?? ''}
              onSearch={(value) => change({ text: value.trim() || undefined })}
              style={{ width: 220 }}
            />
          </>
        }
        empty={<Empty title="没有公文">签发通知、计划、备案表和报告后，会列在这里。</Empty>}
      />
    </Page>
  )
}
