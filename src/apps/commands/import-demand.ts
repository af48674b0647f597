import type { OutputOf } from '#kernel/pure/contract.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import { Refused } from '#kernel/server/errors.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import type { DemandLine } from '#modules/plans/model.ts'
import { existingFile, type Acting, type Desk } from './desk.ts'
import { cycleAt, organAt } from './finding.ts'
import { formOf, writeWhole } from './output-file.ts'
import { WrongUse, type Answer } from './terminal.ts'

export type ImportDemandOptions = Acting & {
  organ: string
  year: number
  commit?: boolean
  dryRun?: boolean
  mode?: 'append' | 'replace'
  answer?: string[]
  annotated?: string
}
type Preview = OutputOf<typeof plans.previewImport>

/**
 * Reads a workbook into an application by the operations of the screen: upload, preview, answers, taking over. Only a
 * workbook without a single problem is taken over, whole; else nothing is, and every problem is told by cell.
 */
export async function importDemand(desk: Desk, path: string, options: ImportDemandOptions): Promise<Answer> {
  const given = answersOf(options.answer ?? [])
  const organ = await organAt(desk, options.organ)
  await cycleAt(desk, options.year)
  const demand = await desk.call(plans.findDemand, { organ: organ.id, year: options.year })
  const before = await desk.call(plans.viewDemand, { demandId: demand.id })
  const preview = await desk.upload(plans.previewImport, { demandId: demand.id }, path)
  // Said by the state of the application; whether the account may at all, the upload has asked.
  if (!options.dryRun && before.may.import) throw new Refused(before.may.import)
  const answers = settled(preview, given)
  const annotated = await annotate(desk, demand.id, preview, options.annotated)
  const rows = preview.rows.filter(({ row }) => answers[`hidden-${row}`] !== 'skip')
  const problems = rows.flatMap((row) => row.problems)
  const open = preview.questions.filter(({ id }) => answers[id] === undefined)
  const mode = options.mode ?? (demand.lineCount === 0 ? 'replace' : 'append')
  const again = options.mode === undefined && rows.length > 0 && rows.every(({ line }) => stands(line, before.lines))
  const told = {
    organ: { id: organ.id, name: organ.name },
    year: options.year,
    demand: { id: demand.id, number: demand.number },
    importId: preview.importId,
    fileName: preview.fileName,
    rows: rows.length,
    problems: problems.map((problem) => ({ ...problem, cell: `${problem.column}${problem.row}` })),
    questions: open,
    skipped: preview.skipped,
    notes: rows.flatMap(({ row, notes }) => notes.map(({ column, note }) => ({ cell: `${column}${row}`, note }))),
    annotated,
  }
  const lines = [
    `${organ.name}${options.year}年度需求申请 ${demand.number}`,
    `《${preview.fileName}》读到 ${rows.length} 行，有问题的单元格 ${problems.length} 处，略过 ${preview.skipped.length} 行。`,
    ...preview.skipped.map(({ row, reason, text }) => `  略过 第${row}行：${reason}${text ? `（${text}）` : ''}`),
    ...told.notes.map(({ cell, note }) => `  说明 ${cell}：${note}`),
    ...problemLines(told.problems),
    ...open.flatMap((question) => questionLines(question)),
    ...(annotated ? [`标注问题的工作簿：${annotated}`] : []),
  ]
  if (problems.length > 0 || open.length > 0 || again)
    return {
      ok: options.dryRun === true && problems.length === 0 && open.length === 0,
      json: { ...told, alreadyThere: again, imported: null },
      lines: [
        ...lines,
        ...(again
          ? ['工作簿中的各行申请里都已有。确要再加一遍的，用 --mode append；要替换的，用 --mode replace。']
          : []),
        `未导入任何一行。${problems.length > 0 ? '请改正工作簿后重试；用 --annotated 文件.xlsx 可得到逐格标注的工作簿。' : ''}`,
      ],
    }
  if (options.dryRun)
    return {
      ok: true,
      json: { ...told, alreadyThere: false, imported: null },
      lines: [...lines, '可以导入。这是预览，未导入任何一行。'],
    }
  const view = await desk.call(plans.applyImport, {
    demandId: demand.id,
    importId: preview.importId,
    version: demand.version,
    mode,
    rows: preview.rows.map(({ row, line }) => ({ row, line })),
    answers,
  })
  const faulty = view.lines.filter(({ outcome }) => outcome !== 'ok').length
  return {
    ok: true,
    json: {
      ...told,
      alreadyThere: false,
      imported: {
        mode,
        rows: rows.length,
        lineCount: view.demand.lineCount,
        askedFen: view.demand.askedFen,
        linesWithFindings: faulty,
      },
    },
    lines: [
      ...lines,
      `已导入 ${rows.length} 行（${mode === 'append' ? '加在原有各行之后' : '替换原有各行'}）。申请现有 ${view.demand.lineCount} 行，合计 ${formatYuan(view.demand.askedFen)} 元；其中 ${faulty} 行有核对提示，提交前请在页面中查看。`,
    ],
  }
}

