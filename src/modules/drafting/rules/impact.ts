import type { Standard, NeedKind } from '#modules/standards/model.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import { levelOf, lineage } from '#modules/standards/rules/in-force.ts'
import type { Change } from '../model.ts'

/** What a key bears on in one jurisdiction, as the plans tell it. */
export type Use = {
  key: string
  jurisdictionCode: string
  organs: number
  lines: number
  quantity: number
  askedFen: number
  abovePrice: number
}

export type Setter = { code: string; jurisdictionCode: string }

/** The code or kind of need by which plans know what a change bears on. */
export function useKeyOf(change: Change): { key: string; by: 'standard' | 'need-kind'; capFen: number | null } {
  return change.subject === 'standard'
    ? { key: change.code, by: 'standard', capFen: proposedCap(change) }
    : { key: change.needKind, by: 'need-kind', capFen: null }
}

/** The price cap a change proposes; null where it sets none. */
export function proposedCap(change: Change): number | null {
  return change.subject === 'standard' && change.act !== 'end' && change.value?.form === 'item'
    ? change.value.priceCapFen
    : null
}

/**
 * True where the change holds in a jurisdiction: of the level it is for, and no jurisdiction between has set the same
 * standard itself (the nearest wins).
 */
export function bindsIn(
  change: Change,
  draftJurisdiction: string,
  jurisdictionCode: string,
  setters: readonly Setter[],
): boolean {
  const line = lineage(jurisdictionCode)
  const place = line.indexOf(draftJurisdiction)
  if (place < 0) return false
  if (change.subject === 'standard' && change.level !== null && change.level !== levelOf(jurisdictionCode)) return false
  const { key } = useKeyOf(change)
  const nearer = new Set(line.slice(0, place))
  return !setters.some(({ code, jurisdictionCode: setter }) => code === key && nearer.has(setter))
}

/** One change with its sums, and the money at the cap now and then. */
export function impactOf(change: Change, before: Standard | null, uses: readonly Use[]) {
  const sum = (of: (use: Use) => number) => uses.reduce((total, use) => total + of(use), 0)
  const quantity = sum((use) => use.quantity)
  const cap = proposedCap(change)
  const presentCap = before?.value.form === 'item' ? before.value.priceCapFen : null
  const at = (capFen: number | null) => (capFen === null ? null : Math.round(quantity * capFen))
  return {
    changeId: change.id,
    lineNo: change.lineNo,
    title: change.subject === 'standard' ? change.title : needKindLabels[change.needKind as NeedKind],
    organs: sum((use) => use.organs),
    lines: sum((use) => use.lines),
    quantity,
    askedFen: sum((use) => use.askedFen),
    atPresentCapFen: at(presentCap),
    atProposedCapFen: at(cap),
    aboveProposedCap: cap === null ? null : sum((use) => use.abovePrice),
  }
}

/** What a line would be cut to under the proposed cap; null where it stays. */
export function cutToFen(
  line: { quantity: number | null; unitPriceFen: number | null; amountFen: number | null },
  capFen: number | null,
): number | null {
  if (capFen === null || line.unitPriceFen === null || line.quantity === null || line.unitPriceFen <= capFen)
    return null
  return Math.round(line.quantity * capFen)
}
