import type { Act, Download } from '#kernel/server/context.ts'
import { renderIssued } from '#kernel/server/issued-documents.ts'
import { renderDocx } from '#kernel/server/documents/docx.ts'
import { renderPdf } from '#kernel/server/documents/pdf.ts'
import { workbookDownload, type SheetColumn } from '#kernel/server/spreadsheet/write-workbook.ts'
import type { Block, OfficialDocument } from '#kernel/pure/official-document.ts'
import { organNames, partyOrgan } from '#modules/organs/offers.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import type { ReportRow } from '../store/report.ts'
import { issuePaper } from './issue.ts'
import { rate, wan, wanNumber } from './wording.ts'

/** The execution report (Art. 36): text parts by people, every figure from the ledger (PLAN-R19). */
async function reportDocument(ctx: Act, row: ReportRow): Promise<Omit<OfficialDocument, 'number' | 'createdAt'>> {
  const organ = (await organNames(ctx.tx, [row.organId])).get(row.organId) ?? ''
  const consolidated = row.kind === 'consolidated'
  const authority = await partyOrgan(ctx.tx, row.jurisdictionCode, 'authority', ctx.today)
  const finance = await partyOrgan(ctx.tx, row.jurisdictionCode, 'finance', ctx.today)
  const { figures, texts } = row
  const { abroad, vehiclePurchase, vehicleRunning, reception } = figures.threePublicFen
  return {
    layout: 'report',
    organs: [organ],
    title: `${organ}\n${row.year}年度机关运行保障计划执行情况${consolidated ? '汇总' : ''}报告`,
    recipients: [consolidated ? '本级人民政府' : (authority?.name ?? '机关事务管理部门')],
    body: [
      ...part('总体情况', texts.overview),
      byKindTable(figures),
      ...byOrganTable(figures),
      { kind: 'heading', level: 1, text: '计划调整和“三公”经费' },
      {
        kind: 'paragraph',
        text:
          figures.adjustments.count === 0
            ? '全年没有办理计划调整。'
            : `全年办理计划调整${figures.adjustments.count}件，涉及资金${wan(figures.adjustments.amountFen)}万元，其中按期备案${figures.adjustments.inTime}件、逾期${figures.adjustments.overdue}件。`,
      },
      {
        kind: 'paragraph',
        text: `“三公”经费支出${wan(abroad + vehiclePurchase + vehicleRunning + reception)}万元：因公出国（境）${wan(abroad)}万元，公务用车购置${wan(vehiclePurchase)}万元，公务用车运行维护${wan(vehicleRunning)}万元，公务接待${wan(reception)}万元。`,
      },
      ...part('存在的问题', texts.problems),
      ...part('节约措施和成效', texts.savings),
      ...part('下一年度建议', texts.proposals),
    ],
    signature: { organs: [organ], date: ctx.today },
    ...(consolidated && finance ? { copies: [finance.name] } : {}),
  }
}

/** A part that people wrote, a paragraph a line; nothing where they wrote nothing. */
function part(text: string, content: string): Block[] {
  const lines = content.split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) return []
  return [
    { kind: 'heading', level: 1, text },
    ...lines.map((line): Block => ({ kind: 'paragraph', text: line.trim() })),
  ]
}

/** Planned, adjusted and executed by kind of need, money in 万元. */
function byKindTable(figures: ReportRow['figures']): Block {
  return {
    kind: 'table',
    caption: '表1 分类执行情况',
    unit: '单位：万元',
    columns: [
      { title: '类别', share: 24 },
      { title: '项数', share: 8 },
      { title: '计划', share: 15, decimals: 2 },
      { title: '调整', share: 13, decimals: 2 },
      { title: '执行', share: 15, decimals: 2 },
      { title: '执行率', share: 12, align: 'right' },
    ],
    rows: figures.byKind.map((kind) => [
      needKindLabels[kind.needKind],
      kind.lines,
      wanNumber(kind.plannedFen),
      wanNumber(kind.adjustedFen),
      wanNumber(kind.executedFen),
      rate(kind.executionRateBp),
    ]),
    total: [
      '合计',
      figures.byKind.reduce((sum, { lines }) => sum + lines, 0),
      wanNumber(figures.plannedFen),
      wanNumber(figures.adjustedFen),
      wanNumber(figures.executedFen),
      rate(figures.executionRateBp),
    ],
  }
}

