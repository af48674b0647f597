import type { z } from 'zod'
import { allOf, allowed, provided, verdictOf, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { recordAll } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import type { SplitPart } from '../contract/regroupings.ts'
import type { CardFacts, RegroupedCard, RegroupingKind } from '../model.ts'
import { classOf } from '../model/classes.ts'
import { can } from '../policy.ts'
import { checkFacts, checkSecrecy } from '../rules/card.ts'
import { checkCustomValues } from '../rules/custom-field.ts'
import { checkMonths, leastMonths, monthOf } from '../rules/depreciation.ts'
import { openMonth } from '../rules/moving.ts'
import { mayMerge, mayRegroup, maySplit, mergedOf, partsOf, type Formed, type Whole } from '../rules/regrouping.ts'
import { cardById, lockBook, type Book, type CardRow, type CardToSave } from '../store/card.ts'
import { eventsOf } from '../store/event.ts'
import { insertRegrouping } from '../store/regrouping.ts'
import { lockedCards, seenCard, standardsOfCard } from './access.ts'
import { fieldsInForce } from './custom-fields.ts'
import { insistFree } from './engaging.ts'
import { enterCards } from './entering.ts'
import { happen } from './events.ts'
import { cardView } from './reading.ts'
import { withNumbers } from './registering.ts'

type RegroupingActions = Pick<ActionsOf<typeof contract>, 'splitCard' | 'mergeCards'>
type How = { effectiveOn: string; reason: string; document: string }

export const regroupingActions: RegroupingActions = {
  async splitCard(ctx) {
    const { cardId, version, parts, ...how } = ctx.input
    const { book, cards } = await heldStill(ctx, [cardId], version)
    const card = found(cards[0], '资产卡片')
    insist(allOf(await mayEnd(ctx, cards, 'split', how.effectiveOn, book), checkSecrecy({}, how.reason)))
    const facts: CardFacts[] = []
    for (const part of parts) facts.push(await factsOfPart(ctx, card, part))
    const formed = partsOf(wholeOf(card), facts, openMonth(book))
    const whole = facts.map((fact, at) => withMoney(fact, formed[at] as Formed))
    insist(allOf(maySplit(card, whole), ...(await Promise.all(whole.map((fact) => checkPart(ctx, card, fact))))))
    await regroup(ctx, 'split', cards, whole, formed, how)
    return cardView(ctx, found(await cardById(ctx.tx, cardId), '资产卡片'))
  },

  async mergeCards(ctx) {
    const { cardIds, mainCardId, name, quantity, unit, ...how } = ctx.input
    const { book, cards } = await heldStill(ctx, cardIds)
    const main = cards.find(({ id }) => id === mainCardId)
    insist(
      allOf(
        provided(cards.length > 1, {
          code: 'one-card',
          message: '合并至少需要2张不同的卡片。',
          remedy: '请重新选择。',
        }),
        provided(main !== undefined, {
          code: 'main-card',
          message: '主卡片不在所选的卡片之中。',
          remedy: '请从所选的卡片中指定主卡片。',
        }),
        await mayEnd(ctx, cards, 'merge', how.effectiveOn, book),
        mayMerge(cards, { quantity }),
        checkSecrecy({ name }, how.reason),
      ),
    )
    const kept = found(main, '主卡片')
    const { costFen, depreciationMonths, ...formed } = mergedOf(cards.map(wholeOf), wholeOf(kept), openMonth(book))
    const facts = withMoney(
      { ...factsOf(kept), number: '', name, quantity, unit: unit ?? kept.unit, costFen, depreciationMonths },
      formed,
    )
    insist(checkFacts(facts, ctx.today))
    const [id] = await regroup(ctx, 'merge', cards, [facts], [formed], how)
    return cardView(ctx, found(await cardById(ctx.tx, id as string), '资产卡片'))
  },
}

/** The book before the cards, so that a month that is being closed waits for none of them; nobody else changes them meanwhile. */
async function heldStill(
  act: Act,
  cardIds: readonly string[],
  version?: number,
): Promise<{ book: Book; cards: CardRow[] }> {
  const seen = await seenCard(act, cardIds[0] as string)
  permit(can.change(act.actor, seen))
  const book = await lockBook(act.tx, seen, monthOf(act.today), 'share')
  const cards = await lockedCards(act, cardIds, version)
  // What went to another organ between reading and locking is in another book.
  if (cards.find(({ id }) => id === seen.id)?.organId !== seen.organId) throw new Missing('资产卡片')
  for (const card of cards) permit(can.change(act.actor, card))
  await insistFree(act, cards)
  return { book, cards }
}

/** Whether the cards may end on the day; what happened to them later would be lost. */
async function mayEnd(
  { tx }: Act,
  cards: readonly CardRow[],
  kind: RegroupingKind,
  effectiveOn: string,
  book: Book,
): Promise<Verdict> {
  const events = Map.groupBy(
    await eventsOf(
      tx,
      cards.map(({ id }) => id),
    ),
    ({ cardId }) => cardId,
  )
  const lastOf = (id: string) =>
    (events.get(id) ?? []).reduce((last, event) => (event.effectiveOn > last ? event.effectiveOn : last), '')
  return allOf(
    ...cards
      // What is gone is told so by what happens to it.
      .filter(({ removedOn }) => removedOn === null)
      .map((card) => mayRegroup({ ...card, lastEventOn: lastOf(card.id) }, kind, effectiveOn, book)),
  )
}

const wholeOf = (card: CardRow): Whole => ({ facts: card, base: card.base, accumulatedFen: card.accumulatedFen })

/** The facts of a card without what only the register knows of it. */
function factsOf(card: CardRow): CardFacts {
  const {
    id: _id,
    organName: _organName,
    base: _base,
    openingFen: _openingFen,
    accumulatedFen: _accumulatedFen,
    netFen: _netFen,
    registeredOn: _registeredOn,
    takenOverOn: _takenOverOn,
    removedOn: _removedOn,
    version: _version,
    ...facts
  } = card
  return facts
}

const withMoney = (facts: CardFacts, { fiscalFen, otherFen }: Formed): CardFacts => ({ ...facts, fiscalFen, otherFen })

/** A part is as the card was but for what is said of it; a part of another class has that class's fields and life. */
async function factsOfPart(act: Act, card: CardRow, part: z.output<typeof SplitPart>): Promise<CardFacts> {
  const { classCode = card.classCode, classEdition = card.classEdition, depreciationMonths, ...said } = part
  const same = classCode === card.classCode && classEdition === card.classEdition
  const assetClass = classOf(classEdition, classCode)
  const least =
    same || !assetClass
      ? card.depreciationMonths
      : leastMonths(
          await standardsOfCard(act, { jurisdictionCode: card.jurisdictionCode, classEdition, classCode }),
          assetClass,
          card.valueKind,
        )
  return {
    ...factsOf(card),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    classCode,
    classEdition,
    serialNumber: part.serialNumber ?? '',
    detail: same ? card.detail : {},
    depreciationMonths: depreciationMonths === undefined ? least : depreciationMonths,
  }
}

/** A part is judged as a card is; what it has unchanged from the whole is not judged anew. */
async function checkPart(act: Act, card: CardRow, facts: CardFacts): Promise<Verdict> {
  const fields = await fieldsInForce(act, card.jurisdictionCode)
  const before = facts.classCode === card.classCode ? card.detail : {}
  const assetClass = classOf(facts.classEdition, facts.classCode)
  const otherLife = facts.classCode !== card.classCode || facts.depreciationMonths !== card.depreciationMonths
  const months = assetClass && otherLife ? checkMonths(await standardsOfCard(act, facts), assetClass, facts) : null
  return allOf(
    checkSecrecy(facts),
    checkFacts(facts, act.today),
    checkCustomValues(fields, facts, before, facts.detail),
    months ? verdictOf([months]) : allowed,
  )
}

/** Ends the old cards, begins the new, keeps which became which; all of it or nothing. @returns ids of the new cards */
async function regroup(
  act: Act,
  kind: RegroupingKind,
  old: readonly CardRow[],
  facts: readonly CardFacts[],
  formed: readonly Formed[],
  how: How,
): Promise<string[]> {
  const [first] = old as [CardRow, ...CardRow[]]
  const numbered = await withNumbers(
    act,
    // Of the series of the year in which they are formed.
    facts.map((fact) => ({ ...fact, bookedOn: how.effectiveOn })),
  )
  const cards = facts.map((fact, at): CardToSave => {
    const { base, accumulatedFen } = formed[at] as Formed
    return {
      id: newId(),
      state: {
        facts: { ...fact, number: numbered[at]?.number ?? '' },
        base,
        takenOverOn: how.effectiveOn,
        removedOn: null,
      },
      openingFen: accumulatedFen,
      accumulatedFen,
      registeredOn: act.today,
    }
  })
  await happen(
    act,
    old.map((card) => ({
      card,
      kind: kind === 'split' ? ('split' as const) : ('merged' as const),
      ...how,
      changes: { state: 'replaced' as const },
    })),
    kind === 'split' ? 'assets.card-split' : 'assets.card-merged',
  )
  const numbers = (of: readonly { number: string }[]) => of.map(({ number }) => number).join('、')
  const from = `由${old.length > 3 ? `${numbers(old.slice(0, 3))}等${old.length}张卡片` : numbers(old)}${kind === 'split' ? '拆分' : '合并'}形成`
  await enterCards(act, cards, {
    kind: 'formed',
    effectiveOn: how.effectiveOn,
    reason: `${from}：${how.reason}`,
    document: how.document,
  })
  const after = cards.map(({ id, state, accumulatedFen }) => sideOf({ ...state.facts, id, accumulatedFen }))
  await insertRegrouping(
    act.tx,
    {
      id: newId(),
      organId: first.organId,
      jurisdictionCode: first.jurisdictionCode,
      kind,
      ...how,
      before: old.map(sideOf),
      after,
    },
    { name: act.actor.name, at: act.now },
  )
  await recordAll(
    act,
    cards.map(({ id, state }) => ({
      fact: 'assets.card-formed',
      subject: { kind: 'assets.card', id },
      organId: first.organId,
      after: { ...state.facts, reason: `${from}：${how.reason}`, document: how.document },
    })),
  )
  return cards.map(({ id }) => id)
}

function sideOf(
  card: Pick<CardFacts, 'number' | 'name' | 'unit' | 'quantity' | 'costFen'> & { id: string; accumulatedFen: number },
): RegroupedCard {
  const { id: cardId, number, name, unit, quantity, costFen, accumulatedFen } = card
  return { cardId, number, name, unit, quantity, costFen, accumulatedFen }
}
