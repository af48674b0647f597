import type { Pages } from '../fetching.ts'

/** Two lists as one: the second begins where the first is at its end, and is not there before the first is. */
export function oneAfterOther<Item>(first: Pages<Item, unknown>, second: Pages<Item, unknown>): Pages<Item, unknown> {
  const counted = typeof first.total === 'number' && typeof second.total === 'number'
  return {
    items: first.hasMore || first.loading ? first.items : [...first.items, ...second.items],
    total: counted ? Number(first.total) + Number(second.total) : (first.total ?? null),
    first: first.first,
    hasMore: first.hasMore || (!first.loading && second.hasMore),
    more: () => (first.hasMore ? first.more() : second.more()),
    loading: first.loading || (!first.hasMore && second.loading),
    fetching: first.fetching || second.fetching,
    error: first.error ?? second.error,
    refetch: () => {
      first.refetch()
      second.refetch()
    },
  }
}
