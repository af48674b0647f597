import { z } from 'zod'
import { FenSchema, Instant } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { slot } from '#kernel/pure/slot.ts'
import { May } from '#kernel/pure/verdict.ts'
import { lines, oneLine } from './model/said.ts'

/** Editions of the classification GB/T 14885; the same code means other things in each, so it never stands alone. */
export const classEditions = ['2022', '2013', '2010'] as const
export const ClassEdition = z.enum(classEditions)
export type ClassEdition = z.infer<typeof ClassEdition>

/* Classes of things, for the screens and rules of other modules; their own classes and details they register, in both. */
export { classNameOf, presentClasses, registerClasses, type AssetClass } from './model/classes.ts'
export { registerDetailKind, type DetailKind, type ProcurementForm } from './model/detail.ts'

/** 使用状况 (facts 2.4). */
export const stateLabels = {
  'in-use': '在用',
  idle: '闲置',
  repair: '待修',
  lent: '出借',
  leased: '出租',
  'in-warehouse': '入公物仓',
  'disposal-pending': '待处置',
  'disposal-approved': '已批复',
  missing: '盘亏待查',
  disposed: '已处置',
  replaced: '已拆并',
  withdrawn: '撤销登记',
} as const
export type AssetState = keyof typeof stateLabels
/** States of things that are there; the others are for good. */
export type PresentState = Exclude<AssetState, 'disposed' | 'replaced' | 'withdrawn'>
export const assetStates = Object.keys(stateLabels) as [AssetState, ...AssetState[]]
/** States that people set by hand; the others come with a procedure that ends in them. */
export const settableStates = ['in-use', 'idle', 'repair', 'lent', 'disposal-pending'] as const
/** States a change by hand leads to: what is lent goes out by a loan that somebody signs for. */
export const changeableStates = ['in-use', 'idle', 'repair', 'disposal-pending'] as const satisfies AssetState[]

/** On the page of a card, for modules that know more of the thing than its register. */
export const cardSlot = slot('assets.card', 'cardId')

/** On the page of supervision over the assets of a level, for the modules whose procedures move them. */
export const oversightSlot = slot('assets.oversight')

/** Procedures that hold a card while they run, one at a time. */
export const procedureLabels = {
  handover: '交接',
  loan: '借用',
  repair: '维修',
  disposal: '处置',
  intake: '入公物仓',
  count: '盘点更正',
} as const
export type Procedure = keyof typeof procedureLabels
export const procedures = Object.keys(procedureLabels) as [Procedure, ...Procedure[]]

/** Which procedure holds a card, since when, and where it is opened. */
export const Engagement = z.object({
  procedure: z.enum(procedures),
  recordId: z.uuid(),
  link: z.string(),
  engagedOn: z.string(),
})
export type Engagement = z.infer<typeof Engagement>

export const acquiringLabels = {
  purchase: '购置',
  'self-built': '自建',
  allotment: '调拨',
  transfer: '无偿划转',
  exchange: '置换',
  donation: '接受捐赠',
  surplus: '盘盈',
  other: '其他',
} as const
export type AcquiringWay = keyof typeof acquiringLabels
export const acquiringWays = Object.keys(acquiringLabels) as [AcquiringWay, ...AcquiringWay[]]

export const valueKindLabels = { cost: '原值', provisional: '暂估', nominal: '名义金额', none: '无价值' } as const
export type ValueKind = keyof typeof valueKindLabels
export const valueKinds = Object.keys(valueKindLabels) as [ValueKind, ...ValueKind[]]

export const eventKindLabels = {
  registered: '登记',
  details: '信息变更',
  value: '价值变动',
  place: '存放变动',
  custody: '保管变动',
  state: '状况变动',
  organ: '调拨',
  removed: '注销',
  split: '拆分',
  merged: '合并',
  formed: '拆并形成',
  withdrawn: '撤销登记',
} as const
export type EventKind = keyof typeof eventKindLabels
export const eventKinds = Object.keys(eventKindLabels) as [EventKind, ...EventKind[]]

