import { allOf, provided, verdictOf } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import type { contract } from '../contract.ts'
import type { CardChanges, CardFacts, EventKind } from '../model.ts'
import { can } from '../policy.ts'
import { classOf } from '../model/classes.ts'
import type { CustomField } from '../model/custom-field.ts'
import { cardFindings, checkFacts } from '../rules/card.ts'
import { checkCustomValues, keptDetail, sameDetail } from '../rules/custom-field.ts'
import { eventsThatCount } from '../rules/history.ts'
import { cardById, lockBook, type CardRow } from '../store/card.ts'
import { eventsOf, type EventRow } from '../store/event.ts'
import { monthOf, takenOverBase } from '../rules/depreciation.ts'
import { standardsOfCard, lockedCards, seenCard } from './access.ts'
import { insistFree } from './engaging.ts'
import { fieldsInForce } from './custom-fields.ts'
import { happen, type Happening } from './events.ts'
import { cardView } from './reading.ts'

type ChangingActions = Pick<
  ActionsOf<typeof contract>,
  'changeCards' | 'changeDetails' | 'changeValue' | 'correctEvent'
>

/** Which event a changed field belongs to. */
const kindOfField = {
  department: 'place',
  place: 'place',
  userName: 'custody',
  custodianName: 'custody',
  state: 'state',
} as const satisfies Partial<Record<keyof CardFacts, EventKind>>

export const changingActions: ChangingActions = {
  /** One or many cards: only what differs becomes an event. */
  async changeCards(ctx) {
    const { cardIds, effectiveOn, reason, custom, ...wanted } = ctx.input
    const cards = await lockedCards(ctx, cardIds)
    for (const card of cards) permit(can.change(ctx.actor, card))
    insist(
      provided(Object.keys(wanted).length > 0 || Object.keys(custom ?? {}).length > 0, {
        code: 'nothing-changed',
        message: '没有填写要变更的内容。',
        remedy: '请至少填写一项。',
      }),
    )
    if (wanted.state !== undefined) await insistFree(ctx, cards)
    const how = { effectiveOn, reason }
    const happenings = [
      ...cards.flatMap((card) => differing(card, definedOf(wanted), how)),
      ...(custom === undefined ? [] : await customised(ctx, cards, custom, how)),
    ]
    if (happenings.length > 0) await happen(ctx, happenings, 'assets.card-changed')
    const changed = new Set(happenings.map(({ card }) => card.id)).size
    return { changed, unchanged: cards.length - changed }
  },

  async changeDetails(ctx) {
    const { cardId, version, effectiveOn, reason, ...given } = ctx.input
    const card = await ownCard(ctx, cardId, version)
    const fields = await fieldsInForce(ctx, card.jurisdictionCode)
    const changes = changed(card, { ...given, detail: keptDetail(fields, card.detail, given.detail) })
    insist(
      allOf(
        checkFacts({ ...card, ...changes }, ctx.today),
        checkCustomValues(fields, card, card.detail, changes.detail ?? card.detail),
      ),
    )
    return afterwards(ctx, card, { card, kind: 'details', effectiveOn, reason, changes }, 'assets.card-details-changed')
  },

  /** A changed value is depreciated over the months that are left (S10). */
  async changeValue(ctx) {
    const { cardId, version, effectiveOn, reason, document, costFen, fiscalFen, depreciationMonths } = ctx.input
    const card = await ownCard(ctx, cardId, version)
    await insistFree(ctx, [card])
    await lockBook(ctx.tx, card, monthOf(ctx.today), 'share')
    const changes = changed(card, { costFen, fiscalFen, otherFen: costFen - fiscalFen, depreciationMonths })
    await insistFacts(ctx, card, changes)
    return afterwards(
      ctx,
      card,
      { card, kind: 'value', effectiveOn, reason, document, changes },
      'assets.card-value-changed',
    )
  },

  /** The wrong entry stays; what was so counts from the day it was so, and is known from today on. */
  async correctEvent(ctx) {
    const { cardId, version, eventId, effectiveOn, reason, changes: given } = ctx.input
    const card = await ownCard(ctx, cardId, version)
    const events = await eventsOf(ctx.tx, [card.id])
    const wrong = found(
      events.find(({ id }) => id === eventId),
      '该项变动',
    )
    insist(mayCorrect(events, wrong, given))
    if (given.costFen !== undefined || given.state !== undefined) await insistFree(ctx, [card])
    await lockBook(ctx.tx, card, monthOf(ctx.today), 'share')
    const corrected: CardChanges = { ...wrong.changes, ...definedOf(given) }
    if (corrected.costFen !== undefined && corrected.fiscalFen !== undefined)
      corrected.otherFen = corrected.costFen - corrected.fiscalFen
    // Where nobody else wrote over the field since, the card will say what the correction says.
    await insistFacts(ctx, card, wrong.kind === 'registered' ? corrected : definedOf(given))
    const fields = given.detail === undefined ? [] : await fieldsInForce(ctx, card.jurisdictionCode)
    if (given.detail !== undefined) insist(checkCustomValues(fields, card, card.detail, given.detail))
    const on = wrong.kind === 'registered' ? (corrected.bookedOn ?? effectiveOn) : effectiveOn
    return afterwards(
      ctx,
      card,
      {
        card,
        kind: wrong.kind,
        effectiveOn: on,
        reason,
        changes: corrected,
        corrects: wrong.id,
        base: wrong.base && takenOverBase(corrected as CardFacts, wrong.base.beforeFen, wrong.base.inMonth),
        document: wrong.document,
      },
      'assets.event-corrected',
    )
  },
}

