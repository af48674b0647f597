import { sql } from 'kysely'
import type { Tx } from '../database.ts'
import type { LeafHashes } from './entry.ts'
import { grow, rootOf, suites, type Frontier, type Subtree, type SubtreeReader, type Suite } from './merkle.ts'

/** Levels of which roots of whole subtrees are kept: 0 are the leaves. */
const keptLevels = [0, 8, 16, 24, 32] as const
/** Levels between two that are kept: a subtree is made of at most 128 kept ones below it. */
const step = 8

export type Frontiers = Record<Suite, Frontier>
export type CheckpointRow = { size: number; at: Date; sha256: Buffer; sm3: Buffer; keyId: string; note: string }

export async function latestCheckpoint(tx: Tx): Promise<CheckpointRow | null> {
  return (
    (await sql<CheckpointRow>`select * from kernel.audit_checkpoint order by size desc limit 1`.execute(tx)).rows[0] ??
    null
  )
}

/** The first checkpoint that covers a leaf. */
export async function checkpointCovering(tx: Tx, position: number): Promise<CheckpointRow | null> {
  const { rows } =
    await sql<CheckpointRow>`select * from kernel.audit_checkpoint where size > ${position} order by size limit 1`.execute(
      tx,
    )
  return rows[0] ?? null
}

/** Checkpoints after a size, in their order. */
export async function checkpointsAfter(tx: Tx, size: number, limit: number): Promise<CheckpointRow[]> {
  return (
    await sql<CheckpointRow>`select * from kernel.audit_checkpoint where size > ${size} order by size limit ${limit}`.execute(
      tx,
    )
  ).rows
}

/** Roots of kept subtrees, `from` up to `to` of each range at its level, in the order of the ranges. */
async function keptRoots(
  tx: Tx,
  ranges: readonly { level: number; from: number; to: number }[],
): Promise<Map<string, LeafHashes>> {
  const { rows } = await sql<{ level: number; index: number } & LeafHashes>`
    select r.level, l.position as index, l.sha256, l.sm3
      from unnest(${ranges.map(({ level }) => level)}::int[], ${ranges.map(({ from }) => from)}::bigint[], ${ranges.map(({ to }) => to)}::bigint[]) r(level, lo, hi)
      join lateral (select position, sha256, sm3 from kernel.audit_leaf where position >= r.lo and position < r.hi) l on true where r.level = 0
    union all
    select r.level, n.index, n.sha256, n.sm3
      from unnest(${ranges.map(({ level }) => level)}::int[], ${ranges.map(({ from }) => from)}::bigint[], ${ranges.map(({ to }) => to)}::bigint[]) r(level, lo, hi)
      join lateral (select index, sha256, sm3 from kernel.audit_node where level = r.level and index >= r.lo and index < r.hi) n on true where r.level > 0`.execute(
    tx,
  )
  return new Map(rows.map(({ level, index, sha256, sm3 }) => [`${level}/${index}`, { sha256, sm3 }]))
}

/** Reads roots of whole subtrees from what is kept. @throws Error when some of it is missing */
export function subtreeReader(tx: Tx, suite: Suite): SubtreeReader {
  return async (wanted) => {
    const ranges = wanted.map(({ level, index }) => {
      const below = Math.min(Math.floor(level / step) * step, 32)
      const width = 2 ** (level - below)
      return { level: below, from: index * width, to: (index + 1) * width }
    })
    const kept = ranges.length === 0 ? new Map() : await keptRoots(tx, ranges)
    return ranges.map(({ level, from, to }) => {
      const frontier: Frontier = []
      for (let index = from; index < to; index++)
        grow(suite, frontier, { level, hash: keptHash(kept, level, index)[suite] })
      return rootOf(suite, frontier)
    })
  }
}

function keptHash(kept: ReadonlyMap<string, LeafHashes>, level: number, index: number): LeafHashes {
  const found = kept.get(`${level}/${index}`)
  if (!found) throw new Error(`审计树缺少第 ${level} 层第 ${index} 个节点，已被改动。请运行 yunbao verify 核验。`)
  return found
}

/** The frontiers of the tree of the first `size` leaves, from what is kept. */
export async function frontiersAt(tx: Tx, size: number): Promise<Frontiers> {
  const ranges = [...keptLevels]
    .toReversed()
    .map((level) => ({
      level,
      from: level === 32 ? 0 : Math.floor(size / 2 ** (level + step)) * 2 ** step,
      to: Math.floor(size / 2 ** level),
    }))
    .filter(({ from, to }) => to > from)
  const kept = ranges.length === 0 ? new Map<string, LeafHashes>() : await keptRoots(tx, ranges)
  const frontiers: Frontiers = { sha256: [], sm3: [] }
  for (const { level, from, to } of ranges)
    for (let index = from; index < to; index++)
      for (const suite of suites)
        grow(suite, frontiers[suite], { level, hash: keptHash(kept, level, index)[suite] } satisfies Subtree)
  return frontiers
}

export type NewLeaf = LeafHashes & { entryId: number; transactionText: string }
type KeptNode = LeafHashes & { level: number; index: number }

/**
 * Appends leaves behind the tree of `size` leaves; `frontiers` grows along.
 * @returns the roots of the grown tree
 */
export async function appendLeaves(
  tx: Tx,
  size: number,
  frontiers: Frontiers,
  leaves: readonly NewLeaf[],
): Promise<LeafHashes> {
  const nodes = new Map<string, KeptNode>()
  for (const [offset, leaf] of leaves.entries())
    for (const suite of suites)
      grow(suite, frontiers[suite], { level: 0, hash: leaf[suite] }, (level, root) => {
        if (level % step !== 0 || level > 32) return
        const index = Math.floor((size + offset) / 2 ** level)
        const node = nodes.get(`${level}/${index}`) ?? { level, index, sha256: root, sm3: root }
        nodes.set(`${level}/${index}`, { ...node, [suite]: root })
      })
  await sql`insert into kernel.audit_leaf (position, entry_id, transaction_id, sha256, sm3)
    select * from unnest(${leaves.map((_, offset) => size + offset)}::bigint[], ${leaves.map(({ entryId }) => entryId)}::bigint[],
      ${leaves.map(({ transactionText }) => transactionText)}::xid8[], ${leaves.map(({ sha256 }) => sha256)}::bytea[],
      ${leaves.map(({ sm3 }) => sm3)}::bytea[])`.execute(tx)
  const kept = [...nodes.values()]
  if (kept.length > 0)
    await sql`insert into kernel.audit_node (level, index, sha256, sm3)
      select * from unnest(${kept.map(({ level }) => level)}::smallint[], ${kept.map(({ index }) => index)}::bigint[],
        ${kept.map(({ sha256 }) => sha256)}::bytea[], ${kept.map(({ sm3 }) => sm3)}::bytea[])`.execute(tx)
  return { sha256: rootOf('sha256', frontiers.sha256), sm3: rootOf('sm3', frontiers.sm3) }
}
