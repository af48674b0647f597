import { z } from 'zod'
import {
  FileOutput,
  Instant,
  pageInput,
  pageInputById,
  pageOf,
  queryBoolean,
  UploadedFile,
  type OperationDeclaration,
} from '#kernel/pure/contract.ts'
import { Found, Item, Mark, results, SurplusThing } from '../model.ts'

const text = (longest: number) => z.string().trim().max(longest)

/** What was said of one thing, with the id it got where it was counted: sent again, it is the same mark. */
export const GivenMark = z.object({
  id: z.uuid(),
  cardId: z.uuid().optional(),
  /** Number, serial number or label of a thing that was not on the list at hand. */
  code: text(100).optional(),
  result: z.enum(results),
  found: Found.default({}),
  thing: SurplusThing.nullable().default(null),
  remark: text(300).default(''),
  countedAt: z.iso.datetime({ offset: true }),
})
export type GivenMark = z.input<typeof GivenMark>

/** What became of a mark: `kept`, `known` when it came before, or why it was not taken. */
export const MarkAnswer = z.object({
  id: z.uuid(),
  taken: z.enum(['kept', 'known', 'refused']),
  cardId: z.uuid().nullable(),
  /** What stands now differs from somebody else's finding. */
  disputed: z.boolean(),
  reason: z.string(),
})

const Photo = z.object({
  id: z.uuid(),
  markId: z.uuid(),
  fileName: z.string(),
  mediaType: z.string(),
  uploadedByName: z.string(),
  uploadedAt: Instant,
})

export const itemFilters = ['open', 'disputed', 'differing', 'same'] as const

export const countingOperations = {
  places: {
    method: 'GET',
    path: '/counts/:countId/places',
    summary: '按存放地点查看盘点进度',
    input: z.object({ countId: z.uuid(), text: text(120).optional(), ...pageInput }),
    output: pageOf(
      z.object({
        place: z.string(),
        items: z.number().int(),
        counted: z.number().int(),
        disputed: z.number().int(),
        differing: z.number().int(),
      }),
    ),
  },
  items: {
    method: 'GET',
    path: '/counts/:countId/items',
    summary: '盘点清单',
    input: z.object({
      countId: z.uuid(),
      /** Exactly this place. */
      place: text(120).optional(),
      /** Places that begin so: a floor, a building. */
      placePrefix: text(120).optional(),
      /** Fragment of name, number, serial number. */
      text: text(100).optional(),
      which: z.enum(itemFilters).optional(),
      ...pageInputById,
    }),
    output: pageOf(Item),
  },
  viewItem: {
    method: 'GET',
    path: '/counts/:countId/items/:cardId',
    summary: '查看一项资产的盘点记录',
    input: z.object({ countId: z.uuid(), cardId: z.uuid() }),
    output: z.object({ item: Item, marks: z.array(Mark), photos: z.array(Photo) }),
  },
  recordMarks: {
    method: 'POST',
    personal: true,
    path: '/counts/:countId/marks',
    summary: '登记盘点结果',
    input: z.object({
      countId: z.uuid(),
      /** Who counted, where it was kept on a phone: taken from that person alone. */
      countedBy: z.uuid().optional(),
      marks: z.array(GivenMark).min(1, '没有盘点结果。').max(200, '一次最多登记200项。'),
    }),
    output: z.object({ answers: z.array(MarkAnswer) }),
  },
  settleItem: {
    method: 'POST',
    path: '/counts/:countId/items/:cardId/settlement',
    summary: '确定以哪一个盘点结果为准',
    input: z.object({
      countId: z.uuid(),
      cardId: z.uuid(),
      /** The finding that stands. */
      markId: z.uuid(),
      reason: text(300).min(1, '请写明核对情况。'),
    }),
    output: z.object({ item: Item, marks: z.array(Mark), photos: z.array(Photo) }),
  },
  attachPhoto: {
    method: 'POST',
    personal: true,
    kind: 'upload',
    path: '/counts/:countId/marks/:markId/photos',
    summary: '上传盘点照片',
    input: z.object({
      countId: z.uuid(),
      markId: z.uuid(),
      /** It goes to the files of the card as well. */
      forCard: queryBoolean.default(false),
      file: UploadedFile,
    }),
    output: Photo,
  },
  photo: {
    method: 'GET',
    kind: 'download',
    path: '/counts/:countId/photos/:photoId',
    summary: '下载盘点照片',
    input: z.object({ countId: z.uuid(), photoId: z.uuid() }),
    output: FileOutput,
  },
} as const satisfies Record<string, OperationDeclaration>
