import { useSuspenseQuery } from '@tanstack/react-query'
import { call } from '#kernel/web/client.ts'
import { answerOrKept } from '#kernel/web/offline/answer-or-kept.ts'
import { contract } from '../../contract.ts'
import type { Count } from '../../model.ts'
import { keepCount, keptCount, keptCounts, type KeptCount } from './local-store.ts'

type Told = Pick<KeptCount, 'count' | 'mayCount'>

/**
 * The count one counts for, as the server says it or as it was told on this phone last. Asked once: what is counted meanwhile
 * is on the phone, and an answer that does not come must not take the page away.
 */
export function useKeptCount(whose: { personId: string; countId: string }): Told {
  return useSuspenseQuery({
    queryKey: ['stocktaking', 'sheet', whose],
    queryFn: async (): Promise<Told> => {
      const kept = (await keptCount(whose).catch(() => undefined)) ?? null
      return (await answerOrKept<Told>(asked(whose), kept)).answer
    },
    staleTime: Number.POSITIVE_INFINITY,
  }).data
}

async function asked(whose: { personId: string; countId: string }): Promise<Told> {
  const { count, may } = await call(contract.viewCount, { countId: whose.countId })
  const told = { count, mayCount: may.count }
  await keepCount(whose, { ...told, at: new Date().toISOString() }).catch(() => {}) // no storage: opens with a network alone
  return told
}

/** Counts the person is on the team of; without a network those whose list is on this phone. */
export function useMyCounts(personId: string): readonly Count[] {
  return useSuspenseQuery({
    queryKey: ['stocktaking', 'myCounts', personId],
    queryFn: async () => {
      const kept = await keptCounts(personId).catch(() => [])
      const told = call(contract.myCounts, {}).then(({ items }) => items)
      return (await answerOrKept<readonly Count[]>(told, kept.length === 0 ? null : kept)).answer
    },
  }).data
}
