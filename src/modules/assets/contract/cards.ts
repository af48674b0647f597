import { z } from 'zod'
import {
  FenSchema,
  FileOutput,
  Instant,
  pageInput,
  pageOf,
  UploadedFile,
  type OperationDeclaration,
} from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { CustomField } from '../model/custom-field.ts'
import { labelPaperNames } from '../model/label.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import {
  assetStates,
  Card,
  CardEvent,
  CardFacts,
  changeableStates,
  ClassEdition,
  DepreciationBase,
  Detail,
  Engagement,
  ListedCard,
  Regrouping,
  SavedFilter,
  settableStates,
} from '../model.ts'

export const cardSortNames = [
  'newest',
  'number',
  '-number',
  'costFen',
  '-costFen',
  'acquiredOn',
  '-acquiredOn',
] as const

const word = z.string().trim().min(1).max(60)
export const cardFilter = {
  /** Fragments of name, code, serial number, place, person; all must be there. */
  text: z.string().max(100).optional(),
  organId: z.uuid().optional(),
  classPrefix: z
    .string()
    .regex(/^A\d{0,14}$/, '分类代码应以A开头，后接数字。')
    .optional(),
  state: z.enum(assetStates).optional(),
  custodian: word.optional(),
  department: word.optional(),
  place: word.optional(),
  costFromFen: z.coerce.number().pipe(FenSchema).optional(),
  costToFen: z.coerce.number().pipe(FenSchema).optional(),
  acquiredFrom: LocalDateSchema.optional(),
  acquiredTo: LocalDateSchema.optional(),
  warrantyFrom: LocalDateSchema.optional(),
  warrantyUntil: LocalDateSchema.optional(),
  /** Held by a procedure, or free for any. */
  engaged: z.enum(['true', 'false']).optional(),
  /** A custom field that has a value; with `fieldText`, that value (of a text: a part of it). */
  field: z.uuid().optional(),
  fieldText: word.optional(),
}

/** What a clerk enters of a new card; the rest follows or has its usual value. */
export const NewCard = CardFacts.omit({
  organId: true,
  jurisdictionCode: true,
  otherFen: true,
  custodianId: true,
}).extend({
  /** Given by the system when left out. */
  number: z.string().trim().max(60).default(''),
  classEdition: ClassEdition.default('2022'),
  unit: z.string().trim().max(20).default(''),
  quantity: CardFacts.shape.quantity.default(1),
  valueKind: CardFacts.shape.valueKind.default('cost'),
  /** All of the cost when left out. */
  fiscalFen: CardFacts.shape.fiscalFen.optional(),
  acquiredBy: CardFacts.shape.acquiredBy.default('purchase'),
  /** The day it was acquired when left out. */
  bookedOn: LocalDateSchema.optional(),
  /** The least of its class when left out. */
  depreciationMonths: CardFacts.shape.depreciationMonths.optional(),
  state: z.enum(settableStates).default('in-use'),
  model: CardFacts.shape.model.default(''),
  serialNumber: CardFacts.shape.serialNumber.default(''),
  department: CardFacts.shape.department.default(''),
  place: CardFacts.shape.place.default(''),
  userName: CardFacts.shape.userName.default(''),
  custodianName: CardFacts.shape.custodianName.default(''),
  supplier: CardFacts.shape.supplier.default(''),
  contractNumber: CardFacts.shape.contractNumber.default(''),
  invoiceNumber: CardFacts.shape.invoiceNumber.default(''),
  voucherNumber: CardFacts.shape.voucherNumber.default(''),
  warrantyUntil: LocalDateSchema.nullable().default(null),
  inspectionDue: LocalDateSchema.nullable().default(null),
  note: CardFacts.shape.note.default(''),
  detail: Detail.default({}),
})

const CardFile = z.object({
  id: z.uuid(),
  fileName: z.string(),
  sizeBytes: z.number(),
  mediaType: z.string(),
  uploadedByName: z.string(),
  uploadedAt: Instant,
  mine: z.boolean(),
})

