import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { queryInteger } from '#kernel/pure/contract.ts'
import { addressOf } from '#kernel/web/client.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { useFetchedLater, usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { NeedKind, needKindLabels } from '#modules/standards/model.ts'
import { contract } from '../contract.ts'
import type { LedgerLine } from '../model.ts'
import { ImportDialog } from './ImportDialog.tsx'

const Filters = z.object({
  year: queryInteger.optional(),
  needKind: NeedKind.optional(),
  text: z.string().optional(),
  spentAbovePercent: queryInteger.optional(),
})

type Totals = { plannedFen: number; committedFen: number; executedFen: number; remainingFen: number }

function columnsWith(totals: Totals | undefined): Column<LedgerLine>[] {
  return [
    { key: 'item', title: '事项', value: ({ itemName }) => itemName, width: 220 },
    { key: 'holder', title: '实施机关', value: ({ holderOrganName }) => holderOrganName, width: 200 },
    {
      key: 'planned',
      title: '计划',
      kind: 'wan',
      value: ({ plannedFen }) => plannedFen,
      total: totals?.plannedFen ?? null,
    },
    {
      key: 'committed',
      title: '占用',
      kind: 'wan',
      value: ({ committedFen }) => committedFen,
      total: totals?.committedFen ?? null,
    },
    {
      key: 'executed',
      title: '支出',
      kind: 'wan',
      value: ({ executedFen }) => executedFen,
      total: totals?.executedFen ?? null,
    },
    {
      key: 'remaining',
      title: '可用',
      kind: 'wan',
      value: ({ remainingFen }) => remainingFen,
      total: totals?.remainingFen ?? null,
    },
    { key: 'rate', title: '执行率', kind: 'percent', value: spentBasisPoints, width: 90 },
    { key: 'kind', title: '类别', value: ({ needKind }) => needKindLabels[needKind], width: 150 },
    { key: 'served', title: '使用机关', value: ({ servedOrganName }) => servedOrganName, width: 200 },
    { key: 'code', title: '科目', value: ({ economicCode }) => economicCode, width: 80 },
    { key: 'number', title: '计划编号', value: ({ number }) => number, width: 250 },
    { key: 'year', title: '年度', value: ({ year }) => String(year), width: 72, optional: true },
  ]
}

function spentBasisPoints({ plannedFen, executedFen }: LedgerLine): number | null {
  return plannedFen === 0 ? null : Math.round((executedFen * 10_000) / plannedFen)
}

/** Plan lines with what is planned, held, spent and left, of the own organ or the level. */
export default function LinesPage() {
  const me = useMe()
  const [filters, change] = useFilters(Filters)
  const thisYear = Number(todayHere().slice(0, 4))
  const { year = thisYear, needKind, text, spentAbovePercent } = filters
  const [importing, setImporting] = useState(false)
  const asked = {
    year,
    ...(needKind ? { needKind } : {}),
    ...(text ? { text } : {}),
    ...(spentAbovePercent === undefined ? {} : { spentAbovePercent }),
  }
  const pages = usePages(contract.lines, { ...asked, limit: 100 })
  const { data: totals } = useFetchedLater(contract.lineTotals, asked)
  const mayPost = me.roles.some((role) => role === 'organ-clerk' || role === 'plan-reviewer')
  return (
    <Page
      title="执行台账"
      lead="计划生效后逐项列入台账；占用和支出不得超出计划。"
      actions={mayPost && <Button onClick={() => setImporting(true)}>导入支出明细</Button>}
    >
      <Table
        label="执行台账"
        columns={columnsWith(totals)}
        pages={{ ...pages, total: totals?.count ?? pages.total }}
        keyOf={({ id }) => id}
        href={({ id }) => `/ledger/lines/${id}`}
        exportHref={addressOf(contract.exportLines, asked)}
        tools={
          <>
            <Select
              aria-label="年度"
              style={{ width: 120 }}
              value={year}
              onChange={(value) => change({ year: value })}
              options={[...new Set([thisYear + 1, thisYear, thisYear - 1, thisYear - 2, year])]
                .toSorted((a, b) => b - a)
                .map((value) => ({ value, label: `${value} 年` }))}
            />
            <ChoiceFilter
              label="类别"
              labels={needKindLabels}
              value={needKind}
              onChange={(value) => change({ needKind: value })}
              width={170}
            />
            <Select
              aria-label="执行进度"
              style={{ width: 150 }}
              value={spentAbovePercent ?? 0}
              onChange={(value) => change({ spentAbovePercent: value === 0 ? undefined : value })}
              options={[
                { value: 0, label: '全部进度' },
                { value: 80, label: '已用 80% 以上' },
                { value: 95, label: '已用 95% 以上' },
              ]}
            />
            <Input.Search
              aria-label="事项或计划编号"
              placeholder="事项或计划编号"
              allowClear
              defaultValue={text ?? ''}
              style={{ width: 200 }}
              onSearch={(value) => change({ text: value.trim() || undefined })}
            />
          </>
        }
        empty={<Empty title="没有台账行">{year}年度的计划生效后，各事项列在这里。</Empty>}
      />
      {importing && <ImportDialog year={year} onClose={() => setImporting(false)} />}
    </Page>
  )
}
