import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import { isBlank, shownCell, type RawCell } from '#kernel/pure/cell-reading.ts'
import type { SheetRow } from '#kernel/pure/sheet-layout.ts'
import { uploaded, workbookParts, zipOf } from '#kernel/testing/workbook-file.ts'
import { readWorkbook } from './read-workbook.ts'
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

  it('unpack nothing to disk, read to the end or not', async () => {
    const file = await workbookWith(true)
    const left = async () => [
      ...(await readdir(tmpdir())).filter((name) => name.startsWith(`tmp-${process.pid}-`)),
      ...(await readdir(directory)),
    ]
    const before = await left()
    for await (const batch of workbookRows(file)) {
      expect(batch.rows.length).toBeGreaterThan(0)
      expect(await left()).toEqual(before)
      break
    }
    expect(await left()).toEqual(before)
    await rowsOf(file)
    expect(await left()).toEqual(before)
  }, 30_000)
})

/** Every cell with content by its sheet, row and column. */
const contentOf = (sheets: readonly { name: string; rows: readonly SheetRow[] }[]) =>
  sheets.flatMap(({ name, rows }) =>
    rows.flatMap(({ row, hidden, cells }) =>
      cells.flatMap((cell, column) => {
        const { repeated, ...said } = cell
        return isBlank(cell) || repeated ? [] : [{ name, row, hidden, column, said }]
      }),
    ),
  )
async function streamed(file: UploadedFile): Promise<{ name: string; rows: SheetRow[] }[]> {
  const sheets = new Map<string, SheetRow[]>()
  for await (const { sheet, rows } of workbookRows(file)) sheets.set(sheet, [...(sheets.get(sheet) ?? []), ...rows])
  return [...sheets].map(([name, rows]) => ({ name, rows }))
}
const cellsOf = async (parts: Record<string, string>): Promise<RawCell[]> =>
  (await streamed(await uploaded(zipOf(parts)))).flatMap(({ rows }) => rows.flatMap(({ cells }) => cells))

