import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import type { Rank } from '#modules/organs/model.ts'
import { exceeds, floorOf } from './exact.ts'
import { judged } from './finding.ts'
import { desktopsOfClassified, figureFor, rowFor, type StandardTable } from './in-force.ts'
import { lifeOf, quantityLimit } from './items.ts'
import { bracketTotal } from './office-project.ts'
import { furnitureColumn } from './ranks.ts'
import { yuan } from './value-text.ts'

/** An organ as equipment standards see it. */
export type Unit = Readonly<{
  /** 编制内实有人数, the n of the limits. */
  staffInPost: number
  classified: boolean
}>

/** How many of an item a unit may have; classified units have a larger share of desktops. Null without a number. */
export function itemLimit(table: StandardTable, code: string, unit: Unit) {
  const row = figureFor(table, code, 'item')
  const share = figureFor(table, desktopsOfClassified, 'percent')
  const limit =
    code === 'item.desktop' && unit.classified
      ? ({ basis: 'percent-of-staff', percent: share.value.percent } as const)
      : row.value.limit
  const reckoned = quantityLimit(limit, unit.staffInPost, null)
  return reckoned && { ...reckoned, rows: limit === row.value.limit ? [row] : [share, row], row }
}

/** EQ-01: what is in use and what is asked for within the limit for n people. */
export function checkItemQuantity(
  table: StandardTable,
  code: string,
  unit: Unit,
  { inUse, wanted }: Readonly<{ inUse: number; wanted: number }>,
): Finding[] {
  const limit = itemLimit(table, code, unit)
  if (!limit) return []
  const { title, value } = limit.row
  const ok = inUse + wanted <= limit.quantity
  const room = Math.max(0, limit.quantity - inUse)
  return [
    judged({
      rule: 'EQ-01',
      norm: 'A22-1',
      rows: limit.rows,
      ok,
      field: 'quantity',
      said: `${title}在用${inUse}${value.unit}，申请${wanted}${value.unit}，上限${limit.quantity}${value.unit}${ok ? '' : `，最多可再配${room}${value.unit}`}。`,
      remedy: `请减至${room}${value.unit}。`,
      facts: { 在用: inUse, 申请: wanted, 上限: limit.quantity, 编制内实有人数: unit.staffInPost },
      steps: [limit.step],
    }),
  ]
}

/** EQ-02: price of one piece. */
export function checkItemPrice(
  table: StandardTable,
  code: string,
  { priceFen, approvalNumber }: Readonly<{ priceFen: number; approvalNumber: string | null }>,
): Finding[] {
  const row = figureFor(table, code, 'item')
  const cap = row.value.priceCapFen
  if (cap === null) return []
  const approved = approvalNumber !== null && approvalNumber.trim() !== ''
  const within = priceFen <= cap
  return [
    judged({
      rule: 'EQ-02',
      norm: 'A22-1',
      rows: [row],
      ok: within || approved,
      field: 'priceFen',
      said: `${row.title}单价${yuan(priceFen)}，${within ? '在' : '超过'}上限${yuan(cap)}${within ? '以内' : approved ? `，已经批准（${approvalNumber}）` : ''}。`,
      remedy: '请改选上限以内的型号；有特殊原因的，先经批准并填写文号。',
      facts: { '单价（分）': priceFen, '上限（分）': cap },
    }),
  ]
}

/** EQ-03, EQ-04: replacement before the least life, and of what is still usable. */
export function checkItemReplacement(
  table: StandardTable,
  code: string,
  facts: Readonly<{
    acquiredOn: LocalDate
    today: LocalDate
    usable: boolean
    /** Number of the appraisal that says it is beyond repair. */
    appraisal: string | null
  }>,
): Finding[] {
  const row = figureFor(table, code, 'item')
  const life = lifeOf(row.value, facts.acquiredOn, facts.today)
  if (!life) return []
  const appraised = facts.appraisal !== null && facts.appraisal.trim() !== ''
  const steps = [
    {
      label: '使用年限',
      expression: `${facts.acquiredOn} + ${life.years}年 = ${life.dueOn}`,
      result: life.reached ? '已满' : '未满',
    },
  ]
  if (!life.reached)
    return [
      judged({
        rule: 'EQ-03',
        norm: 'A22-1',
        rows: [row],
        ok: false,
        otherwise: appraised ? 'needs-approval' : 'block',
        field: 'acquiredOn',
        said: `${row.title}取得于${facts.acquiredOn}，未满最低使用年限${life.years}年（${life.dueOn}届满）${appraised ? '，已附无法修复的鉴定' : ''}。`,
        remedy: appraised ? '由资产管理部门核对鉴定后决定。' : '请继续使用；确已损坏无法修复的，附鉴定文件。',
        steps,
      }),
    ]
  return [
    judged({
      rule: facts.usable ? 'EQ-04' : 'EQ-03',
      norm: 'A22-1',
      rows: [row],
      ok: !facts.usable,
      otherwise: 'warn',
      field: 'condition',
      said: facts.usable
        ? `${row.title}已满最低使用年限${life.years}年但仍可使用，应当继续使用。`
        : `${row.title}已满最低使用年限${life.years}年。`,
      remedy: '请继续使用；确需更新的，说明理由。',
      steps,
    }),
  ]
}

