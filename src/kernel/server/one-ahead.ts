/**
 * The same items in the same order, the next already under way while one is worked on: what reads and what writes keep both
 * cores busy. At most two items are held.
 */
export async function* oneAhead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const items = source[Symbol.asyncIterator]()
  let next = items.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = items.next()
      next.catch(() => {}) // told when it is its turn
      yield value
    }
  } finally {
    await next.catch(() => {})
    await items.return?.()
  }
}
