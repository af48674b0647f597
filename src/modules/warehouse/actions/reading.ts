import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { keepAttachment } from '#kernel/server/attachments.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can } from '../policy.ts'
import { changeItems, countItems, itemsPage, type ItemFilter } from '../store/item.ts'
import { insertStore, storesOf } from '../store/place.ts'
import { insistCatalogue, itemShown, longWaiting, ownOrgan, seenItem } from './access.ts'
import { itemView } from './item-view.ts'

type ReadingActions = Pick<
  ActionsOf<typeof contract>,
  'stores' | 'addStore' | 'items' | 'viewItem' | 'photo' | 'attachPhoto'
>

export const readingActions: ReadingActions = {
  async stores(ctx) {
    const organ = ownOrgan(ctx)
    return {
      items: await storesOf(ctx.tx, organ.jurisdictionCode),
      may: { add: mayOf(can.runWarehouse(ctx.actor, organ)) },
    }
  },

  async addStore(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.runWarehouse(ctx.actor, organ))
    const store = { id: newId(), jurisdictionCode: organ.jurisdictionCode, openedOn: ctx.today, ...ctx.input }
    insist(
      provided(secrecyMarkIn(`${store.name} ${store.address}`) === null, {
        code: 'A44-1',
        message: '仓库名称、地址带有密级标志。本系统为非涉密系统。',
        basis: law.secrecy,
      }),
    )
    if (!(await insertStore(ctx.tx, store))) throw new Conflict('仓库', `已有名为“${store.name}”的仓库。请换一个名称。`)
    await record(ctx, 'warehouse.store-opened', {
      subject: { kind: 'warehouse.store', id: store.id },
      organId: organ.id,
      after: ctx.input,
    })
    const { jurisdictionCode: _, ...shown } = store
    return { ...shown, items: 0 }
  },

  /** What is on the shelf, in repair or lent, for every office of the level; what is gone, for who reads the level. */
  async items(ctx) {
    const organ = ownOrgan(ctx)
    insistCatalogue(ctx.actor, organ.jurisdictionCode)
    const { after, limit, mine, stay, ...wanted } = ctx.input
    const waitingSince = stay === undefined ? undefined : await longWaiting(ctx, organ.jurisdictionCode, stay)
    const filter: ItemFilter = {
      ...wanted,
      waitingSince,
      jurisdictionCode: organ.jurisdictionCode,
      today: ctx.today,
      ...(mine ? { heldBy: organ.id } : {}),
    }
    const rows = await itemsPage(ctx.tx, filter, after, limit + 1)
    const page = pageFrom(rows, limit)
    const total = after !== undefined ? null : rows.length <= limit ? rows.length : await countItems(ctx.tx, filter)
    return {
      ...page,
      items: page.items.map((row) => itemShown(row, ctx.today)),
      total: total !== null && total > 10_000 ? null : total,
    }
  },

  async viewItem(ctx) {
    return itemView(ctx, await seenItem(ctx, ctx.input.itemId))
  },

  async photo(ctx) {
    const item = await seenItem(ctx, ctx.input.itemId)
    const sha256 = found(item.photoSha256, '照片')
    return {
      fileName: item.photoName ?? '照片',
      mediaType: item.photoMediaType ?? 'application/octet-stream',
      body: await ctx.files.read(sha256),
    }
  },

  /** The last one is shown; those before it stay with the record. */
  async attachPhoto(ctx) {
    const item = await seenItem(ctx, ctx.input.itemId)
    permit(can.photograph(ctx.actor, item))
    const { file } = ctx.input
    insist(
      allOf(
        provided(secrecyMarkIn(file.fileName) === null, {
          code: 'A44-1',
          message: '文件名带有密级标志。本系统为非涉密系统，不得上传涉密文件。',
          basis: law.secrecy,
        }),
        provided(file.mediaType.startsWith('image/'), {
          code: 'not-a-photo',
          message: `“${file.fileName}”不是照片。`,
          remedy: '请上传 JPG 或 PNG 格式的照片。',
        }),
        provided(item.state === 'applied' || item.state === 'available' || item.state === 'repair', {
          code: 'item-left',
          message: '物品已出仓，不能再更换照片。',
        }),
      ),
    )
    const kept = await keepAttachment(ctx, {
      caseId: null,
      subject: { kind: 'warehouse.item', id: item.id },
      organId: item.ownerOrganId,
      jurisdictionCode: item.jurisdictionCode,
      file,
    })
    await changeItems(ctx.tx, [item.id], {
      photoSha256: kept.sha256,
      photoMediaType: kept.mediaType,
      photoName: kept.fileName,
    })
    return itemView(ctx, await seenItem(ctx, item.id))
  },
}
