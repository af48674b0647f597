import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  type CipherGCM,
  type DecipherGCM,
} from 'node:crypto'
import { BackupFault } from './backup-fault.ts'

/**
 * One encrypted file of a backup: a line that says with what, then chunks that are each authenticated with their place
 * and whether they are the last (the STREAM construction). So a flipped bit, a cut, a swap of chunks and a file under
 * another's name are all found. The key of each file is derived from the backup key, a salt and that first line.
 */
export const cipherSuites = {
  /** GM/T 0002 (SM4), GM/T 0004 (SM3). */
  gm: { cipher: 'sm4-gcm', keyBytes: 16, digest: 'sm3' },
  intl: { cipher: 'aes-256-gcm', keyBytes: 32, digest: 'sha256' },
} as const
export type CipherSuite = keyof typeof cipherSuites

/** A secret that files are sealed with; `id` names it without telling it. */
export type BackupKey = { suite: CipherSuite; id: string; secret: Buffer }

export type SealedHeader = {
  suite: CipherSuite
  keyId: string
  /** What the file is, e.g. `wal/000000010000000000000003`; it opens under no other name. */
  label: string
  salt: string
  /** What must be known before it is opened; authenticated, not secret. */
  note: Readonly<Record<string, string>>
}

const magic = 'YUNBAO-SEALED 1 '
const chunkBytes = 1 << 20
const tagBytes = 16
const lastFlag = 0x8000_0000
const longestHeader = 4096

/** Encrypts a stream; what it yields is to be written in order. */
export async function* seal(
  plain: AsyncIterable<Uint8Array>,
  key: BackupKey,
  label: string,
  note: SealedHeader['note'] = {},
): AsyncGenerator<Buffer> {
  const header: SealedHeader = {
    suite: key.suite,
    keyId: key.id,
    label,
    salt: randomBytes(16).toString('base64url'),
    note,
  }
  const line = Buffer.from(`${magic}${JSON.stringify(header)}\n`)
  const fileKey = fileKeyOf(key, line)
  yield line
  let counter = 0
  for await (const { chunk, last } of inChunks(plain)) yield sealedChunk(key.suite, fileKey, counter++, chunk, last)
}

