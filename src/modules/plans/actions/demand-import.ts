import { allOf, provided } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { keepFile } from '#kernel/server/kept-files.ts'
import { record } from '#kernel/server/record.ts'
import { annotatedWorkbook } from '#kernel/server/spreadsheet/annotate-workbook.ts'
import { readWorkbook } from '#kernel/server/spreadsheet/read-workbook.ts'
import { workbookDownload, type SheetColumn, type SheetToWrite } from '#kernel/server/spreadsheet/write-workbook.ts'
import { organNames } from '#modules/organs/offers.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import type { contract } from '../contract.ts'
import { opinionLabels, type DemandLine } from '../model.ts'
import { can } from '../policy.ts'
import { readDemandWorkbook } from '../rules/demand-import.ts'
import { linesOf, type DemandRow } from '../store/demand.ts'
import { importById, insertImport, markApplied, type ImportRow } from '../store/import.ts'
import { reviewsOf } from '../store/review.ts'
import { demandContext, seenDemand } from './demand-context.ts'
import { demandView, draftToChange, inDraft, saveLines } from './demand.ts'

type ImportActions = Pick<
  ActionsOf<typeof contract>,
  'demandTemplate' | 'exportDemand' | 'previewImport' | 'annotatedImport' | 'applyImport'
>

export const importActions: ImportActions = {
  /** The form of the application, filled with the lines there are, with its choices in the cells. */
  async demandTemplate(ctx) {
    const demand = await seenDemand(ctx, ctx.input.demandId)
    const sheet = await demandSheet(ctx, demand, await linesOf(ctx.tx, demand.id))
    return workbookDownload(`${demand.year}年度需求申报表.xlsx`, [{ ...sheet, spareRows: 200 }])
  },

  async exportDemand(ctx) {
    const demand = await seenDemand(ctx, ctx.input.demandId)
    const lines = await linesOf(ctx.tx, demand.id)
    const sheet = await demandSheet(ctx, demand, lines)
    const decided = new Map(
      demand.state === 'reviewed'
        ? (await reviewsOf(ctx.tx, [demand.id])).map((review) => [review.lineId, review.decision])
        : [],
    )
    const extra: SheetColumn[] = [
      { title: '审核意见' },
      { title: '核定数量', kind: 'number' },
      { title: '核定金额（元）', kind: 'yuan' },
      { title: '理由和依据', width: 50 },
    ]
    const rows = lines.map((line, index) => {
      const decision = decided.get(line.id)
      return [
        ...rowOf(line, index),
        decision ? opinionLabels[decision.opinion] : '',
        decision?.quantity ?? null,
        decision?.amountFen ?? null,
        decision?.reason ?? '',
      ]
    })
    return workbookDownload(`${demand.number}.xlsx`, [
      { ...sheet, columns: [...sheet.columns, ...extra], rows, total: [...total(lines), '', null, null, ''] },
    ])
  },

  /** Reads the workbook and keeps it; nothing is imported before the clerk has decided. */
  async previewImport(ctx) {
    const demand = await seenDemand(ctx, ctx.input.demandId)
    permit(can.editDemand(ctx.actor, demand))
    insist(inDraft(demand))
    const { file } = ctx.input
    const sheets = await readWorkbook(file)
    const context = await demandContext(ctx, demand)
    const reading = readDemandWorkbook(sheets, context.standards)
    if (reading === null)
      throw new BadInput([
        {
          pointer: '/file',
          code: 'no-table',
          message: `在“${file.fileName}”中没有找到申报表：表头应有“需求事项”“项目名称”“数量”等列。请按模板填写后再上传。`,
        },
      ])
    insist(
      allOf(
        provided(reading.rows.length > 0, {
          code: 'no-rows',
          message: '申报表中没有数据行。',
          remedy: '请核对上传的文件。',
        }),
        provided(reading.rows.length <= 2000, {
          code: 'too-many-rows',
          message: `申报表有${reading.rows.length}行，一次最多导入2000行。`,
          remedy: '请分次导入。',
        }),
      ),
    )
    const kept = await keepFile(ctx, file)
    const preview = { importId: newId(), fileName: file.fileName, ...reading }
    await insertImport(
      ctx.tx,
      { id: preview.importId, demandId: demand.id, fileName: file.fileName, sha256: kept.sha256, preview },
      ctx.now,
    )
    await record(ctx, 'plans.import-read', {
      subject: { kind: 'plans.demand', id: demand.id },
      organId: demand.organId,
      after: {
        import: preview.importId,
        fileName: file.fileName,
        sha256: kept.sha256,
        rows: reading.rows.length,
        problems: reading.problemCount,
      },
    })
    return preview
  },

  async annotatedImport(ctx) {
    const demand = await seenDemand(ctx, ctx.input.demandId)
    const row = await importOf(ctx, demand, ctx.input.importId)
    const file = {
      path: ctx.files.pathOf(row.sha256),
      fileName: row.fileName,
      sizeBytes: 0,
      mediaType: '',
      sha256: row.sha256,
    }
    return annotatedWorkbook(
      file,
      row.preview.rows.flatMap(({ problems }) => problems),
    )
  },

  /** All rows given, or none: what cannot be saved refuses the whole, by row and field. */
  async applyImport(ctx) {
    const { demandId, importId, version, mode, rows, answers } = ctx.input
    const demand = await draftToChange(ctx, demandId, version)
    const imported = await importOf(ctx, demand, importId, true)
    const open = imported.preview.questions.filter(
      ({ id, options }) => !options.some(({ value }) => value === answers[id]),
    )
    insist(
      allOf(
        provided(imported.appliedAt === null, {
          code: 'applied',
          message: '这次导入已经完成，不能重复导入。',
          remedy: '需要重新导入的，请再次上传。',
        }),
        ...open.map(({ text }) =>
          provided(false, {
            code: 'question-open',
            message: `还有问题没有答复：${text}`,
            remedy: '请逐一答复后再导入。',
          }),
        ),
      ),
    )
    const known = new Set(imported.preview.rows.map(({ row }) => row))
    const strange = rows.filter(({ row }) => !known.has(row))
    if (strange[0])
      throw new BadInput([{ pointer: '/rows', message: `第${strange[0].row}行不在这次上传的工作簿中。请重新上传。` }])
    const wanted = rows
      .filter(({ row }) => answers[`hidden-${row}`] !== 'skip')
      .map(({ line }) => ({ ...line, id: null }))
    const before = mode === 'append' ? await linesOf(ctx.tx, demand.id) : []
    const saved = await saveLines(ctx, demand, [...before, ...wanted], {
      contact: demand.contact,
      declaredNotSecret: demand.declaredNotSecret,
    })
    await markApplied(ctx.tx, importId, ctx.now)
    await record(ctx, 'plans.import-applied', {
      subject: { kind: 'plans.demand', id: demand.id },
      organId: demand.organId,
      after: { import: importId, sha256: imported.sha256, mode, rows: wanted.length, answers },
    })
    return demandView(ctx, saved)
  },
}

