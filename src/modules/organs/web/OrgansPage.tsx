import { Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { StatutoryPart, statutoryPartLabels } from '#kernel/pure/actor.ts'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { queryBoolean } from '#kernel/pure/contract.ts'
import { useFetched, usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../contract.ts'
import { JurisdictionCode, OrganKind, organKindLabels } from '../model.ts'
import { OrganStateTag } from './OrganStateTag.tsx'
import { RegisterDialog } from './RegisterDialog.tsx'

const Filters = z.object({
  jurisdictionCode: z.union([JurisdictionCode, z.literal('all')]).optional(),
  kind: OrganKind.optional(),
  part: StatutoryPart.optional(),
  text: z.string().optional(),
  includeClosed: queryBoolean.optional(),
})

type Row = OutputOf<(typeof contract)['organs']>['items'][number]

const columns: Column<Row>[] = [
  { key: 'name', title: '机关', value: ({ name }) => name, width: 300 },
  { key: 'short', title: '简称', value: ({ shortName }) => shortName, width: 150 },
  { key: 'jurisdiction', title: '行政区划', value: ({ jurisdictionName }) => jurisdictionName, width: 110 },
  { key: 'kind', title: '类别', value: ({ kind }) => organKindLabels[kind], width: 170 },
  {
    key: 'parts',
    title: '法定职责',
    value: ({ parts }) => parts.map((part) => statutoryPartLabels[part]).join('、'),
    width: 180,
  },
  {
    key: 'approved',
    title: '编制',
    kind: 'number',
    unit: '人',
    value: ({ approvedPosts }) => approvedPosts,
    width: 100,
  },
  {
    key: 'staff',
    title: '编制内实有',
    kind: 'number',
    unit: '人',
    value: ({ staffInPost }) => staffInPost,
    width: 130,
  },
  { key: 'compound', title: '集中办公区', value: ({ inCompound }) => (inCompound ? '是' : '否'), width: 110 },
  {
    key: 'state',
    title: '状态',
    value: ({ validUntil }) => (validUntil === null ? '在用' : '停用'),
    render: (organ) => <OrganStateTag of={organ} />,
    width: 160,
  },
  { key: 'budgetCode', title: '预算编码', value: ({ budgetCode }) => budgetCode, width: 120, optional: true },
  { key: 'creditCode', title: '统一社会信用代码', value: ({ creditCode }) => creditCode, width: 190, optional: true },
]

/** The organs one may see, with posts and people; the authority registers new ones. */
export default function OrgansPage() {
  const { organ } = useMe()
  const [filters, change] = useFilters(Filters)
  const { jurisdictionCode = organ?.jurisdictionCode ?? 'all', ...others } = filters
  const [registering, setRegistering] = useState(false)
  const { items: jurisdictions } = useFetched(contract.jurisdictions, {})
  const given = Object.fromEntries(
    Object.entries(others).filter(([, value]) => value !== undefined && value !== ''),
  ) as typeof others
  const pages = usePages(contract.organs, {
    ...given,
    ...(jurisdictionCode === 'all' ? {} : { jurisdictionCode }),
    limit: 100,
  })
  const may = pages.first?.may.register ?? null
  return (
    <Page
      title="机关名录"
      lead="机关、法定职责和编制是计划、标准和各类限额的依据。"
      actions={
        pages.first && (
          <ActionButton primary refusal={may} onClick={() => setRegistering(true)}>
            登记机关
          </ActionButton>
        )
      }
    >
      <Table
        label="机关名录"
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/organs/${id}`}
        tools={
          <>
            <Select<string>
              aria-label="行政区划"
              showSearch={{ optionFilterProp: 'label' }}
              style={{ width: 160 }}
              value={jurisdictionCode}
              onChange={(value) => change({ jurisdictionCode: value })}
              options={[
                { value: 'all', label: '全部区划' },
                ...jurisdictions.map(({ code, name }) => ({ value: code, label: name })),
              ]}
            />
            <ChoiceFilter
              label="类别"
              labels={organKindLabels}
              value={filters.kind}
              onChange={(value) => change({ kind: value })}
              width={190}
            />
            <ChoiceFilter
              label="法定职责"
              labels={statutoryPartLabels}
              value={filters.part}
              onChange={(value) => change({ part: value })}
              width={180}
            />
            <Input.Search
              aria-label="名称、简称或预算编码"
              placeholder="名称、简称或预算编码"
              allowClear
              defaultValue={filters.text ?? ''}
              style={{ width: 220 }}
              onSearch={(value) => change({ text: value.trim() || undefined })}
            />
            <Checkbox
              checked={filters.includeClosed ?? false}
              onChange={({ target }) => change({ includeClosed: target.checked || undefined })}
            >
              含停用
            </Checkbox>
          </>
        }
        empty={<Empty title="没有符合条件的机关">可放宽筛选条件；本级机关由机关事务管理部门登记。</Empty>}
      />
      {registering && <RegisterDialog jurisdictions={jurisdictions} onClose={() => setRegistering(false)} />}
    </Page>
  )
}
