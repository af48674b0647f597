import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import { shownCell } from '#kernel/pure/cell-reading.ts'
import { workbookRows } from './row-stream.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-row-stream-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

/** Three bytes a character, so that most borders between pieces of the file fall into one. */
const text = (row: number): string => `第${row}行${'台式计算机办公桌椅复印传真打印空调设备'.repeat(12)}`

async function workbookWith(useSharedStrings: boolean): Promise<UploadedFile> {
  const path = join(directory, `shared-${useSharedStrings}.xlsx`)
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings })
  const sheet = workbook.addWorksheet('资产卡片')
  for (let row = 1; row <= 2500; row++) sheet.addRow([text(row)]).commit()
  sheet.commit()
  await workbook.commit()
  return { path, fileName: '卡片.xlsx', sizeBytes: (await stat(path)).size, mediaType: '', sha256: '' }
}

async function rowsOf(file: UploadedFile): Promise<string[]> {
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
      const rows = await rowsOf(await workbookWith(shared))
      expect(rows).toHaveLength(2500)
      expect(rows.filter((row, at) => row !== text(at + 1))).toEqual([])
    }, 30_000)

  it('leave nothing unpacked behind, read to the end or not', async () => {
    const file = await workbookWith(true) // its shared texts come last: the sheet has to wait in a file
    const left = async () => [
      ...(await readdir(tmpdir())).filter((name) => name.startsWith(`tmp-${process.pid}-`)),
      ...(await readdir(directory)),
    ]
    const before = await left()
    for await (const batch of workbookRows(file)) {
      expect(batch.rows.length).toBeGreaterThan(0)
      expect((await left()).length).toBeGreaterThan(before.length)
      break
    }
    expect(await left()).toEqual(before)
    await rowsOf(file)
    expect(await left()).toEqual(before)
  }, 30_000)
})
