import { useSuspenseQuery } from '@tanstack/react-query'
import { call } from '#kernel/web/client.ts'
import { answerOrKept } from '#kernel/web/offline/answer-or-kept.ts'
import { contract } from '../../contract.ts'
import { keepCount, keptCount, type KeptCount } from './local-store.ts'

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
