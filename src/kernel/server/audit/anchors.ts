import { createReadStream } from 'node:fs'
import { appendFile, mkdir, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readNote, type SignedCheckpoint } from './checkpoint.ts'
import { knownKeys, rememberKey, type PublicKey } from './signing-key.ts'

/**
 * Where checkpoints are kept outside of the database: a file that is only appended to, one JSON line a checkpoint, and
 * the public keys beside it. Against these, cutting off the tail of the record or replacing all of it shows.
 */
const checkpointFile = 'checkpoints.jsonl'

/** The folder in the data directory; `YUNBAO_ANCHOR_DIR` names a further one, on other storage. */
export function anchorDirectories(dataDirectory: string, further: string | undefined): string[] {
  return [join(dataDirectory, 'audit'), ...(further === undefined ? [] : [further])]
}

/**
 * The last checkpoint of an anchor; null of one that has none yet. A line that a crash left half written is cut off.
 * @throws Error when the last whole line cannot be read
 */
export async function lastAnchored(directory: string): Promise<SignedCheckpoint | null> {
  const path = join(directory, checkpointFile)
  const size = (await stat(path).catch(() => null))?.size ?? 0
  if (size === 0) return null
  const file = await open(path, 'r+')
  try {
    const length = Math.min(size, 16_384)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
    const end = buffer.lastIndexOf(0x0a)
    if (end < 0 && length === size) {
      await file.truncate(0)
      return null
    }
    if (end + 1 < length) await file.truncate(size - length + end + 1)
    const lines = buffer.subarray(0, end).toString('utf8').split('\n')
    const last = readLine(lines.at(-1) ?? '')
    if (!last) throw new Error(`锚定文件 ${path} 的最后一行无法读取，可能已被改动。请运行 yunbao verify 查明。`)
    return last
  } finally {
    await file.close()
  }
}

/** Appends checkpoints and forces them to the disk. */
export async function anchor(
  directory: string,
  checkpoints: readonly { size: number; note: string }[],
  key: PublicKey,
): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o750 })
  await rememberKey(directory, key)
  const lines = checkpoints.map(({ size, note }) => `${JSON.stringify({ size, note })}\n`).join('')
  if (lines !== '') await appendFile(join(directory, checkpointFile), lines, { mode: 0o640, flush: true })
}

export type AnchoredLine = { line: number; checkpoint: SignedCheckpoint | null }

/** All lines of an anchor, one at a time; `checkpoint` is null where a line cannot be read. Nothing when there is no file. */
export async function* anchoredIn(directory: string): AsyncGenerator<AnchoredLine> {
  const path = join(directory, checkpointFile)
  if ((await stat(path).catch(() => null)) === null) return
  let line = 0
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    line++
    if (text.trim() !== '') yield { line, checkpoint: readLine(text) }
  }
}

/** Keys of the data directory and of its anchors. */
export async function trustedKeys(dataDirectory: string, anchors: readonly string[]): Promise<PublicKey[]> {
  const found = await Promise.all([join(dataDirectory, 'keys'), ...anchors].map(knownKeys))
  return found.flat()
}

function readLine(text: string): SignedCheckpoint | null {
  try {
    return readNote(String((JSON.parse(text) as { note: unknown }).note))
  } catch {
    return null
  }
}
