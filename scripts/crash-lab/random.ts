/** A stream of numbers in [0, 1) that follows from a seed: the same seed, the same faults and the same wishes. */
export type Random = {
  next: () => number
  /** A whole number from 0 to below `count`. */
  below: (count: number) => number
  pick: <T>(from: readonly T[]) => T
  /** A stream of its own for a part, so that what one part draws does not shift the others. */
  fork: (name: string) => Random
}

export function randomFrom(seed: number | string): Random {
  let state = digest(String(seed))
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    next,
    below,
    pick: (from) => {
      const one = from[below(from.length)]
      if (one === undefined) throw new Error('nothing to pick from')
      return one
    },
    fork: (name) => randomFrom(`${seed}/${name}`),
  }
}

/** FNV-1a, 32 bits. */
function digest(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return hash | 0
}