/** EQ-05: what the public warehouse can give is not bought. */
export function checkWarehouseFirst({ wanted, available }: Readonly<{ wanted: number; available: number }>): Finding {
  const fromStore = Math.min(wanted, available)
  return judged({
    rule: 'EQ-05',
    norm: 'A23-2',
    citation: '《行政事业性国有资产管理条例》（国务院令第738号）第十一条；《山西省机关运行保障条例》第二十三条',
    rows: [],
    ok: fromStore === 0,
    field: 'quantity',
    said:
      fromStore === 0
        ? '公物仓没有可用的同类资产。'
        : `公物仓有可用的同类资产${available}件，其中${fromStore}件应当调剂，可购置不超过${wanted - fromStore}件。`,
    remedy: `请先申请调剂${fromStore}件，购置数量减至${wanted - fromStore}件。`,
    facts: { 申请数量: wanted, 公物仓可用: available, 可购置: wanted - fromStore },
  })
}

/** Printers a unit has after a request, by kind. */
export type Printers = Readonly<{ a4Mono: number; a4Colour: number; a3Mono: number; a3Colour: number }>

const printerItems = {
  a4Mono: 'item.printer-a4-mono',
  a4Colour: 'item.printer-a4-colour',
  a3Mono: 'item.printer-a3-mono',
  a3Colour: 'item.printer-a3-colour',
} as const satisfies Record<keyof Printers, string>

/** Groups of printers that share a limit, each by the row that says it: all of them, A3 within it, colour within it. */
const printerGroups = [
  { rule: 'EQ-01', name: '打印机', said: 'a4Mono', of: ['a4Mono', 'a4Colour', 'a3Mono', 'a3Colour'] },
  { rule: 'EQ-07', name: 'A3打印机', said: 'a3Mono', of: ['a3Mono', 'a3Colour'] },
  { rule: 'EQ-06', name: '彩色打印机', said: 'a4Colour', of: ['a4Colour', 'a3Colour'] },
] as const satisfies readonly { rule: string; name: string; said: keyof Printers; of: readonly (keyof Printers)[] }[]

/** Limits that items share (EQ-06, EQ-07): which items count together, and the code of the row that says how many. */
export const sharedLimits = printerGroups.map(({ name, said, of }) => ({
  name,
  code: printerItems[said],
  codes: of.map((kind): string => printerItems[kind]),
}))

/** EQ-06, EQ-07: printers share one limit, A3 within it; colour by consent and few. */
export function checkPrinters(table: StandardTable, unit: Unit, printers: Printers, consent: string | null): Finding[] {
  const consented = consent !== null && consent.trim() !== ''
  return printerGroups.flatMap(({ rule, name, said, of }) => {
    const row = figureFor(table, printerItems[said], 'item')
    const count = of.reduce((sum, kind) => sum + printers[kind], 0)
    const limit = quantityLimit(row.value.limit, unit.staffInPost, null)
    if (!limit) return []
    const needsConsent = rule === 'EQ-06' && count > 0 && !consented
    const ok = count <= limit.quantity && !needsConsent
    return [
      judged({
        rule,
        norm: 'A22-1',
        rows: [row],
        ok,
        field: 'quantity',
        said: `${name}合计${count}台，上限${limit.quantity}台${needsConsent ? '；配备彩色打印机须经资产管理部门负责人同意' : ''}。`,
        remedy: needsConsent ? '请取得资产管理部门负责人同意并填写文号。' : `请减至${limit.quantity}台。`,
        facts: { 配备后: count, 上限: limit.quantity },
        steps: [limit.step],
      }),
    ]
  })
}

/** EQ-08: field units may have more laptops when desktops are cut by the same number. */
export function checkLaptops(
  table: StandardTable,
  unit: Unit,
  { laptops, desktops, fieldUnit }: Readonly<{ laptops: number; desktops: number; fieldUnit: boolean }>,
): Finding {
  const limit = itemLimit(table, 'item.laptop', unit)
  const desktopLimit = itemLimit(table, 'item.desktop', unit)
  if (!limit || !desktopLimit) throw new Error('laptops and desktops need a limit by headcount')
  const beyond = Math.max(0, laptops - limit.quantity)
  const offset = desktops + beyond <= desktopLimit.quantity
  return judged({
    rule: 'EQ-08',
    norm: 'A22-1',
    rows: [limit.row, ...desktopLimit.rows],
    ok: beyond === 0,
    otherwise: fieldUnit && offset ? 'needs-approval' : 'block',
    field: 'quantity',
    said:
      beyond === 0
        ? `便携式计算机${laptops}台，在上限${limit.quantity}台以内。`
        : `便携式计算机${laptops}台，超过上限${limit.quantity}台；超出的${beyond}台须由外勤单位以减少台式计算机抵补。`,
    remedy: `请减至${limit.quantity}台，或者由外勤单位将台式计算机减至${desktopLimit.quantity - beyond}台并报批准。`,
    facts: { 便携式计算机: laptops, 台式计算机: desktops, 外勤单位: fieldUnit },
    steps: [limit.step, desktopLimit.step],
  })
}

