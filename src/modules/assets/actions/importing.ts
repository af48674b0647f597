import type { UploadedFile } from '#kernel/pure/contract.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, allowed, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { enqueue, runById } from '#kernel/server/jobs.ts'
import { record } from '#kernel/server/record.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { workbookDownload, type SheetRow } from '#kernel/server/spreadsheet/write-workbook.ts'
import type { contract } from '../contract.ts'
import { cardSheetColumns, sheetColumnsOf } from '../documents/export.ts'
import { law } from '../law.ts'
import { can } from '../policy.ts'
import { checkSecrecy } from '../rules/card.ts'
import { cardColumns, columnsOf, readCardRow } from '../rules/import.ts'
import {
  appliedBefore,
  clearProblems,
  countRows,
  importById,
  importsPage,
  insertImport,
  problemsPage,
  saveImport,
  stagedRow,
  stageRows,
  type ImportRecord,
} from '../store/import.ts'
import { cardStandards, ownOrgan, subjectOf } from './access.ts'
import { idCursor, placeCursor } from './cursors.ts'
import { fieldsInForce } from './custom-fields.ts'
import { judgeNumbers } from './known-rows.ts'
import { mayTakeBack } from './taking-back.ts'

type ImportActions = Pick<
  ActionsOf<typeof contract>,
  | 'cardTemplate'
  | 'readImport'
  | 'imports'
  | 'viewImport'
  | 'importProblems'
  | 'importProblemList'
  | 'mendImportRow'
  | 'applyImport'
  | 'takeBackImport'
>

