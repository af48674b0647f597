import { readFile } from 'node:fs/promises'
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { csvGrid } from './csv-grid.ts'
import type { RowAnswer, RowBatch, RowTask } from './row-stream.ts'

const rowsAtATime = 500
/** Batches on their way before the taker has asked for more. */
const ahead = 4

const port = parentPort as MessagePort
let onTheWay = 0
let room: () => void = () => {}
port.on('message', () => {
  onTheWay -= 1
  room()
})

async function say(answer: RowAnswer): Promise<void> {
  while (onTheWay >= ahead) await new Promise<void>((resolve) => (room = resolve))
  onTheWay += 1
  port.postMessage(answer)
}

async function readCsv(path: string): Promise<string | null> {
  const grid = csvGrid(await readFile(path), 'CSV')
  if (typeof grid === 'string') return grid
  for (let from = 0; from < grid.rows.length; from += rowsAtATime)
    await say({ batch: { sheet: grid.name, rows: grid.rows.slice(from, from + rowsAtATime) } })
  return null
}

/** What reads workbooks is loaded only where there is one. */
async function readXlsx(path: string): Promise<string | null> {
  const { streamXlsx } = await import('./row-stream-xlsx.ts')
  return streamXlsx(path, rowsAtATime, (batch: RowBatch) => say({ batch }))
}

const { path, csv } = workerData as RowTask
const why = await (csv ? readCsv(path) : readXlsx(path))
await say(why === null ? { end: true } : { refusal: why })
