import type { ActingOrgan } from '#kernel/pure/actor.ts'
import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, Missing } from '#kernel/server/errors.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { organById } from '#modules/organs/offers.ts'
import { standardsOfThing, standardTable } from '#modules/standards/offers.ts'
import type { StandardTable } from '#modules/standards/rules/in-force.ts'
import type { Card, CardFacts } from '../model.ts'
import { maySeeCard, maySeeCards } from '../policy.ts'
import { classNameOf, classOf, presentCode } from '../model/classes.ts'
import { depreciationCode } from '../rules/depreciation.ts'
import { cardById, lockCards, type CardRow } from '../store/card.ts'

/** The organ the actor acts for, with the question answered whether they look after business there at all. */
export function ownOrgan({ actor }: Pick<Act, 'actor'>): ActingOrgan {
  return officeOrgan(actor, '资产台账')
}

export const subjectOf = (organ: ActingOrgan) => ({ organId: organ.id, jurisdictionCode: organ.jurisdictionCode })

/** The organ asked for, or one's own; of those whose cards the actor may see. */
export async function askedOrgan(
  act: Act,
  organId: string | undefined,
): Promise<{ organId: string; organName: string; jurisdictionCode: string }> {
  const own = ownOrgan(act)
  if (organId === undefined || organId === own.id) return { ...subjectOf(own), organName: own.name }
  const organ = found(await organById(act.tx, organId, act.today), '机关')
  const subject = { organId: organ.id, jurisdictionCode: organ.jurisdictionCode }
  if (!maySeeCards(act.actor, subject)) throw new Missing('机关')
  return { ...subject, organName: organ.name }
}

/** Present name of an organ, closed ones included. */
export async function nameOf({ tx, directory }: Pick<Act, 'tx' | 'directory'>, organId: string): Promise<string> {
  return (await directory.organNames(tx, [organId])).get(organId) ?? ''
}

/** The card, unless the actor may not know of it. */
export async function seenCard({ tx, actor }: Act, id: string): Promise<CardRow> {
  const card = found(await cardById(tx, id), '资产卡片')
  if (!maySeeCard(actor, card)) throw new Missing('资产卡片')
  return card
}

/**
 * Cards locked for a change, all of them readable.
 * @throws Missing when one is not there or not the actor's to know of; Conflict when the version is another
 */
export async function lockedCards({ tx, actor }: Act, ids: readonly string[], version?: number): Promise<CardRow[]> {
  const cards = await lockCards(tx, ids)
  if (cards.length !== new Set(ids).size || cards.some((card) => !maySeeCards(actor, card)))
    throw new Missing('资产卡片')
  if (version !== undefined && cards.some((card) => card.version !== version)) throw new Conflict('资产卡片')
  return cards
}

/** Standards that cards are held against, as of today. */
export async function cardStandards(
  { tx, today }: Pick<Act, 'tx' | 'today'>,
  jurisdictionCode: string,
): Promise<StandardTable> {
  return standardTable(tx, jurisdictionCode, today, ['asset.', 'item.'])
}

/** As {@link cardStandards}, only what a card of that class is held against. */
export async function standardsOfCard(
  { tx, today }: Pick<Act, 'tx' | 'today'>,
  { jurisdictionCode, classEdition, classCode }: Pick<CardFacts, 'jurisdictionCode' | 'classEdition' | 'classCode'>,
): Promise<StandardTable> {
  const assetClass = classOf(classEdition, classCode)
  return standardsOfThing(tx, jurisdictionCode, today, {
    codes: ['asset.fixed-value', ...(assetClass?.depreciation ? [depreciationCode(assetClass.depreciation)] : [])],
    assetClass: assetClass ? presentCode(assetClass) : null,
  })
}

export function cardOf({ base: _, openingFen: __, ...row }: CardRow): Card {
  return { ...row, className: classNameOf(row.classEdition, row.classCode) }
}

export const eventSubject = (card: Pick<CardRow, 'id' | 'organId'>) => ({
  subject: { kind: 'assets.card', id: card.id },
  organId: card.organId,
})
