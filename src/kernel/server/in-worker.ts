import { Worker } from 'node:worker_threads'

const mostAtOnce = 2

export type WorkerLimits = { seconds: number; megabytes: number }

/**
 * Runs a worker that posts one answer. What would eat memory or time takes down its worker only, and others are served
 * meanwhile; few run at a time, since each may take as much memory as is allowed to one.
 * @returns the answer, or `too-much` where a limit was reached
 */
export async function inWorker<Answer>(file: URL, task: unknown, limits: WorkerLimits): Promise<Answer | 'too-much'> {
  return inTurn(() => answerOf<Answer>(file, task, limits))
}

function answerOf<Answer>(
  file: URL,
  task: unknown,
  { seconds, megabytes }: WorkerLimits,
): Promise<Answer | 'too-much'> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: megabytes } })
    // Answered before it is ended: its end would be told first, as one without an answer.
    const clock = setTimeout(() => {
      resolve('too-much')
      void worker.terminate()
    }, seconds * 1000)
    worker.once('message', resolve)
    worker.once('error', (error: Error & { code?: string }) =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve('too-much') : reject(error),
    )
    worker.once('exit', (code) => {
      clearTimeout(clock)
      reject(new Error(`the worker of ${file.pathname} ended with ${code} and no answer`))
    })
  })
}

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= mostAtOnce) await new Promise<void>((go) => waiting.push(go))
  else running += 1
  try {
    return await work()
  } finally {
    // The place is handed on, so that nobody can slip in between.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}