function sealedChunk(suite: CipherSuite, fileKey: Buffer, counter: number, chunk: Buffer, last: boolean): Buffer {
  const cipher = createCipheriv(cipherSuites[suite].cipher, fileKey, nonceOf(counter, last)) as CipherGCM
  const length = Buffer.alloc(4)
  length.writeUInt32BE((last ? lastFlag : 0) + chunk.length)
  return Buffer.concat([length, cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
}

/** Chunks of equal size but the last, which is told apart; an empty stream is one empty last chunk. */
async function* inChunks(plain: AsyncIterable<Uint8Array>): AsyncGenerator<{ chunk: Buffer; last: boolean }> {
  let held: Buffer[] = []
  let size = 0
  for await (const piece of plain) {
    held.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
    size += piece.byteLength
    if (size <= chunkBytes) continue
    const all = Buffer.concat(held)
    let start = 0
    for (; all.length - start > chunkBytes; start += chunkBytes)
      yield { chunk: all.subarray(start, start + chunkBytes), last: false }
    held = [Buffer.from(all.subarray(start))]
    size = all.length - start
  }
  yield { chunk: Buffer.concat(held), last: true }
}

/**
 * Decrypts what `seal` made.
 * @param file name for messages
 * @param label what it must be
 * @throws BackupFault `wrong-key` or `damaged`, naming the file and the place in it
 */
export async function* unseal(
  sealed: AsyncIterable<Uint8Array>,
  key: BackupKey,
  file: string,
  label: string,
): AsyncGenerator<Buffer> {
  const source = byteSource(sealed)
  const line = await headerLine(source, file)
  const header = readHeader(line, file)
  refuseOtherKey(header, key, file)
  if (header.label !== label)
    throw new BackupFault('damaged', file, `备份文件 ${file} 的内容是“${header.label}”，应为“${label}”：文件被换过名。`)
  const fileKey = fileKeyOf(key, line)
  for (let counter = 0; ; counter++) {
    const length = await source.take(4)
    if (length.length < 4) throw damaged(file, `在第 ${counter + 1} 块处被截断`)
    const word = length.readUInt32BE()
    const last = word >= lastFlag
    const size = last ? word - lastFlag : word
    if (size > chunkBytes) throw damaged(file, `第 ${counter + 1} 块的长度不正确`)
    const body = await source.take(size + tagBytes)
    if (body.length < size + tagBytes) throw damaged(file, `在第 ${counter + 1} 块处被截断`)
    yield openedChunk(header.suite, fileKey, counter, last, body, file)
    if (last) break
  }
  if ((await source.take(1)).length > 0) throw damaged(file, '末尾多出内容')
}

function openedChunk(
  suite: CipherSuite,
  fileKey: Buffer,
  counter: number,
  last: boolean,
  body: Buffer,
  file: string,
): Buffer {
  const decipher = createDecipheriv(cipherSuites[suite].cipher, fileKey, nonceOf(counter, last), {
    authTagLength: tagBytes,
  } as never) as DecipherGCM
  decipher.setAuthTag(body.subarray(body.length - tagBytes))
  try {
    return Buffer.concat([decipher.update(body.subarray(0, body.length - tagBytes)), decipher.final()])
  } catch (cause) {
    throw damaged(file, `第 ${counter + 1} 块未通过完整性校验`, cause)
  }
}

/** The first line of a sealed file, without any key. Authentic only once the file has been opened. */
export function readHeader(line: Buffer, file: string): SealedHeader {
  const text = line.toString('utf8')
  try {
    if (!text.startsWith(magic)) throw new Error('other beginning')
    const header = JSON.parse(text.slice(magic.length)) as SealedHeader
    if (!(header.suite in cipherSuites) || typeof header.keyId !== 'string' || typeof header.label !== 'string')
      throw new Error('other members')
    return header
  } catch (cause) {
    throw damaged(file, '文件头无法识别', cause)
  }
}

/** @throws BackupFault `wrong-key` naming both keys */
export function refuseOtherKey({ suite, keyId }: SealedHeader, key: BackupKey, file: string): void {
  if (keyId === key.id && suite === key.suite) return
  throw new BackupFault(
    'wrong-key',
    file,
    `备份文件 ${file} 由密钥 ${keyId} 加密，给出的密钥是 ${key.id}。请用 --key-file 指定加密时的密钥文件。`,
  )
}

function damaged(file: string, what: string, cause?: unknown): BackupFault {
  return new BackupFault('damaged', file, `备份文件 ${file} 已损坏：${what}。请改用另一份备份。`, { cause })
}

function fileKeyOf({ suite, secret }: BackupKey, line: Buffer): Buffer {
  const { keyBytes, digest } = cipherSuites[suite]
  return Buffer.from(hkdfSync(digest, secret, Buffer.alloc(0), createHash(digest).update(line).digest(), keyBytes))
}

function nonceOf(counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(last ? 1 : 0, 0)
  nonce.writeBigUInt64BE(BigInt(counter), 4)
  return nonce
}

async function headerLine(source: ByteSource, file: string): Promise<Buffer> {
  const pieces: number[] = []
  while (pieces.length < longestHeader) {
    const [byte] = await source.take(1)
    if (byte === undefined) break
    pieces.push(byte)
    if (byte === 0x0a) return Buffer.from(pieces)
  }
  throw damaged(file, '文件头无法识别')
}

type ByteSource = { take: (size: number) => Promise<Buffer> }

/** Reads a stream by counts of bytes; fewer only at its end. */
export function byteSource(stream: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = stream[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  return {
    take: async (size) => {
      if (held.length < size) {
        const pieces = [held]
        let length = held.length
        while (length < size) {
          const { done, value } = await iterator.next()
          if (done) break
          pieces.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength))
          length += value.byteLength
        }
        held = Buffer.concat(pieces)
      }
      const taken = held.subarray(0, size)
      held = held.subarray(taken.length)
      return taken
    },
  }
}
