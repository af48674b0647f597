import type { Tx } from '#kernel/server/database.ts'
import { columnName } from '#kernel/pure/sheet-layout.ts'
import type { ImportProblem } from '../model.ts'
import { differingColumns, type RegisteredCard } from '../rules/registered-row.ts'
import type { ReadColumn } from '../rules/import.ts'
import { cardsByNumber } from '../store/card.ts'
import { keepRefusedRows, keepSameRows, knownRows, markRepeatedNumbers, type KnownRow } from '../store/import.ts'

const batch = 2000

/**
 * Holds the rows of a workbook against the register and against each other: what says the same as its card has nothing to
 * change, what says something else is told where, and a number that stands twice counts once.
 * @param only one row that was put right; null for all
 */
export async function judgeNumbers(
  tx: Tx,
  of: { importId: string; organId: string },
  columns: readonly ReadColumn[],
  only: number | null = null,
): Promise<void> {
  const number = columns.find(({ key }) => key === 'number')
  const at = { name: number && number.index >= 0 ? columnName(number.index) : '', title: number?.title ?? '资产编号' }
  for (let after = 0; ;) {
    const rows = await knownRows(tx, of, { after, limit: batch, only })
    const cards = await cardsByNumber(
      tx,
      of.organId,
      rows.map((row) => row.number),
    )
    const same: number[] = []
    const refused: ImportProblem[] = []
    for (const row of rows) {
      const card = cards.get(row.number)
      if (card === undefined) continue
      const differing = differingColumns(row.cells, columns, row.facts, card)
      if (differing.length === 0 && card.removedOn === null) same.push(row.rowNo)
      else refused.push(problemOf(row, at, differing, card))
    }
    await keepSameRows(tx, of.importId, same)
    await keepRefusedRows(tx, of, refused)
    if (rows.length < batch) break
    after = rows.at(-1)?.rowNo ?? after
  }
  await markRepeatedNumbers(tx, of, at, only)
}

function problemOf(
  { rowNo, sheet, number }: KnownRow,
  at: { name: string; title: string },
  differing: readonly ReadColumn[],
  card: RegisteredCard & { removedOn: string | null },
): ImportProblem {
  const said =
    card.removedOn === null
      ? `已有资产卡片，${differing.map(({ title }) => title).join('、')}与卡片不同。是另一件资产的，请核对编号；要修改这张卡片的，请在卡片上办理变更。`
      : `的资产已经注销。请核对编号。`
  return {
    row: rowNo,
    sheet,
    columnKey: 'number',
    column: at.name,
    title: at.title,
    found: number,
    code: 'number-taken',
    message: `“${at.title}”：编号“${number}”${said}`,
  }
}
