import { isLocalDate } from '#kernel/pure/local-date.ts'
import type { GridColumn } from '#kernel/web/grid/cell-kinds.ts'
import { readCell, writeCell } from '#kernel/web/grid/cell-kinds.ts'
import type { GridRow } from '#kernel/web/grid/grid-state.ts'
import { needKindLabels, needKinds } from '#modules/standards/model.ts'
import type { NeedKind, StandardsInForce } from '#modules/standards/model.ts'
import { DemandLineDraft, fundSourceLabels } from '../../model.ts'
import type { DemandLine } from '../../model.ts'

const yesNo = [
  { value: 'yes', label: '是' },
  { value: 'no', label: '否' },
]

/** Kinds that ask for money or service, not for things: nothing is held, replaced or found in the warehouse. */
const withoutThings: readonly (NeedKind | null)[] = ['N01', 'N06', 'N08']

/** The columns of the demand's sheet, in the order of the official form; choices from the standards of the year. */
export function sheetColumns(
  standards: Pick<StandardsInForce, 'items' | 'economicCodes'>,
  shown: { storeQuery: (row: GridRow) => string; carriedFrom: (row: GridRow) => string },
): GridColumn[] {
  const ofThings = (row: GridRow) => !withoutThings.includes(kindOf(row))
  const kinds = needKinds.map((value) => ({ value, label: needKindLabels[value], words: value }))
  const items = standards.items.map(({ code, title }) => ({ value: code, label: title, words: code }))
  const codes = standards.economicCodes.map(({ code, title }) => ({
    value: code,
    label: `${code} ${title}`,
    words: title,
  }))
  const funds = Object.entries(fundSourceLabels).map(([value, label]) => ({ value, label }))
  return [
    { key: 'needKind', title: '需求类别', kind: 'choice', choices: kinds, width: 120 },
    { key: 'itemName', title: '事项名称', kind: 'text', width: 132 },
    { key: 'standardCode', title: '配置标准', kind: 'choice', choices: items, applies: ofThings, width: 104 },
    { key: 'economicCode', title: '部门经济科目', kind: 'choice', choices: codes, width: 128 },
    { key: 'quantity', title: '数量', kind: 'number', width: 64 },
    { key: 'unit', title: '单位', kind: 'text', width: 56 },
    { key: 'unitPriceFen', title: '单价', kind: 'money', unit: '元', width: 90 },
    { key: 'amountFen', title: '金额', kind: 'money', unit: '元', total: true, width: 110 },
    {
      key: 'storeQuery',
      title: '公物仓查询',
      kind: 'readonly',
      show: shown.storeQuery,
      applies: (row) => kindOf(row) === 'N09',
      width: 128,
    },
    { key: 'fundSource', title: '资金来源', kind: 'choice', choices: funds, width: 128 },
    { key: 'neededMonth', title: '需用月份', kind: 'number', unit: '月', width: 100 },
    { key: 'existingQuantity', title: '现有数量', kind: 'number', applies: ofThings, width: 92 },
    { key: 'usableQuantity', title: '可用数量', kind: 'number', applies: ofThings, width: 92 },
    { key: 'disposingQuantity', title: '拟处置数量', kind: 'number', applies: ofThings, width: 100 },
    { key: 'acquiredOn', title: '原资产取得日期', kind: 'text', applies: ofThings, width: 128 },
    { key: 'beyondRepair', title: '已无法修复', kind: 'choice', choices: yesNo, applies: ofThings, width: 100 },
    { key: 'appraisalDocument', title: '鉴定文件', kind: 'text', applies: ofThings, width: 160 },
    { key: 'inOwnBudget', title: '列入本机关预算', kind: 'choice', choices: yesNo, width: 128 },
    { key: 'reason', title: '需求理由', kind: 'text', width: 240 },
    { key: 'note', title: '备注', kind: 'text', width: 160 },
    { key: 'carriedFrom', title: '预填来源', kind: 'readonly', show: shown.carriedFrom, width: 168 },
  ]
}

