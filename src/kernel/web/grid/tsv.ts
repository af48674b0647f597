/**
 * Reads a block from the clipboard as Excel and WPS write it: cells by tab, rows by line, a cell with a line break, a tab
 * or a leading quote in double quotes. Quotes that do not enclose a whole cell are text (`5" 屏`).
 * @returns rows of cells; `[]` for nothing. The line break at the end starts no row.
 */
export function readTsv(text: string): string[][] {
  if (text === '') return []
  const rows: string[][] = [[]]
  let at = 0
  for (;;) {
    const cell = quotedCell(text, at) ?? plainCell(text, at)
    ;(rows.at(-1) as string[]).push(cell.text)
    at = cell.end
    if (text[at] === '\t') {
      at += 1
      continue
    }
    if (at >= text.length) return rows
    at += text.startsWith('\r\n', at) ? 2 : 1
    if (at >= text.length) return rows
    rows.push([])
  }
}

type CellRead = { text: string; end: number }

function plainCell(text: string, start: number): CellRead {
  let end = start
  while (end < text.length && !'\t\r\n'.includes(text[end] as string)) end += 1
  return { text: text.slice(start, end), end }
}

/** A cell wholly in quotes; null when the quote is only the first character of plain text. */
function quotedCell(text: string, start: number): CellRead | null {
  if (text[start] !== '"') return null
  let content = ''
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== '"') content += text[at]
    else if (text[at + 1] === '"') {
      content += '"'
      at += 1
    } else {
      const next = text[at + 1]
      return next === undefined || '\t\r\n'.includes(next) ? { text: content, end: at + 1 } : null
    }
  }
  return null
}

/** The block as text for the clipboard; the reverse of `readTsv`. */
export function writeTsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[\t\r\n]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return rows.map((row) => `${row.map(cell).join('\t')}\n`).join('')
}
