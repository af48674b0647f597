import { parentPort, workerData } from 'node:worker_threads'
import { checkRange, type Range } from './verify-range.ts'
import { openReader } from './verify-reader.ts'
import type { ThreadAnswer, ThreadStart } from './verify-threads.ts'

/** A thread of the verifier: checks the ranges it is sent, one after the other, on a connection of its own. */
const { url, snapshot, purged } = workerData as ThreadStart
const port = parentPort as NonNullable<typeof parentPort>
const reader = openReader(url, snapshot)
let work: Promise<void> = Promise.resolve()
port.on('message', (range: Range) => {
  work = work.then(async () => {
    const answer = await reader
      .then(({ ask }) => checkRange(ask, range, purged))
      .then(
        (checked): ThreadAnswer => ({ checked }),
        (error: unknown): ThreadAnswer => ({ error: String(error) }),
      )
    const moved = 'checked' in answer ? [answer.checked.positions, answer.checked.sha256, answer.checked.sm3] : []
    port.postMessage(answer, moved.map(({ buffer }) => buffer) as ArrayBuffer[])
  })
})
