import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetchedLater, usePages } from '#kernel/web/fetching.ts'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { AuditExport } from './AuditExport.tsx'
import { OperationWords } from './OperationWords.tsx'
import { objectWords, resultTones, resultWords } from './audit-words.ts'
import { factWords, knownFacts } from './field-words.ts'
import './record.css'

const Filters = z.object({
  person: z.string().optional(),
  organ: z.string().optional(),
  fact: z.string().optional(),
  operation: z.string().optional(),
  object: z.string().optional(),
  result: z.enum(['done', 'denied', 'failed']).optional().catch(undefined),
  from: z.string().optional(),
  until: z.string().optional(),
})

/** The audit record of the level, newest first, for the security auditor. */
export default function AuditPage() {
  const [filters, change] = useFilters(Filters)
  const [exporting, setExporting] = useState(false)
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value)) as typeof filters
  const pages = usePages(contract.auditEntries, { ...given, limit: 100 })
  const newest = useFetchedLater(contract.latestCheckpoint, {}, { everyMs: 30_000 }).data?.checkpoint
  const text = (key: 'person' | 'organ' | 'object' | 'operation', label: string, width: number) => (
    <Input.Search
      key={`${key} ${filters[key] ?? ''}`}
      aria-label={label}
      placeholder={label}
      allowClear
      defaultValue={filters[key] ?? ''}
      onSearch={(value) => change({ [key]: value.trim() || undefined })}
      style={{ width }}
    />
  )
  return (
    <Page
      title="审计记录"
      lead={
        newest ? (
          <>
            只增不改，已封存 {newest.size.toLocaleString('zh-CN')} 条；最新检查点{' '}
            <span className="audit-short number">{newest.short}</span>，{shortInstant(newest.at)}
          </>
        ) : (
          '只增不改，每隔几秒封存一次；命令 yunbao verify 可随时核验。'
        )
      }
      actions={<Button onClick={() => setExporting(true)}>导出</Button>}
    >
      <Table
        label="审计记录"
        columns={[
          { key: 'at', title: '时间', value: ({ at }) => shortInstant(at), width: 160 },
          {
            key: 'result',
            title: '结果',
            value: ({ result }) => resultWords[result],
            render: ({ result }) => <StateTag tone={resultTones[result]} word={resultWords[result]} />,
            width: 100,
          },
          { key: 'fact', title: '行为', value: ({ fact }) => factWords(fact), width: 170 },
          { key: 'person', title: '人员', value: ({ personName }) => personName, width: 120 },
          { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 220 },
          {
            key: 'object',
            title: '对象',
            value: ({ subjectKind, subjectId }) => objectWords(subjectKind, subjectId),
            width: 300,
          },
          {
            key: 'operation',
            title: '操作',
            value: ({ operation, operationName }) => operationName ?? operation,
            render: ({ operation, operationName }) =>
              operation && <OperationWords name={operationName} code={operation} />,
            width: 240,
          },
          {
            key: 'by',
            title: '途径',
            value: ({ byCommand, actorKind }) =>
              byCommand ? '命令行' : actorKind === 'system' ? '定时任务' : actorKind === 'machine' ? '接口' : '网页',
            width: 100,
          },
          { key: 'reasons', title: '原因代码', value: ({ reasons }) => reasons.join(' '), width: 220, optional: true },
        ]}
        pages={pages}
        keyOf={({ id }) => String(id)}
        href={({ id }) => `/record/audit/${id}`}
        tools={
          <div className="row audit-filters">
            <ChoiceFilter
              label="结果"
              labels={resultWords}
              value={filters.result}
              onChange={(result) => change({ result })}
              width={110}
            />
            <Select
              aria-label="行为"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="全部行为"
              style={{ width: 150 }}
              value={filters.fact ?? null}
              onChange={(value: string | null) => change({ fact: value ?? undefined })}
              options={knownFacts()}
            />
            {text('person', '人员姓名', 160)}
            {text('organ', '机关名称', 150)}
            {text('object', '对象编号', 150)}
            {text('operation', '操作', 130)}
            <span className="row">
              <span aria-hidden="true">自</span>
              <LocalDateInput
                aria-label="自"
                value={filters.from ?? ''}
                onChange={(value) => change({ from: value ? String(value) : undefined })}
              />
            </span>
            <span className="row">
              <span aria-hidden="true">至</span>
              <LocalDateInput
                aria-label="至"
                value={filters.until ?? ''}
                onChange={(value) => change({ until: value ? String(value) : undefined })}
              />
            </span>
          </div>
        }
        empty={<Empty title="没有符合条件的记录">放宽时间、人员或行为后再看。</Empty>}
      />
      {exporting && <AuditExport filters={given} onClose={() => setExporting(false)} />}
    </Page>
  )
}