describe('what a cell says, read row by row', { timeout: 30_000 }, () => {
  it.each(['2027-demand-messy.xlsx', 'asset-cards-500.xlsx'])(
    'is what it says read as a whole: %s',
    async (fileName) => {
      const path = join(import.meta.dirname, 'fixtures', fileName)
      const file = { path, fileName, sizeBytes: 0, mediaType: '', sha256: '' }
      const grids = await readWorkbook(file)
      // Merges are not known while streaming; and the other reader takes a formula's result of 0 for none.
      const differs = (cell: RawCell) => cell.repeated || (cell.kind === 'error' && cell.text.startsWith('公式'))
      const other = new Set(
        grids.flatMap(({ name, rows }) =>
          rows.flatMap(({ row, cells }) =>
            cells.flatMap((cell, at) => (differs(cell) ? [`${name} ${row} ${at}`] : [])),
          ),
        ),
      )
      const alike = ({ name, row, column }: { name: string; row: number; column: number }) =>
        !other.has(`${name} ${row} ${column}`)
      const whole = contentOf(grids).filter(alike)
      const rows = contentOf(await streamed(file)).filter(alike)
      expect(whole.length).toBeGreaterThan(50)
      expect(rows).toEqual(whole)
    },
  )

  it('formulas by their result, errors, truth, rich and sounded texts, signs and blanks', async () => {
    const said = await cellsOf(
      workbookParts({
        rows: `<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3"><f>NOW()</f></c><c r="C3" t="e"><f>A1</f><v>#REF!</v></c>
          <c r="D3" t="b"><v>1</v></c><c r="E3" t="str"><f>"a"</f><v>甲 &amp;lt; 乙</v></c>
          <c r="F3" t="inlineStr"><is><r><t xml:space="preserve">台式 </t></r><r><t>计算机</t></r><rPh sb="0" eb="1"><t>tai</t></rPh></is></c>
          <c r="H3"><v>1e3</v></c><c r="I3" t="inlineStr"><is><t>　</t></is></c></row>`,
      }),
    )
    expect(said).toEqual([
      { kind: 'number', number: 2 },
      { kind: 'error', text: '公式没有计算结果' },
      { kind: 'error', text: '#REF!' },
      { kind: 'boolean', value: true },
      { kind: 'text', text: '甲 &lt; 乙' },
      { kind: 'text', text: '台式 计算机' },
      { kind: 'empty' },
      { kind: 'number', number: 1000 },
    ])
  })

  it('dates by the format of their cells, counted from 1900 or 1904; formats of numbers are told', async () => {
    const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="#,##0.00&quot;天&quot;\\d"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="4"/><xf numFmtId="31"/></cellXfs></styleSheet>`
    const rows = `<row>${[0, 1, 2, 3, 4, 5].map((style) => `<c s="${style}"><v>45000.5</v></c>`).join('')}</row>`
    const parts: Record<string, string> = { ...workbookParts({ rows }), 'xl/styles.xml': styles }
    expect(await cellsOf(parts)).toEqual([
      { kind: 'number', number: 45000.5 },
      { kind: 'date', date: '2023-03-15' },
      { kind: 'date', date: '2023-03-15' },
      { kind: 'number', number: 45000.5, format: '#,##0.00"天"\\d' },
      { kind: 'number', number: 45000.5, format: '#,##0.00' },
      { kind: 'date', date: '2023-03-15' },
    ])
    const book = parts['xl/workbook.xml'] ?? ''
    const old = { ...parts, 'xl/workbook.xml': book.replace('<sheets>', '<workbookPr date1904="1"/><sheets>') }
    expect((await cellsOf(old))[1]).toEqual({ kind: 'date', date: '2027-03-16' })
  })

  it('whatever prefix its markup has; hidden sheets are left out, hidden rows are marked', async () => {
    const parts = workbookParts({})
    const sheet = (rows: string) =>
      `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>${rows}</x:sheetData></x:worksheet>`
    const seen = await streamed(
      await uploaded(
        zipOf({
          ...parts,
          'xl/workbook.xml': (parts['xl/workbook.xml'] ?? '').replace(
            '</sheets>',
            '<sheet name="藏" sheetId="2" state="hidden" r:id="rId2"/></sheets>',
          ),
          'xl/_rels/workbook.xml.rels': (parts['xl/_rels/workbook.xml.rels'] ?? '').replace(
            '</Relationships>',
            '<Relationship Id="rId2" Type="worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
          ),
          'xl/worksheets/sheet1.xml': sheet('<x:row r="2" hidden="1"><x:c r="B2"><x:v>7</x:v></x:c></x:row>'),
          'xl/worksheets/sheet2.xml': sheet('<x:row r="1"><x:c r="A1"><x:v>8</x:v></x:c></x:row>'),
        }),
      ),
    )
    expect(seen).toEqual([
      { name: '表', rows: [{ row: 2, hidden: true, cells: [{ kind: 'empty' }, { kind: 'number', number: 7 }] }] },
    ])
  })

  it('is refused beyond 200,100 rows and 200 columns, and where the markup is broken', async () => {
    const why = (parts: Record<string, string>) => cellsOf(parts).catch((error: Error) => error.message)
    expect(await why(workbookParts({ rows: '<row r="200101"><c r="A200101"><v>1</v></c></row>' }))).toContain(
      '超过200100行',
    )
    expect(await why(workbookParts({ rows: '<row r="1"><c r="XFD1"><v>1</v></c></row>' }))).toContain('最多读200列')
    for (const rows of ['<row r="2"/><row r="2"/>', '<row r="x"/>', '<row r="1.5"/>', '<row r="0"/>'])
      expect(await why(workbookParts({ rows })), rows).toContain('无法打开')
    expect(await why({ ...workbookParts({}), 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row' })).toContain(
      '无法打开',
    )
  })
})
