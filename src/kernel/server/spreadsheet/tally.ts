import { createHash } from 'node:crypto'
import type { SheetRow, SheetToWrite } from './write-workbook.ts'

/** What was written: how many rows, and a digest that any change of a cell changes. */
export type Tally = { rows: number; sha256: string }

/**
 * Counts the rows of a sheet while they are written. The digest is SHA-256 over the cells of each row as JSON (amounts in 分,
 * dates as text), one row a line.
 * @returns the sheet to write in its place, and what came of it once it is written
 */
export function tallied(sheet: SheetToWrite): { sheet: SheetToWrite; tally: () => Tally } {
  const hash = createHash('sha256')
  let count = 0
  let done: Tally | null = null
  const rows = async function* (): AsyncGenerator<SheetRow> {
    for await (const row of sheet.rows) {
      count++
      hash.update(`${JSON.stringify(row)}\n`)
      yield row
    }
    done = { rows: count, sha256: hash.digest('hex') }
  }
  return {
    sheet: { ...sheet, rows: rows() },
    tally: () => {
      if (done === null) throw new Error('the sheet has not been written yet')
      return done
    },
  }
}

/** A sheet that says of another how many rows it holds, and what else a reader must know of it; written after it. */
export function explanation(facts: () => readonly (readonly [label: string, value: string | number])[]): SheetToWrite {
  const rows = function* (): Generator<SheetRow> {
    for (const [label, value] of facts()) yield [label, String(value)]
  }
  return {
    name: '导出说明',
    columns: [
      { title: '项目', width: 16 },
      { title: '内容', width: 80 },
    ],
    rows: rows(),
  }
}
