import type { Finding, Step } from '#kernel/pure/verdict.ts'
import { vehicleBodyLabels, type VehicleBody, type VehicleCap } from '../model/value.ts'
import type { StandardOf } from '../model.ts'
import { judged } from './finding.ts'
import { figureFor, type StandardTable } from './in-force.ts'
import { litres, yuan } from './value-text.ts'

/** Kinds of vehicle whose caps the national measure fixes; 特种专业技术用车 have standards of their own. */
export const vehicleKindLabels = {
  confidential: '机要通信用车',
  emergency: '应急保障用车',
  enforcement: '执法执勤用车',
  other: '其他公务用车',
} as const
export type VehicleKind = keyof typeof vehicleKindLabels

export type VehicleWanted = Readonly<{
  kind: VehicleKind
  body: VehicleBody
  newEnergy: boolean
  /** Bare price without 车辆购置税. */
  priceFen: number
  /** Null for a car without a combustion engine. */
  displacementMl: number | null
  imported: boolean
  /** 因工作需要 note (enforcement, first step). */
  workNeed: string | null
  /** Number of the approval for 确因情况特殊. */
  specialApproval: string | null
  /** Rented instead of bought: the same caps hold (VH-23). */
  rented: boolean
}>

const capCodes: Record<VehicleKind, string> = {
  confidential: 'vehicle.cap-confidential',
  emergency: 'vehicle.cap-emergency',
  enforcement: 'vehicle.cap-enforcement',
  other: 'vehicle.cap-other',
}

/** VH-02 to VH-05, VH-23: price, displacement, body and make of one vehicle that is asked for. */
export function checkVehicle(table: StandardTable, wanted: VehicleWanted): Finding[] {
  return [checkCap(table, wanted), ...checkMake(wanted)]
}

function checkCap(table: StandardTable, wanted: VehicleWanted): Finding {
  const row = figureFor(table, capCodes[wanted.kind], 'vehicle-cap')
  return wanted.newEnergy ? checkNewEnergyCap(table, wanted, row) : checkFuelCap(wanted, row)
}

/** New-energy sedans have their own price cap; other bodies that of the fuel car of the same type. */
function checkNewEnergyCap(table: StandardTable, wanted: VehicleWanted, kindRow: StandardOf<'vehicle-cap'>): Finding {
  const sedanRow = figureFor(table, 'vehicle.cap-new-energy', 'vehicle-cap')
  const lifts = figureFor(table, 'vehicle.new-energy-lifts-cap', 'switch')
  if (wanted.body !== 'sedan') return checkFuelCap({ ...wanted, displacementMl: null }, kindRow, 'VH-04')
  // Where the switch is off, the stricter of the two caps holds.
  const [capFen, rows] = lifts.value.on
    ? [sedanRow.value.base.priceCapFen, [sedanRow, lifts]]
    : [Math.min(sedanRow.value.base.priceCapFen, kindRow.value.base.priceCapFen), [sedanRow, kindRow, lifts]]
  const ok = wanted.priceFen <= capFen
  return judged({
    rule: wanted.rented ? 'VH-23' : 'VH-04',
    norm: 'A21-1',
    rows,
    ok,
    field: 'priceFen',
    said: `新能源轿车${yuan(wanted.priceFen)}，${ok ? '在' : '超过'}上限${yuan(capFen)}${ok ? '以内' : ''}。`,
    remedy: `请选择裸车价在${yuan(capFen)}以内的车型。`,
    steps: [priceStep(wanted.priceFen, capFen)],
  })
}

const priceStep = (priceFen: number, capFen: number): Step => ({
  label: '价格比较',
  expression: `${yuan(priceFen)} ${priceFen <= capFen ? '≤' : '>'} ${yuan(capFen)}`,
  result: priceFen <= capFen ? '符合' : '超出',
})

function within({ priceFen, displacementMl, body }: VehicleWanted, cap: VehicleCap): boolean {
  return (
    cap.bodies.includes(body) &&
    priceFen <= cap.priceCapFen &&
    (cap.displacementCapMl === null || displacementMl === null || displacementMl <= cap.displacementCapMl)
  )
}

