import type { Level } from '#kernel/pure/actor.ts'
import type { Rank } from '#modules/organs/model.ts'
import { seedKey, seedRow } from '../reference/seed.ts'
import { standardSeeds } from '../reference/standards.ts'
import type { Standard } from '../model.ts'
import type { StandardValue } from '../model/value.ts'
import type { StandardTable } from '../rules/in-force.ts'
import type { Official } from '../rules/ranks.ts'

/** Every reference row, whatever its period. */
export const referenceRows: readonly Standard[] = standardSeeds.map((seed) => seedRow(seed, `test.${seedKey(seed)}`))

/** The reference data as they stand on a day in the province, without a database. */
export function tableOn(on: string): StandardTable {
  return {
    on,
    jurisdictionCode: '140000',
    rows: referenceRows.filter((row) => row.from <= on && (row.until === null || row.until >= on)),
  }
}

export const testTable = tableOn('2026-11-23')

/** The table with another value under a code: a switch turned, a cap lowered. */
export function withValue(code: string, value: StandardValue, table: StandardTable = testTable): StandardTable {
  return { ...table, rows: table.rows.map((row) => (row.code === code ? { ...row, value } : row)) }
}

/** Somebody with a leading post. */
export const leader = (level: Level, rank: Rank): Official => ({ level, rank, zhiji: null })
export const staff = (level: Level, zhiji: string | null = null): Official => ({ level, rank: null, zhiji })
