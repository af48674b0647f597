import {
  QueryClient,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  useSuspenseQuery,
  keepPreviousData,
} from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { InputOf, Operation, OutputOf, Page } from '#kernel/pure/contract.ts'
import { call, newKey } from './client.ts'
import type { InputFor } from './client.ts'
import { useLatest } from './latest.ts'
import { ProblemError, Unreachable } from './problem.ts'

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        networkMode: 'always', // offline is shown as Unreachable, never as an endless wait
        retry: (failures, error) => mayPass(error) && failures < 2,
        retryDelay: (failures) => 500 * 2 ** failures,
      },
    },
  })
}

/** The server is away, or too many were at it at once: worth asking again. */
function mayPass(error: Error): boolean {
  return error instanceof Unreachable || (error instanceof ProblemError && error.status === 503)
}

function keyOf(operation: Operation, input: unknown): unknown[] {
  return [operation.module, operation.name, input]
}

export type FetchOptions = {
  /** Asks again every so many milliseconds: jobs under way. */
  everyMs?: number | false
  /** How long an answer counts as fresh; 10 s by default. */
  staleMs?: number
}

/**
 * The output of a reading operation. Suspends while it is fetched (the frame shows a skeleton) and throws what the
 * server refused (the frame shows it), so that a page is written as if the answer were there.
 */
export function useFetched<O extends Operation>(
  operation: O,
  input: InputOf<O>,
  options: FetchOptions = {},
): OutputOf<O> {
  return useSuspenseQuery<OutputOf<O>>({
    queryKey: keyOf(operation, input),
    queryFn: ({ signal }) => call(operation, input as InputFor<O>, { signal }),
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    ...(options.staleMs === undefined ? {} : { staleTime: options.staleMs }),
  }).data
}

/** Puts an answer that came with a writing act in place of the fetched one, so that the page need not ask again. */
export function usePutAnswer<O extends Operation>(operation: O, input: InputOf<O>): (answer: OutputOf<O>) => void {
  const queries = useQueryClient()
  return (answer) => queries.setQueryData(keyOf(operation, input), answer)
}

export type Later<T> = { data: T | undefined; error: Error | null; fetching: boolean; refetch: () => void }

/** Like `useFetched`, without suspending; `null` input asks nothing. The previous answer stays while the next comes. */
export function useFetchedLater<O extends Operation>(
  operation: O,
  input: InputOf<O> | null,
  options: FetchOptions = {},
): Later<OutputOf<O>> {
  const query = useQuery<OutputOf<O>>({
    queryKey: keyOf(operation, input),
    queryFn: ({ signal }) => call(operation, input as InputFor<O>, { signal }),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    ...(options.staleMs === undefined ? {} : { staleTime: options.staleMs }),
  })
  return { data: query.data, error: query.error, fetching: query.isFetching, refetch: () => void query.refetch() }
}

type ItemOf<T> = T extends { items: (infer I)[] } ? I : never
type FirstPage<T> = T extends { items: unknown[] } ? T : never

export type Pages<Item, First = Page<Item>> = {
  items: Item[]
  /** True count up to 10,000; null = more; undefined = not known yet. */
  total: number | null | undefined
  /** The first page whole: sums and whatever else the operation tells beside the items. */
  first: First | undefined
  hasMore: boolean
  more: () => void
  /** Nothing to show yet. */
  loading: boolean
  /** Something is on its way, the first page or a further one. */
  fetching: boolean
  error: Error | null
  refetch: () => void
}

/** A list by cursor, page after page; the previous rows stay while a changed filter is fetched. */
export function usePages<O extends Operation>(
  operation: O,
  input: Omit<InputOf<O>, 'after'>,
): Pages<ItemOf<OutputOf<O>>, FirstPage<OutputOf<O>>> {
  type Item = ItemOf<OutputOf<O>>
  const query = useInfiniteQuery({
    queryKey: [...keyOf(operation, input), 'pages'],
    queryFn: ({ pageParam, signal }) => call(operation, { ...input, after: pageParam } as InputFor<O>, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last as Page<Item>).next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const pages = (query.data?.pages ?? []) as Page<Item>[]
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  return {
    items: pages.flatMap((page) => page.items),
    total: pages[0] === undefined ? undefined : pages[0].total,
    first: pages[0] as FirstPage<OutputOf<O>> | undefined,
    hasMore: hasNextPage,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
    },
    loading: query.isPending,
    fetching: query.isFetching,
    error: query.error,
    refetch: () => void query.refetch(),
  }
}

export type SendOptions<O extends Operation> = {
  onDone?: (output: OutputOf<O>) => void
  /** What to ask again afterwards: operations or whole modules; everything on screen by default. */
  invalidates?: readonly (Operation | string)[]
}

export type SendCallOptions = { ifMatch?: number; onUploadProgress?: (done: number) => void }

export type Send<O extends Operation> = {
  /** Resolves with the output, or with undefined when it was refused (then `error` says why); rejects only on a bug. */
  send: (input: InputFor<O>, options?: SendCallOptions) => Promise<OutputOf<O> | undefined>
  sending: boolean
  error: ProblemError | Unreachable | null
  /** Repeats an uncertain attempt with its own key; it cannot take effect twice. */
  retry: () => Promise<OutputOf<O> | undefined>
  /** Forgets the error. */
  clear: () => void
}

type Attempt<O extends Operation> = { input: InputFor<O>; text: string; options: SendCallOptions; key: string }

/** Sends a writing operation. A second press while the first is under way joins it: double submission is impossible. */
export function useSend<O extends Operation>(operation: O, options: SendOptions<O> = {}): Send<O> {
  const queries = useQueryClient()
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<ProblemError | Unreachable | null>(null)
  const running = useRef<Promise<OutputOf<O> | undefined> | null>(null)
  const uncertain = useRef<Attempt<O> | null>(null)
  const latest = useLatest(options)

  const attempt = useCallback(
    (what: Attempt<O>): Promise<OutputOf<O> | undefined> => {
      if (running.current !== null) return running.current
      setSending(true)
      setError(null)
      const run = async (): Promise<OutputOf<O> | undefined> => {
        try {
          const output = await call(operation, what.input, { ...what.options, idempotencyKey: what.key })
          uncertain.current = null
          const { invalidates, onDone } = latest.current
          if (invalidates === undefined) void queries.invalidateQueries()
          for (const one of invalidates ?? [])
            void queries.invalidateQueries({ queryKey: typeof one === 'string' ? [one] : [one.module, one.name] })
          onDone?.(output)
          return output
        } catch (thrown) {
          if (!(thrown instanceof ProblemError || thrown instanceof Unreachable)) throw thrown
          uncertain.current = thrown instanceof Unreachable ? what : null
          setError(thrown)
          return undefined
        } finally {
          running.current = null
          setSending(false)
        }
      }
      running.current = run()
      return running.current
    },
    [latest, operation, queries],
  )

  const send = useCallback(
    (input: InputFor<O>, sendOptions: SendCallOptions = {}) => {
      const text = JSON.stringify([input, sendOptions.ifMatch], (_, value: unknown) =>
        value instanceof File ? [value.name, value.size, value.lastModified] : value,
      )
      const same = uncertain.current?.text === text ? uncertain.current : null // the same act once more keeps its key
      return attempt({ input, text, options: sendOptions, key: same?.key ?? newKey() })
    },
    [attempt],
  )
  const retry = useCallback(
    () => (uncertain.current === null ? Promise.resolve(undefined) : attempt(uncertain.current)),
    [attempt],
  )
  const clear = useCallback(() => setError(null), [])
  return { send, sending, error, retry, clear }
}
