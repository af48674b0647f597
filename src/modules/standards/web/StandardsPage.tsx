import { Button, Input } from 'antd'
import { useMemo } from 'react'
import { z } from 'zod'
import { addressOf } from '#kernel/web/client.ts'
import { usePages, type Pages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { StandardFieldSchema, type StandardGroup } from '../contract/reading.ts'
import { StandardKind, standardKindLabels, type Standard } from '../model.ts'
import { standardFieldLabels } from '../model/definition.ts'
import { valueText } from '../rules/value-text.ts'
import { ConfidenceMark, DayFilter, periodText, PlaceFilter, scopeText, sourceText, usePlace } from './scope.tsx'
import './standards.css'

const Filters = z.object({
  on: z.string().optional(),
  place: z.string().optional(),
  field: StandardFieldSchema.optional(),
  kind: StandardKind.optional(),
  source: z.enum(['own', 'above']).optional(),
  sure: z.enum(['provisional', 'certain']).optional(),
  text: z.coerce.string().optional(),
})

/** A row of a standard in the table; further rows of the same standard stand under it by their scope alone. */
type Line = Standard & { first: boolean; of: number }

const columns: Column<Line>[] = [
  {
    key: 'title',
    title: '标准',
    value: (line) => (line.first ? line.title : scopeText(line)),
    render: (line) => {
      const scope = scopeText(line)
      if (!line.first) return <span className="standards-sub">{scope === '' ? '其他' : scope}</span>
      return (
        <>
          {line.title}
          {scope !== '' && <span className="quiet">（{scope}）</span>}
        </>
      )
    },
    width: 250,
  },
  { key: 'value', title: '内容', value: ({ value }) => valueText(value), width: 520 },
  {
    key: 'confidence',
    title: '可信度',
    value: ({ confidence }) => confidence,
    render: (line) => <ConfidenceMark row={line} />,
    width: 124,
  },
  { key: 'source', title: '制定', value: sourceText, width: 60 },
  { key: 'period', title: '施行', value: periodText, width: 210 },
  { key: 'kind', title: '种类', value: ({ kind }) => standardKindLabels[kind], width: 110 },
  { key: 'citation', title: '依据', value: ({ citation }) => citation, width: 380 },
  { key: 'note', title: '说明', value: ({ note }) => note, width: 300, optional: true },
  { key: 'code', title: '编码', value: ({ code }) => code, width: 220, optional: true },
]

/** Every standard in force on a day in a place, by field of work; rows by level and rank under their standard. */
export default function StandardsPage() {
  const me = useMe()
  const go = useGo()
  const [filters, change] = useFilters(Filters)
  const { on, field, kind, source, sure, text } = filters
  const place = usePlace(filters.place)
  const asked = {
    jurisdictionCode: place,
    ...(on === undefined ? {} : { on }),
    ...(field === undefined ? {} : { field }),
    ...(kind === undefined ? {} : { kind }),
    ...(source === undefined ? {} : { source }),
    ...(sure === undefined ? {} : { provisional: sure === 'provisional' }),
    ...(text === undefined || text === '' ? {} : { text }),
  }
  const pages = usePages(contract.overview, { ...asked, limit: 100 })
  const lines = useLines(pages)
  const fields = pages.first?.fields ?? []
  const drafts = me.roles.some((role) => role === 'plan-reviewer' || role === 'finance-reviewer')
  return (
    <Page
      title="标准总览"
      lead={`${pages.first?.jurisdictionName ?? ''}${on ?? '今日'}适用的标准：本级没有制定的，适用上级标准。`}
      actions={
        drafts && (
          <Button type="primary" onClick={() => go('/standards/drafts/new')}>
            起草标准
          </Button>
        )
      }
    >
      <nav className="standards-fields no-print" aria-label="领域">
        <FieldButton
          label="全部"
          count={fields.reduce((sum, { count }) => sum + count, 0)}
          open={field === undefined}
          onOpen={() => change({ field: undefined })}
        />
        {fields.map((one) => (
          <FieldButton
            key={one.field ?? ''}
            label={one.field === null ? '其他' : standardFieldLabels[one.field]}
            count={one.count}
            open={one.field === field}
            onOpen={() => change({ field: one.field ?? undefined })}
          />
        ))}
      </nav>
      <Table
        label="标准总览"
        columns={columns}
        pages={lines}
        keyOf={({ id }) => id}
        href={({ code }) => `/standards/${code}?place=${place}${on === undefined ? '' : `&on=${on}`}`}
        exportHref={addressOf(contract.exportStandards, asked)}
        tools={
          <>
            <PlaceFilter value={place} onChange={(code) => change({ place: code })} />
            <DayFilter label="适用日" value={on} onChange={(day) => change({ on: day })} />
            <ChoiceFilter
              label="种类"
              labels={standardKindLabels}
              value={kind}
              onChange={(value) => change({ kind: value })}
            />
            <ChoiceFilter
              label="来源"
              labels={{ own: '本级制定', above: '适用上级' }}
              value={source}
              onChange={(value) => change({ source: value })}
              width={120}
            />
            <ChoiceFilter
              label="可信度"
              labels={{ provisional: '暂定和默认', certain: '确定' }}
              value={sure}
              onChange={(value) => change({ sure: value })}
              width={130}
            />
            <Input.Search
              aria-label="查找标准"
              placeholder="名称或编码"
              allowClear
              defaultValue={text ?? ''}
              onSearch={(value) => change({ text: value.trim() || undefined })}
              style={{ width: 180 }}
            />
          </>
        }
        empty={<Empty title="没有符合条件的标准">请放宽筛选条件，或者换一个适用日。</Empty>}
      />
    </Page>
  )
}

function FieldButton({
  label,
  count,
  open,
  onOpen,
}: {
  label: string
  count: number
  open: boolean
  onOpen: () => void
}) {
  return (
    <button type="button" aria-pressed={open} onClick={onOpen}>
      {label} <span className="number quiet">{count}</span>
    </button>
  )
}

/** The groups of the pages as single lines. */
function useLines(pages: Pages<StandardGroup, unknown>): Pages<Line, unknown> {
  const { items } = pages
  const lines = useMemo(
    () =>
      items.flatMap(({ rows }) => rows.map((row, index): Line => ({ ...row, first: index === 0, of: rows.length }))),
    [items],
  )
  return { ...pages, items: lines }
}