/** A line of text: breaks are blanks, as in a cell of a workbook that holds the same. */
const text = (longest: number) => z.string().overwrite(oneLine).max(longest)
const Quantity = z.number().int('数量应为正整数。').min(1, '数量应为正整数。').max(1_000_000, '数量过大，请核对。')
/** A thing costs at most ten billion yuan; more is a slip of the pen. */
const Cost = FenSchema.max(1_000_000_000_000, '金额过大，请核对单位是否为元。')

/** Values of the fields of a class: texts, numbers, dates. */
export const Detail = z.record(z.string().max(40), z.union([text(200), z.number(), z.boolean(), z.null()]))
export type Detail = z.infer<typeof Detail>

/** What a card says of its thing: the part every event changes some of. */
export const CardFacts = z.object({
  organId: z.uuid(),
  jurisdictionCode: z.string(),
  number: text(60).min(1, '请填写资产编号。'),
  classCode: text(20),
  classEdition: ClassEdition,
  name: text(120).min(1, '请填写资产名称。'),
  model: text(200),
  serialNumber: text(100),
  unit: text(20).min(1, '请填写计量单位。'),
  quantity: Quantity,
  valueKind: z.enum(valueKinds),
  costFen: Cost,
  fiscalFen: Cost,
  otherFen: Cost,
  acquiredOn: LocalDateSchema,
  acquiredBy: z.enum(acquiringWays),
  bookedOn: LocalDateSchema,
  depreciationMonths: z.number().int().min(1).max(1200).nullable(),
  state: z.enum(assetStates),
  department: text(80),
  place: text(120),
  userName: text(40),
  custodianId: z.uuid().nullable(),
  custodianName: text(40),
  supplier: text(120),
  contractNumber: text(60),
  invoiceNumber: text(60),
  voucherNumber: text(60),
  warrantyUntil: LocalDateSchema.nullable(),
  inspectionDue: LocalDateSchema.nullable(),
  note: z.string().overwrite(lines).max(500),
  detail: Detail,
})
export type CardFacts = z.infer<typeof CardFacts>

/** What depreciation goes on from (rules/depreciation.ts). */
export const DepreciationBase = z.object({
  fen: z.number().int(),
  months: z.number().int().nullable(),
  /** Month `YYYY-MM` it goes on from. */
  inMonth: z.string(),
  beforeFen: z.number().int(),
  /** A month's charge where it is a share of what a whole was charged; null where it follows from the rest. */
  monthlyFen: z.number().int().nullable(),
})
export type DepreciationBase = Readonly<z.infer<typeof DepreciationBase>>

/** A card on a day: its facts, what its depreciation goes on from, since when it is held, and whether it is gone. */
export type CardState = Readonly<{
  facts: CardFacts
  base: DepreciationBase
  /** The day the present holder took it over or formed it by split or merge; null where it was registered there. */
  takenOverOn: string | null
  removedOn: string | null
}>

export const Card = CardFacts.extend({
  id: z.uuid(),
  organName: z.string(),
  className: z.string(),
  accumulatedFen: z.number().int(),
  netFen: z.number().int(),
  registeredOn: z.string(),
  removedOn: z.string().nullable(),
  version: z.number().int(),
})
export type Card = z.infer<typeof Card>

/** A row of the list: what a table shows. */
export const ListedCard = Card.pick({
  id: true,
  number: true,
  name: true,
  model: true,
  serialNumber: true,
  classCode: true,
  classEdition: true,
  className: true,
  organId: true,
  organName: true,
  unit: true,
  quantity: true,
  costFen: true,
  accumulatedFen: true,
  netFen: true,
  acquiredOn: true,
  state: true,
  department: true,
  place: true,
  custodianName: true,
  userName: true,
  warrantyUntil: true,
}).extend({
  /** The procedure that holds it; null where it is free for any. */
  engagement: Engagement.nullable(),
})
export type ListedCard = z.infer<typeof ListedCard>

/** Only what an event changes; `registered` has all facts. */
export const CardChanges = CardFacts.partial()
export type CardChanges = Partial<CardFacts>

export const CardEvent = z.object({
  id: z.number().int(),
  kind: z.enum(eventKinds),
  effectiveOn: z.string(),
  recordedAt: Instant,
  corrects: z.number().int().nullable(),
  changes: CardChanges,
  reason: z.string(),
  document: z.string(),
  personName: z.string(),
})
export type CardEvent = z.infer<typeof CardEvent>

