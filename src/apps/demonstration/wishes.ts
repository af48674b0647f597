import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { DemandLineDraft, Holding } from '#modules/plans/model.ts'

/** A fraction in [0, 1) that follows from a name: varied, and the same at every start. */
export function fraction(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32
}

export type Wisher = {
  id: string
  name: string
  staff: number
  level: 'province' | 'city' | 'county'
  isAuthority: boolean
  tradeUnion: boolean
}
type Draft = z.input<typeof DemandLineDraft>

const blank: Draft = {
  id: null,
  needKind: null,
  itemName: '',
  standardCode: null,
  economicCode: null,
  quantity: 1,
  unit: '项',
  unitPriceFen: null,
  amountFen: null,
  neededMonth: null,
  existingQuantity: null,
  usableQuantity: null,
  disposingQuantity: null,
  replacement: null,
  reason: '',
  note: '',
}

/** What repairs of an organ's things are paid from. */
export const upkeepItem = '办公设备维修费'

/** What an organ asks for in a year: running money by head, office repairs, vehicles, reception, services, equipment. */
export function wishesOf(wisher: Wisher, year: number): Draft[] {
  const { name, staff, level, isAuthority, tradeUnion } = wisher
  const pick = (what: string) => fraction(`${name} ${year} ${what}`)
  const growth = 1 + (year - 2025) * 0.02
  const money = (
    needKind: Draft['needKind'],
    itemName: string,
    economicCode: string,
    yuan: number,
    reason: string,
    month: number | null = null,
  ): Draft => ({
    ...blank,
    needKind,
    itemName,
    economicCode,
    amountFen: Math.max(1, Math.round(yuan / 100)) * 10_000,
    reason,
    neededMonth: month,
    note: tradeUnion ? '工会，按工会法' : '',
  })
  const things = (
    itemName: string,
    standardCode: string,
    quantity: number,
    unit: string,
    yuanEach: number,
    reason: string,
    more: Partial<Draft> = {},
  ): Draft => ({
    ...blank,
    needKind: 'N09',
    itemName,
    standardCode,
    economicCode: '31002',
    quantity,
    unit,
    unitPriceFen: yuanEach * 100,
    amountFen: quantity * yuanEach * 100,
    reason,
    neededMonth: 4,
    note: tradeUnion ? '工会，按工会法' : '',
    ...more,
  })
  const perHead = { province: 1.15, city: 1, county: 0.8 }[level]
  const head = staff * perHead * growth
  const lines: Draft[] = [
    money('N01', '办公费', '30201', head * (1500 + pick('office') * 600), '日常办公用品、书报等'),
    money('N01', '差旅费', '30211', head * (2400 + pick('travel') * 1800), '调研、督查、培训等差旅'),
    money('N01', '会议费', '30215', head * (500 + pick('meeting') * 500), '年度工作会议及专题会议', 3),
    money('N01', '培训费', '30216', head * (400 + pick('training') * 300), '干部业务培训', 9),
    money('N01', '邮电费', '30207', head * (350 + pick('post') * 150), '电话、邮寄、专线'),
    money('N06', '公务接待费', '30217', head * (120 + pick('reception') * 120), '按规定标准安排的公务接待'),
    money('N08', '物业管理费', '30209', head * (2600 + pick('estate') * 900), '保洁、秩序维护、设备运行'),
    money(
      'N05',
      '公务用车运行维护费',
      '30231',
      Math.max(1, Math.round(staff / 18)) * 32_000 * growth,
      '燃料、保险、维修、过路费',
    ),
  ]
  // The organ on the sign-in page has its things repaired (disposals.ts).
  if (name.includes('教育'))
    lines.push(money('N01', upkeepItem, '30213', head * (600 + pick('upkeep') * 120), '办公设备日常维修和维护'))
  if (pick('repair') < 0.45)
    lines.push(
      money('N03', '办公用房日常维修', '30213', 40_000 + pick('repair sum') * 160_000, '屋面渗漏、门窗、管线维修', 5),
    )
  if (pick('energy') < 0.25)
    lines.push(
      money(
        'N07',
        '照明和供暖节能改造',
        '30213',
        60_000 + pick('energy sum') * 140_000,
        '更换高耗能灯具，加装分室温控',
        6,
      ),
    )
  if (isAuthority) {
    lines.push(
      money(
        'N03',
        '集中办公区主楼大修',
        '31006',
        1_800_000 + pick('overhaul') * 900_000,
        '消防、电梯、空调系统达到使用年限',
        4,
      ),
    )
    lines.push(money('N04', '周转住房维修', '30213', 260_000 + pick('flats') * 120_000, '周转住房防水和管线改造', 6))
    lines.push(
      money(
        'N08',
        '集中办公区餐饮和安保服务',
        '30227',
        1_200_000 + pick('canteen') * 600_000,
        '集中办公区食堂和安保服务购买',
      ),
    )
  }
  if (pick('desktop') < 0.8)
    lines.push(
      things(
        '台式计算机',
        'item.desktop',
        Math.max(1, Math.round(staff * 0.1)),
        '台',
        4800,
        '替换达到使用年限的台式计算机',
        {
          disposingQuantity: Math.max(1, Math.round(staff * 0.1)),
          replacement: { acquiredOn: `${year - 8}-03-15`, beyondRepair: false, appraisalDocument: null },
        },
      ),
    )
  if (pick('laptop') < 0.5)
    lines.push(
      things(
        '便携式计算机',
        'item.laptop',
        Math.max(1, Math.round(staff * (0.03 + pick('laptops') * 0.08))),
        '台',
        6800,
        '外出检查和移动办公使用',
      ),
    )
  if (pick('printer') < 0.5)
    lines.push(
      things(
        'A4黑白打印机',
        'item.printer-a4-mono',
        1 + Math.floor(pick('printers') * 3),
        '台',
        1150,
        '替换故障打印机',
      ),
    )
  if (pick('desk') < 0.35)
    lines.push(things('办公椅', 'item.chair', 1 + Math.floor(pick('chairs') * staff * 0.12), '把', 760, '新进人员配备'))
  return lines
}

