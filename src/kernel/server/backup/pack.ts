import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { BackupFault } from './backup-fault.ts'
import { byteSource } from './sealed-file.ts'

/**
 * Many files in one stream, in the form of tar (POSIX ustar): once decrypted and decompressed, any `tar` reads it.
 */
export type PackedFile = { path: string; sizeBytes: number; sha256: string; sm3: string }
export type Packable = { path: string; content: 'folder' | { file: string; sizeBytes: number } | Buffer }

const blockBytes = 512

/**
 * Packs entries in order.
 * @param told is given the digests of each file when it is packed, as the manifest keeps them
 */
export async function* pack(
  entries: Iterable<Packable> | AsyncIterable<Packable>,
  told: (file: PackedFile) => void,
): AsyncGenerator<Buffer> {
  for await (const { path, content } of entries) {
    if (content === 'folder') {
      yield header(`${path}/`, 0, '5')
      continue
    }
    const sizeBytes = Buffer.isBuffer(content) ? content.length : content.sizeBytes
    yield header(path, sizeBytes, '0')
    const digests = twoDigests()
    const bytes = Buffer.isBuffer(content) ? [content] : exactly(content.file, content.sizeBytes)
    for await (const piece of bytes) {
      digests.update(piece)
      yield piece
    }
    if (sizeBytes % blockBytes > 0) yield Buffer.alloc(blockBytes - (sizeBytes % blockBytes))
    told({ path, sizeBytes, ...digests.done() })
  }
  yield Buffer.alloc(2 * blockBytes)
}

/**
 * As many bytes of a file as it had when it was listed: a file of a running database may grow (the log tells the rest)
 * or be cut meanwhile (zeros stand in; the log cuts it again).
 */
async function* exactly(file: string, sizeBytes: number): AsyncGenerator<Buffer> {
  let left = sizeBytes
  if (left === 0) return
  try {
    for await (const piece of createReadStream(file, { end: sizeBytes - 1, highWaterMark: 1 << 18 })) {
      left -= (piece as Buffer).length
      yield piece as Buffer
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error // dropped meanwhile; the log drops it again
  }
  for (; left > 0; left -= Math.min(left, 1 << 18)) yield Buffer.alloc(Math.min(left, 1 << 18))
}

/** SHA-256 and SM3 (GM/T 0004) of what goes by. */
export function twoDigests() {
  const [sha256, sm3] = [createHash('sha256'), createHash('sm3')]
  return {
    update: (piece: Uint8Array) => void (sha256.update(piece), sm3.update(piece)),
    done: () => ({ sha256: sha256.digest('hex'), sm3: sm3.digest('hex') }),
  }
}

function header(path: string, sizeBytes: number, type: '0' | '5'): Buffer {
  const block = Buffer.alloc(blockBytes)
  const name = Buffer.from(path)
  if (name.length > 100) throw new Error(`path is too long for a pack: ${path}`)
  name.copy(block)
  block.write(type === '5' ? '0000700\0' : '0000600\0', 100)
  block.write('0000000\0'.repeat(2), 108)
  block.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124)
  block.write('00000000000\0', 136)
  block.write(' '.repeat(8), 148)
  block.write(type, 156)
  block.write('ustar\x0000', 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

export type UnpackedEntry =
  | { path: string; folder: true }
  | { path: string; folder: false; sizeBytes: number; content: AsyncGenerator<Buffer> }

/**
 * Reads a pack; the content of each entry must be read before the next is asked for.
 * @throws BackupFault for a pack that is not whole
 */
export async function* unpack(stream: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<UnpackedEntry> {
  const source = byteSource(stream)
  for (;;) {
    const block = await source.take(blockBytes)
    if (block.length < blockBytes) throw new BackupFault('damaged', file, `备份文件 ${file} 不完整。请改用另一份备份。`)
    if (block.every((byte) => byte === 0)) return
    const text = (start: number, end: number) => block.toString('utf8', start, end).replace(/\0.*$/s, '')
    const path = text(0, 100)
    const sizeBytes = Number.parseInt(text(124, 136), 8)
    if (block.toString('latin1', 257, 262) !== 'ustar' || Number.isNaN(sizeBytes) || /(^|\/)\.\.(\/|$)|^\//.test(path))
      throw new BackupFault('damaged', file, `备份文件 ${file} 中的目录项无法识别。请改用另一份备份。`)
    if (path.endsWith('/')) {
      yield { path: path.slice(0, -1), folder: true }
      continue
    }
    const content = pieces(source, sizeBytes, file)
    yield { path, folder: false, sizeBytes, content }
    if (sizeBytes % blockBytes > 0) await source.take(blockBytes - (sizeBytes % blockBytes))
  }
}

async function* pieces(source: ReturnType<typeof byteSource>, sizeBytes: number, file: string): AsyncGenerator<Buffer> {
  for (let left = sizeBytes; left > 0;) {
    const piece = await source.take(Math.min(left, 1 << 18))
    if (piece.length === 0) throw new BackupFault('damaged', file, `备份文件 ${file} 不完整。请改用另一份备份。`)
    left -= piece.length
    yield piece
  }
}