function checkFuelCap(wanted: VehicleWanted, row: StandardOf<'vehicle-cap'>, rule = 'VH-02'): Finding {
  const { base, workNeed, special } = row.value
  const name = `${vehicleKindLabels[wanted.kind]}（${vehicleBodyLabels[wanted.body]}）`
  const size = wanted.displacementMl === null ? '' : `、${litres(wanted.displacementMl)}升`
  const common = {
    rule: wanted.rented ? 'VH-23' : rule,
    norm: 'A21-1',
    rows: [row],
    field:
      wanted.displacementMl !== null &&
      base.displacementCapMl !== null &&
      wanted.displacementMl > base.displacementCapMl
        ? 'displacementMl'
        : 'priceFen',
    facts: {
      '价格（分）': wanted.priceFen,
      '排量（毫升）': wanted.displacementMl ?? '',
      车身: vehicleBodyLabels[wanted.body],
    },
    steps: [priceStep(wanted.priceFen, base.priceCapFen), ...displacementStep(wanted, base)],
  }
  if (within(wanted, base))
    return judged({ ...common, ok: true, said: `${name}${yuan(wanted.priceFen)}${size}，符合标准。` })
  if (workNeed && within(wanted, workNeed)) {
    const ok = wanted.workNeed !== null && wanted.workNeed.trim() !== ''
    return judged({
      ...common,
      ok,
      field: 'workNeed',
      said: `${name}${yuan(wanted.priceFen)}${size}，超过基本标准，${ok ? '已说明' : '须说明'}因工作需要。`,
      remedy: '请填写因工作需要提高配备标准的说明，或者改选基本标准以内的车型。',
    })
  }
  if (special.some((cap) => within(wanted, cap))) {
    const ok = wanted.specialApproval !== null && wanted.specialApproval.trim() !== ''
    return judged({
      ...common,
      ok,
      field: 'specialApproval',
      said: `${name}${yuan(wanted.priceFen)}${size}，属于情况特殊的配备，${ok ? `已经批准（${wanted.specialApproval}）` : '须经批准'}。`,
      remedy: '请先取得公务用车主管部门批准并填写批准文号。',
    })
  }
  if (wanted.body === 'sedan' && special.length > 0)
    return judged({
      ...common,
      rule: wanted.rented ? 'VH-23' : 'VH-03',
      ok: false,
      said: `${name}${yuan(wanted.priceFen)}${size}，超过标准；轿车不适用情况特殊的配备。`,
      remedy: `请改选${yuan(base.priceCapFen)}以内的轿车，或者按需要改为其他车身类型并经批准。`,
    })
  return judged({
    ...common,
    ok: false,
    said: `${name}${yuan(wanted.priceFen)}${size}，超过标准。`,
    remedy: `请改选${yuan(base.priceCapFen)}${base.displacementCapMl === null ? '' : `、${litres(base.displacementCapMl)}升`}以内的车型。`,
  })
}

function displacementStep({ displacementMl }: VehicleWanted, { displacementCapMl }: VehicleCap): Step[] {
  if (displacementMl === null || displacementCapMl === null) return []
  const ok = displacementMl <= displacementCapMl
  return [
    {
      label: '排量比较',
      expression: `${litres(displacementMl)}升 ${ok ? '≤' : '>'} ${litres(displacementCapMl)}升`,
      result: ok ? '符合' : '超出',
    },
  ]
}

function checkMake({ imported }: VehicleWanted): Finding[] {
  if (!imported) return []
  return [
    judged({
      rule: 'VH-05',
      norm: 'A21-1',
      citation: '《党政机关厉行节约反对浪费条例》（2025年修订）第二十九条',
      rows: [],
      ok: false,
      field: 'imported',
      said: '公务用车应当配备国产汽车，不得配备进口汽车。',
      remedy: '请改选国产车型。',
    }),
  ]
}

/** VH-01: kept and ordered, less those to be retired, within the approved quota of the kind. */
export function checkVehicleQuota({
  kind,
  quota,
  held,
  ordered,
  retiring,
  wanted,
}: Readonly<{
  kind: VehicleKind
  quota: number
  held: number
  ordered: number
  retiring: number
  wanted: number
}>): Finding {
  const after = held + ordered - retiring + wanted
  const ok = after <= quota
  return judged({
    rule: 'VH-01',
    norm: 'A21-1',
    citation:
      '《党政机关公务用车管理办法》（中办发〔2017〕71号）第六条；《机关事务管理条例》（国务院令第621号）第二十五条',
    rows: [],
    ok,
    field: 'wanted',
    said: `${vehicleKindLabels[kind]}配备后${after}辆，${ok ? '在' : '超过'}核定编制${quota}辆${ok ? '以内' : ''}。`,
    remedy: '请减少申请数量，或者先处置待更新车辆。',
    facts: { 核定编制: quota, 实有: held, 已订购: ordered, 待处置: retiring, 申请: wanted },
    steps: [
      { label: '配备后数量', expression: `${held} + ${ordered} − ${retiring} + ${wanted}`, result: String(after) },
    ],
  })
}
