import type { Level } from '#kernel/pure/actor.ts'
import type { Rank } from '#modules/organs/model.ts'
import type { Confidence, Standard } from '../model.ts'
import { definitionOf } from '../model/definitions.ts'
import type { StandardValue } from '../model/value.ts'

/** A row as the reference data give it; title, kind and norms follow from the definition of its code. */
export type StandardSeed = Readonly<{
  code: string
  value: StandardValue
  citation: string
  from: string
  confidence: Confidence
  level?: Level
  rank?: Rank
  until?: string
  note?: string
  restsOn?: readonly string[]
}>

/** The province whose standards the reference data are; national documents hold there until it sets its own. */
export const province = '140000'

/** What makes the id of a row: code, whose, and first day. */
export function seedKey({ code, level, rank, from }: StandardSeed): string {
  return ['standard', code, level, rank, from].filter((part) => part !== undefined).join('.')
}

/**
 * The full row of a seed.
 * @throws for a code without a definition
 */
export function seedRow(seed: StandardSeed, id: string): Standard {
  const definition = definitionOf(seed.code)
  if (!definition) throw new Error(`reference row ${seed.code} has no definition`)
  const {
    code,
    value,
    citation,
    from,
    confidence,
    level = null,
    rank = null,
    until = null,
    note = '',
    restsOn = [],
  } = seed
  return {
    id,
    code,
    kind: definition.kind,
    title: definition.title,
    jurisdictionCode: province,
    level,
    rank,
    value,
    from,
    until,
    citation,
    confidence,
    note,
    norms: [...definition.norms],
    restsOn: [...restsOn],
  }
}
