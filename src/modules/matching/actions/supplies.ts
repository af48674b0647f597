import type { Act } from '#kernel/server/context.ts'
import { idleCards } from '#modules/assets/offers.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { levelStockOnOffer, stockOnOffer } from '#modules/warehouse/offers.ts'
import type { Supply } from '../model.ts'
import { figure, levelTransport, monthsLeft, transport } from '../rules/suitability.ts'
import { refusedByLevels } from '../store/line.ts'
import { keptThings } from '../store/proposal.ts'

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
  const kept = await keptThings(act.tx, jurisdictionCode)
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
  ].filter(({ id, cardId }) => !kept.has(cardId ?? id))
}

/**
 * What other levels' warehouses offer of these kinds, with what fetching it costs by how many levels lie between (A23-2; Art.
 * 6). What was refused to the cycle, or stands for a line of it already, is not asked for again.
 * @param codes codes of standard items
 */
export async function levelSuppliesOf(
  act: Act,
  cycle: { id: string; jurisdictionCode: string },
  codes: readonly string[],
  standards: StandardsInForce,
): Promise<Supply[]> {
  const [kept, refused] = [await keptThings(act.tx, cycle.jurisdictionCode), await refusedByLevels(act.tx, cycle.id)]
  const eachLevelFen = figure(standards, levelTransport).value
  return (await levelStockOnOffer(act, codes))
    .filter(({ id }) => !kept.has(id) && !refused.has(id))
    .map(({ itemId, storeName, jurisdictionCode, jurisdictionName, relation, levelsApart, unit: _, ...item }) => ({
      ...item,
      source: 'level',
      cardId: null,
      standardCode: itemId,
      organId: null,
      organName: `${jurisdictionName}公物仓`,
      place: storeName,
      transportFen: item.transportFen + levelsApart * eachLevelFen,
      level: { jurisdictionCode, jurisdictionName, relation, levelsApart },
    }))
}
