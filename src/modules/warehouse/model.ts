import { z } from 'zod'
import { ClassEdition } from '#modules/assets/model.ts'

/** What makes a thing go into the warehouse (facts 3.2: G1–G7). */
export const triggerLabels = {
  G1: '闲置满半年',
  G2: '超标准配置',
  G3: '临时机构、工作专班撤销',
  G4: '会议活动结束',
  G5: '机构合并、撤销、搬迁',
  G6: '申请报废但仍可使用或修复',
  G7: '捐赠、罚没等按规定入仓',
} as const
export type Trigger = keyof typeof triggerLabels
export const triggers = Object.keys(triggerLabels) as [Trigger, ...Trigger[]]

/** Grades of appraisal 鉴定等级 (facts 3.2). */
export const grades = ['A', 'B', 'C', 'D'] as const
export const Grade = z.enum(grades)
export type Grade = z.infer<typeof Grade>
export const gradeLabels: Record<Grade, string> = { A: 'A 可直接使用', B: 'B 轻修', C: 'C 大修', D: 'D 处置' }

export const storeKindLabels = { physical: '实体仓', virtual: '虚拟仓' } as const
export type StoreKind = keyof typeof storeKindLabels
export const storeKinds = Object.keys(storeKindLabels) as [StoreKind, ...StoreKind[]]

export const intakeStateLabels = {
  called: '待移交',
  applied: '待审核',
  returned: '待补正',
  appraising: '待验收鉴定',
  received: '已入仓',
  refused: '不予入仓',
  withdrawn: '已撤回',
} as const
export type IntakeState = keyof typeof intakeStateLabels
export const intakeStates = Object.keys(intakeStateLabels) as [IntakeState, ...IntakeState[]]

export const itemStateLabels = {
  applied: '申请入仓',
  repair: '待修',
  available: '在架',
  lent: '借出',
  allotted: '已调拨',
  disposal: '待处置',
  'not-taken': '未入仓',
} as const
export type ItemState = keyof typeof itemStateLabels
export const itemStates = Object.keys(itemStateLabels) as [ItemState, ...ItemState[]]
/** What every organ of the level may look at. */
export const catalogueStates = ['available', 'repair', 'lent'] as const satisfies readonly ItemState[]

export const requestKindLabels = { loan: '借用', allotment: '调拨' } as const
export type RequestKind = keyof typeof requestKindLabels
export const requestKinds = Object.keys(requestKindLabels) as [RequestKind, ...RequestKind[]]

/** In the order in which things are given out (`warehouse.allotment-order`); ties by date. */
export const purposeLabels = {
  emergency: '应急',
  'temporary-body': '临时机构、会议活动',
  shortage: '按标准证明的短缺',
  replacement: '更新替换',
} as const
export type Purpose = keyof typeof purposeLabels
export const purposes = Object.keys(purposeLabels) as [Purpose, ...Purpose[]]

export const requestStateLabels = {
  applied: '待审核',
  consenting: '待财政同意',
  approved: '待领取签收',
  lent: '借用中',
  renewing: '续借待审',
  returning: '归还待验收',
  returned: '已归还',
  done: '已调拨',
  refused: '未同意',
  withdrawn: '已撤回',
} as const
export type RequestState = keyof typeof requestStateLabels
export const requestStates = Object.keys(requestStateLabels) as [RequestState, ...RequestState[]]

export const Store = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(storeKinds),
  address: z.string(),
  openedOn: z.string(),
  items: z.number().int(),
})
export type Store = z.infer<typeof Store>

/** Who holds a thing: an organ by name, until a day or while its request is open. */
export const Hold = z.object({ organName: z.string(), until: z.string().nullable(), requested: z.boolean() })
export type Hold = z.infer<typeof Hold>

export const Item = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  name: z.string(),
  model: z.string(),
  classCode: z.string(),
  classEdition: ClassEdition,
  className: z.string(),
  itemCode: z.string().nullable(),
  unit: z.string(),
  quantity: z.number().int(),
  costFen: z.number().int(),
  netFen: z.number().int(),
  acquiredOn: z.string(),
  /** Whole months of its least life that are left; null where the standards set none. */
  remainingMonths: z.number().int().nullable(),
  state: z.enum(itemStates),
  grade: Grade.nullable(),
  appraisedGrade: Grade.nullable(),
  /** Still to be spent on it; 0 once it is repaired. */
  repairFen: z.number().int(),
  replacementFen: z.number().int(),
  transportFen: z.number().int(),
  unsafe: z.boolean(),
  appraisalNote: z.string(),
  appraisedOn: z.string().nullable(),
  appraisedByName: z.string(),
  repairApprovedByName: z.string(),
  repairedOn: z.string().nullable(),
  repairSpentFen: z.number().int(),
  storeName: z.string().nullable(),
  storeKind: z.enum(storeKinds).nullable(),
  storeId: z.uuid().nullable(),
  place: z.string(),
  ownerName: z.string(),
  hasPhoto: z.boolean(),
  takenOn: z.string().nullable(),
  leftOn: z.string().nullable(),
  outOrganName: z.string(),
  outDueOn: z.string().nullable(),
  hold: Hold.nullable(),
  version: z.number().int(),
})
export type Item = z.infer<typeof Item>

export const Intake = z.object({
  id: z.uuid(),
  number: z.string(),
  organName: z.string(),
  trigger: z.enum(triggers),
  triggeredOn: z.string(),
  dueOn: z.string().nullable(),
  bodyName: z.string(),
  reason: z.string(),
  /** The authority called for it. */
  called: z.boolean(),
  state: z.enum(intakeStates),
  caseId: z.uuid(),
  appliedOn: z.string(),
  receivedOn: z.string().nullable(),
  handedByName: z.string(),
  receiverName: z.string(),
  items: z.number().int(),
  costFen: z.number().int(),
  version: z.number().int(),
})
export type Intake = z.infer<typeof Intake>

export const Request = z.object({
  id: z.uuid(),
  number: z.string(),
  organName: z.string(),
  kind: z.enum(requestKinds),
  purpose: z.enum(purposes),
  reason: z.string(),
  document: z.string(),
  dueOn: z.string().nullable(),
  eventEndsOn: z.string().nullable(),
  /** Temporary body or event it is for. */
  bodyId: z.uuid().nullable(),
  renewalUntil: z.string().nullable(),
  renewed: z.boolean(),
  insteadOfPurchase: z.boolean(),
  state: z.enum(requestStates),
  caseId: z.uuid(),
  appliedOn: z.string(),
  approvedOn: z.string().nullable(),
  consentDocument: z.string(),
  consentedOn: z.string().nullable(),
  signedOn: z.string().nullable(),
  signedByName: z.string(),
  closedOn: z.string().nullable(),
  items: z.number().int(),
  costFen: z.number().int(),
  savedFen: z.number().int(),
  version: z.number().int(),
})
export type Request = z.infer<typeof Request>

export const RequestedItem = z.object({
  itemId: z.uuid(),
  /** For who runs the warehouse, who scans the label of the thing; null for others. */
  cardId: z.uuid().nullable(),
  number: z.string().nullable(),
  name: z.string(),
  model: z.string(),
  quantity: z.number().int(),
  unit: z.string(),
  costFen: z.number().int(),
  place: z.string(),
  state: z.enum(['asked', 'dropped', 'out', 'returned']),
  outGrade: Grade.nullable(),
  backGrade: Grade.nullable(),
  backNote: z.string(),
  backOn: z.string().nullable(),
  savedFen: z.number().int().nullable(),
})
export type RequestedItem = z.infer<typeof RequestedItem>
