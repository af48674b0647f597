import type { RawCell } from '#kernel/pure/cell-reading.ts'
import type { SheetGrid } from '#kernel/pure/sheet-layout.ts'

/** 20,000 rows of content, with their titles, totals and signatures. */
const mostRows = 20_100
const mostColumns = 200

/**
 * A CSV file (RFC 4180; UTF-8 or GB18030, as Excel and WPS save it here) as one sheet of text cells.
 * @returns why it is not read, in Chinese, to follow the file's name
 */
export function csvGrid(bytes: Uint8Array, name: string): SheetGrid | string {
  if (bytes.length === 0) return '是空文件。请核对后重新上传。'
  if (bytes.includes(0)) return '不是文本文件。请上传 .xlsx 或 .csv 文件。'
  const text = decoded(bytes)
  if (text === null) return '的文字编码无法识别。请另存为 .xlsx，或 UTF-8 编码的 .csv 后再上传。'
  const lines = csvLines(text)
  if (lines === null) return '的引号不成对，无法分清各列。请另存为 .xlsx 后再上传。'
  const last = lines.findLastIndex((cells) => cells.some((cell) => cell.trim() !== '')) + 1
  const width = lines.reduce((most, cells) => Math.max(most, cells.length), 0)
  if (last > mostRows) return `有${last}行，一次最多读${mostRows}行。请分成几个文件。`
  if (width > mostColumns) return `有${width}列，最多读${mostColumns}列。请删除不需要的列。`
  const cell = (value: string | undefined): RawCell => (value ? { kind: 'text', text: value } : { kind: 'empty' })
  return {
    name,
    rows: lines.slice(0, last).map((cells, index) => ({
      row: index + 1,
      hidden: false,
      cells: Array.from({ length: width }, (_, column) => cell(cells[column])),
    })),
  }
}

function decoded(bytes: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'gb18030'])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      continue
    }
  return null
}

/** @returns null when a quote is never closed */
function csvLines(text: string): string[][] | null {
  // Chinese programs separate by comma, some by tab; the first line tells.
  const first = text.slice(0, text.search(/[\r\n]|$/))
  const separator = first.includes('\t') && !first.includes(',') ? '\t' : ','
  const lines: string[][] = []
  let line: string[] = []
  let at = 0
  while (at < text.length) {
    let value = ''
    if (text[at] === '"') {
      for (at += 1; ;) {
        const close = text.indexOf('"', at)
        if (close < 0) return null
        value += text.slice(at, close)
        at = close + 1
        if (text[at] !== '"') break
        value += '"'
        at += 1
      }
    }
    const start = at
    while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1
    line.push(value + text.slice(start, at))
    if (text[at] === separator) {
      at += 1
      if (at < text.length) continue
      line.push('')
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1
    at += 1
    lines.push(line)
    line = []
  }
  return lines
}
