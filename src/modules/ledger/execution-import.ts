import type { Ctx } from '#kernel/server/context.ts'
import { BadInput, found, permit } from '#kernel/server/errors.ts'
import type { SheetGrid } from '#kernel/pure/sheet-layout.ts'
import { record } from '#kernel/server/record.ts'
import { readWorkbook } from '#kernel/server/spreadsheet/read-workbook.ts'
import { workbookDownload } from '#kernel/server/spreadsheet/write-workbook.ts'
import type { contract } from './contract.ts'
import { paymentSheets, readPayments, type ColumnAt, type Payment, type PaymentProblem } from './execution-sheet.ts'
import { executeAll } from './offers.ts'
import { can } from './policy.ts'
import { available, mayPostInYear } from './rules.ts'
import { postedSources } from './store/entry.ts'
import { linesPage, lockLinesByNumber, type LineRow } from './store/line.ts'

const mostRows = 20_000

/**
 * Posts the payments of a workbook: all of them, or none. A voucher that was imported before is counted and not posted
 * again, so that a monthly list can be imported as often as one likes.
 */
export async function importExecutions(ctx: Ctx<(typeof contract)['importExecutions']>) {
  const { year, file } = ctx.input
  const organ = found(ctx.actor.organ, '所代表的机关')
  permit(can.postAny(ctx.actor))
  const reading = readPayments(theSheet(await readWorkbook(file), file.fileName))
  const { payments, columnAt } = reading
  if (payments.length > mostRows)
    throw new BadInput([
      {
        pointer: '/file',
        code: 'too-many-rows',
        message: `支出明细有${payments.length}行，一次最多导入${mostRows}行。请分次导入。`,
      },
    ])
  const lines = new Map(
    (
      await lockLinesByNumber(ctx.tx, organ.jurisdictionCode, year, [...new Set(payments.map(({ number }) => number))])
    ).map((line) => [line.number, line]),
  )
  const sources = sourcesOf(payments, lines)
  const before = await postedSources(ctx.tx, 'ledger.voucher', [...sources.values()])
  const fresh = payments.filter((payment) => !before.has(sources.get(payment) as string))
  const problems = [
    ...reading.problems,
    ...fresh.flatMap((payment) => lineProblem(ctx, payment, lines.get(payment.number), year, columnAt)),
    ...beyondPlan(fresh, lines, columnAt),
  ]
  const counts = { read: payments.length, alreadyPosted: payments.length - fresh.length }
  if (problems.length > 0) return { ...counts, posted: 0, problems: problems.slice(0, 500) }
  await executeAll(
    ctx,
    [...lines.values()],
    fresh.map((payment) => ({
      lineId: (lines.get(payment.number) as LineRow).id,
      posting: {
        amountFen: payment.amountFen,
        quantity: payment.quantity,
        note: payment.note,
        document: payment.document,
        counterparty: payment.counterparty || null,
        occurredOn: payment.occurredOn,
        source: { kind: 'ledger.voucher', id: sources.get(payment) as string },
      },
    })),
  )
  await record(ctx, 'ledger.executions-imported', {
    subject: { kind: 'ledger.import', id: file.sha256 },
    organId: organ.id,
    after: { year, fileName: file.fileName, sha256: file.sha256, ...counts, posted: fresh.length },
  })
  return { ...counts, posted: fresh.length, problems: [] }
}

/** The one list of payments of a workbook: of two, nobody could say which was meant. */
function theSheet(sheets: readonly SheetGrid[], fileName: string): SheetGrid {
  const names = paymentSheets(sheets)
  const [sheet, ...others] = sheets.filter(({ name }) => names.includes(name))
  if (!sheet)
    throw new BadInput([
      {
        pointer: '/file',
        code: 'no-table',
        message: `在“${fileName}”中没有找到支出明细：表头应有“计划编号”“支出日期”“金额”“用途”“凭证号”。请按模板填写。`,
      },
    ])
  if (others.length > 0)
    throw new BadInput([
      {
        pointer: '/file',
        code: 'several-tables',
        message: `“${fileName}”中有${names.length}张支出明细（${names.join('、')}）。请只保留要导入的一张，其余的删除或隐藏。`,
      },
    ])
  return sheet
}

