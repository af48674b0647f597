import { levelLabels } from '#kernel/pure/actor.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import { needKindLabels, type Centralised, type StandardsInForce } from '#modules/standards/model.ts'
import type { ItemStandardValue, QuantityLimit } from '#modules/standards/model/value.ts'
import type { Assumption, Change, PriceChange, StandardChange } from '../model.ts'
import { whoseHeadcount } from './contradictions.ts'

export const centralisedLabels: Record<Centralised, string> = {
  yes: '集中统一管理',
  no: '不集中统一管理',
  'in-compound': '集中办公区内集中统一管理',
  'important-only': '重要事项集中统一管理',
  'where-provided': '具备条件的集中统一管理',
}

/** Each change in words, beside what is in force in the jurisdiction and its source. */
export function assumptionsOf(changes: readonly Change[], standards: StandardsInForce): Assumption[] {
  return changes.map((change) => ({ kind: change.kind, ...worded(change, standards) }))
}

function worded(change: Change, standards: StandardsInForce): Omit<Assumption, 'kind'> {
  switch (change.kind) {
    case 'standard':
      return standardWords(change, standards)
    case 'price':
      return { ...priceSubject(change, standards), from: '各机关申请的价格', to: movedText(change), citation: '' }
    case 'headcount': {
      const { percent, people } = change
      const to = percent === null ? `${signed(people ?? 0)}人` : `${signed(percent)}%`
      return { subject: `${whoseHeadcount(change)}的编制内实有人数`, from: '登记的人数', to, citation: '' }
    }
    case 'catalogue': {
      const entry = standards.catalogue.find(({ needKind }) => needKind === change.needKind)
      return {
        subject: needKindLabels[change.needKind],
        from: entry ? centralisedText(entry) : '目录中没有',
        to: centralisedText(change),
        citation: entry?.citation ?? '',
      }
    }
    case 'parameter': {
      const known = standards.parameters[change.code]
      return {
        subject: known?.row.title ?? change.code,
        from: known ? `${known.value}${known.unit}` : '未规定',
        to: `${change.value}${known?.unit ?? ''}`,
        citation: known?.row.citation ?? '',
      }
    }
  }
}

function standardWords(change: StandardChange, standards: StandardsInForce): Omit<Assumption, 'kind'> {
  const item = standards.items.find(({ code }) => code === change.code)
  const from: string[] = []
  const to: string[] = []
  const say = (label: string, before: string, after: string) => {
    from.push(`${label}${before}`)
    to.push(`${label}${after}`)
  }
  const now: Partial<ItemStandardValue> = item?.value ?? {}
  if (change.priceCapFen !== undefined) say('单价上限', capText(now.priceCapFen), capText(change.priceCapFen))
  if (change.limit !== undefined) say('数量', limitText(now.limit), limitText(change.limit))
  if (change.minimumYears !== undefined) say('使用年限', yearsText(now.minimumYears), yearsText(change.minimumYears))
  return {
    subject: `${item?.title ?? change.code}${change.level === null ? '' : `（${levelLabels[change.level]}）`}`,
    from: from.join('；'),
    to: to.join('；'),
    citation: item?.citation ?? '本级没有这一标准',
  }
}

function priceSubject({ standardCode, needKind }: PriceChange, standards: StandardsInForce): { subject: string } {
  if (needKind !== null) return { subject: `“${needKindLabels[needKind]}”的价格` }
  return { subject: `${standards.items.find(({ code }) => code === standardCode)?.title ?? standardCode}的价格` }
}

function movedText({ percent, addFen }: PriceChange): string {
  if (percent !== null) return `${signed(percent)}%`
  const fen = addFen ?? 0
  return `每单位${fen < 0 ? '减' : '加'}${formatYuan(Math.abs(fen))}元`
}

const signed = (value: number) => (value > 0 ? `+${value}` : String(value).replace('-', '−'))

/** A price cap in words. */
export function capText(fen: number | null | undefined): string {
  return fen === null || fen === undefined ? '不限' : `${formatYuan(fen)}元`
}

function yearsText(years: number | null | undefined): string {
  return years === null || years === undefined ? '不限' : `${years}年`
}

function centralisedText({ centralised, provided }: { centralised: Centralised; provided: boolean }): string {
  const text = centralisedLabels[centralised]
  return centralised === 'where-provided' ? `${text}（${provided ? '已具备' : '尚未具备'}条件）` : text
}

/** A quantity standard in words, as a scenario writes it. */
export function limitText(limit: QuantityLimit | undefined): string {
  switch (limit?.basis) {
    case 'percent-of-staff':
      return `不超过人数的${limit.percent}%`
    case 'one-per-group':
      return `${limit.first}人以内每${limit.each}人1件，超出部分每${limit.beyondEach}人1件`
    case 'per-person':
      return `每人${limit.pieces}件`
    case 'per-room':
      return `每间${limit.pieces}件`
    case 'approved-quota':
      return '按核定编制'
    default:
      return '不限数量'
  }
}
