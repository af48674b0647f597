import type { KeptCheckpoint, SignedCheckpoint } from './checkpoint.ts'
import { grow, suites, type Frontier, type Suite } from './merkle.ts'
import type { PublicKey } from './signing-key.ts'
import { claimsOf } from './verify-claims.ts'
import { nodeCheck } from './verify-nodes.ts'
import { purgedUntil } from './verify-purge.ts'
import { openReader, type Ask } from './verify-reader.ts'
import { rootCheck } from './verify-roots.ts'
import { verifyChain, verifyOpenRows } from './verify-rows.ts'
import { checkedRanges } from './verify-threads.ts'

/** What the verifier found; `faults` name the first bad record of each kind, in the order of the log. */
export type AuditVerdict = {
  /** Rows looked at: sealed ones and those waiting. */
  checked: number
  unsealed: number
  /** Rows of which only the leaf is left, by the retention rule. */
  purged: number
  checkpoints: number
  /** Checkpoints kept outside that were compared. */
  anchored: number
  /** The newest checkpoint; null of an empty log. */
  newest: SignedCheckpoint | null
  faults: string[]
  seconds: number
}

export type VerifyOptions = {
  /** A role that reads the record; nothing is ever written. */
  url: string
  keys: readonly PublicKey[]
  /** Folders with checkpoints kept outside of the database. */
  anchors: readonly string[]
  /** Further checkpoints, as somebody kept them. */
  kept?: readonly KeptCheckpoint[]
  /** Only what was sealed since (ISO 8601); what lies before is taken by its leaves. */
  since?: string | undefined
  onProgress?: (done: number, total: number) => void
}

/** Faults named before the verifier stops looking for more. */
const enough = 50

/**
 * Recomputes the record from its rows and compares with everything that is kept of it: leaves, nodes, checkpoints and
 * their signatures, anchors, checkpoints kept by others. A reader of its own, with a connection of its own, in one
 * snapshot; memory does not grow with the record.
 */
export async function verifyAudit(options: VerifyOptions): Promise<AuditVerdict> {
  const startedAt = performance.now()
  const reader = await openReader(options.url)
  try {
    return await verifyIn(reader.ask, options, startedAt)
  } finally {
    await reader.close()
  }
}

async function verifyIn(ask: Ask, options: VerifyOptions, startedAt: number): Promise<AuditVerdict> {
  const faults: string[] = []
  const fault = (text: string) => void (faults.length < enough && faults.push(text))
  const [sizes] = await ask<{ leaves: number; newest: number }>(
    `select coalesce((select max(position) + 1 from kernel.audit_leaf), 0) as leaves,
      coalesce((select max(size) from kernel.audit_checkpoint), 0) as newest`,
  )
  const { leaves, newest } = sizes ?? { leaves: 0, newest: 0 }
  const from = options.since === undefined ? 0 : await sizeAt(ask, options.since)
  const purged = await purgedUntil(ask, fault)
  const frontiers: Record<Suite, Frontier> = { sha256: [], sm3: [] }
  const roots = await rootCheck(claimsOf(ask, options, fault), frontiers, fault)
  let checked = 0
  let gone = 0
  let size = 0
  await roots.compare(size)
  for await (const range of checkedRanges(ask, { url: options.url, leaves, trusted: from, purged })) {
    const nodes = nodeCheck(fault)
    const said = new Map(range.faults.map(({ index, text }) => [index, text]))
    for (const [index, position] of range.positions.entries()) {
      if (position !== size) {
        fault(`审计树在第 ${size + 1} 位中断：记录的封存被删除`)
        for (const suite of suites) frontiers[suite] = []
        size = position
      }
      const wrong = said.get(index)
      if (wrong !== undefined) fault(wrong)
      if (size >= from) checked++
      for (const suite of suites)
        grow(suite, frontiers[suite], { level: 0, hash: leafIn(range[suite], index) }, (level, hash) =>
          nodes.grown(suite, level, Math.floor(size / 2 ** level), hash),
        )
      size++
      if (roots.isDue(size)) await roots.compare(size)
    }
    gone += range.gone
    await nodes.compare(ask)
    options.onProgress?.(Math.max(0, size - from), leaves - from)
    if (faults.length >= enough) break
  }
  await roots.compareBeyond(size, () => faults.length >= enough)
  if (leaves > newest) fault(`第 ${newest + 1} 条起的记录没有检查点：检查点被删除`)
  if (from === 0) await verifyChain(ask, purged, fault)
  const open = await verifyOpenRows(ask, fault)
  return {
    checked: checked + open,
    unsealed: open,
    purged: gone,
    ...roots.tally,
    faults,
    seconds: (performance.now() - startedAt) / 1000,
  }
}

function leafIn(hashes: Uint8Array, index: number): Buffer {
  return Buffer.from(hashes.buffer, hashes.byteOffset + index * 32, 32)
}

/** Size of the last checkpoint before an instant. */
async function sizeAt(ask: Ask, instant: string): Promise<number> {
  const [row] = await ask<{ size: number }>(
    'select coalesce(max(size), 0) as size from kernel.audit_checkpoint where at < $1::timestamptz',
    [instant],
  )
  return row?.size ?? 0
}