/** Voucher, line and amount name a payment; equal ones in one list are told apart by their turn. Numbers of lines are unique within a jurisdiction only, their ids everywhere. */
function sourcesOf(payments: readonly Payment[], lines: ReadonlyMap<string, LineRow>): Map<Payment, string> {
  const turns = new Map<string, number>()
  return new Map(
    payments.map((payment) => {
      const key = `${payment.occurredOn.slice(0, 4)}|${payment.document}|${lines.get(payment.number)?.id ?? payment.number}|${payment.amountFen}`
      const turn = (turns.get(key) ?? 0) + 1
      turns.set(key, turn)
      return [payment, `${key}|${turn}`]
    }),
  )
}

function lineProblem(
  { actor, today }: Ctx,
  { row, number, occurredOn }: Payment,
  line: LineRow | undefined,
  year: number,
  columnAt: ColumnAt,
): PaymentProblem[] {
  const may = line ? can.post(actor, line) : null
  if (!line || !may?.ok)
    return [
      {
        row,
        column: columnAt('number'),
        message: `第${row}行：${year}年度没有您可以登记支出的计划“${number}”。请核对计划编号。`,
      },
    ]
  const open = mayPostInYear(line, 'execute', `${year}-01-01`)
  if (!open.ok)
    return open.refusals.map(({ message, remedy }) => ({
      row,
      column: columnAt('number'),
      message: `第${row}行：${message}${remedy ?? ''}`,
    }))
  const said = (message: string): PaymentProblem => ({ row, column: columnAt('occurredOn'), message })
  if (!occurredOn.startsWith(String(year))) return [said(`第${row}行：支出日期${occurredOn}不在${year}年度内。`)]
  return occurredOn > today ? [said(`第${row}行：支出日期${occurredOn}晚于今天。`)] : []
}

/** Adds up per line before anything is posted, so that the list says which lines it would pass and by how much. */
function beyondPlan(
  payments: readonly Payment[],
  lines: ReadonlyMap<string, LineRow>,
  columnAt: ColumnAt,
): PaymentProblem[] {
  const sums = new Map<string, { fen: number; centi: number }>()
  return payments.flatMap(({ row, number, amountFen, quantity }) => {
    const line = lines.get(number)
    if (!line) return []
    const before = sums.get(number) ?? { fen: 0, centi: 0 }
    const sum = { fen: before.fen + amountFen, centi: before.centi + Math.round(quantity * 100) }
    sums.set(number, sum)
    const beyondFen = sum.fen - available(line)
    const beyondCenti = sum.centi - (line.plannedCenti - line.committedCenti - line.executedCenti)
    const told = (column: string, what: string): PaymentProblem => ({
      row,
      column,
      message: `第${row}行：累计超出计划“${number}”可用${what}。属特殊情况的，请先登记计划调整。`,
    })
    return [
      ...(beyondFen > 0 ? [told(columnAt('amountFen'), `余额${(beyondFen / 100).toFixed(2)}元`)] : []),
      ...(beyondCenti > 0 ? [told(columnAt('quantity'), `数量${beyondCenti / 100}`)] : []),
    ]
  })
}

/** The list to fill in, with the numbers of the lines one may spend from. */
export async function executionTemplate(ctx: Ctx<(typeof contract)['executionTemplate']>) {
  const organ = found(ctx.actor.organ, '所代表的机关')
  permit(can.postAny(ctx.actor))
  const lines = (
    await linesPage(
      ctx.tx,
      { jurisdictionCode: organ.jurisdictionCode, organId: organ.id, year: ctx.input.year },
      undefined,
      2000,
    )
  ).filter((line) => can.post(ctx.actor, line).ok)
  return workbookDownload(`${ctx.input.year}年度支出明细.xlsx`, [
    {
      name: '支出明细',
      lead: [`${ctx.input.year}年度支出明细`, `填报单位：${organ.name}`],
      columns: [
        { title: '计划编号', width: 28 },
        { title: '支出日期', kind: 'date' },
        { title: '金额（元）', kind: 'yuan' },
        { title: '数量', kind: 'number' },
        { title: '用途', width: 32 },
        { title: '凭证号', width: 14 },
        { title: '收款单位', width: 24 },
      ],
      rows: [],
      spareRows: 200,
    },
    {
      name: '可用计划',
      columns: [
        { title: '计划编号', width: 28 },
        { title: '事项', width: 28 },
        { title: '可用余额（元）', kind: 'yuan' },
      ],
      rows: lines.map((line) => [line.number, line.itemName, available(line)]),
    },
  ])
}
