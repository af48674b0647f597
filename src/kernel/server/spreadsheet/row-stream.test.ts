import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shownCell } from '#kernel/pure/cell-reading.ts'
import { workbookRows } from './row-stream.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-row-stream-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

/** Three bytes a character, so that most borders between pieces of the file fall into one. */
const text = (row: number): string => `第${row}行${'台式计算机办公桌椅复印传真打印空调设备'.repeat(12)}`

async function rowsOf(useSharedStrings: boolean): Promise<string[]> {
  const path = join(directory, `shared-${useSharedStrings}.xlsx`)
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings })
  const sheet = workbook.addWorksheet('资产卡片')
  for (let row = 1; row <= 2500; row++) sheet.addRow([text(row)]).commit()
  sheet.commit()
  await workbook.commit()
  const file = { path, fileName: '卡片.xlsx', sizeBytes: (await stat(path)).size, mediaType: '', sha256: '' }
  const rows: string[] = []
  for await (const batch of workbookRows(file)) {
    expect(batch.sheet).toBe('资产卡片')
    rows.push(...batch.rows.map(({ cells }) => (cells[0] ? shownCell(cells[0]) : '')))
  }
  return rows
}

describe('rows of a large workbook, one batch after the other', () => {
  for (const shared of [true, false])
    it(`keep every character, wherever the pieces of the file end (texts ${shared ? 'shared' : 'in their cells'})`, async () => {
      const rows = await rowsOf(shared)
      expect(rows).toHaveLength(2500)
      expect(rows.filter((row, at) => row !== text(at + 1))).toEqual([])
    }, 30_000)
})
