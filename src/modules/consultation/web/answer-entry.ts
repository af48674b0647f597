import type { ItemDraft, OpinionDraft, Stance } from '../model.ts'

/** An opinion while it is typed: `key` names it on the page, `id` the one sent before. */
export type ItemEntry = ItemDraft & { key: string }

let last = 0

export function blankItem(place: string): ItemEntry {
  return { key: `new${++last}`, id: null, place, opinion: '', suggestion: '', reason: '' }
}

export function entryOf(item: ItemDraft): ItemEntry {
  return { ...item, key: item.id ?? `saved${++last}` }
}

export function itemOf({ key: _, ...item }: ItemEntry): ItemDraft {
  return item
}

/** What is saved of the typing: everything, also what is not finished. */
export function draftOf({ stance, items }: { stance: Stance | null; items: readonly ItemEntry[] }): OpinionDraft {
  return { stance, items: items.map(itemOf) }
}

export function sameDraft(one: OpinionDraft, other: OpinionDraft): boolean {
  return JSON.stringify([one.stance, one.items]) === JSON.stringify([other.stance, other.items])
}
