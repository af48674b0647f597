import { centralisedLabels, type CatalogueEntry } from '../model.ts'
import { definitionOf } from '../model/definitions.ts'

type Provided = Pick<CatalogueEntry, 'provided' | 'items'>

/** A22-2: whether the authority provides a thing centrally here; an entry may be limited to some items of the standards. */
export function providesCentrally({ provided, items }: Provided, standardCode: string | null): boolean {
  return provided && (items.length === 0 || (standardCode !== null && items.includes(standardCode)))
}

/** Names of the items that an entry is limited to. */
export function providedItemNames({ items }: Pick<CatalogueEntry, 'items'>): string[] {
  return items.map((code) => definitionOf(code)?.title || code)
}

/** How far a kind is managed centrally, in words. */
export function catalogueText(entry: Provided & Pick<CatalogueEntry, 'centralised'>): string {
  const text = centralisedLabels[entry.centralised]
  if (entry.centralised !== 'where-provided') return text
  if (!entry.provided) return `${text}（本级不统一配备）`
  return `${text}（本级统一配备${entry.items.length === 0 ? '' : `：${providedItemNames(entry).join('、')}`}）`
}
