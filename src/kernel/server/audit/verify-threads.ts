import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Purged } from './verify-purge.ts'
import { checkRange, type CheckedRange, type Range } from './verify-range.ts'
import type { Ask } from './verify-reader.ts'

/** What a thread is started with; it then gets ranges and answers each with what it found, or with an error. */
export type ThreadStart = { url: string; snapshot: string; purged: Purged }
export type ThreadAnswer = { checked: CheckedRange } | { error: string }

export type Split = {
  /** Positions of one range: the memory of the verifier depends on nothing else. */
  width: number
  /** Positions below which a thread takes longer to start than it saves. */
  threadsFrom: number
}
const usualSplit: Split = { width: 4000, threadsFrom: 40_000 }

/**
 * Checks all ranges of the tree of `leaves` leaves, several at a time, and hands them over in their order. Threads read
 * the snapshot of this connection.
 */
export async function* checkedRanges(
  ask: Ask,
  { url, leaves, trusted, purged }: { url: string; leaves: number; trusted: number; purged: Purged },
  { width, threadsFrom }: Split = usualSplit,
): AsyncGenerator<CheckedRange> {
  const ranges = Array.from({ length: Math.ceil(leaves / width) }, (_, place) => ({
    from: place * width,
    to: (place + 1) * width,
    trusted,
  }))
  if (leaves - trusted < threadsFrom) {
    for (const range of ranges) yield await checkRange(ask, range, purged)
    return
  }
  const [exported] = await ask<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
  const threads = Array.from({ length: Math.min(availableParallelism(), ranges.length) }, () =>
    startThread({ url, snapshot: exported?.snapshot ?? '', purged }),
  )
  try {
    // Each thread has one range in work and one waiting, so that neither it nor the database pauses.
    const coming: Promise<CheckedRange>[] = []
    for (const [place, range] of ranges.entries()) {
      const checked = (threads[place % threads.length] as Thread).check(range)
      checked.catch(() => {}) // told where it is awaited
      coming.push(checked)
      if (coming.length === threads.length * 2) yield await (coming.shift() as Promise<CheckedRange>)
    }
    for (const checked of coming) yield await checked
  } finally {
    await Promise.all(threads.map(({ stop }) => stop()))
  }
}

type Thread = { check: (range: Range) => Promise<CheckedRange>; stop: () => Promise<unknown> }

function startThread(start: ThreadStart): Thread {
  const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { workerData: start })
  const waiting: { resolve: (checked: CheckedRange) => void; reject: (error: Error) => void }[] = []
  let ended: Error | null = null
  const fail = (error: Error) => {
    ended ??= error
    for (const { reject } of waiting.splice(0)) reject(error)
  }
  worker.on('message', (answer: ThreadAnswer) => {
    if ('error' in answer) return fail(new Error(answer.error))
    waiting.shift()?.resolve(answer.checked)
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('a verifying thread ended before its work')))
  return {
    check: (range) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        waiting.push({ resolve, reject })
        worker.postMessage(range)
      }),
    stop: () => worker.terminate(),
  }
}
