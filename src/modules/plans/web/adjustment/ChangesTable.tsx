import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { needKindLabels } from '#modules/standards/model.ts'
import type { AdjustmentChange } from '../../model.ts'
import { differenceFen } from './change-entry.ts'

/** Lines before and after, with the totals an adjustment of the budget is judged by. */
export function ChangesTable({ changes }: { changes: readonly AdjustmentChange[] }) {
  const columns: Column<AdjustmentChange>[] = [
    { key: 'item', title: '事项', value: ({ itemName }) => itemName },
    {
      key: 'difference',
      title: '增减',
      kind: 'wan',
      value: (change) => differenceFen([change]),
      total: differenceFen(changes),
    },
    {
      key: 'before',
      title: '调整前',
      kind: 'wan',
      value: ({ beforeFen }) => beforeFen,
      total: changes.reduce((sum, { beforeFen }) => sum + beforeFen, 0),
    },
    {
      key: 'after',
      title: '调整后',
      kind: 'wan',
      value: ({ afterFen }) => afterFen,
      total: changes.reduce((sum, { afterFen }) => sum + afterFen, 0),
    },
    {
      key: 'quantityBefore',
      title: '原数量',
      kind: 'number',
      value: ({ beforeQuantity }) => beforeQuantity,
      width: 96,
    },
    { key: 'quantityAfter', title: '现数量', kind: 'number', value: ({ afterQuantity }) => afterQuantity, width: 96 },
    { key: 'unit', title: '单位', value: ({ unit }) => unit, width: 72 },
    { key: 'code', title: '经济科目', value: ({ economicCode }) => economicCode, width: 96 },
    { key: 'need', title: '需求类别', value: ({ needKind }) => needKindLabels[needKind], width: 150 },
  ]
  return (
    <Table
      label="调整前后"
      columns={columns}
      rows={changes}
      keyOf={(change) => change.lineId ?? `${change.itemName}${change.economicCode}${change.afterFen}`}
      height="none"
      empty={<Empty title="没有调整事项" />}
    />
  )
}
