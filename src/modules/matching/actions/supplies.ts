import type { Act } from '#kernel/server/context.ts'
import { idleCards } from '#modules/assets/offers.ts'
import { jurisdictions } from '#modules/organs/offers.ts'
import { isWithin } from '#modules/organs/model.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { lineage } from '#modules/standards/rules/in-force.ts'
import { stockOnOffer } from '#modules/warehouse/offers.ts'
import type { Elsewhere, Supply } from '../model.ts'
import { figure, lastsLongEnough, monthsLeft, transport } from '../rules/suitability.ts'
import { keptCards } from '../store/proposal.ts'

/**
 * What a level has of these kinds: in its warehouse, and idle at its organs (A23-2). Nothing that another line keeps.
 * @param codes codes of standard items
 */
export async function suppliesOf(
  act: Act,
  jurisdictionCode: string,
  codes: readonly string[],
  standards: StandardsInForce,
): Promise<Supply[]> {
  const kept = await keptCards(act.tx, jurisdictionCode)
  const items = { on: act.today, jurisdictionCode, rows: standards.items }
  const transportFen = figure(standards, transport).value
  const wanted = new Set(codes)
  const idle = (await idleCards(act.tx, jurisdictionCode, items)).flatMap((card): Supply[] =>
    wanted.has(card.standardCode)
      ? [
          {
            source: 'idle',
            id: card.id,
            cardId: card.id,
            number: card.number,
            name: card.name,
            standardCode: card.standardCode,
            organId: card.organId,
            organName: card.organName,
            place: card.place,
            quantity: card.quantity,
            grade: null,
            remainingMonths: card.lifeUntil === null ? null : monthsLeft(card.lifeUntil, act.today),
            repairFen: 0,
            transportFen,
          },
        ]
      : [],
  )
  const stored = await stockOnOffer(act, { itemIds: codes, jurisdictionCodes: [jurisdictionCode] })
  return [
    ...stored.map((item): Supply => ({
      source: 'warehouse',
      id: item.id,
      cardId: item.cardId,
      number: item.number,
      name: item.name,
      standardCode: item.itemId ?? '',
      organId: item.ownerOrganId,
      organName: item.ownerName,
      place: [item.storeName, item.place].filter((part) => part !== '').join(' '),
      quantity: item.quantity,
      grade: item.grade,
      remainingMonths: item.remainingMonths,
      repairFen: item.repairFen,
      transportFen: item.transportFen,
    })),
    ...idle,
  ].filter(({ cardId }) => !kept.has(cardId))
}

/** Pieces by kind that warehouses of the levels above and below have; their own authority decides on them (Art. 6). */
export async function stockElsewhere(
  act: Act,
  jurisdictionCode: string,
  codes: readonly string[],
  standards: StandardsInForce,
): Promise<Map<string, Elsewhere[]>> {
  const above = lineage(jurisdictionCode).slice(1)
  const near = (await jurisdictions(act.tx, act.today)).filter(
    ({ code }) => code !== jurisdictionCode && (above.includes(code) || isWithin(code, jurisdictionCode)),
  )
  const names = new Map(near.map(({ code, name }) => [code, name]))
  const items = await stockOnOffer(act, { itemIds: codes, jurisdictionCodes: [...names.keys()] })
  const byKind = Map.groupBy(
    items.filter((item) => lastsLongEnough(item, standards)),
    ({ itemId }) => itemId ?? '',
  )
  return new Map(
    [...byKind].map(([code, ofKind]) => [
      code,
      [...Map.groupBy(ofKind, (item) => item.jurisdictionCode)].map(([there, of]) => ({
        jurisdictionName: names.get(there) ?? there,
        pieces: of.reduce((sum, { quantity }) => sum + quantity, 0),
      })),
    ]),
  )
}
