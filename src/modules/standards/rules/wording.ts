import { formatYuan } from '#kernel/pure/money.ts'
import type { Confidence } from '../model.ts'
import {
  fitOutGradeLabels,
  termUnits,
  vehicleBodyLabels,
  type Bound,
  type QuantityLimit,
  type StandardValue,
  type ValueOf,
  type VehicleCap,
} from '../model/value.ts'

const boundWords: Record<Bound, string> = { 'at-most': '不超过', 'at-least': '不少于', exactly: '' }

/** A figure of a standard in words with its unit, the same on screens, in documents and in findings. */
export function valueText(value: StandardValue): string {
  switch (value.form) {
    case 'item':
      return itemText(value)
    case 'area':
      return `${boundWords[value.bound]}${value.areaM2}㎡/${value.per}`
    case 'linear-per-person':
      return linearText(value)
    case 'percent':
      return `${value.of}的${boundWords[value.bound]}${value.percent}%`.replace(/^的/, '')
    case 'amount':
      return `${boundWords[value.bound]}${formatYuan(value.amountFen)}元/${value.per}`
    case 'quantity':
      return `${boundWords[value.bound]}${value.amount}${value.unit}`
    case 'years':
      return yearsText(value)
    case 'term':
      return `${value.amount}${termUnits[value.unit]}`
    case 'yearly-date':
      return yearlyDateText(value)
    case 'brackets':
      return bracketsText(value)
    case 'vehicle-cap':
      return vehicleText(value)
    case 'grades':
      return value.rooms
        .map(({ title, allowed }) => `${title}：${allowed.map((grade) => fitOutGradeLabels[grade]).join('、')}`)
        .join('；')
    case 'tiers':
      return value.rows.map(({ title, fromFen, path }) => `${title}（${yuanFrom(fromFen)}）：${path}`).join('；')
    case 'texts':
      return value.texts.map((text, index) => `${index + 1}. ${text}`).join(' ')
    case 'switch':
      return value.on ? '启用' : '停用'
    case 'ladder':
      return [`第${value.sequence}层次`, value.grades, value.zhiji.join('、')].filter((part) => part !== '').join('，')
  }
}

/** A limit of number in words, as it stands in the standard. */
export function quantityLimitText(limit: QuantityLimit, unit: string): string {
  switch (limit.basis) {
    case 'percent-of-staff':
      return `不超过编制内实有人数的${limit.percent}%`
    case 'one-per-group':
      return `${limit.first}人以内每${limit.each}人1${unit}，超出部分每${limit.beyondEach}人1${unit}`
    case 'per-person':
      return `每人${limit.pieces}${unit}`
    case 'per-room':
      return `每间${limit.pieces}${unit}`
    case 'approved-quota':
      return '按核定编制'
    case 'none':
      return '数量不限'
  }
}

function itemText({ unit, limit, priceCapFen, minimumYears, yearsMustBeExceeded }: ValueOf<'item'>): string {
  return [
    quantityLimitText(limit, unit),
    priceCapFen === null ? '价格不限' : `单价不超过${formatYuan(priceCapFen)}元/${unit}`,
    minimumYears === null ? '' : `使用${yearsMustBeExceeded ? '超过' : '满'}${minimumYears}年可更新`,
  ]
    .filter((part) => part !== '')
    .join('；')
}

function linearText(value: ValueOf<'linear-per-person'>): string {
  const { lowerPersons, upperPersons, minuend, divisor, areaM2AtLower, areaM2AtUpper } = value
  return `${lowerPersons}人及以下人均${areaM2AtLower}㎡；${lowerPersons}至${upperPersons}人人均（${minuend}−人数）÷${divisor}㎡；${upperPersons}人及以上人均${areaM2AtUpper}㎡`
}

function yearsText({ minimumYears, maximumYears, mustBeExceeded }: ValueOf<'years'>): string {
  const span = maximumYears === null ? `${minimumYears}年` : `${minimumYears}至${maximumYears}年`
  return `${mustBeExceeded ? '超过' : ''}${span}`
}

function yearlyDateText({ fromDay, lastDay, yearOffset }: ValueOf<'yearly-date'>): string {
  const year = { '-2': '前两年', '-1': '上一年', 0: '当年', 1: '次年', 2: '第三年' }[String(yearOffset)] ?? ''
  const day = (text: string) => `${Number(text.slice(0, 2))}月${Number(text.slice(3))}日`
  return fromDay === null ? `${year}${day(lastDay)}前` : `${year}${day(fromDay)}至${day(lastDay)}`
}

function bracketsText({ measure, figureUnit, applies, rows }: ValueOf<'brackets'>): string {
  const what = { areaM2: '㎡', persons: '人', vehicles: '辆' }[measure]
  const figure = (value: number) => (figureUnit === 'fenPerM2' ? `${formatYuan(value)}元/㎡` : `${value}㎡/${what}`)
  const steps = rows.map(({ upTo, figure: of }, index) => {
    const before = rows[index - 1]?.upTo
    const span = upTo === null ? `超过${before ?? 0}${what}` : `${before ?? 0}至${upTo}${what}`
    return `${span}：${figure(of)}`
  })
  return `${steps.join('；')}${applies === 'marginal' ? '（分段计算）' : ''}`
}

function vehicleText({ base, workNeed, special }: ValueOf<'vehicle-cap'>): string {
  const cap = ({ bodies, priceCapFen, displacementCapMl }: VehicleCap) =>
    `${bodies.map((body) => vehicleBodyLabels[body]).join('、')}价格${wan(priceCapFen)}以内${displacementCapMl === null ? '' : `、排气量${litres(displacementCapMl)}以下`}`
  return [
    cap(base),
    ...(workNeed ? [`确因工作需要：${cap(workNeed)}`] : []),
    ...(special.length > 0 ? [`特殊情况：${special.map(cap).join('，')}`] : []),
  ].join('；')
}

function wan(fen: number): string {
  return `${(fen / 1_000_000).toString()}万元`
}

function litres(millilitres: number): string {
  return `${(millilitres / 1000).toFixed(1)}升`
}

function yuanFrom(fen: number): string {
  return fen === 0 ? '起点' : `${formatYuan(fen)}元起`
}

/** What a reader is told of a figure that is not certain; A and B need no mark. */
export const confidenceWords: Readonly<Record<Confidence, string>> = { A: '', B: '', C: '暂定', D: '项目默认值' }
