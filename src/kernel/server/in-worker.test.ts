import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inWorker } from './in-worker.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-worker-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

async function run(script: string, limits: { seconds: number; megabytes: number }) {
  const path = join(directory, 'work.mjs')
  await writeFile(path, script)
  return inWorker(pathToFileURL(path), 7, limits)
}
const enough = { seconds: 20, megabytes: 64 }
const answering = `import { parentPort, workerData } from 'node:worker_threads'; parentPort.postMessage(workerData * 6)`

test('G15 what takes longer, or more, than it may is too much; the next is served as ever', async () => {
  expect(await run(`while (true) {}`, { seconds: 0.3, megabytes: 64 })).toBe('too-much')
  const hoarding = `const all = []; while (true) all.push(new Array(10_000).fill(all.length))`
  expect(await run(hoarding, { seconds: 20, megabytes: 16 })).toBe('too-much')
  expect(await run(answering, enough)).toBe(42)
})

test('a worker that fails, or ends without an answer, is a fault', async () => {
  await expect(run(`throw new Error('broken')`, enough)).rejects.toThrow('broken')
  await expect(run(`process.exit(3)`, enough)).rejects.toThrow('ended with 3 and no answer')
})