/** Values of custom fields given to many cards at once; each must be of a class that has the field. */
async function customised(
  act: Act,
  cards: readonly CardRow[],
  custom: CardFacts['detail'],
  how: Pick<Happening, 'effectiveOn' | 'reason'>,
): Promise<Happening[]> {
  const happenings: Happening[] = []
  const inForce = new Map<string, CustomField[]>()
  for (const card of cards) {
    const fields = inForce.get(card.jurisdictionCode) ?? (await fieldsInForce(act, card.jurisdictionCode))
    inForce.set(card.jurisdictionCode, fields)
    const detail = keptDetail(fields, card.detail, { ...card.detail, ...custom })
    insist(checkCustomValues(fields, card, card.detail, { ...card.detail, ...custom }))
    const changes = changed(card, { detail })
    if ('detail' in changes) happenings.push({ card, kind: 'details', ...how, changes })
  }
  return happenings
}

async function ownCard(act: Act, cardId: string, version: number): Promise<CardRow> {
  const [card] = await lockedCards(act, [cardId], version)
  if (!card) throw new Missing('资产卡片')
  permit(can.change(act.actor, card))
  return card
}

async function afterwards(act: Act, card: CardRow, happening: Happening, fact: string) {
  insist(
    provided(Object.keys(happening.changes).length > 0, {
      code: 'nothing-changed',
      message: '没有改动任何内容。',
      remedy: '请核对后再提交。',
    }),
  )
  await happen(act, [happening], fact)
  return cardView(act, (await cardById(act.tx, card.id)) ?? (await seenCard(act, card.id)))
}

/** Facts as they would be are judged whole, with life by the standards (AST-R03). */
async function insistFacts(act: Act, card: CardRow, changes: CardChanges): Promise<void> {
  const facts = { ...card, ...changes }
  const assetClass = classOf(facts.classEdition, facts.classCode)
  const standards = await standardsOfCard(act, facts)
  insist(allOf(checkFacts(facts, act.today), verdictOf(assetClass ? cardFindings(standards, assetClass, facts) : [])))
}

/** Only the last correction of an event is corrected, with the same kind of content; a removal never is undone. */
function mayCorrect(events: readonly EventRow[], wrong: EventRow, given: Parameters<typeof definedOf>[0]) {
  const counts = eventsThatCount(events).some(({ id }) => id === wrong.id)
  if (!counts) throw new Conflict('该项变动', '该项变动已被更正。请刷新后更正最新的一项。')
  const foreign = Object.keys(definedOf(given)).filter((key) => wrong.kind !== 'registered' && !(key in wrong.changes))
  return allOf(
    provided(wrong.kind !== 'removed', { code: 'removal-stays', message: '处置注销不能更正。' }),
    provided(!['split', 'merged', 'formed'].includes(wrong.kind), {
      code: 'regrouping-stays',
      message: '拆分、合并不能更正。',
      remedy: '拆错的可以再合并，合错的可以再拆分；其他内容请用变更办理。',
    }),
    provided(wrong.kind !== 'organ', {
      code: 'transfer-stays',
      message: '调拨由移出、接收双方办结，不能更正。',
      remedy: '确有错误的，请双方重新办理调拨。',
    }),
    provided(foreign.length === 0, {
      code: 'other-fields',
      message: '只能更正这一项变动改过的内容。',
      facts: { 内容: foreign.join('、') },
      remedy: '其他内容请用变更办理。',
    }),
  )
}

/** Without what was left out. */
function definedOf(given: { [K in keyof CardFacts]?: CardFacts[K] | undefined }): CardChanges {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function changed(card: CardRow, given: CardChanges): CardChanges {
  return Object.fromEntries(
    Object.entries(given).filter(
      ([key, value]) =>
        value !== undefined &&
        (key === 'detail'
          ? !sameDetail(given.detail ?? {}, card.detail)
          : JSON.stringify(value) !== JSON.stringify(card[key as keyof CardFacts])),
    ),
  )
}

/** Events for what differs, one for each kind of change. */
export function differing(
  card: CardRow,
  wanted: CardChanges,
  how: Pick<Happening, 'effectiveOn' | 'reason' | 'document' | 'caseId'>,
): Happening[] {
  const changes = changed(card, wanted)
  // A custodian entered by name is no longer the account that signed for it.
  if ('custodianName' in changes) changes.custodianId = null
  const keys = Object.keys(changes) as (keyof CardFacts)[]
  const byKind = Map.groupBy(keys, (key) =>
    key === 'custodianId' ? 'custody' : (kindOfField[key as keyof typeof kindOfField] ?? 'details'),
  )
  return [...byKind].map(([kind, fields]) => ({
    card,
    kind,
    ...how,
    changes: Object.fromEntries(fields.map((field) => [field, changes[field]])),
  }))
}
