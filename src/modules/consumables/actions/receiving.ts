import { allOf, provided } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { found, insist } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { lockItems, moveStock, type ItemRow } from '../store/stock.ts'
import { checkSecrecy } from './access.ts'

export type Receipt = Readonly<{
  quantity: number
  /** Of all pieces together, in 分. */
  amountFen: number
  receivedOn: string
  supplier: string
  /** Number of the purchase, invoice or acceptance. */
  document: string
}>

/** Brings pieces into the stock of an item that this act has locked. @throws Refused for a day to come or a stopped item */
export async function receive(act: Act, item: ItemRow, receipt: Receipt): Promise<void> {
  const { quantity, amountFen, receivedOn, supplier, document } = receipt
  insist(
    allOf(
      checkSecrecy(supplier, document),
      provided(receivedOn <= act.today, {
        code: 'future-date',
        message: '入库日期不能晚于今天。',
        remedy: '请改为实际入库的日期。',
      }),
      provided(!item.stopped, {
        code: 'item-stopped',
        message: `“${item.name}”已停用，不能入库。`,
        remedy: '请先恢复使用。',
      }),
    ),
  )
  await moveStock(
    act.tx,
    [{ item, kind: 'receipt', quantity, amountFen, happenedOn: receivedOn, supplier, document }],
    { personId: act.actor.personId, name: act.actor.name, at: act.now },
  )
  await record(act, 'consumables.stock-received', {
    subject: { kind: 'consumables.item', id: item.id },
    organId: item.organId,
    after: receipt,
  })
}

/**
 * What was bought comes into the stock; for the procedure of purchase, which has judged who may.
 * @throws Missing when there is no such item; Refused as {@link receive}
 */
export async function receiveStock(act: Act, itemId: string, receipt: Receipt): Promise<void> {
  const [item] = await lockItems(act.tx, [itemId])
  await receive(act, found(item, '物品'), receipt)
}
