import { open } from 'node:fs/promises'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import type { SheetGrid } from '#kernel/pure/sheet-layout.ts'
import { BadInput } from '../errors.ts'
import { inWorker } from '../in-worker.ts'
import type { CellMark } from './workbook-content.ts'
import type { WorkbookAnswer, WorkbookTask } from './workbook-worker.ts'

const limits = { seconds: 10, megabytes: 768 }
const largestFileBytes = 32 * 1024 * 1024

/**
 * The visible sheets of an .xlsx or .csv file as grids of raw cells; macros, links and pictures are left unread.
 * Every row with content is in the grid, or the file is refused: nothing is cut off.
 * @throws BadInput for anything else, and for what is encrypted, damaged, or too large
 */
export async function readWorkbook(file: UploadedFile): Promise<SheetGrid[]> {
  const answer = await answered(file, null)
  if ('grids' in answer) return answer.grids
  throw new Error('a workbook was read without an answer')
}

/** The same workbook with its problem cells marked and a list of all problems, as the bytes of an .xlsx. */
export async function annotateWorkbook(file: UploadedFile, marks: readonly CellMark[]): Promise<Buffer> {
  const answer = await answered(file, marks)
  if ('bytes' in answer) return Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.byteLength)
  throw new Error('a workbook was annotated without an answer')
}

async function answered(file: UploadedFile, marks: readonly CellMark[] | null): Promise<WorkbookAnswer> {
  const handle = await open(file.path, 'r')
  const { size } = await handle.stat().finally(() => handle.close())
  if (size > largestFileBytes) throw refusal(file, '超过32MB。请只保留需要导入的工作表。')
  const task: WorkbookTask = { path: file.path, csv: /\.(csv|txt)$/i.test(file.fileName), marks }
  const answer = await inWorker<WorkbookAnswer>(new URL('./workbook-worker.ts', import.meta.url), task, limits)
  if (answer === 'too-much')
    throw refusal(file, '内容过于庞大，无法读取。请只保留需要导入的工作表，并另存为新的 .xlsx 后再上传。')
  if ('refusal' in answer) throw refusal(file, answer.refusal)
  return answer
}

function refusal(file: UploadedFile, why: string): BadInput {
  return new BadInput([{ pointer: '/file', code: 'workbook', message: `“${file.fileName}”${why}` }])
}
