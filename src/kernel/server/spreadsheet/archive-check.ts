import { open } from 'node:fs/promises'
import { builtWhole, lookInto, readByPiece, type ArchiveFault, type ArchiveLimits } from '../archive-check.ts'

/** What a workbook may unpack to, and hold; empty cells with a format count too. */
export type WorkbookLimits = ArchiveLimits & { cells: number; mergedCells: number }
/** For what is built in memory as a whole. */
const wholeLimits: WorkbookLimits = { ...builtWhole, cells: 600_000, mergedCells: 200_000 }
/** For what is read row by row: 200,000 rows of some forty columns. */
export const largeLimits: WorkbookLimits = { ...readByPiece, cells: 9_000_000, mergedCells: 200_000 }

const tooLarge = '展开后过大，不能导入。请只保留需要导入的工作表，并删除表格以外带格式的空行、空列。'
const why: Readonly<Record<ArchiveFault, string>> = {
  damaged: '无法打开。文件可能已损坏，请在 Excel 或 WPS 中打开并另存为 .xlsx 后再上传。',
  encrypted: '加了密码。请去掉密码后再上传。',
  'too-many-entries': tooLarge,
  'too-large': tooLarge,
  'document-type': '含有不允许的文档类型声明。请在 Excel 或 WPS 中另存为 .xlsx 后再上传。',
  'too-deep': '内容嵌套过深，不是表格软件保存的文件。请在 Excel 或 WPS 中另存为 .xlsx 后再上传。',
}

/**
 * Looks at a workbook before anything builds it in memory. One merge of a million cells is a few bytes of file, so merges
 * are added up as well.
 * @returns why the file is refused, in Chinese, to follow its name; null when it may be opened
 */
export async function whyNoWorkbook(path: string, limits: WorkbookLimits = wholeLimits): Promise<string | null> {
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0).finally(() => handle.close())
  if (bytesRead === 0) return '是空文件。请核对后重新上传。'
  const magic = bytesRead >= 4 ? buffer.readUInt32BE(0) : 0
  // The old binary format, and also an .xlsx with a password.
  if (magic === 0xd0cf11e0) return '是旧版 .xls 或加了密码的文件。请去掉密码并另存为 .xlsx 后再上传。'
  if (magic !== 0x504b0304) return '不是 Excel 工作簿。请上传 .xlsx 或 .csv 文件。'
  const sum = { cells: 0, merged: 0 }
  let sheet = ''
  let rest = ''
  const found = await lookInto(path, size, limits, (entry, chunk) => {
    if (!/^xl\/worksheets\/[^/]+\.xml$/.test(entry)) return false
    if (entry !== sheet) rest = ''
    sheet = entry
    rest = countTags(rest + chunk.toString('latin1'), sum)
    return sum.cells > limits.cells || sum.merged > limits.mergedCells
  })
  if (typeof found === 'string') return why[found]
  return found.names.includes('xl/workbook.xml') ? null : '不是 Excel 工作簿。请上传 .xlsx 文件。'
}

/** Counts the whole tags of a piece of a sheet; @returns the tag that the piece broke off in. */
function countTags(text: string, sum: { cells: number; merged: number }): string {
  const end = text.lastIndexOf('>') + 1
  for (const [, cell, merge] of text
    .slice(0, end)
    .matchAll(/<(?:\w+:)?(?:(c|row)[\s/>]|mergeCell\s[^<>]*?ref=["']\$?([A-Z]+\$?\d+:\$?[A-Z]+\$?\d+))/gi)) {
    if (cell !== undefined) sum.cells += 1
    else if (merge !== undefined) sum.merged += area(merge.toUpperCase().replaceAll('$', ''))
  }
  // A tag is short; text without one is not kept.
  return text.slice(Math.max(end, text.length - 2000))
}

function area(ref: string): number {
  const [left, right] = ref.split(':').map((address) => {
    const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(address) as RegExpExecArray
    return {
      column: [...(letters as string)].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0),
      row: Number(row),
    }
  }) as [{ column: number; row: number }, { column: number; row: number }]
  return (Math.abs(right.column - left.column) + 1) * (Math.abs(right.row - left.row) + 1)
}
