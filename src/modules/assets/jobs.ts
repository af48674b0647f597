import { z } from 'zod'
import type { SheetGrid, SheetRow } from '#kernel/pure/sheet-layout.ts'
import { layoutOf, type SheetLayout } from '#kernel/pure/sheet-layout.ts'
import type { Act } from '#kernel/server/context.ts'
import { BadInput, Conflict, found, Refused } from '#kernel/server/errors.ts'
import type { JobHandlers, JobResult, JobWork } from '#kernel/server/jobs.ts'
import { oneAhead } from '#kernel/server/one-ahead.ts'
import { record } from '#kernel/server/record.ts'
import { workbookRows, type RowBatch } from '#kernel/server/spreadsheet/row-stream.ts'
import { cardStandards } from './actions/access.ts'
import { fieldsInForce } from './actions/custom-fields.ts'
import { judgeNumbers } from './actions/known-rows.ts'
import { remindOfLeavers } from './actions/leaving.ts'
import { registerBatches } from './actions/registering.ts'
import { takeBackCards } from './actions/taking-back.ts'
import type { ImportState } from './model.ts'
import {
  cardColumns,
  columnsOf,
  readCardRow,
  type CellsByKey,
  type ImportGround,
  type ReadColumn,
} from './rules/import.ts'
import {
  clearRows,
  countRows,
  goodRows,
  importById,
  saveImport,
  stageRows,
  type GoodRow,
  type ImportRecord,
  type StagedRow,
} from './store/import.ts'

export const jobs: JobHandlers = {
  'assets.read-import': { title: '读取资产卡片工作簿', run: readImport },
  'assets.apply-import': { title: '导入资产卡片', run: applyImport },
  'assets.take-back-import': { title: '撤销资产卡片导入', run: takeBackImport },
  'assets.remind-leavers': {
    title: '离岗人员资产交接提醒',
    cron: '40 8 * * *',
    run: async ({ transact }) => ({ told: await transact(remindOfLeavers) }),
  },
}

const Data = z.object({ importId: z.uuid() })
const linkOf = (importId: string) => `/assets/imports/${importId}`
/** Rows that must have come before the table is looked for. */
const lookAhead = 40
const batch = 2000
/** A batch is quick; a whole takeover of 200,000 cards is one transaction and takes its time. */
const patienceMs = 600_000

/** Reads a workbook row by row, judges every row, keeps what is right and what is wrong at which cell. */
async function readImport({ data, transact, progress }: JobWork): Promise<JobResult | null> {
  const { importId } = Data.parse(data)
  const start = await transact(async (act) => {
    const row = found(await importById(act.tx, importId, true), '导入')
    if (row.state !== 'reading') return null
    await clearRows(act.tx, importId)
    return { row, path: act.files.pathOf(row.sha256), ground: await groundOf(act, row) }
  })
  if (start === null) return { rows: 0, link: linkOf(importId) }
  try {
    const file = {
      path: start.path,
      fileName: start.row.fileName,
      sizeBytes: 0,
      mediaType: '',
      sha256: start.row.sha256,
    }
    const reading = new RowReading(start.ground)
    const keep = (rows: readonly StagedRow[]) =>
      transact((act) => stageRows(act.tx, { importId, organId: start.row.organId }, rows), {
        statementTimeoutMs: patienceMs,
      })
    let read = 0
    for await (const rows of oneAhead(reading.of(workbookRows(file)))) {
      await keep(rows)
      read += rows.length
      await progress(read, null)
    }
    return await transact((act) => finishReading(act, importId, reading), { statementTimeoutMs: patienceMs })
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    await transact(async (act) => {
      const row = found(await importById(act.tx, importId, true), '导入')
      await saveImport(act.tx, row, { state: 'unreadable', problem: error.message })
    })
    return { problem: error.message, link: linkOf(importId) }
  }
}

async function groundOf(act: Act, row: ImportRecord): Promise<ImportGround> {
  return {
    organId: row.organId,
    jurisdictionCode: row.jurisdictionCode,
    today: act.today,
    standards: await cardStandards(act, row.jurisdictionCode),
    fields: await fieldsInForce(act, row.jurisdictionCode),
  }
}

/** Numbers are held against each other and the register; only then the import waits for the clerk. */
async function finishReading(act: Act, importId: string, reading: RowReading) {
  const row = found(await importById(act.tx, importId, true), '导入')
  await judgeNumbers(act.tx, { importId, organId: row.organId }, reading.columns)
  const counts = await countRows(act.tx, importId)
  if (counts.rows === 0)
    throw new BadInput([{ pointer: '/file', message: '工作簿中没有资产卡片的数据行。请核对上传的文件。' }])
  await saveImport(act.tx, row, {
    state: 'read',
    ...counts,
    skipped: reading.skipped.slice(0, 200),
    unknownColumns: reading.unknown,
  })
  return { ...counts, link: linkOf(importId) }
}

/** Finds the table in the rows as they come and reads the rows under its titles. */
class RowReading {
  columns: ReadColumn[] = []
  skipped: SheetLayout['skipped'] = []
  unknown: string[] = []
  private readonly ground: ImportGround

  constructor(ground: ImportGround) {
    this.ground = ground
  }

