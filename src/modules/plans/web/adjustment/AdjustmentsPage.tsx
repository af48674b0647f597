import { Button, Checkbox } from 'antd'
import { z } from 'zod'
import { queryBoolean, queryInteger } from '#kernel/pure/contract.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter, YearFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../../contract.ts'
import type { Adjustment } from '../../contract/adjustment.ts'
import { adjustmentStateLabels, adjustmentStates, adjustmentTypeLabels } from '../../model.ts'
import { AdjustmentStateTag, filingText, FilingClock } from './AdjustmentStateTag.tsx'
import { movedFen } from './change-entry.ts'

const Filters = z.object({
  year: queryInteger.optional(),
  state: z.enum(adjustmentStates).optional(),
  overdueOnly: queryBoolean.optional(),
})

const columns: Column<Adjustment>[] = [
  { key: 'number', title: '备案编号', value: ({ number }) => number, width: 230 },
  {
    key: 'state',
    title: '状态',
    value: ({ state }) => adjustmentStateLabels[state],
    render: ({ state }) => <AdjustmentStateTag state={state} />,
    width: 150,
  },
  {
    key: 'clock',
    title: '备案时限',
    value: filingText,
    render: (adjustment) => <FilingClock adjustment={adjustment} />,
    width: 150,
  },
  { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 200 },
  { key: 'moved', title: '调整金额', kind: 'wan', value: ({ changes }) => movedFen(changes) },
  { key: 'type', title: '情形', value: ({ type }) => adjustmentTypeLabels[type], width: 120 },
  { key: 'cause', title: '事由', value: ({ cause }) => cause, width: 260 },
  { key: 'adjustedOn', title: '调整日期', kind: 'date', value: ({ adjustedOn }) => adjustedOn },
  { key: 'dueOn', title: '备案截止', kind: 'date', value: ({ dueOn }) => dueOn },
  { key: 'year', title: '年度', value: ({ year }) => String(year), width: 72 },
  { key: 'finance', title: '财政批准', value: ({ needsFinance }) => (needsFinance ? '需要' : '不需要'), width: 96 },
]

/** Adjustments of the own organ; of the whole level for authority, finance and audit. */
export default function AdjustmentsPage() {
  const me = useMe()
  const go = useGo()
  const [{ year, state, overdueOnly }, change] = useFilters(Filters)
  const pages = usePages(contract.adjustments, {
    ...(year === undefined ? {} : { year }),
    ...(state === undefined ? {} : { state }),
    ...(overdueOnly ? { overdueOnly } : {}),
    limit: 100,
  })
  const mayMake = me.roles.some((role) => ['organ-clerk', 'organ-head', 'plan-reviewer'].includes(role))
  return (
    <Page
      title="计划调整"
      lead="因突发事件、政策变化等特殊情况可以先行调整计划，调整后在条例规定的期限内备案。"
      actions={
        mayMake && (
          <Button type="primary" onClick={() => go('/plans/adjustments/new')}>
            登记计划调整
          </Button>
        )
      }
    >
      <Table
        label="计划调整列表"
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/plans/adjustments/${id}`}
        tools={
          <>
            <YearFilter value={year} onChange={(value) => change({ year: value })} />
            <ChoiceFilter
              label="状态"
              labels={adjustmentStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
              width={170}
            />
            <Checkbox
              checked={overdueOnly ?? false}
              onChange={({ target }) => change({ overdueOnly: target.checked ? true : undefined })}
            >
              只看逾期
            </Checkbox>
          </>
        }
        empty={
          <Empty title="没有计划调整">
            {mayMake
              ? '执行中遇到突发事件、政策变化等特殊情况的，点“登记计划调整”。'
              : '各机关登记的计划调整列在这里。'}
          </Empty>
        }
      />
    </Page>
  )
}
