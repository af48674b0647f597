import { open } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import type { SheetGrid } from '#kernel/pure/sheet-layout.ts'
import { BadInput } from '../errors.ts'
import type { CellMark, WorkbookAnswer, WorkbookTask } from './workbook-worker.ts'

const mostSeconds = 30
const mostMegabytes = 768
const mostAtOnce = 2
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
  const answer = await inTurn(() => byWorker({ path: file.path, csv: /\.(csv|txt)$/i.test(file.fileName), marks }))
  if ('refusal' in answer) throw refusal(file, answer.refusal)
  return answer
}

function refusal(file: UploadedFile, why: string): BadInput {
  return new BadInput([{ pointer: '/file', code: 'workbook', message: `“${file.fileName}”${why}` }])
}

/** A workbook that would eat memory or time takes down its worker only, and others are served meanwhile. */
function byWorker(task: WorkbookTask): Promise<WorkbookAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    })
    const tooMuch: WorkbookAnswer = {
      refusal: '内容过于庞大，无法读取。请只保留需要导入的工作表，并另存为新的 .xlsx 后再上传。',
    }
    const clock = setTimeout(() => void worker.terminate().then(() => resolve(tooMuch), reject), mostSeconds * 1000)
    worker.once('message', resolve)
    worker.once('error', (error: Error & { code?: string }) =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(tooMuch) : reject(error),
    )
    worker.once('exit', (code) => {
      clearTimeout(clock)
      reject(new Error(`the workbook worker ended with ${code} and no answer`))
    })
  })
}

let running = 0
const waiting: (() => void)[] = []

/** Few at a time: each may take as much memory as is allowed to one. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= mostAtOnce) await new Promise<void>((go) => waiting.push(go))
  else running += 1
  try {
    return await work()
  } finally {
    // The place is handed on, so that nobody can slip in between.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}