export const regroupingLabels = { split: '拆分', merge: '合并' } as const
export type RegroupingKind = keyof typeof regroupingLabels

/** Cards that ended and cards that go on in their place, as they were on the day. */
const RegroupedCard = z.object({
  cardId: z.uuid(),
  number: z.string(),
  name: z.string(),
  unit: z.string(),
  quantity: z.number().int(),
  costFen: z.number().int(),
  accumulatedFen: z.number().int(),
})
export type RegroupedCard = z.infer<typeof RegroupedCard>
export const Regrouping = z.object({
  id: z.uuid(),
  kind: z.enum(Object.keys(regroupingLabels) as [RegroupingKind, ...RegroupingKind[]]),
  effectiveOn: z.string(),
  reason: z.string(),
  document: z.string(),
  recordedBy: z.string(),
  before: z.array(RegroupedCard),
  after: z.array(RegroupedCard),
})
export type Regrouping = z.infer<typeof Regrouping>

export const handoverStateLabels = {
  offered: '待接收',
  accepted: '已接收',
  declined: '已退回',
  withdrawn: '已撤回',
} as const
export type HandoverState = keyof typeof handoverStateLabels
export const handoverStates = Object.keys(handoverStateLabels) as [HandoverState, ...HandoverState[]]

export const Handover = z.object({
  id: z.uuid(),
  organId: z.uuid(),
  number: z.string(),
  state: z.enum(handoverStates),
  fromName: z.string(),
  toPersonId: z.uuid(),
  toName: z.string(),
  reason: z.string(),
  offeredOn: z.string(),
  offeredByName: z.string(),
  answeredOn: z.string().nullable(),
  answer: z.string().nullable(),
  caseId: z.uuid(),
  cards: z.number().int(),
  costFen: z.number().int(),
  version: z.number().int(),
})
export type Handover = z.infer<typeof Handover>

export const importStateLabels = {
  reading: '正在读取',
  read: '待确认',
  unreadable: '无法读取',
  applying: '正在导入',
  applied: '已导入',
  withdrawing: '正在撤销',
  withdrawn: '已撤销',
} as const
export type ImportState = keyof typeof importStateLabels

export const AssetImport = z.object({
  id: z.uuid(),
  fileName: z.string(),
  state: z.enum(Object.keys(importStateLabels) as [ImportState, ...ImportState[]]),
  problem: z.string().nullable(),
  rows: z.number().int(),
  badRows: z.number().int(),
  /** Rows that say what their cards say already. */
  sameRows: z.number().int(),
  problems: z.number().int(),
  skipped: z.array(z.object({ row: z.number().int(), reason: z.string(), text: z.string() })),
  unknownColumns: z.array(z.string()),
  appliedRows: z.number().int().nullable(),
  createdAt: Instant,
  createdBy: z.string(),
  runId: z.uuid().nullable(),
  version: z.number().int(),
  may: z.object({ apply: May, takeBack: May }),
})
export type AssetImport = z.infer<typeof AssetImport>

/** What is wrong with a cell of an imported workbook, at its address. */
export const ImportProblem = z.object({
  row: z.number().int(),
  sheet: z.string(),
  columnKey: z.string(),
  column: z.string(),
  title: z.string(),
  found: z.string(),
  code: z.string(),
  message: z.string(),
})
export type ImportProblem = z.infer<typeof ImportProblem>

export const DepreciationMonth = z.object({
  month: z.string(),
  cards: z.number().int(),
  chargedFen: z.number().int(),
  costFen: z.number().int(),
  accumulatedFen: z.number().int(),
  closedAt: Instant,
  closedBy: z.string(),
})
export type DepreciationMonth = z.infer<typeof DepreciationMonth>

export const SavedFilter = z.object({ id: z.uuid(), name: z.string(), filter: z.record(z.string(), z.string()) })

/** A code as people call it: the number they read, or the label whose signs say nothing to them. */
export const codeText = (code: string): string =>
  labelledId(code) === null ? `编号“${code.trim()}”` : '这个标签的资产'

/** The code printed on a label: `YB` and the card's id without its hyphens. */
export function labelledId(code: string): string | null {
  const hex = /^YB([0-9A-F]{32})$/i.exec(code.trim())?.[1]?.toLowerCase()
  return hex ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null
}
