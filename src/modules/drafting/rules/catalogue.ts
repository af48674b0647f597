import type { Finding } from '#kernel/pure/verdict.ts'
import {
  centralisedLabels,
  needKindLabels,
  needKinds,
  type CatalogueEntry,
  type Centralised,
  type NeedKind,
} from '#modules/standards/model.ts'
import { definitionOf } from '#modules/standards/model/definitions.ts'
import { law } from '../law.ts'
import type { CatalogueChange, Change } from '../model.ts'
import { finding, placeOf, type DraftFacts } from './facts.ts'

/** How much of a kind is managed centrally: more may be added below, nothing taken away. */
const reach: Record<Centralised, number> = { no: 0, 'important-only': 1, 'where-provided': 1, 'in-compound': 1, yes: 2 }

/** True when the entry manages centrally at least what the other does. */
export function covers(own: Centralised, floor: Centralised): boolean {
  return own === floor || reach[own] > reach[floor]
}

/** What Art. 10 itself puts into the authority's hands, whatever a catalogue says: land, offices, cars, shared compounds. */
export const lawFloor: Partial<Record<NeedKind, Centralised>> = {
  N02: 'yes',
  N03: 'yes',
  N05: 'yes',
  N08: 'in-compound',
}

type Version = Pick<CatalogueEntry, 'needKind' | 'centralised' | 'jurisdictionCode' | 'from' | 'until'>

/** The catalogue of one jurisdiction on a day, once the draft is in force. */
export function catalogueAfter(facts: DraftFacts, on: string): Map<NeedKind, Version> {
  const own = facts.entries.filter(({ jurisdictionCode }) => jurisdictionCode === facts.jurisdictionCode)
  const after = new Map(own.filter((entry) => inForce(entry, on)).map((entry) => [entry.needKind, entry as Version]))
  for (const change of catalogueChanges(facts)) {
    if (change.act === 'end') after.delete(change.needKind)
    else after.set(change.needKind, { ...change, jurisdictionCode: facts.jurisdictionCode, from: on, until: null })
  }
  return after
}

/** CAT-R01 … CAT-R03: complete, no less than Art. 10, no less than the level above (Art. 6 para 2, 10, 31 para 3). */
export function checkCatalogue(facts: DraftFacts): Finding[] {
  const on = facts.head.inForceOn ?? facts.today
  return [...checkComplete(facts, on), ...catalogueChanges(facts).flatMap((change) => checkEntry(facts, change, on))]
}

function checkComplete(facts: DraftFacts, on: string): Finding[] {
  const inherited = new Set(above(facts, on).map(({ needKind }) => needKind))
  const own = catalogueAfter(facts, on)
  const missing = needKinds.filter((kind) => !own.has(kind) && !inherited.has(kind))
  if (missing.length === 0) return []
  return [
    finding(
      'CAT-R01',
      'block',
      law.needKinds,
      `目录缺少${missing.map((kind) => `“${needKindLabels[kind]}”`).join('、')}，需求将无法区分是否集中统一管理。`,
      {
        field: 'changes',
        facts: { 缺少类别: missing.length },
        remedy: '九类需求每一类都须载明是否集中统一管理：请补上缺少的类别，或者不要废止它。',
      },
    ),
  ]
}

function checkEntry(facts: DraftFacts, change: Change<CatalogueChange>, on: string): Finding[] {
  const name = needKindLabels[change.needKind]
  const result = catalogueAfter(facts, on).get(change.needKind)
  const parent = entryAbove(facts, change.needKind, on)
  const centralised = result?.centralised ?? parent?.centralised
  if (centralised === undefined) return []
  const field = `changes.${change.lineNo - 1}.centralised`
  const found: Finding[] = [...checkItems(change, field)]
  const floor = lawFloor[change.needKind]
  if (floor !== undefined && !covers(centralised, floor))
    found.push(
      finding(
        'CAT-R02',
        'block',
        law.centralised,
        `${placeOf(change, name)}为“${centralisedLabels[centralised]}”，少于条例第十条直接规定的“${centralisedLabels[floor]}”。`,
        {
          field,
          facts: { 本目录: centralisedLabels[centralised], 条例规定: centralisedLabels[floor] },
          remedy: `请改为“${centralisedLabels[floor]}”或者“${centralisedLabels.yes}”。`,
        },
      ),
    )
  if (parent && result && !covers(centralised, parent.centralised))
    found.push(
      finding(
        'CAT-R03',
        'block',
        law.provinceWide,
        `${placeOf(change, name)}为“${centralisedLabels[centralised]}”，少于上级目录的“${centralisedLabels[parent.centralised]}”。下级可以增加集中统一管理事项，不能减少。`,
        {
          field,
          facts: { 本目录: centralisedLabels[centralised], 上级目录: centralisedLabels[parent.centralised] },
          remedy: `请改为“${centralisedLabels[parent.centralised]}”或者范围更大的管理方式。`,
        },
      ),
    )
  return found
}

/** CAT-R04: things are named one by one for common equipment that the level provides, and only things of the standards (A22-2). */
function checkItems(change: Change<CatalogueChange>, field: string): Finding[] {
  const items = change.items ?? []
  if (change.act === 'end' || items.length === 0) return []
  const unknown = items.filter((code) => !code.startsWith('item.') || definitionOf(code) === null)
  const misplaced = change.needKind !== 'N09' || change.centralised !== 'where-provided' || !change.provided
  if (unknown.length === 0 && !misplaced) return []
  return [
    finding(
      'CAT-R04',
      'block',
      law.commonEquipment,
      misplaced
        ? `${placeOf(change, needKindLabels[change.needKind])}限定了物品，但只有本级统一配备的“${needKindLabels.N09}”可以逐项限定。`
        : `${placeOf(change, needKindLabels[change.needKind])}限定的${unknown.join('、')}不是设备家具配置标准中的物品。`,
      {
        field: field.replace('centralised', 'items'),
        facts: { 限定项数: items.length },
        remedy: misplaced
          ? '请删去限定的物品，或者改为“具备条件的集中统一管理”并由本级统一提供。'
          : '请从配置标准中选择物品。',
      },
    ),
  ]
}

/** Entries of the levels above in force on the day, the nearest of each kind. */
function above(facts: DraftFacts, on: string): CatalogueEntry[] {
  const nearest = new Map<NeedKind, CatalogueEntry>()
  const upper = facts.entries.filter((entry) => entry.jurisdictionCode !== facts.jurisdictionCode && inForce(entry, on))
  for (const entry of upper.toSorted((a, b) => (a.jurisdictionCode < b.jurisdictionCode ? -1 : 1)))
    nearest.set(entry.needKind, entry)
  return [...nearest.values()]
}

/** The entry of a kind that the levels above have in force. */
export function entryAbove(facts: DraftFacts, kind: NeedKind, on: string): CatalogueEntry | null {
  return above(facts, on).find(({ needKind }) => needKind === kind) ?? null
}

export function inForce({ from, until }: { from: string; until: string | null }, on: string): boolean {
  return from <= on && (until === null || until >= on)
}

function catalogueChanges({ changes }: DraftFacts): Change<CatalogueChange>[] {
  return changes.filter((change): change is Change<CatalogueChange> => change.subject === 'catalogue')
}
