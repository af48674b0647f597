import type { Level } from '#kernel/pure/actor.ts'
import type { OrganKind } from '#modules/organs/model.ts'
import type { LineFacts } from '#modules/plans/offers.ts'
import type { CatalogueEntry, ItemStandard, StandardsInForce } from '#modules/standards/model.ts'
import type { Change, HeadcountChange, PriceChange } from '../model.ts'

/** A hypothetical figure never stands under the name of the law: the source says that it is assumed. */
const assumed = (citation: string) => `模拟测算的假设（现行：${citation}）`

/**
 * The standards as they would be in a jurisdiction of that level; pure, the standards in force stay as they are. What a
 * change names but is not in force there changes nothing.
 */
export function appliedToStandards(
  standards: StandardsInForce,
  changes: readonly Change[],
  level: Level,
): StandardsInForce {
  return {
    ...standards,
    items: standards.items.map((item) => changedItem(item, changes, level)),
    catalogue: changedCatalogue(standards, changes),
    parameters: changedParameters(standards, changes),
  }
}

function changedItem(item: ItemStandard, changes: readonly Change[], level: Level): ItemStandard {
  const bearing = changes.filter(
    (change) =>
      change.kind === 'standard' && change.code === item.code && (change.level === null || change.level === level),
  )
  if (bearing.length === 0) return item
  // Those for one level come last, so that they stand over those for all.
  const value = { ...item.value }
  for (const change of bearing.toSorted((a, b) => Number(hasLevel(a)) - Number(hasLevel(b)))) {
    if (change.kind !== 'standard') continue
    if (change.priceCapFen !== undefined) value.priceCapFen = change.priceCapFen
    if (change.minimumYears !== undefined) value.minimumYears = change.minimumYears
    if (change.limit !== undefined) value.limit = change.limit
  }
  return { ...item, value, citation: assumed(item.citation) }
}

const hasLevel = (change: Change) => change.kind === 'standard' && change.level !== null

function changedCatalogue({ catalogue, on, jurisdictionCode }: StandardsInForce, changes: readonly Change[]) {
  const changed = new Map<string, CatalogueEntry>(catalogue.map((entry) => [entry.needKind, entry]))
  for (const change of changes) {
    if (change.kind !== 'catalogue') continue
    const { needKind, centralised, provided } = change
    const entry = changed.get(needKind)
    changed.set(
      needKind,
      entry
        ? { ...entry, centralised, provided, citation: assumed(entry.citation) }
        : {
            id: '00000000-0000-8000-8000-000000000000',
            needKind,
            centralised,
            provided,
            items: [],
            note: '',
            jurisdictionCode,
            from: on,
            until: null,
            citation: '模拟测算的假设（现行目录没有这一类）',
          },
    )
  }
  return [...changed.values()]
}

function changedParameters({ parameters }: StandardsInForce, changes: readonly Change[]) {
  const changed = { ...parameters }
  for (const change of changes) {
    const known = change.kind === 'parameter' ? changed[change.code] : undefined
    if (change.kind === 'parameter' && known)
      changed[change.code] = {
        ...known,
        value: change.value,
        row: { ...known.row, citation: assumed(known.row.citation) },
      }
  }
  return changed
}

/** What decides which headcount change bears on an organ. */
export type OrganTraits = { id: string; level: Level; kind: OrganKind }

/** How narrowly a headcount change is drawn; the narrowest that meets an organ is the one that counts. */
function narrowness({ organIds, organKind, level }: HeadcountChange): number {
  if (organIds.length > 0) return 4
  return (organKind === null ? 0 : 2) + (level === null ? 0 : 1)
}

/** The one headcount change that bears on an organ, by its place among the changes; -1 where none does. */
export function headcountChangeFor(organ: OrganTraits, changes: readonly Change[]): number {
  let [best, narrowest] = [-1, -1]
  for (const [index, change] of changes.entries()) {
    if (change.kind !== 'headcount') continue
    const meets =
      change.organIds.length > 0
        ? change.organIds.includes(organ.id)
        : (change.level === null || change.level === organ.level) &&
          (change.organKind === null || change.organKind === organ.kind)
    if (meets && narrowness(change) > narrowest) [best, narrowest] = [index, narrowness(change)]
  }
  return best
}

/** People in post after a change; part people are dropped, as in limits by percent, and there are never fewer than none. */
export function staffAfter(
  staffInPost: number,
  { percent, people }: Pick<HeadcountChange, 'percent' | 'people'>,
): number {
  const after = percent === null ? staffInPost + (people ?? 0) : scaled(staffInPost, percent, Math.floor)
  return Math.max(0, after)
}

/** The price change that bears on a line, by its place: of the line's standard, else of its kind of need; -1 where none does. */
export function priceChangeFor(line: LineFacts['line'], changes: readonly Change[]): number {
  let byKind = -1
  for (const [index, change] of changes.entries()) {
    if (change.kind !== 'price') continue
    if (change.standardCode !== null && change.standardCode === line.standardCode) return index
    if (change.needKind !== null && change.needKind === line.needKind) byKind = index
  }
  return byKind
}

/**
 * The line as it would be asked at other prices: price and money move together; where no price stands, the money moves.
 * A price never falls below one fen. Money that did not agree with quantity × price does not agree afterwards either.
 */
export function pricedLine(
  line: LineFacts['line'],
  change: Pick<PriceChange, 'percent' | 'addFen'>,
): LineFacts['line'] {
  const moved = (fen: number, pieces: number) =>
    Math.max(
      1,
      change.percent === null
        ? Math.round(fen + (change.addFen ?? 0) * pieces)
        : scaled(fen, change.percent, Math.round),
    )
  const { unitPriceFen, amountFen, quantity } = line
  if (unitPriceFen === null) {
    if (amountFen === null) return line
    // An amount for a piece needs a number of pieces; a sum without one moves only by percent.
    return change.percent === null && quantity === null ? line : { ...line, amountFen: moved(amountFen, quantity ?? 1) }
  }
  const price = moved(unitPriceFen, 1)
  const agrees = quantity !== null && amountFen === Math.round(unitPriceFen * quantity)
  return {
    ...line,
    unitPriceFen: price,
    amountFen:
      amountFen === null
        ? null
        : agrees
          ? Math.round(price * quantity)
          : Math.round((amountFen * price) / Math.max(1, unitPriceFen)),
  }
}

/** `percent` more, by whole hundredths so that 10.1 % of 1000 is 101 and not a hair less. */
function scaled(value: number, percent: number, round: (value: number) => number): number {
  return round((value * (10_000 + Math.round(percent * 100))) / 10_000)
}
