import { useMemo } from 'react'
import { wanText } from '#kernel/web/money.ts'
import type { GridColumn } from '#kernel/web/grid/cell-kinds.ts'
import { Grid } from '#kernel/web/grid/Grid.tsx'
import type { GridRow } from '#kernel/web/grid/grid-state.ts'
import { useGrid } from '#kernel/web/grid/use-grid.ts'
import type { BudgetLine } from '../model.ts'
import { readWan, wanEntry } from './wan.ts'

export type Figure = { lineId: string; amountFen: number }

/** A sheet of one figure for each budget line, in 万元; `top` is the figure a line may not pass. */
export function useLineFigures(
  lines: readonly BudgetLine[],
  title: string,
  initial: (line: BudgetLine) => number | null,
  top: { title: string; of: (line: BudgetLine) => number },
) {
  const byId = useMemo(() => new Map(lines.map((line) => [line.id, line])), [lines])
  const columns: GridColumn[] = [
    { key: 'item', title: '事项', kind: 'readonly', width: 220 },
    { key: 'code', title: '经济科目', kind: 'readonly', width: 190 },
    { key: 'top', title: top.title, kind: 'readonly', align: 'end', unit: '万元', width: 130 },
    { key: 'amount', title, kind: 'text', align: 'end', unit: '万元', width: 150 },
  ]
  const grid = useGrid(columns, () => lines.map((line) => rowOf(line, initial(line), top.of(line))), {
    fixedRows: true,
  })
  const marks = (row: GridRow, key: string) => {
    const text = row.cells['amount'] ?? ''
    if (key !== 'amount' || text.trim() === '') return null
    const fen = readWan(text)
    const topFen = top.of(byId.get(row.key) as BudgetLine)
    if (fen === null)
      return { outcome: 'block' as const, message: `${title}应为金额（万元），现为“${text}”。请改为数字。` }
    return fen > topFen
      ? {
          outcome: 'block' as const,
          message: `${title}高于${top.title}${wanText(topFen)}万元。`,
          remedy: `请改到${top.title}以内。`,
        }
      : null
  }
  const figures: Figure[] = grid.rows.flatMap(({ key, cells }) => {
    const amountFen = readWan(cells['amount'] ?? '')
    return amountFen === null ? [] : [{ lineId: key, amountFen }]
  })
  const unread = grid.rows.filter(
    ({ cells }) => (cells['amount'] ?? '').trim() !== '' && readWan(cells['amount'] ?? '') === null,
  ).length
  return { columns, grid, marks, figures, unread, title }
}

function rowOf(line: BudgetLine, fen: number | null, topFen: number): GridRow {
  return {
    key: line.id,
    cells: {
      item: line.itemName,
      code: `${line.economicCode} ${line.economicTitle}`,
      top: wanText(topFen),
      amount: fen === null ? '' : wanEntry(fen),
    },
  }
}

export function LineFigures({ sheet, note }: { sheet: ReturnType<typeof useLineFigures>; note: string }) {
  const sum = sheet.figures.reduce((total, { amountFen }) => total + amountFen, 0)
  return (
    <Grid
      label={`逐行${sheet.title}`}
      grid={sheet.grid}
      columns={sheet.columns}
      marks={sheet.marks}
      height="320px"
      status={
        <span className="quiet">
          {note} 合计 <b className="number">{wanText(sum)}</b> 万元
        </span>
      }
    />
  )
}