async function importOf({ tx }: Act, demand: DemandRow, importId: string, lock = false): Promise<ImportRow> {
  const row = found(await importById(tx, importId, lock), '导入')
  if (row.demandId !== demand.id) throw new Missing('导入')
  return row
}

const columns: readonly SheetColumn[] = [
  { title: '序号', kind: 'number', width: 6 },
  { title: '需求事项', width: 18, choices: Object.values(needKindLabels) },
  { title: '项目名称', width: 24 },
  { title: '单位', width: 8 },
  { title: '数量', kind: 'number', width: 10 },
  { title: '单价（元）', kind: 'yuan' },
  { title: '金额（元）', kind: 'yuan' },
  { title: '经济科目', width: 10 },
  { title: '需求月份', kind: 'number', width: 10 },
  { title: '需求理由', width: 36 },
  { title: '备注', width: 24 },
]

async function demandSheet({ tx }: Act, demand: DemandRow, lines: readonly DemandLine[]): Promise<SheetToWrite> {
  const organ = (await organNames(tx, [demand.organId])).get(demand.organId) ?? ''
  return {
    name: '需求申报表',
    lead: [`${demand.year}年度机关运行保障需求申报表`, `申报单位：${organ}    申请编号：${demand.number}`],
    columns,
    rows: lines.map(rowOf),
  }
}

function rowOf(line: DemandLine, index: number) {
  return [
    index + 1,
    line.needKind ? needKindLabels[line.needKind] : '',
    line.itemName,
    line.unit,
    line.quantity,
    line.unitPriceFen,
    line.amountFen,
    line.economicCode ?? '',
    line.neededMonth,
    line.reason,
    line.note,
  ]
}

function total(lines: readonly DemandLine[]) {
  return [
    null,
    '合计',
    '',
    '',
    null,
    null,
    lines.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0),
    '',
    null,
    '',
    '',
  ]
}
