import type { StandardValue, ValueOf } from '../model/value.ts'
import { compare, over } from './exact.ts'
import { valueText } from './value-text.ts'

/** A contradiction inside one value: where (path into the value), what, and how to mend it. */
export type ValueFault = Readonly<{ path: string; message: string; remedy: string }>

/** What the schema cannot see: figures of one value that contradict each other. */
export function valueFaults(value: StandardValue): ValueFault[] {
  switch (value.form) {
    case 'years':
      return value.maximumYears !== null && value.maximumYears < value.minimumYears
        ? [
            {
              path: 'maximumYears',
              message: `最高年限${value.maximumYears}年低于最低年限${value.minimumYears}年。`,
              remedy: '请使最高年限不低于最低年限。',
            },
          ]
        : []
    case 'linear-per-person':
      return linearFaults(value)
    case 'brackets':
      return bracketFaults(value)
    case 'tiers':
      return tierFaults(value)
    case 'percent':
      return value.bound === 'at-least' && value.percent > 100
        ? [{ path: 'percent', message: `不少于${value.percent}%无法达到。`, remedy: '请填写不超过100的比例。' }]
        : []
    case 'yearly-date':
      return value.fromDay !== null && value.fromDay > value.lastDay
        ? [{ path: 'fromDay', message: '开始日晚于截止日。', remedy: '请使开始日不晚于截止日。' }]
        : []
    case 'vehicle-cap':
      return capFaults(value)
    case 'grades': {
      const rooms = value.rooms.map(({ room }) => room)
      const twice = rooms.find((room, index) => rooms.indexOf(room) !== index)
      return twice === undefined
        ? []
        : [{ path: 'rooms', message: `房间类别“${twice}”出现两次。`, remedy: '每类房间只保留一行。' }]
    }
    default:
      return []
  }
}

/** The pieces must meet: 9 → (1100 − x)/100 → 7 without a step. */
function linearFaults(value: ValueOf<'linear-per-person'>): ValueFault[] {
  const { lowerPersons, upperPersons, minuend, divisor, areaM2AtLower, areaM2AtUpper } = value
  if (lowerPersons >= upperPersons)
    return [
      {
        path: 'upperPersons',
        message: `人数下限${lowerPersons}不小于上限${upperPersons}。`,
        remedy: '请使人数下限小于上限。',
      },
    ]
  const at = (persons: number) => over(minuend - persons, divisor)
  const ends = [
    { path: 'areaM2AtLower', persons: lowerPersons, areaM2: areaM2AtLower },
    { path: 'areaM2AtUpper', persons: upperPersons, areaM2: areaM2AtUpper },
  ]
  return ends
    .filter(({ persons, areaM2 }) => compare(at(persons), areaM2) !== 0)
    .map(({ path, persons, areaM2 }) => ({
      path,
      message: `公式在${persons}人处得${(minuend - persons) / divisor}平方米，与所填${areaM2}平方米不相接。`,
      remedy: '请调整公式或者两端面积，使两端相接。',
    }))
}

function bracketFaults({ rows }: ValueOf<'brackets'>): ValueFault[] {
  const faults: ValueFault[] = []
  rows.forEach(({ upTo }, index) => {
    const last = index === rows.length - 1
    const before = rows[index - 1]?.upTo ?? null
    if (last !== (upTo === null))
      faults.push({
        path: `rows.${index}.upTo`,
        message: last ? '最后一档仍有上限，超过的没有标准。' : '中间一档没有上限。',
        remedy: last ? '请将最后一档的上限留空。' : '请填写上限。',
      })
    else if (upTo !== null && before !== null && upTo <= before)
      faults.push({
        path: `rows.${index}.upTo`,
        message: `第${index + 1}档上限${upTo}不大于上一档${before}。`,
        remedy: '请按从小到大填写各档上限。',
      })
  })
  return faults
}

function tierFaults({ rows }: ValueOf<'tiers'>): ValueFault[] {
  const faults: ValueFault[] = []
  rows.forEach(({ fromFen, key }, index) => {
    const before = rows[index - 1]
    if (before === undefined && fromFen !== 0)
      faults.push({
        path: 'rows.0.fromFen',
        message: '第一级不是从0起，小额的没有归属。',
        remedy: '请将第一级的起点改为0。',
      })
    if (before !== undefined && fromFen <= before.fromFen)
      faults.push({
        path: `rows.${index}.fromFen`,
        message: `“${key}”的起点不高于上一级“${before.key}”。`,
        remedy: '请按金额从小到大填写各级起点。',
      })
  })
  return faults
}

function capFaults({ base, workNeed, special }: ValueOf<'vehicle-cap'>): ValueFault[] {
  const beyond = [
    ...(workNeed === null ? [] : [{ path: 'workNeed.priceCapFen', cap: workNeed }]),
    ...special.map((cap, index) => ({ path: `special.${index}.priceCapFen`, cap })),
  ]
  return beyond
    .filter(({ cap }) => cap.priceCapFen < base.priceCapFen)
    .map(({ path }) => ({
      path,
      message: '放宽后的价格上限低于基本上限。',
      remedy: '请使放宽后的上限不低于基本上限。',
    }))
}

/** What two rows of one code are compared by: ㎡, 分, pieces, yes or no; null where values have no order. */
export function magnitude(value: StandardValue): number | null {
  switch (value.form) {
    case 'area':
      return value.areaM2
    case 'amount':
      return value.amountFen
    case 'item':
      return value.priceCapFen
    case 'quantity':
      return value.amount
    case 'percent':
      return value.percent
    default:
      return null
  }
}

/** True when two values say the same. */
export function sameValue(a: StandardValue, b: StandardValue): boolean {
  return valueText(a) === valueText(b) && magnitude(a) === magnitude(b)
}
