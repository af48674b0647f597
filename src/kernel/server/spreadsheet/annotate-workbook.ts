import type { UploadedFile } from '#kernel/pure/contract.ts'
import type { Download } from '../context.ts'
import { annotateWorkbook } from './read-workbook.ts'
import type { CellMark } from './workbook-content.ts'
import { workbookType } from './write-workbook.ts'

export type { CellMark }

/**
 * The clerk's own workbook with each problem marked and explained at its cell, and a list of all of them.
 * Drop-downs, conditional formats, pictures and names of the original are not in the copy.
 * @throws BadInput as `readWorkbook` does
 */
export async function annotatedWorkbook(file: UploadedFile, marks: readonly CellMark[]): Promise<Download> {
  return {
    fileName: `${file.fileName.replace(/\.(xlsx|xlsm|csv|txt)$/i, '')}（标注问题）.xlsx`,
    mediaType: workbookType,
    body: await annotateWorkbook(file, marks),
  }
}
