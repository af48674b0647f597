import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumbers } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { can } from '../policy.ts'
import { counted } from '../rules/stock.ts'
import {
  insertItems,
  itemsPage,
  movementsPage,
  moveStock,
  stockSums,
  updateItem,
  type ItemRow,
} from '../store/stock.ts'
import { checkSecrecy, filterOf, idCursor, keptItem, numberCursor, ownOrgan, seenItem, subjectOf } from './access.ts'
import { receive } from './receiving.ts'

type ItemActions = Pick<
  ActionsOf<typeof contract>,
  'items' | 'viewItem' | 'movements' | 'createItem' | 'changeItem' | 'receiveItem' | 'countItem'
>

export const itemActions: ItemActions = {
  async items(ctx) {
    const { after, limit } = ctx.input
    const filter = filterOf(ctx, ctx.input)
    const rows = await itemsPage(ctx.tx, filter, idCursor(after), limit + 1)
    const page = pageFrom(rows, limit)
    return {
      ...page,
      items: page.items.map(shown),
      ...(await stockSums(ctx.tx, { ...filter, low: false })),
    }
  },

  async viewItem(ctx) {
    return view(ctx, await seenItem(ctx, ctx.input.itemId))
  },

  async movements(ctx) {
    const item = await seenItem(ctx, ctx.input.itemId)
    const { after, limit } = ctx.input
    const rows = await movementsPage(ctx.tx, item.id, numberCursor(after), limit + 1)
    return pageFrom(rows, limit, ({ id }) => String(id))
  },

  async createItem(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.keep(ctx.actor, subjectOf(organ)))
    const { name, spec, unit, place } = ctx.input
    insist(checkSecrecy(name, spec, unit, place))
    const item = { ...ctx.input, id: newId(), number: (await numbersFor(ctx, organ.id, 1))[0] as string }
    await insertItems(ctx.tx, subjectOf(organ), [item])
    await record(ctx, 'consumables.item-created', {
      subject: { kind: 'consumables.item', id: item.id },
      organId: organ.id,
      after: item,
    })
    return view(ctx, await seenItem(ctx, item.id))
  },

  async changeItem(ctx) {
    const { itemId, version, reason, ...terms } = ctx.input
    const item = await keptItem(ctx, itemId, version)
    insist(
      allOf(
        checkSecrecy(terms.name, terms.spec, terms.unit, terms.place, reason),
        provided(!terms.stopped || item.quantity === 0, {
          code: 'stock-left',
          message: `还有库存${item.quantity}${item.unit}，不能停用。`,
          remedy: '请先领用完，或盘点调整为0。',
        }),
      ),
    )
    await updateItem(ctx.tx, item, terms)
    const { name, spec, unit, place, minimum, stopped } = item
    await record(ctx, 'consumables.item-changed', {
      subject: { kind: 'consumables.item', id: itemId },
      organId: item.organId,
      before: { name, spec, unit, place, minimum, stopped },
      after: { ...terms, reason },
    })
    return view(ctx, await seenItem(ctx, itemId))
  },

  async receiveItem(ctx) {
    const { itemId, version, ...receipt } = ctx.input
    await receive(ctx, await keptItem(ctx, itemId, version), receipt)
    return view(ctx, await seenItem(ctx, itemId))
  },

  /** The book is put to what lies there; who counted, when and why stays in the ledger. */
  async countItem(ctx) {
    const { itemId, version, counted: pieces, unitFen, reason } = ctx.input
    const item = await keptItem(ctx, itemId, version)
    const moved = counted(item, pieces, unitFen)
    insist(
      allOf(
        checkSecrecy(reason),
        provided(moved.quantity !== 0, {
          code: 'count-agrees',
          message: `账面库存就是${item.quantity}${item.unit}，不需要调整。`,
          remedy: '请核对盘点数量。',
        }),
      ),
    )
    await moveStock(
      ctx.tx,
      [{ item, kind: 'count', quantity: moved.quantity, amountFen: moved.valueFen, happenedOn: ctx.today, reason }],
      { personId: ctx.actor.personId, name: ctx.actor.name, at: ctx.now },
    )
    await record(ctx, 'consumables.stock-counted', {
      subject: { kind: 'consumables.item', id: itemId },
      organId: item.organId,
      before: { quantity: item.quantity, valueFen: item.valueFen },
      after: { counted: pieces, quantity: moved.quantity, amountFen: moved.valueFen, reason },
    })
    return view(ctx, await seenItem(ctx, itemId))
  },
}

/** `YH-0001` in the organ's own series. */
export async function numbersFor({ tx }: Pick<Act, 'tx'>, organId: string, count: number): Promise<string[]> {
  const first = await nextNumbers(tx, `YH-${organId}`, count)
  return Array.from({ length: count }, (_, at) => `YH-${String(first + at).padStart(4, '0')}`)
}

const shown = ({ jurisdictionCode: _, ...item }: ItemRow) => item

function view({ actor }: Act, item: ItemRow) {
  return { item: shown(item), may: { keep: mayOf(can.keep(actor, item)), issue: mayOf(can.issue(actor, item)) } }
}
