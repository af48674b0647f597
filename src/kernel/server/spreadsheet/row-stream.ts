import { Worker } from 'node:worker_threads'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import type { SheetRow } from '#kernel/pure/sheet-layout.ts'
import { BadInput } from '../errors.ts'

/** Rows of one sheet as they come, some hundreds at a time. */
export type RowBatch = { sheet: string; rows: SheetRow[] }
export type RowTask = { path: string; csv: boolean }
export type RowAnswer = { batch: RowBatch } | { refusal: string } | { end: true }

const mostSeconds = 300
const mostMegabytes = 512

/**
 * The rows of the visible sheets of a large workbook, read by a worker that waits for whoever takes them: neither side ever
 * holds the whole. Merges are not known while streaming; macros, links and pictures are left unread.
 * Nothing is unpacked to disk.
 * @throws BadInput for what is no workbook, encrypted, damaged, or beyond 200,000 rows
 */
export async function* workbookRows(file: UploadedFile): AsyncGenerator<RowBatch> {
  const worker = new Worker(new URL('./row-stream-worker.ts', import.meta.url), {
    workerData: { path: file.path, csv: /\.(csv|txt)$/i.test(file.fileName) } satisfies RowTask,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  const answers: RowAnswer[] = []
  let wake: () => void = () => {}
  let failed: Error | null = null
  worker.on('message', (answer: RowAnswer) => {
    answers.push(answer)
    wake()
  })
  worker.on('error', (error: Error & { code?: string }) => {
    failed =
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? refusal(file, '内容过于庞大，无法读取。请只保留需要导入的工作表。')
        : error
    wake()
  })
  const clock = setTimeout(() => {
    failed = refusal(file, '读取时间过长。请分成几个文件。')
    wake()
  }, mostSeconds * 1000)
  try {
    for (;;) {
      const answer = answers.shift()
      if (answer === undefined) {
        if (failed) throw failed
        await new Promise<void>((resolve) => (wake = resolve))
        continue
      }
      if ('end' in answer) return
      if ('refusal' in answer) throw refusal(file, answer.refusal)
      worker.postMessage('more')
      yield answer.batch
    }
  } finally {
    clearTimeout(clock)
    await worker.terminate()
  }
}

function refusal(file: UploadedFile, why: string): BadInput {
  return new BadInput([{ pointer: '/file', code: 'workbook', message: `“${file.fileName}”${why}` }])
}