export const importActions: ImportActions = {
  async cardTemplate(ctx) {
    const organ = ownOrgan(ctx)
    const columns = [...cardSheetColumns(), ...sheetColumnsOf(await fieldsInForce(ctx, organ.jurisdictionCode))]
    return workbookDownload('资产卡片模板.xlsx', [
      { name: '资产卡片', columns, rows: [] as SheetRow[], spareRows: 300 },
    ])
  },

  /** Keeps the file and asks for it to be read; nothing is registered by that. */
  async readImport(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.importCards(ctx.actor, subjectOf(organ)))
    const { file } = ctx.input
    insist(mayKeep(file))
    const kept = await ctx.files.keep(file)
    const before = await appliedBefore(ctx.tx, organ.id, kept.sha256)
    insist(
      provided(before === null, {
        code: 'same-file',
        message: '这个文件已经导入过，不能重复导入。',
        remedy: '有更改的，请保存后上传新的文件。',
      }),
    )
    const id = newId()
    await insertImport(ctx.tx, {
      id,
      ...subjectOf(organ),
      fileName: file.fileName,
      sha256: kept.sha256,
      createdAt: ctx.now,
      createdBy: ctx.actor.name,
    })
    const runId = await enqueue(
      ctx,
      'assets.read-import',
      { importId: id },
      { title: `读取资产卡片：${file.fileName}` },
    )
    await saveImport(ctx.tx, { id, version: 1 }, { runId })
    await record(ctx, 'assets.import-read', {
      subject: { kind: 'assets.import', id },
      organId: organ.id,
      after: { fileName: file.fileName, sha256: kept.sha256 },
    })
    return view(ctx, await seenImport(ctx, id))
  },

  async imports(ctx) {
    const organ = ownOrgan(ctx)
    const { after, limit } = ctx.input
    const rows = await importsPage(ctx.tx, organ.id, idCursor(after), limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map((row) => view(ctx, row)) }
  },

  async viewImport(ctx) {
    return view(ctx, await seenImport(ctx, ctx.input.importId))
  },

  async importProblems(ctx) {
    const row = await seenImport(ctx, ctx.input.importId)
    const { after, limit } = ctx.input
    const rows = await problemsPage(ctx.tx, row.id, placeCursor(after), limit + 1)
    const page = pageFrom(rows, limit, (last) => `${last.row}:${last.place}`)
    return {
      ...page,
      items: page.items.map(({ place: _, ...problem }) => problem),
      total: row.problems > 10_000 ? null : row.problems,
    }
  },

  async importProblemList(ctx) {
    const row = await seenImport(ctx, ctx.input.importId)
    const rows: SheetRow[] = []
    for (let after: { row: number; place: number } | null = null; ;) {
      const page = await problemsPage(ctx.tx, row.id, after, 2000)
      for (const one of page) rows.push([one.sheet, `${one.column}${one.row}`, one.title, one.found, one.message])
      const last = page.at(-1)
      if (page.length < 2000 || last === undefined) break
      after = { row: last.row, place: last.place }
    }
    return workbookDownload(`${row.fileName.replace(/\.(xlsx|csv|txt)$/i, '')}（问题清单）.xlsx`, [
      {
        name: '问题清单',
        columns: [
          { title: '工作表', width: 16 },
          { title: '单元格', width: 10 },
          { title: '列', width: 16 },
          { title: '现为', width: 24 },
          { title: '问题', width: 80 },
        ],
        rows,
      },
    ])
  },

  async mendImportRow(ctx) {
    const { importId, row: rowNo, cells } = ctx.input
    const row = await seenImport(ctx, importId, true)
    permit(can.importCards(ctx.actor, row))
    insist(isRead(row))
    const staged = found(await stagedRow(ctx.tx, importId, rowNo), `第${rowNo}行`)
    const fields = await fieldsInForce(ctx, row.jurisdictionCode)
    const columns = [...cardColumns(), ...columnsOf(fields)]
    const strange = Object.keys(cells).find((key) => !columns.some((column) => column.key === key))
    if (strange !== undefined)
      throw new BadInput([{ pointer: `/cells/${strange}`, message: `没有“${strange}”这一列。` }])
    const mended = {
      ...staged.cells,
      ...Object.fromEntries(Object.entries(cells).map(([key, text]) => [key, { kind: 'text' as const, text }])),
    }
    const standards = await cardStandards(ctx, row.jurisdictionCode)
    const read = readCardRow(mended, [], {
      organId: row.organId,
      jurisdictionCode: row.jurisdictionCode,
      today: ctx.today,
      standards,
      fields,
    })
    await clearProblems(ctx.tx, importId, rowNo)
    await stageRows(ctx.tx, { importId, organId: row.organId }, [
      { rowNo, sheet: staged.sheet, cells: mended, ...read },
    ])
    const said = columns.flatMap(({ key, titles }) =>
      mended[key] === undefined ? [] : [{ key, title: titles[0] ?? key, index: -1, unit: null }],
    )
    await judgeNumbers(ctx.tx, { importId, organId: row.organId }, said, rowNo)
    await saveImport(ctx.tx, row, await countRows(ctx.tx, importId))
    await record(ctx, 'assets.import-mended', {
      subject: { kind: 'assets.import', id: importId },
      organId: row.organId,
      after: { row: rowNo, columns: Object.keys(cells) },
    })
    return view(ctx, await seenImport(ctx, importId))
  },

  async applyImport(ctx) {
    const { importId, version, rows } = ctx.input
    const row = await seenImport(ctx, importId, true)
    if (row.version !== version) throw new Conflict('导入')
    permit(can.importCards(ctx.actor, row))
    insist(
      allOf(
        mayApply(row),
        provided(rows === 'in-order' || row.badRows === 0, {
          code: 'rows-with-problems',
          message: `还有${row.badRows}行有问题，不能全部导入。`,
          remedy: '请改正后再导入，或选择只导入没有问题的行。',
        }),
      ),
    )
    const runId = await enqueue(ctx, 'assets.apply-import', { importId }, { title: `导入资产卡片：${row.fileName}` })
    await saveImport(ctx.tx, row, { state: 'applying', runId })
    await record(ctx, 'assets.import-applying', {
      subject: { kind: 'assets.import', id: importId },
      organId: row.organId,
      after: { rows, inOrder: row.rows - row.badRows - row.sameRows, left: row.badRows, sha256: row.sha256 },
    })
    return view(ctx, await seenImport(ctx, importId))
  },

  async takeBackImport(ctx) {
    const { importId, version, reason } = ctx.input
    const row = await seenImport(ctx, importId, true)
    if (row.version !== version) throw new Conflict('导入')
    permit(can.importCards(ctx.actor, row))
    insist(allOf(isApplied(row), checkSecrecy({}, reason)))
    insist(await mayTakeBack(ctx, row))
    const runId = await enqueue(
      ctx,
      'assets.take-back-import',
      { importId },
      { title: `撤销资产卡片导入：${row.fileName}` },
    )
    await saveImport(ctx.tx, row, { state: 'withdrawing', takenBackFor: reason, runId })
    await record(ctx, 'assets.import-withdrawing', {
      subject: { kind: 'assets.import', id: importId },
      organId: row.organId,
      after: { cards: row.appliedRows, reason },
    })
    return view(ctx, await seenImport(ctx, importId))
  },
}

