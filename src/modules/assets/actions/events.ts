import { allOf, provided } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { insist } from '#kernel/server/errors.ts'
import { recordAll } from '#kernel/server/record.ts'
import type { CardChanges, CardFacts, CardState, DepreciationBase, EventKind } from '../model.ts'
import { checkSecrecy, mayAddEvent } from '../rules/card.ts'
import { heldPeriods, stateOn } from '../rules/history.ts'
import { saveCards, type CardRow, type CardToSave } from '../store/card.ts'
import { eventsOf, insertEvents, replaceHoldings, type EventRow } from '../store/event.ts'

/** One event for one card, before it is recorded. */
export type Happening = Readonly<{
  card: CardRow
  kind: EventKind
  effectiveOn: string
  changes: CardChanges
  reason: string
  document?: string
  corrects?: number
  /** Of a registration that is corrected: what earlier books charged stays. */
  base?: DepreciationBase | null
  caseId?: string | null
}>

const custodial: readonly EventKind[] = ['registered', 'custody', 'organ', 'removed', 'split', 'merged']

/**
 * Records what happened to cards this act has locked: events, the present state that follows from all of them, who holds
 * what, and one row of the audit record for each event; all of it or nothing (A12-2).
 * @throws Refused when a card is gone, a day is to come, or what would follow cannot be
 */
export async function happen(
  act: Act,
  happenings: readonly Happening[],
  fact: string,
): Promise<Map<string, CardState>> {
  insist(allOf(...happenings.map((one) => mayHappen(one, act.today))))
  const cards = new Map(happenings.map(({ card }) => [card.id, card]))
  await insertEvents(
    happenings.map(
      ({ card, kind, effectiveOn, changes, reason, document = '', corrects = null, base, caseId = null }) => ({
        cardId: card.id,
        organId: card.organId,
        jurisdictionCode: card.jurisdictionCode,
        kind,
        effectiveOn,
        changes,
        reason,
        document,
        corrects,
        ...(base ? { base } : {}),
        caseId,
      }),
    ),
    { personId: act.actor.personId, name: act.actor.name, at: act.now },
  )(act.tx)
  const events = Map.groupBy(await eventsOf(act.tx, [...cards.keys()]), ({ cardId }) => cardId)
  const states = new Map([...cards.values()].map((card) => [card.id, presentState(card, events.get(card.id) ?? [])]))
  await saveCards(
    act.tx,
    [...cards.values()].map((card) => toSave(card, states.get(card.id) as CardState)),
  )
  const held = new Set(
    happenings.filter(({ kind, changes }) => changesHolder(kind, changes)).map(({ card }) => card.id),
  )
  if (held.size > 0)
    await replaceHoldings(act.tx, new Map([...held].map((id) => [id, heldPeriods(events.get(id) ?? [])])))
  await recordAll(
    act,
    happenings.map(({ card, kind, effectiveOn, changes, reason, document, corrects }) => ({
      fact,
      subject: { kind: 'assets.card', id: card.id },
      organId: card.organId,
      before: changedOf(card, changes),
      after: { kind, effectiveOn, ...changes, reason, document, corrects },
    })),
  )
  return states
}

function mayHappen({ card, effectiveOn, changes, reason, corrects }: Happening, today: string) {
  return allOf(
    mayAddEvent(card, effectiveOn, today),
    provided(corrects !== undefined || effectiveOn >= card.bookedOn, {
      code: 'before-registered',
      message: `变动日期${effectiveOn}早于资产${card.number}的入账日期${card.bookedOn}。`,
      remedy: '请核对日期；入账日期有误的，请先更正登记事项。',
    }),
    provided(corrects !== undefined || card.takenOverOn === null || effectiveOn >= card.takenOverOn, {
      code: 'before-taken-over',
      message: `变动日期${effectiveOn}早于资产${card.number}的接收（拆分、合并形成）日期${card.takenOverOn}。`,
      remedy: '以前的事项记在移出机关或原卡片上，请核对日期。',
    }),
    checkSecrecy(changes, reason),
  )
}

const changesHolder = (kind: EventKind, changes: CardChanges): boolean =>
  custodial.includes(kind) || 'custodianId' in changes || 'custodianName' in changes || 'organId' in changes

function presentState(card: CardRow, events: readonly EventRow[]): CardState {
  const state = stateOn(events, null)
  if (state === null) throw new Error(`asset card ${card.id} has no registration among its events`)
  insist(
    provided(state.facts.costFen >= card.accumulatedFen, {
      code: 'value-below-depreciation',
      message: `资产${card.number}已计提折旧${card.accumulatedFen / 100}元，原值不能低于已计提的折旧。`,
      remedy: '请核对金额。',
    }),
  )
  return state
}

export function toSave(card: CardRow, state: CardState): CardToSave {
  return {
    id: card.id,
    state,
    openingFen: card.openingFen,
    accumulatedFen: card.accumulatedFen,
    registeredOn: card.registeredOn,
  }
}

/** What the changed fields were. */
function changedOf(card: CardRow, changes: CardChanges): Partial<CardFacts> {
  return Object.fromEntries(Object.keys(changes).map((key) => [key, card[key as keyof CardFacts]]))
}
