import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, randomUUID, sign, verify } from 'node:crypto'
import { appendFile, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The port through which checkpoints are signed. Ours is Ed25519 with the key in the data directory; a certified module
 * with SM2 takes its place by the same four members, since algorithm and key id stand beside every signature.
 */
export type AuditSigner = {
  algorithm: SignatureAlgorithm
  /** As the algorithm has it: 32 bytes of Ed25519. */
  publicKey: Buffer
  sign: (data: Buffer) => Buffer | Promise<Buffer>
}
export type SignatureAlgorithm = 'ed25519' | 'sm2'
export type PublicKey = { algorithm: SignatureAlgorithm; publicKey: Buffer }

/** DER before the 32 bytes of an Ed25519 public key (RFC 8410). */
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex')

/** Type of the signature in a signed note; SM2 has none of its own there and goes by its name. */
const noteTypes: Record<SignatureAlgorithm, Buffer> = {
  ed25519: Buffer.from([1]),
  sm2: Buffer.concat([Buffer.from([0xff]), Buffer.from('sm2')]),
}

/** Eight hexadecimal digits that tell keys of one log apart, as signed notes have them. */
export function keyIdOf(origin: string, { algorithm, publicKey }: PublicKey): string {
  const named = Buffer.concat([Buffer.from(`${origin}\n`), noteTypes[algorithm], publicKey])
  return hash('sha256', named).slice(0, 8)
}

/** Fingerprint of a key for people to compare: the whole SHA-256 of it. */
export function fingerprintOf({ publicKey }: PublicKey): string {
  return hash('sha256', publicKey)
}

/** @throws Error for an algorithm this installation has no module for */
export function isSignedBy({ algorithm, publicKey }: PublicKey, data: Buffer, signature: Buffer): boolean {
  if (algorithm !== 'ed25519') throw new Error(`没有可用于 ${algorithm} 的密码模块，无法核对签名。`)
  if (publicKey.length !== 32) return false
  const key = createPublicKey({ key: Buffer.concat([ed25519Prefix, publicKey]), format: 'der', type: 'spki' })
  return verify(null, data, key, signature)
}

/** The signer of this data directory; its key is made at the first need, readable by its owner only. */
export async function openAuditSigner(dataDirectory: string): Promise<AuditSigner> {
  const directory = join(dataDirectory, 'keys')
  const path = join(directory, 'audit-ed25519.pem')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const pem = await readFile(path, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return firstKey(path)
  })
  const privateKey = createPrivateKey(pem)
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new Error(
      `审计签名密钥 ${path} 不是 Ed25519 私钥。请恢复原文件；密钥丢失的，移走该文件后重新启动，系统会生成新密钥。`,
    )
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(ed25519Prefix.length)
  const signer: AuditSigner = { algorithm: 'ed25519', publicKey, sign: (data) => sign(null, data, privateKey) }
  await rememberKey(directory, signer)
  return signer
}

/** Two processes may start at once: whoever links first has made the key, the other takes that one. */
async function firstKey(path: string): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const own = `${path}.${randomUUID()}`
  await writeFile(own, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flush: true })
  try {
    await link(own, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(own, { force: true })
  }
  return readFile(path, 'utf8')
}

const keyFile = 'audit-keys.jsonl'

/** Public keys ever used are kept in a file, so that what an earlier key signed can still be verified. */
export async function rememberKey(directory: string, key: PublicKey): Promise<void> {
  const known = await knownKeys(directory)
  if (known.some(({ publicKey }) => publicKey.equals(key.publicKey))) return
  const line = JSON.stringify({ algorithm: key.algorithm, publicKey: key.publicKey.toString('base64') })
  await appendFile(join(directory, keyFile), `${line}\n`, { mode: 0o644, flush: true })
}

/** Keys remembered in a directory; none when there is no file. */
export async function knownKeys(directory: string): Promise<PublicKey[]> {
  const text = await readFile(join(directory, keyFile), 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    try {
      const { algorithm, publicKey } = JSON.parse(line) as { algorithm: SignatureAlgorithm; publicKey: string }
      return [{ algorithm, publicKey: Buffer.from(publicKey, 'base64') }]
    } catch {
      return []
    }
  })
}
