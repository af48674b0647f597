import { Input } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { usePages } from '#kernel/web/fetching.ts'
import { Go, useFilters, useGo } from '#kernel/web/going.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract, type WorkRow } from '../contract.ts'
import { Field, fieldLabels, standingLabels, WorkKind, workKindLabels, type Standing } from '../model.ts'
import { Hits } from './Hits.tsx'
import { OpenImports } from './OpenImports.tsx'
import { readerPath } from './paths.ts'
import './regulations.css'

const Filters = z.object({
  text: z.coerce.string().optional(),
  kind: WorkKind.optional().catch(undefined),
  field: Field.optional().catch(undefined),
  on: z.iso.date().optional().catch(undefined),
})

export const standingTones = { 'in-force': 'done', future: 'waiting', ended: 'draft' } as const satisfies Record<
  Standing,
  string
>

const columns: Column<WorkRow>[] = [
  { key: 'title', title: '制度', value: ({ title }) => title, width: 340 },
  { key: 'kind', title: '效力层级', value: ({ kind }) => workKindLabels[kind], width: 110 },
  {
    key: 'standing',
    title: '状态',
    value: ({ standing }) => standingLabels[standing],
    render: ({ standing }) => <StateTag tone={standingTones[standing]} word={standingLabels[standing]} />,
    width: 120,
  },
  { key: 'document', title: '文号', value: ({ documentNumber }) => documentNumber, width: 220 },
  { key: 'issuer', title: '制定机关', value: ({ issuer }) => issuer, width: 200 },
  { key: 'from', title: '施行', kind: 'date', value: ({ validFrom }) => validFrom },
  { key: 'until', title: '失效', kind: 'date', value: ({ validUntil }) => validUntil },
  { key: 'articles', title: '条文', kind: 'number', unit: '条', value: ({ articles }) => articles, width: 90 },
  { key: 'versions', title: '版本', kind: 'number', unit: '个', value: ({ versions }) => versions, width: 90 },
  { key: 'oddities', title: '存疑', kind: 'number', unit: '处', value: ({ oddities }) => oddities, width: 90 },
  { key: 'scope', title: '适用范围', value: ({ jurisdictionName }) => jurisdictionName, width: 120 },
  {
    key: 'fields',
    title: '领域',
    value: ({ fields }) => fields.map((field) => fieldLabels[field]).join('、'),
    width: 220,
    optional: true,
  },
]

/** The library: what binds here, by title; with words to look for, the passages that hold them. */
export default function LibraryPage() {
  const [{ text, kind, field, on }, change] = useFilters(Filters)
  const go = useGo()
  const [typed, setTyped] = useState(text ?? '')
  const filter = { ...(kind ? { kind } : {}), ...(on ? { on } : {}) }
  const pages = usePages(contract.works, { ...filter, ...(field ? { field } : {}), limit: 100 })
  const tools = (
    <>
      <ChoiceFilter
        label="效力层级"
        labels={workKindLabels}
        value={kind}
        onChange={(value) => change({ kind: value })}
        width={140}
      />
      {!text && (
        <ChoiceFilter
          label="领域"
          labels={fieldLabels}
          value={field}
          onChange={(value) => change({ field: value })}
          width={130}
        />
      )}
      <span className="row law-on">
        有效日期
        <LocalDateInput
          aria-label="有效日期"
          value={on ?? null}
          onChange={(value) => change({ on: value === null ? undefined : String(value) })}
        />
      </span>
    </>
  )
  return (
    <Page
      title="制度库"
      lead="法律、法规、规章、规范性文件和标准的正文及历次版本。上级制定的适用于下级，本地的只适用于本地。"
      actions={
        <ActionButton primary refusal={pages.first?.may.import ?? null} onClick={() => go('/regulations/import')}>
          导入制度
        </ActionButton>
      }
    >
      <OpenImports />
      <Input.Search
        className="law-search"
        size="large"
        aria-label="检索制度和条文"
        placeholder="检索标题和条文：备案、公务用车、三十五条"
        allowClear
        maxLength={60}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          if (event.target.value === '') change({ text: undefined })
        }}
        onSearch={(value) => change({ text: value.trim() || undefined })}
      />
      {text ? (
        <Hits text={text} filter={filter} tools={tools} />
      ) : (
        <Table
          label="制度库"
          columns={columns}
          pages={pages}
          keyOf={({ id }) => id}
          href={({ id }) => `${readerPath(id)}${on ? `?on=${on}` : ''}`}
          tools={tools}
          empty={
            <Empty title="没有符合条件的制度">
              请换一个条件，或者<Go to="/regulations">查看全部</Go>。
            </Empty>
          }
        />
      )}
    </Page>
  )
}