/** The need kind of a row whose text can be read; for columns that are asked of some kinds only. */
export function kindOf(row: GridRow): NeedKind | null {
  const text = (row.cells['needKind'] ?? '').trim()
  return needKinds.find((kind) => kind === text || needKindLabels[kind] === text) ?? null
}

/** A line as a row of the sheet; its key is the line's id. */
export function rowOf(line: DemandLineDraft | DemandLine, columns: readonly GridColumn[], key: string): GridRow {
  const { replacement } = line
  const values: Record<string, unknown> = {
    ...line,
    acquiredOn: replacement?.acquiredOn,
    beyondRepair: replacement === null ? null : replacement.beyondRepair ? 'yes' : 'no',
    appraisalDocument: replacement?.appraisalDocument,
    inOwnBudget: line.inOwnBudget ? 'yes' : null,
  }
  const cells = columns
    .filter(({ kind }) => kind !== 'readonly')
    .map((column) => [column.key, writeCell(column, values[column.key] as string | number | null)] as const)
    .filter(([, text]) => text !== '')
  return { key, cells: Object.fromEntries(cells) }
}

export type ReadLine = {
  draft: DemandLineDraft
  /** Cells that cannot be taken over as they stand, by column. */ troubles: Readonly<Record<string, string>>
}

/**
 * What a row says. A cell the system cannot take (no number, a month 13) counts as empty until it is mended, and is
 * named in `troubles`; the rest of the row is kept.
 */
export function lineOf(row: GridRow, columns: readonly GridColumn[]): ReadLine {
  const value = (key: string) => {
    const column = columns.find((one) => one.key === key)
    return column === undefined ? null : readCell(column, row.cells[key] ?? '')
  }
  const text = (key: string) => String(value(key) ?? '')
  const troubles: Record<string, string> = {}
  const acquiredOn = dateIn(text('acquiredOn'))
  if (
    acquiredOn === null &&
    (text('acquiredOn') !== '' || value('beyondRepair') !== null || text('appraisalDocument') !== '')
  )
    troubles['acquiredOn'] = '更新的资产请填写原资产取得日期，例如 2018-05-20。'
  const read: Record<string, unknown> = {
    id: null,
    needKind: value('needKind'),
    itemName: text('itemName'),
    standardCode: value('standardCode'),
    economicCode: value('economicCode'),
    quantity: value('quantity'),
    unit: text('unit'),
    unitPriceFen: value('unitPriceFen'),
    amountFen: value('amountFen'),
    fundSource: value('fundSource') ?? 'general-budget',
    neededMonth: value('neededMonth'),
    existingQuantity: value('existingQuantity'),
    usableQuantity: value('usableQuantity'),
    disposingQuantity: value('disposingQuantity'),
    replacement:
      acquiredOn === null
        ? null
        : {
            acquiredOn,
            beyondRepair: value('beyondRepair') === 'yes',
            appraisalDocument: text('appraisalDocument') || null,
          },
    reason: text('reason'),
    note: text('note'),
    inOwnBudget: value('inOwnBudget') === 'yes',
  }
  for (const [key, schema] of Object.entries(DemandLineDraft.shape)) {
    if (schema.safeParse(read[key]).success) continue
    const field = key === 'replacement' ? 'appraisalDocument' : key
    const title = columns.find((column) => column.key === field)?.title ?? field
    troubles[field] = `${title}“${row.cells[field] ?? ''}”超出允许的范围，改正前不会保存。`
    read[key] = typeof read[key] === 'string' ? '' : null
  }
  return { draft: DemandLineDraft.parse(read), troubles }
}

/** A day as people write it (2018-05-20, 2018/5/20, 2018年5月20日) as YYYY-MM-DD; null when it is none. */
export function dateIn(text: string): string | null {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.normalize('NFKC').trim())
  if (match === null) return null
  const date = `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`
  return isLocalDate(date) ? date : null
}