const isApplied = (row: ImportRecord): Verdict =>
  provided(row.state === 'applied', {
    code: 'import-state',
    message: '只有已导入的可以撤销。',
    remedy: '请刷新后查看。',
  })

function mayKeep(file: UploadedFile): Verdict {
  return allOf(
    provided(/\.(xlsx|xlsm|csv|txt)$/i.test(file.fileName), {
      code: 'no-workbook',
      message: `“${file.fileName}”不是 Excel 工作簿。`,
      remedy: '请上传 .xlsx 或 .csv 文件。',
    }),
    provided(secrecyMarkIn(file.fileName) === null, {
      code: 'A44-1',
      message: '文件名带有密级标志。本系统为非涉密系统，不得上传涉密文件。',
      basis: law.secrecy,
    }),
  )
}

const isRead = (row: ImportRecord): Verdict =>
  provided(row.state === 'read', {
    code: 'import-state',
    message: '这次导入不在待确认的状态。',
    remedy: '请刷新后查看。',
  })

const mayApply = (row: ImportRecord): Verdict =>
  allOf(
    isRead(row),
    provided(row.state !== 'read' || row.rows > row.badRows + row.sameRows, {
      code: 'no-rows',
      ...(row.badRows === 0 && row.sameRows > 0
        ? { message: '各行都与已登记的卡片一致，没有需要导入的内容。' }
        : { message: '没有可以导入的行。', remedy: '请改正问题，或上传另一个文件。' }),
    }),
  )

async function seenImport(act: Act, id: string, lock = false): Promise<ImportRecord> {
  const organ = ownOrgan(act)
  const row = found(await importById(act.tx, id, lock), '导入')
  if (row.organId !== organ.id) throw new Missing('导入')
  return settled(act, row)
}

/** An import whose work was given up, or stopped by its clerk, waits for nobody: read again, or decided again. */
async function settled({ tx }: Act, row: ImportRecord): Promise<ImportRecord> {
  if (row.runId === null || !['reading', 'applying', 'withdrawing'].includes(row.state)) return row
  const run = await runById(tx, row.runId)
  if (run?.state !== 'failed' && run?.state !== 'cancelled') return row
  const problem = run.problem ?? '读取已取消。请重新上传。'
  const back = row.state === 'applying' ? 'read' : 'applied'
  await saveImport(tx, row, row.state === 'reading' ? { state: 'unreadable', problem } : { state: back })
  return found(await importById(tx, row.id), '导入')
}

function view(act: Act, row: ImportRecord) {
  const { organId, jurisdictionCode, sha256: _, takenBackFor: __, ...shown } = row
  const right = can.importCards(act.actor, { organId, jurisdictionCode })
  return {
    ...shown,
    may: {
      apply: mayOf(allOf(right, row.state === 'read' ? mayApply(row) : allowed)),
      takeBack: mayOf(allOf(right, isApplied(row))),
    },
  }
}