/** Planned and executed by organ, money in 万元; nothing in the report of one organ. */
function byOrganTable(figures: ReportRow['figures']): Block[] {
  if (figures.byOrgan.length === 0) return []
  return [
    {
      kind: 'table',
      caption: '表2 各机关执行情况',
      unit: '单位：万元',
      columns: [
        { title: '机关', share: 44 },
        { title: '计划', share: 18, decimals: 2 },
        { title: '执行', share: 18, decimals: 2 },
        { title: '执行率', share: 14, align: 'right' },
      ],
      rows: figures.byOrgan.map((one) => [
        one.organName,
        wanNumber(one.plannedFen),
        wanNumber(one.executedFen),
        rate(one.executionRateBp),
      ]),
    },
  ]
}

export async function issueReportDocument(ctx: Act, row: ReportRow): Promise<string> {
  const consolidated = row.kind === 'consolidated'
  const authority = await partyOrgan(ctx.tx, row.jurisdictionCode, 'authority', ctx.today)
  const finance = await partyOrgan(ctx.tx, row.jurisdictionCode, 'finance', ctx.today)
  const recipient = consolidated ? finance : authority
  return issuePaper(ctx, {
    kind: 'plans.report',
    number: row.number,
    title: `${row.year}年度计划执行情况${consolidated ? '汇总' : ''}报告`,
    organId: row.organId,
    jurisdictionCode: row.jurisdictionCode,
    recipientOrganIds: recipient ? [recipient.id] : [],
    subject: { kind: 'plans.report', id: row.id },
    caseId: row.caseId,
    document: await reportDocument(ctx, row),
  })
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The report as a file: once signed, the document as issued; before that, as it would read now. */
export async function reportFile(
  ctx: Act,
  row: ReportRow,
  format: 'docx' | 'pdf' | 'xlsx' | 'json',
): Promise<Download> {
  const fileName = `${row.number}.${format}`
  if (format === 'json')
    return {
      fileName,
      mediaType: 'application/json; charset=utf-8',
      body: Buffer.from(
        JSON.stringify(
          { number: row.number, year: row.year, kind: row.kind, texts: row.texts, figures: row.figures },
          null,
          2,
        ),
      ),
    }
  if (format === 'xlsx') return figuresWorkbook(row, fileName)
  if (row.documentId !== null && row.state !== 'draft' && row.state !== 'returned')
    return { ...(await renderIssued(ctx.tx, row.documentId, format)), fileName }
  const draft: OfficialDocument = {
    ...(await reportDocument(ctx, row)),
    number: `${row.number}（草稿）`,
    createdAt: ctx.now.toISOString(),
  }
  return format === 'docx'
    ? { fileName, mediaType: wordType, body: await renderDocx(draft) }
    : { fileName, mediaType: 'application/pdf', body: await renderPdf(draft) }
}

/** The tables of a report as a workbook, one sheet each. */
function figuresWorkbook({ figures, year }: ReportRow, fileName: string): Download {
  const money: SheetColumn[] = [
    { title: '计划（万元）', kind: 'wan' },
    { title: '调整（万元）', kind: 'wan' },
    { title: '执行（万元）', kind: 'wan' },
  ]
  return workbookDownload(fileName, [
    {
      name: '分类执行情况',
      lead: [`${year}年度计划执行情况`],
      columns: [{ title: '类别' }, { title: '项数', kind: 'number' }, ...money, { title: '执行率', kind: 'percent' }],
      rows: figures.byKind.map((kind) => [
        needKindLabels[kind.needKind],
        kind.lines,
        kind.plannedFen,
        kind.adjustedFen,
        kind.executedFen,
        share(kind.executionRateBp),
      ]),
      total: [
        '合计',
        null,
        figures.plannedFen,
        figures.adjustedFen,
        figures.executedFen,
        share(figures.executionRateBp),
      ],
    },
    ...(figures.byOrgan.length === 0
      ? []
      : [
          {
            name: '各机关执行情况',
            columns: [
              { title: '机关', width: 32 },
              { title: '计划（万元）', kind: 'wan' as const },
              { title: '执行（万元）', kind: 'wan' as const },
              { title: '执行率', kind: 'percent' as const },
            ],
            rows: figures.byOrgan.map((one) => [
              one.organName,
              one.plannedFen,
              one.executedFen,
              share(one.executionRateBp),
            ]),
          },
        ]),
  ])
}

function share(basisPoints: number | null): number | null {
  return basisPoints === null ? null : basisPoints / 10_000
}
