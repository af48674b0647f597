import { leafData } from './entry.ts'
import { entryColumns, faultInRow, headTextOf, type EntryRow } from './entry-row.ts'
import { leafText } from './merkle.ts'
import type { Purged } from './verify-purge.ts'
import type { Ask } from './verify-reader.ts'

/** Positions of the tree, `from` up to `to`, checked row by row; rows before `trusted` are taken by their leaves. */
export type Range = { from: number; to: number; trusted: number }

/** What a range was found to hold, in the order of positions; plain memory, so that threads hand it over as it is. */
export type CheckedRange = {
  positions: Float64Array
  /** 32 bytes a position. */
  sha256: Uint8Array
  sm3: Uint8Array
  /** By index in `positions`. */
  faults: { index: number; text: string }[]
  /** Rows of which only the leaf is left, by the retention rule. */
  gone: number
}

type SealedRow = Omit<EntryRow, 'id'> & {
  id: number | null
  position: number
  leafEntry: number
  leafTransaction: string
  /** Hexadecimal. */
  leafSha256: string
  leafSm3: string
}

/** Reads the leaves of a range with their rows, and checks each row by itself and against its leaf. */
export async function checkRange(ask: Ask, { from, to, trusted }: Range, purged: Purged): Promise<CheckedRange> {
  const leavesOnly = to <= trusted
  const rows = await ask<SealedRow>(
    `select l.position, l.entry_id as leaf_entry, l.transaction_id::text as leaf_transaction, encode(l.sha256, 'hex') as leaf_sha256,
      encode(l.sm3, 'hex') as leaf_sm3, ${leavesOnly ? 'null::bigint as id' : entryColumns}
     from kernel.audit_leaf l ${leavesOnly ? '' : 'left join kernel.audit_entry e on e.id = l.entry_id'}
     where l.position >= $1 and l.position < $2 order by l.position`,
    [from, to],
  )
  const checked: CheckedRange = {
    positions: new Float64Array(rows.length),
    sha256: new Uint8Array(rows.length * 32),
    sm3: new Uint8Array(rows.length * 32),
    faults: [],
    gone: 0,
  }
  const [sha256, sm3] = [Buffer.from(checked.sha256.buffer), Buffer.from(checked.sm3.buffer)]
  for (const [index, row] of rows.entries()) {
    checked.positions[index] = row.position
    sha256.write(row.leafSha256, index * 32, 32, 'hex')
    sm3.write(row.leafSm3, index * 32, 32, 'hex')
    if (row.position < trusted) continue
    if (row.id === null && row.position < purged.through) {
      checked.gone++
      continue
    }
    const said = row.id === null ? '已被删除' : faultOfSealed(row as SealedRow & { id: number }, purged)
    if (said) checked.faults.push({ index, text: `第 ${row.position + 1} 条（审计记录 ${row.leafEntry}）${said}` })
  }
  return checked
}

function faultOfSealed(row: SealedRow & { id: number }, purged: Purged): string | null {
  const head = headTextOf(row)
  const own = faultInRow(row, head)
  if (own) return own
  if (row.withdrawn && !purged.withdrawn.has(row.id)) return '内容被撤除，却没有撤除的留痕'
  const data = leafData(head, row.id, row.transactionText)
  return leafText('sha256', data) === row.leafSha256 &&
    leafText('sm3', data) === row.leafSm3 &&
    row.transactionText === row.leafTransaction
    ? null
    : '与封存时的叶子值不符，已被改动'
}
