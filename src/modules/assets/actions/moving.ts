import { officeRoles, type Role } from '#kernel/pure/actor.ts'
import { allOf, provided } from '#kernel/pure/verdict.ts'
import { moveAttachments } from '#kernel/server/attachments.ts'
import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, insist, Missing } from '#kernel/server/errors.ts'
import { recordAll } from '#kernel/server/record.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { organById } from '#modules/organs/offers.ts'
import { peopleWithRoles } from '#modules/people/offers.ts'
import { law } from '../law.ts'
import type { AcquiringWay, AssetState } from '../model.ts'
import { monthOf } from '../rules/depreciation.ts'
import { mayMove } from '../rules/moving.ts'
import { cardsById, lockBook, lockCards, takenNumbers, type Book, type CardRow } from '../store/card.ts'
import { insertTransfers, numbersInHandover } from '../store/transfer.ts'
import { happen } from './events.ts'
import { withNumbers } from './registering.ts'

const receiving: readonly Role[] = [...officeRoles, 'staff', 'driver']

export type Move = Readonly<{
  /** The day on which giver and receiver signed; of the giver's open month. */
  effectiveOn: string
  /** Who takes the things into care at the receiver; the procedure holds their signature (A12-4). */
  acceptedBy: string
  reason: string
  /** Number of the paper that consents. */
  document: string
  caseId: string | null
  /** How the receiver came by it. */
  acquiredBy: Extract<AcquiringWay, 'allotment' | 'transfer' | 'exchange'>
  place?: string
  department?: string
  /** 在用 where left out. */
  state?: Extract<AssetState, 'in-use' | 'idle' | 'in-warehouse'>
}>

/**
 * Cards go over to another organ of any level (调拨, 无偿划转): holder, custodian and place change, cost and accumulated
 * depreciation go as they are, each book charges its own months, history and pictures go along (A12-2; AST-R20). A number
 * that the receiver has given already is given anew. The procedure that calls has the consents and the receiver's signature.
 * @throws Conflict when a card went elsewhere meanwhile; Refused when a month of either book is closed or still to be charged, a thing is away or waits in a hand-over,
 * or who accepts is not of the receiver
 */
export async function moveToOrgan(
  act: Act,
  cardIds: readonly string[],
  receiverOrganId: string,
  move: Move,
): Promise<void> {
  const receiver = found(await organById(act.tx, receiverOrganId, act.today), '接收机关')
  const to = { organId: receiver.id, jurisdictionCode: receiver.jurisdictionCode }
  const people = await peopleWithRoles(act.tx, { organId: receiver.id, roles: receiving }, act.today)
  const custodian = people.find(({ id }) => id === move.acceptedBy)
  await beyondScope(act, 'cards go over into the book of another organ (Art. 12)', async () => {
    const before = await cardsById(act.tx, cardIds)
    if (before.length !== new Set(cardIds).size) throw new Missing('资产卡片')
    const books = await lockBooks(act, [to, ...before], monthOf(move.effectiveOn))
    const cards = await lockCards(act.tx, cardIds)
    // What went elsewhere between reading and locking is not met again by the lock, which joins its former holder.
    if (cards.length !== before.length || cards.some(({ organId }) => !books.has(organId)))
      throw new Conflict('资产卡片')
    const waiting = await numbersInHandover(act.tx, cardIds)
    insist(
      allOf(
        provided(custodian !== undefined, {
          code: 'no-receiver',
          message: '接收人不是接收机关的在岗人员。',
          basis: law.dailyCare,
          remedy: '请由接收机关重新指定接收人。',
        }),
        provided(waiting.length === 0, {
          code: 'in-handover',
          message: `资产${waiting.join('、')}正在交接，不能调拨。`,
          remedy: '请先办结或撤回交接。',
        }),
        ...cards.map((card) =>
          mayMove(
            card,
            { receiverOrganId, effectiveOn: move.effectiveOn },
            {
              giver: books.get(card.organId) as Book,
              receiver: books.get(to.organId) as Book,
            },
          ),
        ),
      ),
    )
    await takeOver(act, cards, to, { id: move.acceptedBy, name: custodian?.name ?? '' }, move)
  })
}

async function takeOver(
  act: Act,
  cards: readonly CardRow[],
  to: { organId: string; jurisdictionCode: string },
  custodian: { id: string; name: string },
  move: Move,
): Promise<void> {
  const numbers = await numbersAtReceiver(act, cards, to, move.effectiveOn)
  const changesOf = (card: CardRow) => ({
    ...to,
    number: numbers.get(card.id) ?? card.number,
    acquiredBy: move.acquiredBy,
    custodianId: custodian.id,
    custodianName: custodian.name,
    userName: '',
    department: move.department ?? '',
    place: move.place ?? '',
    state: move.state ?? ('in-use' as const),
  })
  await happen(
    act,
    cards.map((card) => ({
      card,
      kind: 'organ' as const,
      effectiveOn: move.effectiveOn,
      reason: move.reason,
      document: move.document,
      caseId: move.caseId,
      changes: changesOf(card),
    })),
    'assets.card-moved',
  )
  await insertTransfers(
    act.tx,
    cards.map((card) => ({
      cardId: card.id,
      effectiveOn: move.effectiveOn,
      fromOrganId: card.organId,
      fromJurisdictionCode: card.jurisdictionCode,
      toOrganId: to.organId,
      toJurisdictionCode: to.jurisdictionCode,
      number: card.number,
      newNumber: numbers.get(card.id) ?? card.number,
      name: card.name,
      costFen: card.costFen,
      accumulatedFen: card.accumulatedFen,
      document: move.document,
      caseId: move.caseId,
      acceptedBy: custodian.id,
      acceptedByName: custodian.name,
    })),
    { name: act.actor.name, at: act.now },
  )
  await moveAttachments(act.tx, { kind: 'assets.card', ids: cards.map(({ id }) => id) }, to)
  await recordAll(
    act,
    cards.map((card) => ({
      fact: 'assets.card-taken-over',
      subject: { kind: 'assets.card', id: card.id },
      organId: to.organId,
      after: { ...changesOf(card), costFen: card.costFen, accumulatedFen: card.accumulatedFen, from: card.organName },
    })),
  )
}

/** In one order, and before the cards: a month that is being closed waits for none of them. */
async function lockBooks(
  { tx }: Act,
  organs: readonly { organId: string; jurisdictionCode: string }[],
  month: string,
): Promise<Map<string, Book>> {
  const books = new Map<string, Book>()
  for (const { organId, jurisdictionCode } of organs.toSorted((a, b) => (a.organId < b.organId ? -1 : 1)))
    if (!books.has(organId)) books.set(organId, await lockBook(tx, { organId, jurisdictionCode }, month, 'share'))
  return books
}

/** Numbers stay where the receiver has not given them to another card, else they are of its own series. */
async function numbersAtReceiver(
  act: Act,
  cards: readonly CardRow[],
  to: { organId: string; jurisdictionCode: string },
  effectiveOn: string,
): Promise<Map<string, string>> {
  const taken = new Set(
    await takenNumbers(
      act.tx,
      to.organId,
      cards.map(({ number }) => number),
    ),
  )
  const kept = new Set<string>()
  const wanting = cards.filter(({ number }) => taken.has(number) || kept.has(number) || !kept.add(number))
  const given = await withNumbers(
    act,
    wanting.map((card) => ({ ...card, ...to, number: '', bookedOn: effectiveOn })),
  )
  return new Map(wanting.map(({ id }, at) => [id, given[at]?.number ?? '']))
}
