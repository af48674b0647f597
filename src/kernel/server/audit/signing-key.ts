import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  randomUUID,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { appendFile, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isSignedBySm2, sm2KeyOf } from './sm2-signature.ts'

/**
 * The port through which checkpoints are signed. Ours signs by Ed25519 or SM2 with a key in the data directory; a certified
 * module takes its place by the same members, since algorithm and key id stand beside every signature.
 */
export type AuditSigner = {
  algorithm: SignatureAlgorithm
  /** As the algorithm has it: 32 bytes of Ed25519, 65 of SM2 (the point, uncompressed). */
  publicKey: Buffer
  sign: (data: Buffer) => Buffer | Promise<Buffer>
}
export const signatureAlgorithms = ['ed25519', 'sm2'] as const
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number]
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

export function isSignedBy({ algorithm, publicKey }: PublicKey, data: Buffer, signature: Buffer): boolean {
  if (algorithm === 'sm2') return isSignedBySm2(publicKey, data, signature)
  if (publicKey.length !== 32) return false
  const key = createPublicKey({ key: Buffer.concat([ed25519Prefix, publicKey]), format: 'der', type: 'spki' })
  return verify(null, data, key, signature)
}

/**
 * The signer of this data directory; its key is made at the first need, readable by its owner only. Each algorithm has a
 * key file of its own: who changes the algorithm in the midst of a log keeps what was signed before verifiable.
 */
export async function openAuditSigner(
  dataDirectory: string,
  algorithm: SignatureAlgorithm = 'ed25519',
): Promise<AuditSigner> {
  const directory = join(dataDirectory, 'keys')
  const path = join(directory, `audit-${algorithm}.pem`)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const pem = await readFile(path, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return firstKey(path, algorithm)
  })
  const signer = signerFrom(createPrivateKey(pem), algorithm)
  if (signer === null)
    throw new Error(
      `审计签名密钥 ${path} 不是${algorithm === 'sm2' ? ' SM2 ' : ' Ed25519 '}私钥。请恢复原文件；密钥丢失的，移走该文件后重新启动，系统会生成新密钥。`,
    )
  await rememberKey(directory, signer)
  return signer
}

/** Null when the key is of another kind. */
function signerFrom(privateKey: KeyObject, algorithm: SignatureAlgorithm): AuditSigner | null {
  if (algorithm === 'sm2') {
    const key = sm2KeyOf(privateKey)
    return key && { algorithm, ...key }
  }
  if (privateKey.asymmetricKeyType !== 'ed25519') return null
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(ed25519Prefix.length)
  return { algorithm, publicKey, sign: (data) => sign(null, data, privateKey) }
}

/** Two processes may start at once: whoever links first has made the key, the other takes that one. */
async function firstKey(path: string, algorithm: SignatureAlgorithm): Promise<string> {
  const { privateKey } =
    algorithm === 'sm2' ? generateKeyPairSync('ec', { namedCurve: 'SM2' }) : generateKeyPairSync('ed25519')
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