/** Checks what can be checked before a database is opened. */
export async function checkImportDemand(path: string, options: ImportDemandOptions): Promise<void> {
  if (options.commit && options.dryRun) throw new WrongUse('--commit 与 --dry-run 不能同时使用。')
  answersOf(options.answer ?? [])
  if (options.annotated !== undefined) formOf(options.annotated, ['xlsx'])
  await existingFile(path)
}

function answersOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const match = /^([^=]+)=(.+)$/.exec(text)
      if (!match) throw new WrongUse(`--answer 应写作 问题=答复，例如 hidden-9=skip，现为“${text}”。`)
      return [match[1], match[2]]
    }),
  ) as Record<string, string>
}

/** The answers given, each to a question of this workbook and one of its options. */
function settled(preview: Preview, given: Record<string, string>): Record<string, string> {
  for (const [id, value] of Object.entries(given)) {
    const question = preview.questions.find((one) => one.id === id)
    if (!question)
      throw new WrongUse(
        `这个工作簿没有问题“${id}”。${preview.questions.length > 0 ? `需要答复的有：${preview.questions.map((one) => one.id).join('、')}。` : '它没有需要答复的问题。'}`,
      )
    if (!question.options.some((option) => option.value === value))
      throw new WrongUse(
        `问题“${id}”的答复应为${question.options.map((option) => `${option.value}（${option.label}）`).join('或')}，现为“${value}”。`,
      )
  }
  return given
}

/** Every problem at its cell; where whole columns are missing, what follows from that is only counted. */
function problemLines(problems: readonly (Preview['rows'][number]['problems'][number] & { cell: string })[]): string[] {
  const columns = problems.filter(({ code }) => code === 'column-missing')
  const shown = columns.length > 0 ? columns : problems
  const rest = problems.length - shown.length
  return [
    ...shown.map(
      ({ cell, sheet, message, found }) => `  有误 ${sheet}!${cell}：${message}${found ? `（原文“${found}”）` : ''}`,
    ),
    ...(rest > 0 ? [`  缺少的列补上之前，另外 ${rest} 处问题不逐一列出（--json 中有全部）。`] : []),
  ]
}

function questionLines({ id, text, options }: Preview['questions'][number]): string[] {
  return [`  请答复 ${text}`, ...options.map(({ value, label }) => `    --answer ${id}=${value}　${label}`)]
}

async function annotate(desk: Desk, demandId: string, preview: Preview, path: string | undefined) {
  if (path === undefined) return null
  await writeWhole(path, await desk.download(plans.annotatedImport, { demandId, importId: preview.importId }))
  return path
}

/** The same line stands in the application already: a command run twice must not ask for everything twice. */
function stands(line: Preview['rows'][number]['line'], lines: readonly DemandLine[]): boolean {
  return lines.some(
    (one) =>
      one.needKind === line.needKind &&
      one.itemName === line.itemName &&
      one.quantity === line.quantity &&
      one.unit === line.unit &&
      one.amountFen === line.amountFen,
  )
}
