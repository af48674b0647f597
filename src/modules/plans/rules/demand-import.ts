import { costOf } from '#kernel/pure/money.ts'
import type { z } from 'zod'
import {
  plainText,
  readChoice,
  readMoney,
  readQuantity,
  readText,
  shownCell,
  emptyCell,
  type Choice,
  type RawCell,
  type Reading,
} from '#kernel/pure/cell-reading.ts'
import {
  columnName,
  layoutOf,
  moneyUnitOf,
  type ColumnWanted,
  type SheetGrid,
  type SheetLayout,
  type SheetRow,
} from '#kernel/pure/sheet-layout.ts'
import { needKindLabels, needKinds, type NeedKind } from '#modules/standards/model.ts'
import type { CellProblem, ImportPreview } from '../contract/demand.ts'
import type { DemandLineDraft } from '../model.ts'
import { yuan, type IndexedStandards } from './facts.ts'

type Problem = z.infer<typeof CellProblem>
type ImportedRow = z.infer<typeof ImportPreview>['rows'][number]
export type DemandReading = Pick<z.infer<typeof ImportPreview>, 'rows' | 'skipped' | 'questions' | 'problemCount'>

/** Columns of the application form with the names they go by; the first is the one of our template. */
export const demandColumns: readonly ColumnWanted[] = [
  { key: 'needKind', titles: ['需求事项', '需求类别', '事项类别', '类别'], required: true },
  { key: 'itemName', titles: ['项目名称', '事项名称', '名称', '品名'], required: true },
  { key: 'specification', titles: ['规格要求', '规格', '规格型号', '型号', '技术要求'] },
  { key: 'unit', titles: ['单位', '计量单位'] },
  { key: 'quantity', titles: ['数量', '申请数量'], required: true },
  { key: 'unitPriceFen', titles: ['单价', '预计单价', '参考单价'] },
  { key: 'amountFen', titles: ['金额', '预算金额', '申请金额', '预计金额', '总价'] },
  { key: 'economicCode', titles: ['经济科目', '部门经济科目', '支出经济分类科目', '科目'] },
  { key: 'neededMonth', titles: ['需求月份', '需要月份', '使用月份'] },
  { key: 'reason', titles: ['需求理由', '理由', '申请理由', '事由'] },
  { key: 'note', titles: ['备注', '说明'] },
]

/** Other names of the nine kinds that clerks write. */
const otherNames: Partial<Record<NeedKind, string[]>> = {
  N01: ['运行经费', '公用经费', '日常经费'],
  N02: ['用地', '机关用地'],
  N03: ['办公用房维修', '用房维修', '办公用房'],
  N04: ['周转房维修', '周转住房'],
  N05: ['公车更新', '公车购置', '车辆更新', '公务用车', '公务用车更新'],
  N06: ['接待', '接待费', '公务接待费'],
  N07: ['节能', '节能项目'],
  N08: ['购买后勤服务', '后勤服务', '物业服务', '政府购买服务'],
  N09: ['资产配置', '办公设备', '设备购置', '通用资产', '办公家具'],
}
const kindChoices: readonly Choice<NeedKind>[] = needKinds.map((kind) => ({
  value: kind,
  label: needKindLabels[kind],
  also: otherNames[kind] ?? [],
}))

/**
 * Reads the sheet of a workbook that is an application, as clerks fill it in. Nothing is dropped silently: every row is
 * a line, or is skipped with its reason; every cell that cannot be read is a problem at its address.
 * @returns null when no sheet looks like an application
 */
export function readDemandWorkbook(sheets: readonly SheetGrid[], standards: IndexedStandards): DemandReading | null {
  const found = sheets
    .map((sheet) => ({ sheet, layout: layoutOf(sheet, demandColumns) }))
    .filter((one): one is { sheet: SheetGrid; layout: SheetLayout } => one.layout !== null)
    .sort((a, b) => b.layout.columns.length - a.layout.columns.length)[0]
  if (!found) return null
  const { sheet, layout } = found
  const rows = layout.data.map((row) => readRow(sheet.name, row, layout, standards))
  const missing = layout.missing.map((title): Problem => ({
    sheet: sheet.name,
    row: layout.headerRow,
    column: 'A',
    title,
    found: '',
    code: 'column-missing',
    message: `没有“${title}”列。请在表头中补上，或按模板填写。`,
  }))
  if (missing.length > 0 && rows[0]) rows[0].problems.unshift(...missing)
  return {
    rows,
    skipped: layout.skipped,
    problemCount: rows.reduce((sum, { problems }) => sum + problems.length, 0),
    questions: [
      ...layout.data
        .filter(({ hidden }) => hidden)
        .map(({ row }) => ({
          id: `hidden-${row}`,
          text: `第${row}行在工作簿中是隐藏的，要导入吗？`,
          options: [
            { value: 'import', label: '导入' },
            { value: 'skip', label: '不导入' },
          ],
        })),
      ...layout.unknown.map(({ title, index }) => ({
        id: `column-${columnName(index)}`,
        text: `“${title}”列（${columnName(index)}列）不是申报表的内容，不会导入，是否继续？`,
        options: [{ value: 'ignore', label: '不导入这一列' }],
      })),
    ],
  }
}

