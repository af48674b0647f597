import { formatYuan } from '#kernel/pure/money.ts'
import {
  approverLabels,
  fitOutGradeLabels,
  termUnits,
  vehicleBodyLabels,
  type Bound,
  type QuantityLimit,
  type StandardValue,
  type ValueOf,
  type VehicleCap,
} from '../model/value.ts'

/** 1,234.50元: money for a sentence. */
export function yuan(fen: number): string {
  return `${formatYuan(fen)}元`
}

const boundTexts: Record<Bound, string> = { 'at-most': '不超过', 'at-least': '不少于', exactly: '' }
const furnitureTexts = { separate: '另有规定', bureau: '厅局级', division: '处级及以下' } as const

/** A limit in words, as it stands in the standard. */
export function limitText(limit: QuantityLimit): string {
  switch (limit.basis) {
    case 'percent-of-staff':
      return `不超过编制内实有人数的${limit.percent}%`
    case 'one-per-group':
      return `${limit.first}人以内每${limit.each}人1台，超出部分每${limit.beyondEach}人1台`
    case 'per-person':
      return `每人${limit.pieces}`
    case 'per-room':
      return `每间${limit.pieces}`
    case 'approved-quota':
      return '按核定编制'
    case 'none':
      return '不限数量'
  }
}

function itemText({ unit, limit, priceCapFen, minimumYears, yearsMustBeExceeded }: ValueOf<'item'>): string {
  const counted = limit.basis === 'per-person' || limit.basis === 'per-room'
  return [
    `${limitText(limit)}${counted ? unit : ''}`,
    ...(priceCapFen === null ? [] : [`单价不超过${yuan(priceCapFen)}`]),
    ...(minimumYears === null ? [] : [yearsMustBeExceeded ? `使用超过${minimumYears}年` : `使用满${minimumYears}年`]),
  ].join('，')
}

function bracketsText({ measure, figureUnit, applies, rows }: ValueOf<'brackets'>): string {
  const unit = { areaM2: '平方米', persons: '人', vehicles: '辆' }[measure]
  const figureText = (figure: number) =>
    figureUnit === 'fenPerM2' ? `${yuan(figure)}/平方米` : `${figure}平方米/${unit}`
  const parts = rows.map(({ upTo, figure }, index) => {
    const below = rows[index - 1]?.upTo ?? null
    const range = upTo === null ? (below === null ? '' : `超过${below}${unit}`) : `${upTo}${unit}以内`
    return `${range}${applies === 'marginal' && below !== null ? '的部分' : ''}${figureText(figure)}`
  })
  return parts.join('，')
}

function capText({ bodies, priceCapFen, displacementCapMl }: VehicleCap): string {
  const displacement = displacementCapMl === null ? '' : `、${litres(displacementCapMl)}升`
  return `${bodies.map((body) => vehicleBodyLabels[body]).join('或')}不超过${yuan(priceCapFen)}${displacement}`
}

/** 1.6 for 1,600 ml. */
export function litres(ml: number): string {
  return (ml / 1000).toFixed(1)
}

function monthDayText(monthDay: string): string {
  const [month, day] = monthDay.split('-').map(Number)
  return `${month}月${day}日`
}

function yearlyText({ fromDay, lastDay, yearOffset }: ValueOf<'yearly-date'>): string {
  const year = { '-2': '前两年', '-1': '上年', 0: '当年', 1: '次年', 2: '后年' }[String(yearOffset)] ?? ''
  return fromDay === null
    ? `${year}${monthDayText(lastDay)}`
    : `${year}${monthDayText(fromDay)}至${monthDayText(lastDay)}`
}

/** What a standard says, in one line of Chinese for screens, findings and notices. */
export function valueText(value: StandardValue): string {
  switch (value.form) {
    case 'item':
      return itemText(value)
    case 'area':
      return `${boundTexts[value.bound]}${value.areaM2}平方米/${value.per}`
    case 'linear-per-person':
      return `${value.lowerPersons}人及以下${value.areaM2AtLower}平方米/人，${value.upperPersons}人及以上${value.areaM2AtUpper}平方米/人，其间按（${value.minuend}−人数）÷${value.divisor}`
    case 'percent':
      return `${boundTexts[value.bound]}${value.of}的${value.percent}%`
    case 'amount':
      return `${boundTexts[value.bound]}${yuan(value.amountFen)}/${value.per}`
    case 'quantity':
      return `${boundTexts[value.bound]}${value.amount}${value.unit}`
    case 'years':
      return `${value.mustBeExceeded ? '超过' : value.maximumYears === null ? '不少于' : ''}${value.minimumYears}${value.maximumYears === null ? '' : `至${value.maximumYears}`}年`
    case 'term':
      return `${value.amount}${termUnits[value.unit]}`
    case 'yearly-date':
      return yearlyText(value)
    case 'brackets':
      return bracketsText(value)
    case 'vehicle-cap':
      return [
        capText(value.base),
        ...(value.workNeed ? [`因工作需要：${capText(value.workNeed)}`] : []),
        ...value.special.map((cap) => `情况特殊经批准：${capText(cap)}`),
      ].join('；')
    case 'grades':
      return value.rooms
        .map(({ title, allowed }) => `${title}：${allowed.map((grade) => fitOutGradeLabels[grade]).join('或')}`)
        .join('；')
    case 'tiers':
      return value.rows.map(({ title, fromFen, path }) => `${title}（${yuan(fromFen)}起）：${path}`).join('；')
    case 'texts':
      return value.texts.join('；')
    case 'switch':
      return value.on ? '是' : '否'
    case 'ladder':
      return [`级别${value.grades}`, ...value.zhiji, `家具标准：${furnitureTexts[value.furniture]}`].join('，')
    case 'authority':
      return [
        ...(value.reviewedBy === '' ? [] : [`${value.reviewedBy}审核`]),
        `${approverLabels[value.approver]}审批`,
        ...(value.delegableTo === null ? [] : [`可委托${approverLabels[value.delegableTo]}`]),
      ].join('，')
  }
}
