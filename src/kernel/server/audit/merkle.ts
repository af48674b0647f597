import { hash } from 'node:crypto'

/**
 * The Merkle tree of RFC 9162 section 2.1 over one of two hash suites: leaves are hashed behind 0x00, nodes behind 0x01,
 * so that no leaf can pass for a node. Sizes and positions are integers below 2^53.
 */
export const suites = ['sha256', 'sm3'] as const
export type Suite = (typeof suites)[number]

/** Root of a whole subtree of 2^level leaves. */
export type Subtree = { level: number; hash: Buffer }

/** Whole subtrees from left to right, each higher than the next: all that a growing tree needs to know of itself. */
export type Frontier = Subtree[]

const leafMark = Buffer.from([0])

/** Hash of the empty tree (RFC 9162 2.1.1). */
export function emptyRoot(suite: Suite): Buffer {
  return hash(suite, '', 'buffer')
}

export function leafHash(suite: Suite, data: Buffer | string): Buffer {
  // U+0000 is the byte 0x00 in UTF-8.
  return typeof data === 'string'
    ? hash(suite, `\u0000${data}`, 'buffer')
    : hash(suite, Buffer.concat([leafMark, data]), 'buffer')
}

/** The leaf of a text in hexadecimal: half as dear to make as bytes. */
export function leafText(suite: Suite, data: string): string {
  return hash(suite, `\u0000${data}`)
}

const both = Buffer.alloc(65, 1)

function nodeHash(suite: Suite, left: Buffer, right: Buffer): Buffer {
  left.copy(both, 1)
  right.copy(both, 33)
  return Buffer.from(hash(suite, both, 'latin1'), 'latin1') // half as dear as asking for bytes
}

/**
 * Puts the next whole subtree (a leaf is one of level 0) behind the frontier.
 * @param grown told of each whole subtree above it that this completes
 */
export function grow(
  suite: Suite,
  frontier: Frontier,
  next: Subtree,
  grown?: (level: number, hash: Buffer) => void,
): void {
  frontier.push(next)
  for (;;) {
    const right = frontier.at(-1)
    const left = frontier.at(-2)
    if (!left || !right || left.level !== right.level) return
    frontier.length -= 2
    const whole = { level: right.level + 1, hash: nodeHash(suite, left.hash, right.hash) }
    frontier.push(whole)
    grown?.(whole.level, whole.hash)
  }
}

export function rootOf(suite: Suite, frontier: Frontier): Buffer {
  if (frontier.length === 0) return emptyRoot(suite)
  return frontier.reduceRight<Buffer | null>(
    (right, { hash: left }) => (right === null ? left : nodeHash(suite, left, right)),
    null,
  ) as Buffer
}

/** Reads roots of whole subtrees by level and index at that level. */
export type SubtreeReader = (wanted: readonly { level: number; index: number }[]) => Promise<Buffer[]>

type Range = { from: number; to: number }

/**
 * The audit path of a leaf (RFC 9162 2.1.3.1), from the leaf upwards.
 * @throws RangeError when the tree has no such leaf
 */
export async function inclusionPath(
  suite: Suite,
  position: number,
  size: number,
  read: SubtreeReader,
): Promise<Buffer[]> {
  if (!(position >= 0 && position < size)) throw new RangeError(`no leaf ${position} in a tree of ${size}`)
  const ranges: Range[] = []
  for (let from = 0, to = size; to - from > 1;) {
    const middle = from + splitOf(to - from)
    if (position < middle) {
      ranges.unshift({ from: middle, to })
      to = middle
    } else {
      ranges.unshift({ from, to: middle })
      from = middle
    }
  }
  return rootsOf(suite, ranges, read)
}

/** Proof that the tree of `newer` leaves has the tree of `older` leaves for its beginning (RFC 9162 2.1.4.1). */
export async function consistencyPath(
  suite: Suite,
  older: number,
  newer: number,
  read: SubtreeReader,
): Promise<Buffer[]> {
  if (!(older >= 0 && older <= newer)) throw new RangeError(`${older} leaves are no beginning of ${newer}`)
  if (older === 0 || older === newer) return []
  const ranges: Range[] = []
  let from = 0
  let to = newer
  let known = true // the left subtree is the older tree itself, whose root the reader has
  while (to > older) {
    const middle = from + splitOf(to - from)
    if (older <= middle) {
      ranges.unshift({ from: middle, to })
      to = middle
    } else {
      ranges.unshift({ from, to: middle })
      from = middle
      known = false
    }
    if (from === older) break
  }
  if (!known) ranges.unshift({ from, to })
  return rootsOf(suite, ranges, read)
}

/** Recomputes the root a leaf and its path lead to (RFC 9162 2.1.3.2); null when the path does not fit the size. */
export function rootByInclusion(
  suite: Suite,
  leaf: Buffer,
  position: number,
  size: number,
  path: readonly Buffer[],
): Buffer | null {
  if (!(position >= 0 && position < size)) return null
  let fn = position
  let sn = size - 1
  let root = leaf
  for (const sibling of path) {
    if (sn === 0) return null
    if (fn % 2 === 1 || fn === sn) {
      root = nodeHash(suite, sibling, root)
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else root = nodeHash(suite, root, sibling)
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 ? root : null
}

/** Whether the proof shows that the newer tree continues the older one (RFC 9162 2.1.4.2). */
export function isConsistent(
  suite: Suite,
  older: { size: number; root: Buffer },
  newer: { size: number; root: Buffer },
  path: readonly Buffer[],
): boolean {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return path.length === 0 && older.root.equals(newer.root)
  if (older.size === 0) return path.length === 0 && older.root.equals(emptyRoot(suite))
  const proof = isPowerOfTwo(older.size) ? [older.root, ...path] : [...path]
  const [first, ...rest] = proof
  if (!first) return false
  let fn = older.size - 1
  let sn = newer.size - 1
  while (fn % 2 === 1) {
    fn = half(fn)
    sn = half(sn)
  }
  let fr = first
  let sr = first
  for (const sibling of rest) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(suite, sibling, fr)
      sr = nodeHash(suite, sibling, sr)
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else sr = nodeHash(suite, sr, sibling)
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && fr.equals(older.root) && sr.equals(newer.root)
}

/** The whole subtrees a range of leaves consists of, where it begins at the edge of one at least as large. */
function subtreesOf({ from, to }: Range): { level: number; index: number }[] {
  const parts: { level: number; index: number }[] = []
  while (from < to) {
    const level = Math.floor(Math.log2(to - from))
    parts.push({ level, index: from / 2 ** level })
    from += 2 ** level
  }
  return parts
}

/** Roots of ranges, all of their subtrees read at once. */
async function rootsOf(suite: Suite, ranges: readonly Range[], read: SubtreeReader): Promise<Buffer[]> {
  const parts = ranges.map(subtreesOf)
  const hashes = await read(parts.flat())
  let next = 0
  return parts.map((wanted) =>
    rootOf(
      suite,
      wanted.map(({ level }) => ({ level, hash: hashes[next++] as Buffer })),
    ),
  )
}

/** The largest power of two below n, for n > 1. */
function splitOf(n: number): number {
  return 2 ** (Math.ceil(Math.log2(n)) - 1)
}

function half(n: number): number {
  return Math.floor(n / 2)
}

function isPowerOfTwo(n: number): boolean {
  return Number.isInteger(Math.log2(n))
}
