import { fieldWord, isKey, shown, type Recorded } from './field-words.ts'

export type ChangedField = { name: string; before: string | null; after: string | null }

/** Fields that differ between two states of a record, in the words of its module; keys and digests are left out. */
export function changedFields(of: Recorded, before: unknown, after: unknown): ChangedField[] {
  const [old, next] = [objectOf(before), objectOf(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(next)])]
    .filter((key) => !/Id$|^id$|digest|sha256/.test(key) && !isKey(next[key] ?? old[key]))
    .filter((key) => JSON.stringify(old[key]) !== JSON.stringify(next[key]))
    .map((key) => ({
      name: fieldWord(of, key),
      before: key in old ? shown(of, key, old[key]) : null,
      after: key in next ? shown(of, key, next[key]) : null,
    }))
    .filter(({ before: was, after: is }) => was !== is)
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : Array.isArray(value)
      ? { lines: value }
      : {}
}