  async *of(batches: AsyncIterable<RowBatch>): AsyncGenerator<StagedRow[]> {
    let sheet: string | null = null
    let before: SheetRow[] = []
    let pending: StagedRow[] = []
    for await (const { sheet: name, rows } of batches) {
      if (sheet !== null && name !== sheet) {
        if (this.columns.length > 0) break // one table, the first that looks like it
        before = []
      }
      sheet = name
      const more = this.columns.length > 0 ? rows : this.begin(name, (before = [...before, ...rows]))
      pending.push(...more.flatMap((row) => this.staged(name, row)))
      if (pending.length < batch) continue
      yield pending
      pending = []
    }
    if (this.columns.length === 0)
      throw new BadInput([
        {
          pointer: '/file',
          message: '没有找到资产卡片表：表头应有“资产名称”“分类代码”“原值”“取得日期”等列。请按模板填写后再上传。',
        },
      ])
    if (pending.length > 0) yield pending
  }

  /** Rows under the titles once they have been found; none before. */
  private begin(name: string, rows: SheetRow[]): readonly SheetRow[] {
    const grid: SheetGrid = { name, rows: rows.slice(0, lookAhead) }
    const layout = layoutOf(grid, [...cardColumns(), ...columnsOf(this.ground.fields)])
    if (layout === null || layout.columns.length < 3) return []
    if (layout.missing.length > 0)
      throw new BadInput([
        { pointer: '/file', message: `资产卡片表没有“${layout.missing.join('”“')}”列。请补上后再上传。` },
      ])
    this.columns = layout.columns
    this.unknown = layout.unknown.map(({ title }) => title)
    return rows.filter(({ row }) => row > layout.headerRow)
  }

  private staged(sheet: string, row: SheetRow): StagedRow[] {
    const cells: Record<string, CellsByKey[string]> = {}
    for (const { key, index } of this.columns) {
      const cell = row.cells[index]
      if (cell !== undefined && cell.kind !== 'empty') cells[key] = cell
    }
    if (Object.keys(cells).length === 0) return []
    const first = row.cells.find((cell) => cell.kind === 'text')
    if (first?.kind === 'text' && /^(小计|合计|总计|累计|共计)[：:]?$/.test(first.text.replace(/\s/g, ''))) {
      this.skipped.push({ row: row.row, reason: '合计行', text: first.text })
      return []
    }
    if (row.hidden) {
      this.skipped.push({ row: row.row, reason: '隐藏行', text: '' })
      return []
    }
    return [{ rowNo: row.row, sheet, cells, ...readCardRow(cells, this.columns, this.ground) }]
  }
}

/** Registers every row in order. */
async function applyImport({ data, transact, progress }: JobWork): Promise<JobResult | null> {
  const { importId } = Data.parse(data)
  const cards = await asOne(transact, importId, { during: 'applying', back: 'read' }, async (act, row) => {
    let done = 0
    try {
      for await (const registered of registerBatches(act, row, judgedCards(transact, importId), importId)) {
        done += registered
        await progress(done, row.rows - row.badRows - row.sameRows)
      }
    } catch (error) {
      throw reworded(error)
    }
    await saveImport(act.tx, row, { state: 'applied', appliedRows: done })
    await record(act, 'assets.import-applied', {
      subject: { kind: 'assets.import', id: importId },
      organId: row.organId,
      after: { cards: done, left: row.badRows, same: row.sameRows, sha256: row.sha256 },
    })
    return done
  })
  return { cards, link: linkOf(importId) }
}

/** Withdraws what an import registered. */
async function takeBackImport({ data, transact, progress }: JobWork): Promise<JobResult> {
  const { importId } = Data.parse(data)
  const cards = await asOne(transact, importId, { during: 'withdrawing', back: 'applied' }, async (act, row) => {
    const done = await takeBackCards(act, row, (so) => progress(so, row.appliedRows))
    await saveImport(act.tx, row, { state: 'withdrawn' })
    return done
  })
  return { cards, link: linkOf(importId) }
}

/**
 * Works on an import in one transaction: all of it, or none. What a rule refuses goes back to the clerk, who mends it (a number
 * taken meanwhile) or leaves it as it was.
 * @returns of how many cards; those of before where the work was done already
 */
async function asOne(
  transact: JobWork['transact'],
  importId: string,
  { during, back }: { during: ImportState; back: ImportState },
  work: (act: Act, row: ImportRecord) => Promise<number>,
): Promise<number> {
  try {
    return await transact(
      async (act) => {
        const row = found(await importById(act.tx, importId, true), '导入')
        return row.state === during ? work(act, row) : (row.appliedRows ?? 0)
      },
      { statementTimeoutMs: patienceMs },
    )
  } catch (error) {
    if (error instanceof Refused)
      await transact(async (act) => {
        const row = found(await importById(act.tx, importId, true), '导入')
        await saveImport(act.tx, row, { state: back })
      })
    throw error
  }
}

/** What the clerk took over, batch by batch; nobody changes a row once its import is being applied. */
async function* judgedCards(transact: JobWork['transact'], importId: string): AsyncGenerator<GoodRow[]> {
  for (let after = 0; ;) {
    const rows = await transact(({ tx }) => goodRows(tx, importId, after, batch))
    if (rows.length > 0) yield rows
    if (rows.length < batch) return
    after = rows.at(-1)?.rowNo ?? after
  }
}

/** A number taken by a card that came in meanwhile is no bug of the job. */
function reworded(error: unknown): unknown {
  if (!(error instanceof Conflict)) return error
  return new Refused([
    {
      code: 'number-taken',
      message: error.message,
      basis: null,
      facts: {},
      remedy: '请重新上传工作簿，系统会指出重复的编号。',
    },
  ])
}
