import { TooMany } from '../errors.ts'

const minuteMs = 60_000

/** Counts requests of people who are not signed in, by address. */
export type Knocks = { count: (address: string) => void }

/**
 * Each request without a session leaves a row in the record, and nobody may fill it at will.
 * @returns `count`, which throws TooMany beyond `limit` a minute from one address
 */
export function knockCounter(limit: number): Knocks {
  const counts = new Map<string, number>()
  let minute = 0
  return {
    count: (address) => {
      const present = Math.floor(performance.now() / minuteMs)
      if (present !== minute) counts.clear()
      minute = present
      const count = (counts.get(address) ?? 0) + 1
      counts.set(address, count)
      if (count > limit) throw new TooMany()
    },
  }
}