function readRow(sheet: string, row: SheetRow, layout: SheetLayout, standards: IndexedStandards): ImportedRow {
  const notes: ImportedRow['notes'] = []
  const problems: Problem[] = []
  const at = (key: string) => layout.columns.find((column) => column.key === key)
  const cellOf = (key: string): RawCell => row.cells[at(key)?.index ?? -1] ?? emptyCell
  const complain = (key: string, code: string, message: string) => {
    const column = at(key)
    if (column === undefined && layout.missing.length > 0) return // told once, at the header
    problems.push({
      sheet,
      row: row.row,
      column: columnName(column?.index ?? 0),
      title: column?.title ?? key,
      found: shownCell(cellOf(key)),
      code,
      message: `第${row.row}行“${column?.title ?? demandColumns.find((one) => one.key === key)?.titles[0]}”：${message}`,
    })
  }
  const take = <T>(key: string, reading: Reading<T>): T | null => {
    if ('problem' in reading) {
      complain(key, 'unreadable', reading.problem)
      return null
    }
    if (reading.note) notes.push({ column: columnName(at(key)?.index ?? 0), note: reading.note })
    return reading.value
  }
  const needKind = take('needKind', readChoice(cellOf('needKind'), kindChoices, '需求事项'))
  const itemName = take('itemName', readText(cellOf('itemName'), 200)) ?? ''
  const counted = readQuantity(cellOf('quantity'))
  const quantity = take('quantity', counted)
  const unit = take('unit', readText(cellOf('unit'), 20)) ?? ('unit' in counted ? (counted.unit ?? '') : '')
  const unitPriceFen = take('unitPriceFen', readMoney(cellOf('unitPriceFen'), moneyUnitOf(at('unitPriceFen'))))
  const amountGiven = take('amountFen', readMoney(cellOf('amountFen'), moneyUnitOf(at('amountFen'))))
  const product = unitPriceFen !== null && quantity !== null ? costOf(quantity, unitPriceFen) : null
  const amountFen = amountGiven ?? product
  if (amountGiven === null && product !== null)
    notes.push({ column: columnName(at('amountFen')?.index ?? 0), note: `金额未填，按数量×单价计为${yuan(product)}` })
  if (amountGiven !== null && product !== null && amountGiven !== product)
    complain(
      'amountFen',
      'amount-differs',
      `金额${yuan(amountGiven)}与数量×单价${yuan(product)}不一致。请核对后改正其中一个。`,
    )
  if (unit === '' && quantity !== null) complain('unit', 'unit-missing', '未填写计量单位。请填写台、项、㎡等。')
  const specification = take('specification', readText(cellOf('specification'), 300))
  const note = take('note', readText(cellOf('note'), 400))
  const line: DemandLineDraft = {
    id: null,
    needKind,
    itemName,
    standardCode: standardFor(itemName, needKind, standards),
    economicCode: economicCode(take('economicCode', readText(cellOf('economicCode'), 60)), standards, complain),
    quantity,
    unit,
    unitPriceFen,
    amountFen,
    fundSource: 'general-budget',
    neededMonth: month(cellOf('neededMonth'), complain),
    existingQuantity: null,
    usableQuantity: null,
    disposingQuantity: null,
    replacement: null,
    reason: take('reason', readText(cellOf('reason'), 1000)) ?? '',
    note: [specification, note].filter(Boolean).join(';').slice(0, 500),
    inOwnBudget: false,
  }
  return { row: row.row, line, notes, problems }
}

/** `30217 公务接待费` is code 30217; a code that is not in the table of the year is a problem. */
function economicCode(
  text: string | null,
  standards: IndexedStandards,
  complain: (key: string, code: string, message: string) => void,
): string | null {
  if (text === null) return null
  const plain = plainText(text)
  const code =
    /^\d{5}/.exec(plain)?.[0] ??
    [...standards.economicByCode.values()].find(({ title }) => title === plain)?.code ??
    null
  if (code !== null && standards.economicByCode.has(code)) return code
  complain('economicCode', 'PLAN-R21', `“${text}”不在本年度部门经济科目表中。请从科目表中选择。`)
  return null
}

function month(cell: RawCell, complain: (key: string, code: string, message: string) => void): number | null {
  const text = plainText(shownCell(cell)).replace(/月$/, '')
  if (text === '') return null
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= 12) return number
  complain('neededMonth', 'unreadable', `应为1至12月，现为“${shownCell(cell).trim()}”。`)
  return null
}

/** The item standard a name means: the same name, or one that contains it; never a guess between two. */
function standardFor(itemName: string, needKind: NeedKind | null, standards: IndexedStandards): string | null {
  if (needKind !== 'N09' && needKind !== 'N05') return null
  const name = plainText(itemName).replace(/\s/g, '')
  const titled = standards.items.map(({ code, title }) => ({ code, title, short: title.replace(/[（(][^]*$/, '') }))
  const same = titled.find(({ title }) => title === name) ?? titled.find(({ short }) => short === name)
  if (same) return same.code
  const containing = titled
    .filter(({ short }) => short.length >= 3 && name.includes(short))
    .sort((a, b) => b.short.length - a.short.length)
  return containing[0] && containing[0].short.length > (containing[1]?.short.length ?? 0) ? containing[0].code : null
}