export const CardView = z.object({
  card: Card,
  findings: z.array(Finding),
  events: z.array(CardEvent),
  holders: z.array(
    z.object({ organName: z.string(), custodianName: z.string(), from: z.string(), until: z.string().nullable() }),
  ),
  schedule: z.array(
    z.object({ year: z.string(), chargedFen: z.number(), accumulatedFen: z.number(), netFen: z.number() }),
  ),
  charges: z.array(z.object({ month: z.string(), chargedFen: z.number(), accumulatedFen: z.number() })),
  files: z.array(CardFile),
  /** The procedure the card is in; null when in none. */
  engagement: Engagement.nullable(),
  /** Custom fields of its class, and retired ones it has values of, by the words they had last. */
  customFields: z.array(CustomField),
  /** What depreciation goes on from, for the table by month. */
  base: DepreciationBase,
  /** How the card came to be and how it ended, where that was by split or merge. */
  regroupings: z.object({ formed: Regrouping.nullable(), ended: Regrouping.nullable() }),
  /** First open month of the organ; what is corrected of earlier months is charged in it. */
  openMonth: z.string().nullable(),
  may: z.object({ change: May, handOver: May, regroup: May }),
})

const reason = z.string().trim().min(1, '请填写原因。').max(500)
const document = z.string().trim().max(200).default('')