/** Code of the row of a piece of furniture for a rank: the 厅局级 column has rows of its own. Null where a rank has separate rules. */
export function furnitureCode(table: StandardTable, code: string, rank: Rank): string | null {
  const column = furnitureColumn(table, rank)
  if (column === 'separate') return null
  return column === 'bureau' && rowFor(table, `${code}-bureau`) ? `${code}-bureau` : code
}

/** EQ-10: price of furniture by the rank of who uses it. */
export function checkFurnitureRank(
  table: StandardTable,
  code: string,
  rank: Rank,
  { priceFen, newPurchase }: Readonly<{ priceFen: number; newPurchase: boolean }>,
): Finding {
  const own = furnitureCode(table, code, rank)
  const row = figureFor(table, own ?? code, 'item')
  const cap = row.value.priceCapFen
  const ok = own !== null && (cap === null || priceFen <= cap)
  return judged({
    rule: 'EQ-10',
    norm: 'A22-1',
    rows: own === null ? [] : [row],
    citation: row.citation,
    ok,
    otherwise: own === null ? 'needs-approval' : newPurchase ? 'block' : 'warn',
    field: 'priceFen',
    said:
      own === null
        ? '省部级人员的家具标准另有规定。'
        : `${row.title}${yuan(priceFen)}，${ok ? '符合' : '超过'}使用人职务对应的标准${cap === null ? '' : yuan(cap)}。`,
    remedy:
      own === null
        ? '请按专门规定办理，附批准文件。'
        : newPurchase
          ? '请改选使用人职务对应标准以内的家具。'
          : '现有家具可以继续使用，不得新购。',
  })
}

/** EQ-09: combined furniture costs no more than its parts. */
export function checkCombinedFurniture(table: StandardTable, codes: readonly string[], priceFen: number): Finding {
  const rows = codes.map((code) => figureFor(table, code, 'item'))
  const sum = rows.reduce((total, { value }) => total + (value.priceCapFen ?? 0), 0)
  const ok = priceFen <= sum
  return judged({
    rule: 'EQ-09',
    norm: 'A22-1',
    rows,
    ok,
    field: 'priceFen',
    said: `组合家具${yuan(priceFen)}，${ok ? '不高于' : '高于'}各单件上限之和${yuan(sum)}。`,
    remedy: `请将价格降到${yuan(sum)}以内。`,
    steps: [
      {
        label: '各单件之和',
        expression: rows.map(({ value }) => yuan(value.priceCapFen ?? 0)).join(' + '),
        result: yuan(sum),
      },
    ],
  })
}

/** EQ-11: no precious wood, no luxury. */
export function checkMaterial(
  table: StandardTable,
  { preciousWood, luxury }: Readonly<{ preciousWood: boolean; luxury: boolean }>,
): Finding {
  const row = figureFor(table, 'equipment.prohibitions', 'texts')
  const ok = !preciousWood && !luxury
  return judged({
    rule: 'EQ-11',
    norm: 'A8-1',
    rows: [row],
    ok,
    field: 'material',
    said: ok ? '材质和档次符合要求。' : preciousWood ? '家具不得使用名贵木材。' : '不得配置豪华家具、高端设备。',
    remedy: '请改选普通材质、简朴实用的款式。',
  })
}

/** Highest price of the tables of a meeting room by its area, 分. */
export function meetingTableCap(table: StandardTable, roomAreaM2: number): number {
  return floorOf(bracketTotal(figureFor(table, 'equipment.meeting-table-price', 'brackets'), roomAreaM2))
}

/** EQ-02 for meeting tables: the cap follows from the area of the room. */
export function checkMeetingTable(
  table: StandardTable,
  { roomAreaM2, priceFen }: Readonly<{ roomAreaM2: number; priceFen: number }>,
): Finding {
  const row = figureFor(table, 'equipment.meeting-table-price', 'brackets')
  const cap = meetingTableCap(table, roomAreaM2)
  const ok = priceFen <= cap
  const rate = row.value.rows.find(({ upTo }) => upTo === null || !exceeds(roomAreaM2, upTo))?.figure ?? 0
  return judged({
    rule: 'EQ-02',
    norm: 'A22-1',
    rows: [row],
    ok,
    field: 'priceFen',
    said: `${roomAreaM2}平方米会议室的会议桌${yuan(priceFen)}，${ok ? '在' : '超过'}上限${yuan(cap)}${ok ? '以内' : ''}。`,
    remedy: `请将价格降到${yuan(cap)}以内；有特殊原因的，先经批准。`,
    steps:
      row.value.applies === 'whole'
        ? [{ label: '价格上限', expression: `${roomAreaM2}平方米 × ${yuan(rate)}`, result: yuan(cap) }]
        : [{ label: '价格上限', expression: '各档面积分别计算', result: yuan(cap) }],
  })
}