type ReportedHolding = Omit<Holding, 'source' | 'classCode'>

/** What the register of an organ shows: near the standard, some of it old, a little of it idle. */
export function holdingsOf({ name, staff, level }: Wisher): ReportedHolding[] {
  const pick = (what: string) => fraction(`${name} holds ${what}`)
  const holding = (
    standardCode: string,
    title: string,
    unit: string,
    quantity: number,
    oldShare: number,
    idleShare: number,
    quotaQuantity: number | null = null,
  ): ReportedHolding => {
    const overLifeQuantity = Math.round(quantity * oldShare)
    const unusable = Math.floor(overLifeQuantity / 3)
    return {
      standardCode,
      title,
      unit,
      quantity,
      usableQuantity: quantity - unusable,
      overLifeQuantity,
      idleQuantity: Math.min(quantity - unusable, Math.floor(quantity * idleShare)),
      quotaQuantity,
    }
  }
  const cars = Math.max(1, Math.round(staff / 18))
  return [
    holding('item.desktop', '台式计算机', '台', Math.round(staff * (0.86 + pick('desktop') * 0.1)), 0.25, 0),
    holding(
      'item.laptop',
      '便携式计算机',
      '台',
      Math.round(staff * (0.34 + pick('laptop') * 0.13)),
      0.15,
      pick('idle laptop') < 0.15 ? 0.08 : 0,
    ),
    holding(
      'item.printer-a4-mono',
      'A4黑白打印机',
      '台',
      Math.round(staff * 0.4),
      0.2,
      pick('idle printer') < 0.12 ? 0.1 : 0,
    ),
    holding('item.copier', '复印机', '台', Math.max(1, Math.floor(staff / 25)), 0.3, 0),
    holding(
      'item.desk',
      '办公桌（处级及以下）',
      '张',
      Math.round(staff * 0.97),
      0.1,
      pick('idle desk') < 0.2 ? 0.05 : 0,
    ),
    holding(
      'item.chair',
      '办公椅（处级及以下）',
      '把',
      Math.round(staff * 0.82),
      0.12,
      pick('idle chair') < 0.15 ? 0.04 : 0,
    ),
    holding('item.vehicle-emergency', '应急保障用车', '辆', cars, 0.3, 0, cars + (level === 'county' ? 0 : 1)),
  ]
}
