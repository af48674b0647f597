import { labelledId } from '#modules/assets/model.ts'
import type { ListedItem } from './local-store.ts'

/** The thing on the list that a label, a number or a serial number that only one has stands for. */
export function itemByCode(items: readonly ListedItem[], given: string): ListedItem | null {
  const code = given.trim()
  if (code === '') return null
  const labelled = labelledId(code)
  if (labelled !== null) return items.find(({ cardId }) => cardId === labelled) ?? null
  const numbered = items.find(({ number }) => number.toLowerCase() === code.toLowerCase())
  if (numbered) return numbered
  const bearing = items.filter(({ serialNumber }) => serialNumber !== '' && serialNumber === code)
  return bearing.length === 1 ? (bearing[0] ?? null) : null
}

/** Places in the order of the walk, with what is left in each. */
export function placesOf(items: readonly ListedItem[]): { place: string; items: number; open: number }[] {
  const found = new Map<string, { place: string; items: number; open: number }>()
  for (const { place, result } of items) {
    const there = found.get(place) ?? { place, items: 0, open: 0 }
    found.set(place, { place, items: there.items + 1, open: there.open + (result === null ? 1 : 0) })
  }
  return [...found.values()]
}