export const cardOperations = {
  cards: {
    method: 'GET',
    path: '/cards',
    summary: '资产卡片列表',
    input: z.object({ ...cardFilter, sort: z.enum(cardSortNames).default('newest'), ...pageInput }),
    output: pageOf(ListedCard),
  },
  exportCards: {
    method: 'GET',
    path: '/cards/export',
    summary: '导出资产卡片',
    kind: 'download',
    input: z.object(cardFilter),
    output: FileOutput,
  },
  /** By a scanned or typed code: the code of a label, a number, or a serial number. */
  findCard: {
    method: 'GET',
    path: '/cards/find',
    summary: '扫码或按编号查找资产',
    input: z.object({ code: z.string().trim().min(1, '请输入编号。').max(100) }),
    output: z.object({ cardId: z.uuid() }),
  },
  myCards: {
    method: 'GET',
    personal: true,
    path: '/cards/mine',
    summary: '本人保管的资产',
    input: z.object({}),
    output: z.object({ items: z.array(ListedCard) }),
  },
  viewCard: {
    method: 'GET',
    path: '/cards/:cardId',
    summary: '查看资产卡片',
    input: z.object({ cardId: z.uuid() }),
    output: CardView,
  },
  /** As it was on a day; with `knownOn`, as it was known at the end of that day. */
  cardOn: {
    method: 'GET',
    path: '/cards/:cardId/state',
    summary: '查看资产卡片某日的状态',
    input: z.object({ cardId: z.uuid(), on: LocalDateSchema, knownOn: LocalDateSchema.optional() }),
    output: z.object({
      /** Null before it was in the books. */
      facts: CardFacts.nullable(),
      removedOn: z.string().nullable(),
      accumulatedFen: z.number().int(),
      netFen: z.number().int(),
    }),
  },
  registerCard: {
    method: 'POST',
    path: '/cards',
    summary: '登记资产卡片',
    input: NewCard,
    output: CardView,
  },
  /** Moves, gives into care, changes the state of one card or of many at once: an event of each kind that changes something. */
  changeCards: {
    method: 'POST',
    path: '/cards/changes',
    summary: '变更资产卡片（可批量）',
    input: z.object({
      cardIds: z.array(z.uuid()).min(1, '请选择资产。').max(500, '一次最多变更500张卡片。'),
      effectiveOn: LocalDateSchema,
      reason,
      department: CardFacts.shape.department.optional(),
      place: CardFacts.shape.place.optional(),
      userName: CardFacts.shape.userName.optional(),
      custodianName: CardFacts.shape.custodianName.optional(),
      state: z.enum(changeableStates).optional(),
      /** Values of custom fields by their id. */
      custom: Detail.optional(),
    }),
    output: z.object({ changed: z.number().int(), unchanged: z.number().int() }),
  },
  changeDetails: {
    method: 'PUT',
    path: '/cards/:cardId/details',
    summary: '变更资产信息',
    input: z.object({
      cardId: z.uuid(),
      version: z.number().int(),
      effectiveOn: LocalDateSchema,
      reason,
      name: CardFacts.shape.name,
      model: CardFacts.shape.model,
      serialNumber: CardFacts.shape.serialNumber,
      supplier: CardFacts.shape.supplier,
      contractNumber: CardFacts.shape.contractNumber,
      invoiceNumber: CardFacts.shape.invoiceNumber,
      voucherNumber: CardFacts.shape.voucherNumber,
      warrantyUntil: CardFacts.shape.warrantyUntil,
      inspectionDue: CardFacts.shape.inspectionDue,
      note: CardFacts.shape.note,
      detail: Detail,
    }),
    output: CardView,
  },
  changeValue: {
    method: 'PUT',
    path: '/cards/:cardId/value',
    summary: '变更资产价值',
    input: z.object({
      cardId: z.uuid(),
      version: z.number().int(),
      effectiveOn: LocalDateSchema,
      reason,
      document,
      costFen: CardFacts.shape.costFen,
      fiscalFen: CardFacts.shape.fiscalFen,
      depreciationMonths: CardFacts.shape.depreciationMonths,
    }),
    output: CardView,
  },
  /** A wrong or late entry put right by a further event; the one it corrects stays. */
  correctEvent: {
    method: 'POST',
    path: '/cards/:cardId/corrections',
    summary: '更正资产卡片的变动',
    input: z.object({
      cardId: z.uuid(),
      version: z.number().int(),
      eventId: z.number().int(),
      effectiveOn: LocalDateSchema,
      reason,
      changes: CardFacts.omit({ organId: true, jurisdictionCode: true, number: true, custodianId: true }).partial(),
    }),
    output: CardView,
  },
  attachCardFile: {
    method: 'POST',
    path: '/cards/:cardId/files',
    summary: '上传资产照片或单据',
    kind: 'upload',
    input: z.object({ cardId: z.uuid(), file: UploadedFile }),
    output: CardFile,
  },
  cardFile: {
    method: 'GET',
    path: '/cards/:cardId/files/:fileId',
    summary: '下载资产照片或单据',
    kind: 'download',
    input: z.object({ cardId: z.uuid(), fileId: z.uuid() }),
    output: FileOutput,
  },
  removeCardFile: {
    method: 'POST',
    path: '/cards/:cardId/files/:fileId/removal',
    summary: '移除资产照片或单据',
    input: z.object({ cardId: z.uuid(), fileId: z.uuid(), reason }),
    output: z.object({}),
  },
  /** Labels with a code to scan, in the order of the numbers, on the paper that is in the printer. */
  labels: {
    method: 'GET',
    path: '/labels',
    summary: '打印资产标签',
    kind: 'download',
    input: z.object({
      cardIds: z
        .union([z.array(z.uuid()), z.uuid().transform((id) => [id])])
        .refine((ids) => ids.length > 0 && ids.length <= 120, '一次打印1至120张标签。'),
      paper: z.enum(labelPaperNames).default('a4-24'),
      /** Places of the first sheet that were used before. */
      skip: z.coerce.number().int().min(0).max(39).default(0),
    }),
    output: FileOutput,
  },
  filters: {
    method: 'GET',
    personal: true,
    path: '/filters',
    summary: '本人保存的筛选',
    input: z.object({}),
    output: z.object({ items: z.array(SavedFilter) }),
  },
  saveFilter: {
    method: 'POST',
    personal: true,
    path: '/filters',
    summary: '保存筛选',
    input: z.object({
      name: z.string().trim().min(1, '请填写名称。').max(30),
      filter: z.record(z.string().max(40), z.string().max(100)),
    }),
    output: SavedFilter,
  },
  removeFilter: {
    method: 'DELETE',
    personal: true,
    path: '/filters/:filterId',
    summary: '删除保存的筛选',
    input: z.object({ filterId: z.uuid() }),
    output: z.object({}),
  },
} as const satisfies Record<string, OperationDeclaration>
