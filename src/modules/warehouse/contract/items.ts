import { z } from 'zod'
import {
  FenSchema,
  FileOutput,
  pageInputById,
  pageOf,
  queryBoolean,
  UploadedFile,
  type OperationDeclaration,
} from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { Grade, Item, itemStates, Store, storeKinds } from '../model.ts'

const step = { itemId: z.uuid(), version: z.number().int() }
const note = z.string().trim().max(300)
/** Repair or replacement of one thing: more than ten million yuan is a slip of the pen. */
const Cost = FenSchema.max(1_000_000_000, '金额过大，请核对单位是否为元。')

export const itemFilter = {
  /** Words of name, model, number, place; all must be there. */
  text: z.string().trim().max(60).optional(),
  state: z.enum(itemStates).optional(),
  itemCode: z.string().max(60).optional(),
  classPrefix: z
    .string()
    .regex(/^A\d{0,14}$/, '分类代码应以A开头，后接数字。')
    .optional(),
  grade: Grade.optional(),
  storeId: z.uuid().optional(),
  /** On the shelf for long: offered to the levels below, or to be disposed of. */
  stay: z.enum(['second-round', 'disposal-list']).optional(),
  /** On the shelf and held by nobody. */
  free: queryBoolean.optional(),
  /** Reserved or asked for by the own organ. */
  mine: queryBoolean.optional(),
}

export const ItemView = z.object({
  item: Item,
  /** For who may see the card; null for others. */
  cardId: z.uuid().nullable(),
  /** For who may see the intake. */
  intakeId: z.uuid().nullable(),
  /** The own organ holds it. */
  mine: z.boolean(),
  findings: z.array(Finding),
  may: z.object({
    reserve: May,
    release: May,
    photograph: May,
    appraise: May,
    approveRepair: May,
    finishRepair: May,
    dispose: May,
  }),
})

export const itemOperations = {
  stores: {
    method: 'GET',
    path: '/stores',
    summary: '公物仓仓库',
    input: z.object({}),
    output: z.object({ items: z.array(Store), may: z.object({ add: May }) }),
  },
  addStore: {
    method: 'POST',
    path: '/stores',
    summary: '设立仓库',
    input: z.object({
      name: z.string().trim().min(1, '请填写仓库名称。').max(60),
      kind: z.enum(storeKinds),
      address: z.string().trim().max(120).default(''),
    }),
    output: Store,
  },
  items: {
    method: 'GET',
    path: '/items',
    summary: '公物仓目录',
    input: z.object({ ...itemFilter, ...pageInputById }),
    output: pageOf(Item),
  },
  viewItem: {
    method: 'GET',
    path: '/items/:itemId',
    summary: '查看公物仓物品',
    input: z.object({ itemId: z.uuid() }),
    output: ItemView,
  },
  photo: {
    method: 'GET',
    path: '/items/:itemId/photo',
    summary: '公物仓物品照片',
    kind: 'download',
    input: z.object({ itemId: z.uuid() }),
    output: FileOutput,
  },
  attachPhoto: {
    method: 'POST',
    path: '/items/:itemId/photo',
    summary: '上传公物仓物品照片',
    kind: 'upload',
    input: z.object({ itemId: z.uuid(), file: UploadedFile }),
    output: ItemView,
  },
  appraiseItem: {
    method: 'PUT',
    path: '/items/:itemId/appraisal',
    summary: '鉴定入仓物品',
    input: z.object({
      ...step,
      repairFen: Cost,
      replacementFen: Cost.min(1, '请填写重置价。'),
      transportFen: Cost.default(0),
      unsafe: z.boolean().default(false),
      note: note.default(''),
      storeId: z.uuid(),
      place: z.string().trim().max(120).default(''),
    }),
    output: ItemView,
  },
  approveRepair: {
    method: 'POST',
    path: '/items/:itemId/repair-approval',
    summary: '批准大修',
    input: z.object({ ...step, opinion: note.optional() }),
    output: ItemView,
  },
  finishRepair: {
    method: 'POST',
    path: '/items/:itemId/repair',
    summary: '登记修复结果',
    input: z.object({
      ...step,
      spentFen: Cost,
      repairedOn: LocalDateSchema,
      /** Whether it can be used again; what cannot goes to disposal. */
      usable: z.boolean(),
      note: note.default(''),
    }),
    output: ItemView,
  },
  reserveItem: {
    method: 'POST',
    path: '/items/:itemId/reservation',
    summary: '预约公物仓物品',
    input: z.object({ ...step, reason: z.string().trim().min(1, '请填写用途。').max(200) }),
    output: ItemView,
  },
  releaseItem: {
    method: 'POST',
    path: '/items/:itemId/release',
    summary: '取消预约',
    input: z.object({ itemId: z.uuid() }),
    output: ItemView,
  },
  sendToDisposal: {
    method: 'POST',
    path: '/items/:itemId/disposal',
    summary: '公物仓物品转入待处置',
    input: z.object({ ...step, reason: z.string().trim().min(1, '请填写原因。').max(300) }),
    output: ItemView,
  },
} as const satisfies Record<string, OperationDeclaration>
