import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { SheetGrid } from '#kernel/pure/sheet-layout.ts'
import { whyNoWorkbook } from './archive-check.ts'
import { csvGrid } from './csv-grid.ts'
import type { CellMark } from './workbook-content.ts'

export type WorkbookTask = { path: string; csv: boolean; marks: readonly CellMark[] | null }
/** Grids when read, bytes when annotated, or why not (in Chinese, to follow the file's name). */
export type WorkbookAnswer = { grids: SheetGrid[] } | { bytes: Uint8Array } | { refusal: string }

const damaged = '无法打开。文件可能已损坏，请在 Excel 或 WPS 中打开并另存为 .xlsx 后再上传。'

async function answer({ path, csv, marks }: WorkbookTask): Promise<WorkbookAnswer> {
  const grid = csv ? csvGrid(await readFile(path), 'CSV') : await whyNoWorkbook(path)
  if (typeof grid === 'string') return { refusal: grid }
  // The library for workbooks takes longer to load than most files to refuse: only for what is let through.
  const { annotated, csvWorkbook } = await import('./workbook-content.ts')
  const { gridsOf, loadWorkbook } = await import('./workbook-grid.ts')
  const workbook = grid === null ? await loadWorkbook(path).catch(() => null) : csvWorkbook(grid)
  if (workbook === null) return { refusal: damaged }
  if (marks) return { bytes: await annotated(workbook, marks) }
  const grids = gridsOf(workbook)
  return typeof grids === 'string' ? { refusal: grids } : { grids }
}

parentPort?.postMessage(await answer(workerData as WorkbookTask))
