import { TooMany } from '../errors.ts'

const minuteMs = 60_000

/** Counts requests of people who are not signed in, by address. */
export type Knocks = { count: (address: string) => void }

/**
 * Each request without a session leaves a row in the record, and nobody may fill it at will.
 * @returns `count`, which throws TooMany beyond `limit` a minute from one address
 */
export function knockCounter(limit: number): Knocks {
  const { count } = minuteCounter()
  return { count: (address) => count(address, limit) }
}

/** @returns `count`, which throws TooMany beyond `limit` a minute for one key, in this process */
export function minuteCounter(): { count: (key: string, limit: number) => void } {
  const counts = new Map<string, number>()
  let minute = 0
  return {
    count: (key, limit) => {
      const now = performance.now()
      const present = Math.floor(now / minuteMs)
      if (present !== minute) counts.clear()
      minute = present
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      if (count > limit) throw new TooMany(Math.ceil(((present + 1) * minuteMs - now) / 1000))
    },
  }
}
