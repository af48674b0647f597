import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { changeSheet } from '../documents/sheets.ts'
import type { ReceiptCard } from '../model/scan.ts'
import { can, listScope, maySeeCards } from '../policy.ts'
import { checkChanges, mayScan } from '../rules/scanning.ts'
import type { CardRow } from '../store/card.ts'
import { engagementsOf } from '../store/engagement.ts'
import { insertReceipt, receiptById, receiptCards, receiptsPage, type ReceiptRow } from '../store/scan.ts'
import { lockedCards, nameOf, ownOrgan, subjectOf } from './access.ts'
import { differing } from './changing.ts'
import { happen } from './events.ts'
import { cardOfCode } from './reading.ts'

type ScanningActions = Pick<
  ActionsOf<typeof contract>,
  'scanCard' | 'finishScan' | 'scanReceipts' | 'viewScanReceipt' | 'scanSheet'
>

export const scanningActions: ScanningActions = {
  async scanCard(ctx) {
    const { code, act, toPersonId } = ctx.input
    const card = await cardOfCode(ctx, code)
    const held = (await engagementsOf(ctx.tx, [card.id])).get(card.id)
    const permitted = act === 'hand-over' ? can.handOver(ctx.actor, card) : can.change(ctx.actor, card)
    const may = mayOf(allOf(permitted, mayScan(card, held, { act, today: ctx.today, toPersonId })))
    const { id, number, name, model, place, department, custodianName, state } = card
    return { card: { id, number, name, model, place, department, custodianName, state }, may }
  },

  /** Judged again under lock, every card of it: what one scan was told may have passed since. */
  async finishScan(ctx) {
    const { act, cardIds, effectiveOn, reason, place, department, state } = ctx.input
    const organ = ownOrgan(ctx)
    const locked = new Map((await lockedCards(ctx, cardIds)).map((card) => [card.id, card]))
    const cards = [...new Set(cardIds)].flatMap((id) => locked.get(id) ?? [])
    for (const card of cards) permit(can.change(ctx.actor, card))
    const changes = {
      ...(place === undefined ? {} : { place }),
      ...(department === undefined ? {} : { department }),
      ...(state === undefined ? {} : { state }),
    }
    const held = await engagementsOf(ctx.tx, cardIds)
    insist(
      allOf(
        checkChanges(act, changes),
        ...cards.map((card) => mayScan(card, held.get(card.id), { act, today: ctx.today })),
      ),
    )
    const series = `BD-${organ.id}-${ctx.today.slice(0, 4)}`
    const number = `BD-${ctx.today.slice(0, 4)}-${String(await nextNumber(ctx.tx, series)).padStart(4, '0')}`
    const happenings = cards.flatMap((card) => differing(card, changes, { effectiveOn, reason, document: number }))
    insist(
      provided(happenings.length > 0, {
        code: 'nothing-changed',
        message: '所扫资产本来就是这样，没有需要变更的。',
        remedy: '请核对要变更的内容。',
      }),
    )
    await happen(ctx, happenings, 'assets.card-changed')
    const changed = new Set(happenings.map(({ card }) => card.id))
    const row = {
      id: newId(),
      ...subjectOf(organ),
      number,
      act,
      effectiveOn,
      reason,
      changes,
      doneAt: ctx.now,
      doneBy: ctx.actor.personId,
      doneByName: ctx.actor.name,
    }
    await insertReceipt(
      ctx.tx,
      row,
      cards.map((card) => asItWas(card, changed.has(card.id))),
    )
    await record(ctx, 'assets.scan-finished', {
      subject: { kind: 'assets.scan-receipt', id: row.id },
      organId: organ.id,
      after: { number, effectiveOn, ...changes, reason, cards: cards.map(({ id }) => id) },
    })
    return view(ctx, found(await receiptById(ctx.tx, row.id), '资产变动单'))
  },

  async scanReceipts(ctx) {
    ownOrgan(ctx)
    const { after, limit } = ctx.input
    const rows = await receiptsPage(ctx.tx, found(listScope(ctx.actor), '资产台账'), after, limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map(shown) }
  },

  async viewScanReceipt(ctx) {
    return view(ctx, await seenReceipt(ctx, ctx.input.receiptId))
  },

  async scanSheet(ctx) {
    const row = await seenReceipt(ctx, ctx.input.receiptId)
    const organName = await nameOf(ctx, row.organId)
    return {
      fileName: `资产变动单（${row.number}）.pdf`,
      mediaType: 'application/pdf',
      body: await changeSheet(row, await receiptCards(ctx.tx, row.id), organName),
    }
  },
}

const asItWas = (card: CardRow, changed: boolean): ReceiptCard => ({
  cardId: card.id,
  number: card.number,
  name: card.name,
  place: card.place,
  department: card.department,
  state: card.state,
  custodianName: card.custodianName,
  changed,
})

async function seenReceipt({ tx, actor }: Act, id: string): Promise<ReceiptRow> {
  const row = found(await receiptById(tx, id), '资产变动单')
  if (!maySeeCards(actor, row)) throw new Missing('资产变动单')
  return row
}

const shown = ({ jurisdictionCode: _, doneBy: __, ...row }: ReceiptRow) => row

const view = async ({ tx }: Act, row: ReceiptRow) => ({ receipt: shown(row), cards: await receiptCards(tx, row.id) })
