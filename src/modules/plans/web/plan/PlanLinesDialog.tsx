import { Button } from 'antd'
import { useMemo } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { readCell, writeCell, type GridColumn } from '#kernel/web/grid/cell-kinds.ts'
import { Grid } from '#kernel/web/grid/Grid.tsx'
import type { GridRow } from '#kernel/web/grid/grid-state.ts'
import { useGrid } from '#kernel/web/grid/use-grid.ts'
import { wanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../../contract.ts'
import type { PlanLine } from '../../model.ts'
import { changedLine, lineProblem, type Typed } from './line-change.ts'
import type { View } from './view.ts'

const typedColumns = {
  quantity: { key: 'quantity', title: '数量', kind: 'number', width: 90 },
  amount: { key: 'amount', title: '金额', kind: 'money', unit: '元', width: 136 },
  from: { key: 'from', title: '起始月', kind: 'number', width: 76 },
  to: { key: 'to', title: '截止月', kind: 'number', width: 76 },
} satisfies Record<keyof Typed, GridColumn>

const columns: GridColumn[] = [
  { key: 'item', title: '事项', kind: 'readonly', width: 190 },
  { key: 'served', title: '使用机关', kind: 'readonly', width: 170 },
  { key: 'unit', title: '单位', kind: 'readonly', width: 56 },
  ...Object.values(typedColumns),
]

/** Quantity, money and months of the draft's lines; never above what was approved, as the server checks. */
export function PlanLinesDialog({ view: { plan, lines, texts }, onClose }: { view: View; onClose: () => void }) {
  const byId = useMemo(() => new Map(lines.map((line) => [line.id, line])), [lines])
  const grid = useGrid(columns, () => lines.map(rowOf), { fixedRows: true })
  const save = useSend(contract.savePlan, {
    onDone: () => {
      tell('计划事项已保存。')
      onClose()
    },
  })
  const lineOf = (row: GridRow) => byId.get(row.key) as PlanLine
  const problem = (row: GridRow, key: string) =>
    key in typedColumns ? lineProblem(typedOf(row), key as keyof Typed) : null
  const wrong = grid.rows.filter((row) => Object.keys(typedColumns).some((key) => problem(row, key) !== null)).length
  const changes = grid.rows.flatMap((row) => changedLine(lineOf(row), typedOf(row)) ?? [])
  const sum = grid.rows.reduce((total, row) => total + (typedOf(row).amount ?? 0), 0)
  return (
    <Dialog
      title="修改计划事项"
      wide
      onClose={onClose}
      actions={
        <>
          <ActionButton
            primary
            refusal={wrong === 0 ? null : [unread(wrong)]}
            busy={save.sending}
            onClick={() => save.send({ planId: plan.id, version: plan.version, texts, lines: changes })}
          >
            保存{changes.length > 0 ? `(${changes.length} 行)` : ''}
          </ActionButton>
          <Button onClick={onClose}>取消</Button>
        </>
      }
    >
      <div className="stack">
        <Refusals of={save.error} onRetry={save.retry} />
        <Grid
          label="计划事项"
          grid={grid}
          columns={columns}
          marks={(row, key) => {
            const message = problem(row, key)
            return message === null ? null : { outcome: 'block', message }
          }}
          height="420px"
          status={
            <span className="quiet">
              数量和金额只能调低，不得高于审定数。 合计 <b className="number">{wanText(sum)}</b> 万元
            </span>
          }
        />
      </div>
    </Dialog>
  )
}

function unread(wrong: number) {
  return {
    code: 'unread',
    message: `有 ${wrong} 行的数字不能保存。`,
    basis: null,
    facts: {},
    remedy: '请按标出的提示改正。',
  }
}

function typedOf({ cells }: GridRow): Typed {
  const number = (key: keyof Typed) => readCell(typedColumns[key], cells[key] ?? '') as number | null
  return { quantity: number('quantity'), amount: number('amount'), from: number('from'), to: number('to') }
}

function rowOf(line: PlanLine): GridRow {
  return {
    key: line.id,
    cells: {
      item: line.itemName,
      served: line.servedOrganName,
      unit: line.unit,
      quantity: writeCell(typedColumns.quantity, line.quantity),
      amount: writeCell(typedColumns.amount, line.amountFen),
      from: writeCell(typedColumns.from, line.fromMonth),
      to: writeCell(typedColumns.to, line.toMonth),
    },
  }
}
