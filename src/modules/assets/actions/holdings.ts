import type { Tx } from '#kernel/server/database.ts'
import { hasForm, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { yearsLater } from '#modules/standards/rules/terms.ts'
import { assetClasses, classOf, presentClasses } from '../model/classes.ts'
import { bureauRank, itemCodeOf } from '../rules/card.ts'
import {
  bookedByClass,
  freeIdleCards,
  heldByClass,
  idleByClass,
  type HeldClass,
  type IdleCardRow,
} from '../store/holdings.ts'

/** Standards in force on the day, with the family `item.`. */
type Items = Pick<StandardTable, 'on' | 'jurisdictionCode' | 'rows'>

/** What an organ has of a standard item, by the register: all, usable, past its least life, idle. */
export type RegisteredHolding = {
  organId: string
  standardCode: string
  unit: string
  quantity: number
  usableQuantity: number
  overLifeQuantity: number
  idleQuantity: number
}

/** Items of the standards whose things have cards, by code, with the class of the present edition they are counted from. */
export function carriedItems(items: Items): Map<string, { title: string; classCode: string }> {
  const itemOf = itemsOfClasses(items)
  const titles = new Map(items.rows.map(({ code, title }) => [code, title]))
  const carried = new Map<string, { title: string; classCode: string }>()
  for (const { code: classCode, edition: classEdition } of presentClasses)
    for (const rank of [null, bureauRank]) {
      const item = itemOf({ classCode, classEdition, rank })
      if (item !== null) carried.set(item, { title: titles.get(item) ?? item, classCode })
    }
  return carried
}

/**
 * Holdings of organs by standard item (Art. 31, 32 配置现状; A22-1), one query for all organs; what is disposed does not count.
 * Cards of former editions count under the class that took their place.
 */
export async function holdingsByItem(tx: Tx, organIds: readonly string[], items: Items): Promise<RegisteredHolding[]> {
  const itemOf = itemsOfClasses(items)
  const years = new Map(items.rows.flatMap((row) => (hasForm(row, 'item') ? [[row.code, row.value.minimumYears]] : [])))
  const lifeEnds = assetClasses
    .filter(({ leaf }) => leaf)
    .flatMap(({ code: classCode, edition: classEdition }) => {
      const life = years.get(itemOf({ classCode, classEdition, rank: null }) ?? '') ?? null
      return life === null ? [] : [{ classCode, classEdition, acquiredAfter: yearsLater(items.on, -life) }]
    })
  const sums = new Map<string, RegisteredHolding>()
  for (const held of await heldByClass(tx, organIds, lifeEnds)) {
    const standardCode = itemOf(held)
    if (standardCode === null) continue
    const { organId } = held
    const key = `${organId} ${standardCode}`
    const sum = sums.get(key) ?? {
      organId,
      standardCode,
      unit: classOf(held.classEdition, held.classCode)?.unit ?? '',
      quantity: 0,
      usableQuantity: 0,
      overLifeQuantity: 0,
      idleQuantity: 0,
    }
    sum.quantity += held.quantity
    sum.usableQuantity += held.usable
    sum.overLifeQuantity += held.overLife
    sum.idleQuantity += held.idle
    sums.set(key, sum)
  }
  return [...sums.values()]
}

/**
 * Pieces on the books of a level's organs by standard item, without reading its cards: never fewer than {@link holdingsByItem}
 * tells of one. Says quickly who may hold too many (A22-1).
 */
export async function bookedByItem(
  tx: Tx,
  jurisdictionCode: string,
  items: Items,
): Promise<Map<string, Map<string, number>>> {
  const itemOf = itemsOfClasses(items)
  const organs = new Map<string, Map<string, number>>()
  for (const { organId, classCode, classEdition, quantity } of await bookedByClass(tx, jurisdictionCode)) {
    const booked = organs.get(organId) ?? new Map<string, number>()
    organs.set(organId, booked)
    // The sums do not know for which rank a piece of furniture is.
    const codes = new Set([null, bureauRank].flatMap((rank) => itemOf({ classCode, classEdition, rank }) ?? []))
    for (const code of codes) booked.set(code, (booked.get(code) ?? 0) + quantity)
  }
  return organs
}

/** What stands idle at organs by standard item (Art. 23), read by state and not by counting the whole register. */
export async function idleByItem(
  tx: Tx,
  organIds: readonly string[],
  items: Items,
): Promise<{ organId: string; standardCode: string; quantity: number }[]> {
  const itemOf = itemsOfClasses(items)
  const sums = new Map<string, { organId: string; standardCode: string; quantity: number }>()
  for (const { organId, quantity, ...held } of await idleByClass(tx, organIds)) {
    const standardCode = itemOf(held)
    if (standardCode === null) continue
    const key = `${organId} ${standardCode}`
    const sum = sums.get(key) ?? { organId, standardCode, quantity: 0 }
    sum.quantity += quantity
    sums.set(key, sum)
  }
  return [...sums.values()]
}

/** A card that stands idle, with the standard item of its class and the day its least life ends. */
export type IdleCard = IdleCardRow & { standardCode: string; lifeUntil: string | null }

/**
 * Cards of a level that stand idle and are in no procedure, as who matches demands looks at them (Art. 23).
 * @param only these cards, where given
 */
export async function idleCards(
  tx: Tx,
  jurisdictionCode: string,
  items: Items,
  only?: readonly string[],
): Promise<IdleCard[]> {
  const itemOf = itemsOfClasses(items)
  const years = new Map(items.rows.flatMap((row) => (hasForm(row, 'item') ? [[row.code, row.value.minimumYears]] : [])))
  return (await freeIdleCards(tx, jurisdictionCode, only ?? null)).flatMap((card) => {
    const standardCode = itemOf(card)
    if (standardCode === null) return []
    const life = years.get(standardCode) ?? null
    return [{ ...card, standardCode, lifeUntil: life === null ? null : yearsLater(card.acquiredOn, life) }]
  })
}

/** The item of a class and rank, looked up once each: thousands of organs hold the same few. */
function itemsOfClasses(items: Items): (held: HeldClass) => string | null {
  const known = new Map<string, string | null>()
  return ({ classCode, classEdition, rank }) => {
    const key = `${classEdition} ${classCode} ${rank}`
    const found = known.get(key)
    if (found !== undefined) return found
    const assetClass = classOf(classEdition, classCode)
    const item = assetClass ? itemCodeOf(items, assetClass, { detail: rank === null ? {} : { rank } }) : null
    known.set(key, item)
    return item
  }
}
