import type { Level } from '#kernel/pure/actor.ts'
import type { Operand, ParameterUsed } from '#kernel/pure/verdict.ts'
import type { ItemStandard, Standard, StandardsInForce } from '#modules/standards/model.ts'
import type { DemandLineDraft, Holding, StoreQuery } from '../model.ts'

/** What the rules know of the organ that asks. */
export type OrganFacts = {
  level: Level
  /** 编制内实有人数: the n of quantity limits. */
  staffInPost: number
  secretUnit: boolean
  inCompound: boolean
  tradeUnion: boolean
}

/** A demand line with what the registers say about it. */
export type LineFacts = {
  line: DemandLineDraft & { storeQuery: StoreQuery | null }
  /** From the register of what the organ has; null when the register holds nothing of the kind. */
  holding: Holding | null
  /** Quantity of the same standard asked in earlier lines of the demand: two lines must not each fit alone. */
  askedBefore: number
  /** Limits that the item shares with others (EQ-01, EQ-06, EQ-07): all printers, those for A3, those in colour. */
  shared?: readonly SharedLimit[]
  /** The same item in last year's plan; null when there was none. */
  lastYear: { quantity: number; amountFen: number } | null
}

/** A limit that items share: what the organ has and keeps of all of them, and what earlier lines ask of them. */
export type SharedLimit = {
  name: string
  /** The standard whose number is that of all of them. */
  code: string
  stock: number
  askedBefore: number
}

/** Standards made quick to look up; built once for many lines. */
export type IndexedStandards = StandardsInForce & {
  itemByCode: ReadonlyMap<string, ItemStandard>
  economicByCode: ReadonlyMap<string, StandardsInForce['economicCodes'][number]>
  catalogueByKind: ReadonlyMap<string, StandardsInForce['catalogue'][number]>
}

export function indexStandards(standards: StandardsInForce): IndexedStandards {
  const known = indexes.get(standards)
  if (known) return known
  const indexed = {
    ...standards,
    itemByCode: new Map(standards.items.map((item) => [item.code, item])),
    economicByCode: new Map(standards.economicCodes.map((code) => [code.code, code])),
    catalogueByKind: new Map(standards.catalogue.map((entry) => [entry.needKind, entry])),
  }
  indexes.set(standards, indexed)
  indexes.set(indexed, indexed)
  return indexed
}

/** Indexes made already: thousands of lines are judged by one set of standards. */
const indexes = new WeakMap<StandardsInForce, IndexedStandards>()

/** How a standard row is cited in a finding. */
export function parameterOf(row: Omit<Standard, 'value'>, value: string): ParameterUsed {
  return {
    code: row.code,
    version: row.id,
    title: row.title,
    value,
    citation: row.citation,
    from: row.from,
    until: row.until,
    projectDefault: row.confidence === 'D' || row.confidence === 'C',
  }
}

/** A procedure parameter in force, e.g. days a warehouse query stays good. Missing parameters are a fault of the data, not a default. */
export function parameter(standards: StandardsInForce, code: string): { value: number; used: ParameterUsed } {
  const found = standards.parameters[code]
  if (!found) throw new Error(`parameter ${code} is not in force on ${standards.on} in ${standards.jurisdictionCode}`)
  return { value: found.value, used: parameterOf(found.row, `${found.value}${found.unit}`) }
}

/** An amount as it went into a step, 分. */
export function fen(label: string, value: number): Operand {
  return { label, value, unit: '分' }
}

/** 1,234.50: money for a sentence. */
export function yuan(fen: number): string {
  const whole = Math.trunc(fen / 100)
  const rest = Math.abs(fen % 100)
  return `${whole.toString().replace(/\B(?=(\d{3})+$)/g, ',')}.${rest.toString().padStart(2, '0')}元`
}
