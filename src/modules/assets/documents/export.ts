import { localDateOf } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import type { Tally } from '#kernel/server/spreadsheet/tally.ts'
import type { SheetColumn, SheetRow, SheetToWrite } from '#kernel/server/spreadsheet/write-workbook.ts'
import { acquiringLabels, settableStates, stateLabels, valueKindLabels, type AssetState } from '../model.ts'
import { detailFields, detailKind, type DetailField } from '../model/detail.ts'
import type { CustomField } from '../model/custom-field.ts'
import { classNameOf, classOf } from '../model/classes.ts'
import { classChoices } from '../rules/import.ts'
import type { CardRow } from '../store/card.ts'
import { exportedCards, type CardFilter } from '../store/listing.ts'

/** Columns of the template and of the export: what comes out can be put in again. */
export const cardSheetColumns = (): SheetColumn[] => [
  { title: '资产编号', width: 18 },
  { title: '资产名称', width: 20 },
  { title: '分类代码', width: 22, choices: classChoices() },
  { title: '分类版本', width: 10, choices: ['2022', '2013'] },
  { title: '规格型号' },
  { title: '序列号', width: 18 },
  { title: '数量', kind: 'number', width: 8 },
  { title: '计量单位', width: 10 },
  { title: '原值（元）', kind: 'yuan' },
  { title: '财政资金（元）', kind: 'yuan' },
  { title: '价值类型', width: 10, choices: Object.values(valueKindLabels) },
  { title: '取得日期', kind: 'date' },
  { title: '取得方式', width: 12, choices: Object.values(acquiringLabels) },
  { title: '财务入账日期', kind: 'date' },
  { title: '折旧月数', kind: 'number', width: 10 },
  { title: '累计折旧（元）', kind: 'yuan' },
  { title: '使用部门', width: 16 },
  { title: '使用人', width: 12 },
  { title: '保管人', width: 12 },
  { title: '存放地点', width: 18 },
  { title: '使用状况', width: 12, choices: settableStates.map((state) => stateLabels[state]) },
  { title: '供应商' },
  { title: '合同编号', width: 16 },
  { title: '发票号', width: 16 },
  { title: '会计凭证号', width: 16 },
  { title: '保修截止', kind: 'date' },
  { title: '检验到期', kind: 'date' },
  { title: '备注', width: 30 },
  ...detailFields().map(({ title, kind, choices }): SheetColumn => ({
    title,
    ...(kind === 'choice' && choices ? { choices } : kind === 'yes-no' ? { choices: ['是', '否'] } : {}),
  })),
]

/** Columns of custom fields, after those that every card has. */
export const sheetColumnsOf = (fields: readonly CustomField[]): SheetColumn[] =>
  fields.map(({ name, kind, choices }) => ({
    title: name,
    ...(kind === 'choice' ? { choices } : kind === 'number' || kind === 'date' ? { kind } : {}),
  }))

function cells(card: CardRow, shown: readonly DetailField[]): SheetRow {
  const kind = classOf(card.classEdition, card.classCode)?.detail
  const own = new Set((kind ? detailKind(kind).fields : []).map(({ key }) => key))
  return [
    card.number,
    card.name,
    `${card.classCode} ${classNameOf(card.classEdition, card.classCode)}`,
    card.classEdition,
    card.model,
    card.serialNumber,
    card.quantity,
    card.unit,
    card.costFen,
    card.fiscalFen,
    valueKindLabels[card.valueKind],
    card.acquiredOn,
    acquiringLabels[card.acquiredBy],
    card.bookedOn,
    card.depreciationMonths,
    card.accumulatedFen,
    card.department,
    card.userName,
    card.custodianName,
    card.place,
    stateLabels[card.state],
    card.supplier,
    card.contractNumber,
    card.invoiceNumber,
    card.voucherNumber,
    card.warrantyUntil,
    card.inspectionDue,
    card.note,
    ...shown.map(({ key }) => (own.has(key) ? (card.detail[key] ?? null) : null)),
  ]
}

const extra: readonly SheetColumn[] = [
  { title: '持有机关', width: 24 },
  { title: '净值（元）', kind: 'yuan' },
]
const batch = 1000

/** The cards of a filter as a sheet, read in batches of one moment as they are written. */
export function exportSheet({ tx }: Pick<Act, 'tx'>, filter: CardFilter, fields: readonly CustomField[]): SheetToWrite {
  const shown = detailFields()
  const rows = async function* (): AsyncGenerator<SheetRow> {
    for await (const cards of exportedCards(tx, filter, batch))
      for (const card of cards)
        yield [
          ...cells(card, shown),
          ...fields.map(({ id: field }) => card.detail[field] ?? null),
          card.organName,
          card.netFen,
        ]
  }
  return { name: '资产卡片', columns: [...cardSheetColumns(), ...sheetColumnsOf(fields), ...extra], rows: rows() }
}

/** Filters of the register in words, by their names in the contract. */
const filterWords: Readonly<Record<string, string>> = {
  text: '关键词',
  organId: '机关',
  classPrefix: '分类代码',
  state: '使用状况',
  custodian: '保管人',
  department: '使用部门',
  place: '存放地点',
  costFromFen: '原值不低于（分）',
  costToFen: '原值不高于（分）',
  acquiredFrom: '取得不早于',
  acquiredTo: '取得不晚于',
  warrantyFrom: '保修截止不早于',
  warrantyUntil: '保修截止不晚于',
  field: '自定义字段',
  fieldText: '自定义字段的值',
}

/** What stands beside the exported cards: whose, of which moment, how many, and what proves that none was changed. */
export function exportExplained(
  { actor, now }: Pick<Act, 'actor' | 'now'>,
  asked: Readonly<Record<string, string | number>>,
  { rows, sha256 }: Tally,
): (readonly [string, string | number])[] {
  const said = Object.entries(asked).map(([key, value]) => {
    const words = key === 'state' ? stateLabels[value as AssetState] : value
    return `${filterWords[key] ?? key}：${words}`
  })
  return [
    ['导出单位', actor.organ?.name ?? ''],
    ['导出人', actor.name],
    ['数据时点', `${localDateOf(now)} ${new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(11, 19)}`],
    ['筛选条件', said.length === 0 ? '全部' : said.join('；')],
    ['卡片行数', rows],
    ['内容摘要', `SHA-256 ${sha256}`],
    ['摘要算法', '各行单元格依次写成JSON，每行末尾一个换行；金额以分计，日期为文本。'],
  ]
}
