import { formatYuan } from '#kernel/pure/money.ts'
import { allOf, allowed, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'

/** A plan line as the money of a repair looks at it, 分. */
export type UpkeepLine = {
  holderOrganId: string
  year: number
  itemName: string
  economicCode: string
  remainingFen: number
}

/** 维修（护）费 pays for the upkeep of things, 公务用车运行维护费 for that of vehicles (政府收支分类科目). */
const upkeepCode = '30213'
const vehicleCode = '30231'
/** Class 车辆 of GB/T 14885. */
const vehicles = 'A0203'

export function upkeepCodeOf(classCode: string): string {
  return classCode.startsWith(vehicles) ? vehicleCode : upkeepCode
}

/** Whose thing is repaired, of which class, in which budget year. */
export type RepairedThing = { organId: string; classCode: string; year: number }

/** Plan lines that a repair of a thing may be paid from: the organ's own of the year, of the code for upkeep. */
export function allowsRepair(line: UpkeepLine, { organId, classCode, year }: RepairedThing): boolean {
  return line.holderOrganId === organId && line.year === year && line.economicCode === upkeepCodeOf(classCode)
}

/** A34-2: what costs money is repaired within a plan line of upkeep; what a warranty covers costs none and needs none. */
export function checkFunding(
  costFen: number,
  line: UpkeepLine | null,
  thing: RepairedThing,
  asks: LineAsked = 'unfunded',
): Verdict {
  if (costFen === 0) return allowed
  if (line === null && asks === 'year-over')
    return provided(false, {
      code: 'other-budget-year',
      message: `占用资金的计划行所属年度已经结束，占用的资金不能增加，维修费用${formatYuan(costFen)}元须从${thing.year}年度列支。`,
      basis: law.budgetYear,
      remedy: `请选择本机关${thing.year}年度科目为${upkeepCodeOf(thing.classCode)}的计划行，原占用的资金全部释放；没有的，先办理计划调整。`,
    })
  if (line === null)
    return provided(false, {
      code: 'A34-2',
      message: `维修费用${formatYuan(costFen)}元，没有选择列支的计划行。`,
      basis: law.withinPlan,
      remedy: '请选择本机关的维修（护）费计划行；计划中没有的，先办理计划调整。',
    })
  if (line.year !== thing.year)
    return provided(false, {
      code: 'other-budget-year',
      message: `计划行“${line.itemName}”属于${line.year}年度，不能列支${thing.year}年度的维修。`,
      basis: law.budgetYear,
      remedy: `请选择本机关${thing.year}年度科目为${upkeepCodeOf(thing.classCode)}的计划行；已报价待批准的，请撤回后重新申请维修。`,
    })
  return allOf(
    provided(allowsRepair(line, thing), {
      code: 'not-upkeep',
      message: `${line.year}年度计划行“${line.itemName}”（科目${line.economicCode}）不能列支该资产的维修费用。`,
      basis: law.withinPlan,
      remedy: `请选择本机关${thing.year}年度科目为${upkeepCodeOf(thing.classCode)}的计划行。`,
    }),
    provided(line.remainingFen >= costFen, {
      code: 'A34-2',
      message: `计划行“${line.itemName}”可用${formatYuan(line.remainingFen)}元，少于维修费用${formatYuan(costFen)}元。`,
      basis: law.withinPlan,
      facts: { '可用（分）': line.remainingFen, '维修费用（分）': costFen },
      remedy: '请改选其他计划行；确需增加的，先办理计划调整。',
    }),
  )
}

/** Why a line is asked for with the result of a repair. */
export type LineAsked = 'unfunded' | 'year-over'

/** A line is named with the result where none was, or where it came to more than a year that is over holds for it. */
export function needsLine(
  row: { ledgerLineId: string | null; heldFen: number },
  line: Pick<UpkeepLine, 'year'> | null,
  actualFen: number,
  year: number,
): LineAsked | null {
  if (row.ledgerLineId === null) return 'unfunded'
  return line !== null && line.year < year && actualFen > row.heldFen ? 'year-over' : null
}

/** What was paid is taken back by the repair that paid it. */
export function mayReverse({ paidOn }: { paidOn: string | null }): Verdict {
  return provided(paidOn !== null, { code: 'not-paid', message: '该维修没有登记付款，不需要冲销。' })
}

/** A repair is paid once, after it is finished, on its invoice. */
export function mayPay(
  row: { heldFen: number; finishedOn: string | null; paidOn: string | null },
  given: { paidOn: string; today: string } | null = null,
): Verdict {
  return allOf(
    provided(row.finishedOn !== null, {
      code: 'not-finished',
      message: '维修完成后才能登记付款。',
      remedy: '请先登记维修结果。',
    }),
    provided(row.paidOn === null, { code: 'paid', message: '维修费用已经登记付款。' }),
    provided(row.finishedOn === null || row.paidOn !== null || row.heldFen > 0, {
      code: 'nothing-owed',
      message: '该维修没有占用计划资金，不需要付款。',
    }),
    provided(
      given === null || row.finishedOn === null || (given.paidOn >= row.finishedOn && given.paidOn <= given.today),
      {
        code: 'paid-on',
        message: `付款日期应在完成（${row.finishedOn ?? ''}）之后，不晚于今天。`,
        remedy: '请核对日期。',
      },
    ),
  )
}

/** Cost of upkeep over the life of a thing 全生命周期成本, 分: what it cost and what keeping it has cost. */
export function lifeCost(costFen: number, upkeepFen: number): { totalFen: number; percentOfCost: number | null } {
  return {
    totalFen: costFen + upkeepFen,
    percentOfCost: costFen > 0 ? Math.round((upkeepFen / costFen) * 1000) / 10 : null,
  }
}
