/**
 * Does the same for all, a few at a time: a server answers one while another waits for the database. After a failure none is
 * begun any more.
 * @throws what the first that failed threw, when those under way have ended
 */
export async function forEachAtOnce<T>(all: readonly T[], work: (one: T) => Promise<void>, atOnce = 6): Promise<void> {
  let [next, failed] = [0, false]
  const turns = Array.from({ length: atOnce }, async () => {
    while (next < all.length && !failed)
      await work(all[next++] as T).catch((error: unknown) => {
        failed = true
        throw error
      })
  })
  const ended = await Promise.allSettled(turns)
  for (const turn of ended) if (turn.status === 'rejected') throw turn.reason
}
