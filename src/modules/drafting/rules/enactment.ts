import { addDays, type LocalDate } from '#kernel/pure/local-date.ts'

/** A row by its period; `key` says whose versions it belongs to (code, level, rank, jurisdiction). */
export type Dated = { id: string; key: string; from: LocalDate; until: LocalDate | null }

/** What approval does to the rows of one key. */
export type PlannedChange = {
  key: string
  act: 'add' | 'revise' | 'end'
  replacesId: string | null
  /** Last day of the new row; null: until it is changed. */
  until: LocalDate | null
}

export type EnactmentFault = {
  key: string
  code: 'replaced-gone' | 'not-later' | 'already-changed' | 'key-taken' | 'ends-before-it-begins' | 'later-row'
  row: Dated | null
}

export type Enactment = {
  /** Rows that end, with their new last day. */
  closings: { id: string; until: LocalDate }[]
  /** Keys that get a new row from the day. */
  openings: { key: string; from: LocalDate; until: LocalDate | null }[]
  faults: EnactmentFault[]
}

/**
 * What approval writes: the old row ends the day before, the new one begins; nothing that was in force on a day that has
 * been decided on is touched (A9-2). Whatever would overlap, leave a gap or overwrite is a fault.
 */
export function enactmentOf(rows: readonly Dated[], changes: readonly PlannedChange[], on: LocalDate): Enactment {
  const enactment: Enactment = { closings: [], openings: [], faults: [] }
  for (const change of changes) {
    const own = rows.filter(({ key }) => key === change.key)
    const fault = faultOf(own, change, on)
    if (fault) {
      enactment.faults.push({ key: change.key, ...fault })
      continue
    }
    if (change.replacesId !== null) enactment.closings.push({ id: change.replacesId, until: addDays(on, -1) })
    if (change.act !== 'end') enactment.openings.push({ key: change.key, from: on, until: change.until })
  }
  return enactment
}

function faultOf(own: readonly Dated[], change: PlannedChange, on: LocalDate): Omit<EnactmentFault, 'key'> | null {
  if (change.act !== 'end' && change.until !== null && change.until < on)
    return { code: 'ends-before-it-begins', row: null }
  if (change.act === 'add') {
    const taken = own.find(({ until }) => until === null || until >= on)
    return taken ? { code: 'key-taken', row: taken } : null
  }
  const replaced = own.find(({ id }) => id === change.replacesId)
  if (!replaced) return { code: 'replaced-gone', row: null }
  const later = own.find(({ from }) => from > replaced.from)
  if (later) return { code: replaced.until === null ? 'later-row' : 'already-changed', row: later }
  if (replaced.until !== null && replaced.until < addDays(on, -1)) return { code: 'already-changed', row: replaced }
  return replaced.from >= on ? { code: 'not-later', row: replaced } : null
}
