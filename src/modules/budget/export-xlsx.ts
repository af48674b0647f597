import ExcelJS from 'exceljs'
import { needKindLabels } from '#modules/standards/model.ts'
import { budgetStateLabels, type Budget, type BudgetLine } from './model.ts'
import type { ThreePublic } from './rules/three-public.ts'
import type { byEconomicCode } from './view.ts'

/** What the export prints, in 分. */
export type BudgetTable = {
  budget: Budget
  /** 预算单位编码. */
  budgetCode: string | null
  lines: readonly BudgetLine[]
  byEconomicCode: ReturnType<typeof byEconomicCode>
  threePublic: ThreePublic & { vehiclesFen: number }
}

type Cell = string | number | null
type Sheet = {
  name: string
  heading: string
  columns: { header: string; width: number; money?: true }[]
  rows: Cell[][]
}

/** The three tables of a budget as a workbook: by economic code, by line, 三公; cells in 万元, exact to the 分, shown with two decimals. */
export async function budgetWorkbook(table: BudgetTable): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  for (const sheet of [codeSheet(table), lineSheet(table), threePublicSheet(table)]) addSheet(workbook, sheet)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

function addSheet(workbook: ExcelJS.Workbook, { name, heading, columns, rows }: Sheet): void {
  const page = workbook.addWorksheet(name, {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToHeight: 0 },
    views: [{ state: 'frozen', ySplit: 3 }],
  })
  page.columns = columns.map(({ width }) => ({ width }))
  page.addRow([heading]).font = { bold: true, size: 14 }
  page.addRow(['单位：万元']).alignment = { horizontal: 'left' }
  page.addRow(columns.map(({ header }) => header)).font = { bold: true }
  for (const row of rows) page.addRow(row)
  columns.forEach(({ money }, index) => {
    if (money) page.getColumn(index + 1).numFmt = '#,##0.00'
  })
}

const figures = ['建议数', '控制数', '草案数', '批复数'].map((header) => ({ header, width: 16, money: true as const }))
type Figures = { proposedFen: number; controlFen: number | null; draftedFen: number; approvedFen: number | null }

function figuresOf({ proposedFen, controlFen, draftedFen, approvedFen }: Figures): Cell[] {
  return [wan(proposedFen), wan(controlFen), wan(draftedFen), wan(approvedFen)]
}

function wan(fen: number | null): number | null {
  return fen === null ? null : fen / 1_000_000
}

function headingOf({ budget }: BudgetTable, what: string): string {
  return `${budget.organName}${budget.year}年度部门预算${what}（${budgetStateLabels[budget.state]}）`
}

function codeSheet(table: BudgetTable): Sheet {
  return {
    name: '按经济科目',
    heading: headingOf(table, '（按部门预算支出经济分类）'),
    columns: [{ header: '科目编码', width: 12 }, { header: '科目名称', width: 28 }, ...figures],
    rows: [
      ...table.byEconomicCode.map((row) => [row.economicCode, row.title, ...figuresOf(row)]),
      ['合计', null, ...figuresOf(table.budget)],
    ],
  }
}

function lineSheet(table: BudgetTable): Sheet {
  const texts = [
    '序号',
    '计划行号',
    '事项名称',
    '需求类别',
    '使用机关',
    '功能科目',
    '部门经济科目',
    '科目名称',
    '政府经济科目',
    '三公标志',
  ]
  const widths = [6, 26, 28, 18, 26, 12, 14, 22, 14, 10]
  return {
    name: '预算明细',
    heading: headingOf(table, '明细'),
    columns: [...texts.map((header, index) => ({ header, width: widths[index] as number })), ...figures],
    rows: [
      ...table.lines.map((line) => [
        line.lineNo,
        line.planNumber,
        line.itemName,
        needKindLabels[line.needKind],
        line.servedOrganName,
        line.functionalCode,
        line.economicCode,
        line.economicTitle,
        line.governmentCode,
        line.threePublic === null ? '否' : '是',
        ...figuresOf(line),
      ]),
      ['合计', ...Array<null>(texts.length - 1).fill(null), ...figuresOf(table.budget)],
    ],
  }
}

function threePublicSheet(table: BudgetTable): Sheet {
  const { abroadFen, vehiclesFen, vehiclePurchaseFen, vehicleRunningFen, receptionFen, totalFen } = table.threePublic
  const parts: [string, number][] = [
    ['因公出国（境）费用', abroadFen],
    ['公务用车购置及运行维护费', vehiclesFen],
    ['其中：公务用车购置费', vehiclePurchaseFen],
    ['   公务用车运行维护费', vehicleRunningFen],
    ['公务接待费', receptionFen],
    ['“三公”经费合计', totalFen],
  ]
  return {
    name: '三公经费',
    heading: headingOf(table, '“三公”经费'),
    columns: [
      { header: '项目', width: 32 },
      { header: '金额', width: 16, money: true },
    ],
    rows: parts.map(([label, fen]) => [label, wan(fen)]),
  }
}
