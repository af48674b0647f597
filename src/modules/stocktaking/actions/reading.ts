import { holdsAny } from '#kernel/pure/actor.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { attachmentById, attachmentsOf, openAttachment, type AttachmentRow } from '#kernel/server/attachments.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import type { contract } from '../contract.ts'
import { counterRoles, listScope } from '../policy.ts'
import { countsOfCounter, countsPage, type CountRow } from '../store/count.ts'
import { differencesPage } from '../store/difference.ts'
import { itemOf, itemsPage } from '../store/item.ts'
import { markById, marksOf } from '../store/mark.ts'
import { placesPage } from '../store/progress.ts'
import { countToCount, ownOrgan, seenCount } from './access.ts'
import { countView, shown } from './view.ts'

type ReadingActions = Pick<
  ActionsOf<typeof contract>,
  'counts' | 'myCounts' | 'viewCount' | 'places' | 'items' | 'viewItem' | 'differences' | 'photo'
>

export const markSubject = (markId: string) => ({ kind: 'stocktaking.mark', id: markId })

export const readingActions: ReadingActions = {
  async counts(ctx) {
    ownOrgan(ctx)
    const { state, year, after, limit } = ctx.input
    const scope = listScope(ctx.actor)
    if (scope === null) return { items: [], next: null, total: 0 }
    const rows = await countsPage(ctx.tx, { ...scope, state, year }, after, limit + 1)
    return pageFrom(rows.map(shown), limit)
  },

  async myCounts({ tx, actor }) {
    if (actor.organ === null || actor.personId === null || !holdsAny(actor, counterRoles)) return { items: [] }
    return { items: (await countsOfCounter(tx, actor.organ.id, actor.personId)).map(shown) }
  },

  async viewCount(ctx) {
    return countView(ctx, (await countToCount(ctx, ctx.input.countId)).row)
  },

  async places(ctx) {
    const { row } = await countToCount(ctx, ctx.input.countId)
    const { text, after, limit } = ctx.input
    const rows = await placesPage(ctx.tx, row.id, { text, after, limit: limit + 1 })
    return pageFrom(rows, limit, ({ place }) => place)
  },

  async items(ctx) {
    const { row } = await countToCount(ctx, ctx.input.countId)
    const { place, placePrefix, text, which, after, limit } = ctx.input
    const filter = { place, placePrefix, text, which }
    const { rows, total } = await itemsPage(ctx.tx, row.id, filter, { after, limit: limit + 1 })
    return { ...pageFrom(rows, limit, ({ cardId }) => cardId), total }
  },

  async viewItem(ctx) {
    const { row } = await countToCount(ctx, ctx.input.countId)
    return itemView(ctx, row, ctx.input.cardId)
  },

  async differences(ctx) {
    const row = await seenCount(ctx, ctx.input.countId)
    const { result, open, after, limit } = ctx.input
    const rows = await differencesPage(ctx.tx, row.id, { result, open }, after, limit + 1)
    return pageFrom(rows, limit)
  },

  async photo(ctx) {
    const { row } = await countToCount(ctx, ctx.input.countId)
    const file = found(await attachmentById(ctx.tx, ctx.input.photoId), '照片')
    const mark = file.subjectKind === markSubject('').kind ? await markById(ctx.tx, row.id, file.subjectId) : undefined
    if (!mark) throw new Missing('照片')
    return openAttachment(ctx, file)
  },
}

/** One thing of the list with everything that was said of it. */
export async function itemView(act: Act, row: CountRow, cardId: string) {
  const item = await itemOf(act.tx, row.id, cardId)
  const marks = await marksOf(act.tx, row.id, [cardId])
  const photos = await Promise.all(marks.map(({ id }) => photosOf(act, id)))
  return { item: found(item, '盘点清单中的资产'), marks, photos: photos.flat() }
}

export async function photosOf(act: Act, markId: string) {
  return (await attachmentsOf(act.tx, markSubject(markId))).map(photoView)
}

export const photoView = ({ id, subjectId, fileName, mediaType, uploadedByName, uploadedAt }: AttachmentRow) => ({
  id,
  markId: subjectId,
  fileName,
  mediaType,
  uploadedByName,
  uploadedAt,
})
