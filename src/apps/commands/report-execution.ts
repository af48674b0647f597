import { formatYuan } from '#kernel/pure/money.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { reportStateLabels } from '#modules/plans/model.ts'
import type { Acting, Desk } from './desk.ts'
import { organAt, ownLevel } from './finding.ts'
import { formOf, writeWhole } from './output-file.ts'
import { WrongUse, type Answer } from './terminal.ts'

export type ReportOptions = Acting & {
  organ?: string
  jurisdiction?: string
  year: number
  out: string
  refresh?: boolean
}
const forms = ['docx', 'pdf', 'xlsx', 'json'] as const

/** Checks what can be checked before a database is opened. */
export function checkReport({ organ, jurisdiction, out }: ReportOptions): void {
  if ((organ === undefined) === (jurisdiction === undefined))
    throw new WrongUse('请用 --organ 机关 生成一个机关的报告，或用 --jurisdiction 代码 生成本级汇总报告，二者选一。')
  formOf(out, forms)
}

/**
 * The execution report of an organ, or the consolidated one of an authority (A36-1, A36-2), as a file. The report there
 * is, is taken; where there is none yet, the organ's own account drafts it from the ledger.
 */
export async function reportExecution(desk: Desk, options: ReportOptions): Promise<Answer> {
  const form = formOf(options.out, forms)
  const kind = options.jurisdiction === undefined ? 'organ' : 'consolidated'
  if (options.jurisdiction !== undefined) await ownLevel(desk, options.jurisdiction)
  const organ = options.organ === undefined ? null : await organAt(desk, options.organ)
  const known = (await desk.all(plans.reports, { year: options.year, kind })).find(
    ({ organId }) => organ === null || organId === organ.id,
  )
  if (!known && organ && organ.id !== desk.actor.organ?.id)
    throw new WrongUse(
      `${organ.name}还没有报送${options.year}年度执行情况报告。报告由该机关编制：请用该机关的账号（--as）生成。`,
    )
  const first = known
    ? await desk.call(plans.viewReport, { reportId: known.id })
    : await desk.call(plans.draftReport, { year: options.year, kind })
  const view =
    options.refresh && first.stale
      ? await desk.call(plans.refreshReport, { reportId: first.report.id, version: first.report.version })
      : first
  const { report, figures } = view
  const bytes = await writeWhole(
    options.out,
    await desk.download(plans.reportFile, { reportId: report.id, format: form }),
  )
  return {
    ok: true,
    json: { report, figures, stale: view.stale, drafted: known === undefined, out: options.out, form, bytes },
    lines: [
      `${report.number}（${report.organName}，${options.year}年度，${reportStateLabels[report.state]}${known ? '' : '，刚由台账生成'}）已写入 ${options.out}（${bytes} 字节）。`,
      `计划 ${formatYuan(figures.plannedFen + figures.adjustedFen)} 元，支出 ${formatYuan(figures.executedFen)} 元，结余 ${formatYuan(figures.remainingFen)} 元。`,
      ...(view.stale ? ['台账在报告生成后又有变动，报告中的数字不是最新的。用 --refresh 按台账更新。'] : []),
    ],
  }
}
