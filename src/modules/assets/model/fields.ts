import {
  acquiringLabels,
  acquiringWays,
  settableStates,
  stateLabels,
  valueKindLabels,
  valueKinds,
  type CardFacts,
} from '../model.ts'
import { formatYuan } from '#kernel/pure/money.ts'

/** How a field is entered and shown. */
export type FieldKind =
  | Readonly<{ kind: 'text' | 'long-text'; longest: number }>
  | Readonly<{ kind: 'money' | 'count' | 'months' }>
  /** `past`: a day that is not to come. */
  | Readonly<{ kind: 'date'; past?: true }>
  /** `values` may be entered; `labels` also tell those that come with a procedure. */
  | Readonly<{ kind: 'choice'; values: readonly string[]; labels: Readonly<Record<string, string>> }>

export type CardField = FieldKind &
  Readonly<{
    title: string
    /** Further titles its column goes by in workbooks. */
    also?: readonly string[]
  }>

const text = (title: string, longest: number, also: readonly string[] = []) =>
  ({ title, kind: 'text', longest, also }) as const
const date = (title: string, also: readonly string[] = []) => ({ title, kind: 'date', also }) as const
const pastDate = (title: string, also: readonly string[] = []) => ({ title, kind: 'date', past: true, also }) as const
const money = (title: string, also: readonly string[] = []) => ({ title, kind: 'money', also }) as const
const choice = <V extends string>(
  title: string,
  values: readonly V[],
  labels: Readonly<Record<V, string>> & Readonly<Record<string, string>>,
  also: readonly string[] = [],
) => ({ title, kind: 'choice', values, labels, also }) as const

/**
 * The fields of a card, once: forms, card, history, refusals and workbooks name, enter and show them by this (facts 2.4). What
 * is longest is what `CardFacts` admits; a test holds them to each other.
 */
export const cardFields = {
  number: text('资产编号', 60, ['卡片编号', '资产编码', '固定资产编号']),
  name: text('资产名称', 120, ['名称', '品名']),
  model: text('规格型号', 200, ['品牌型号', '型号', '规格', '品牌规格型号']),
  serialNumber: text('序列号', 100, ['SN', 'SN号', '出厂编号', '机身号']),
  quantity: { title: '数量', kind: 'count' },
  unit: text('计量单位', 20, ['单位']),
  costFen: money('原值', ['账面原值', '资产原值', '价值', '金额']),
  fiscalFen: money('财政资金', ['财政拨款', '其中：财政资金']),
  otherFen: money('非财政资金'),
  valueKind: choice('价值类型', valueKinds, valueKindLabels),
  acquiredOn: pastDate('取得日期', ['购置日期', '购入日期']),
  acquiredBy: choice('取得方式', acquiringWays, acquiringLabels, ['来源', '增加方式']),
  bookedOn: pastDate('财务入账日期', ['入账日期', '记账日期']),
  depreciationMonths: { title: '折旧年限', kind: 'months', also: ['折旧年限（月）', '折旧月数'] },
  department: text('使用部门', 80, ['部门']),
  userName: text('使用人', 40, ['使用者']),
  custodianName: text('保管人', 40, ['责任人']),
  place: text('存放地点', 120, ['地点', '房间号', '存放位置']),
  state: choice('使用状况', settableStates, stateLabels, ['状态', '使用状态']),
  supplier: text('供应商', 120, ['供货商']),
  contractNumber: text('合同编号', 60, ['采购合同号', '合同号']),
  invoiceNumber: text('发票号', 60, ['发票号码']),
  voucherNumber: text('会计凭证号', 60, ['凭证号']),
  warrantyUntil: date('保修截止', ['保修到期', '质保截止']),
  inspectionDue: date('检验到期'),
  note: { title: '备注', kind: 'long-text', longest: 500, also: ['说明'] },
} as const satisfies Partial<Record<keyof CardFacts, CardField>>

export type CardFieldName = keyof typeof cardFields
export const cardFieldNames = Object.keys(cardFields) as CardFieldName[]
/** The same with the type that reading any of them needs. */
export const cardField = (name: CardFieldName): CardField => cardFields[name]

/** Names of the fields that hold words people write. */
export const wordedFields = cardFieldNames.filter((name) => ['text', 'long-text'].includes(cardField(name).kind))

/** The most characters a text field holds. */
export function longestOf(name: CardFieldName): number {
  const field = cardField(name)
  return 'longest' in field ? field.longest : 0
}

/** A value in the words of screens: `4,998.00 元`, `在用`, `72 个月`; null for what is empty. */
export function fieldText(name: CardFieldName, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  const field = cardField(name)
  switch (field.kind) {
    case 'money':
      return `${formatYuan(Number(value))} 元`
    case 'months':
      return `${String(value)} 个月`
    case 'choice':
      return field.labels[String(value)] ?? String(value)
    default:
      return String(value)
  }
}
