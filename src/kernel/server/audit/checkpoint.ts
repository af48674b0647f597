import { hash } from 'node:crypto'
import { isSignedBy, keyIdOf, type AuditSigner, type PublicKey } from './signing-key.ts'

/** The state of the log at one moment: that many leaves, these roots, after that checkpoint. */
export type Checkpoint = {
  /** Names the log: no two installations have the same. */
  origin: string
  size: number
  sha256: Buffer
  sm3: Buffer
  /** ISO 8601, UTC. */
  at: string
  /** SHA-256 of the text of the checkpoint before, hexadecimal; null of the first. */
  previous: string | null
}

/**
 * The text that is signed: a checkpoint as transparency logs write it (origin, size, root), with further lines for the
 * SM3 root, the time and the checkpoint before.
 */
export function textOf({ origin, size, sha256, sm3, at, previous }: Checkpoint): string {
  return `${origin}\n${size}\n${sha256.toString('base64')}\nsm3 ${sm3.toString('base64')}\ntime ${at}\nprevious ${previous ?? '-'}\n`
}

export function textDigest(checkpoint: Checkpoint): string {
  return hash('sha256', textOf(checkpoint))
}

/** A checkpoint with its signature, as a signed note: text, blank line, signature line. */
export async function signedNote(checkpoint: Checkpoint, signer: AuditSigner): Promise<string> {
  const text = textOf(checkpoint)
  const keyId = keyIdOf(checkpoint.origin, signer)
  const signature = await signer.sign(Buffer.from(text))
  const bytes = Buffer.concat([Buffer.from(keyId, 'hex'), signature])
  return `${text}\n— ${checkpoint.origin} ${bytes.toString('base64')}\n`
}

export type SignedCheckpoint = Checkpoint & { keyId: string; signature: Buffer; note: string }

const layout =
  /^(\S{1,100})\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\nsm3 ([A-Za-z0-9+/]{43}=)\ntime (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\nprevious (-|[0-9a-f]{64})\n\n— (\S{1,100}) ([A-Za-z0-9+/]{10,200}={0,2})\n$/

/** Reads a signed note; null when it is none of this layout. */
export function readNote(note: string): SignedCheckpoint | null {
  const [, origin, size, sha256, sm3, at, previous, name, signed] = layout.exec(note) ?? []
  if (!origin || !sha256 || !sm3 || !at || !signed || name !== origin) return null
  const bytes = Buffer.from(signed, 'base64')
  const checkpoint = {
    origin,
    size: Number(size),
    sha256: Buffer.from(sha256, 'base64'),
    sm3: Buffer.from(sm3, 'base64'),
    at,
    previous: previous === '-' ? null : (previous ?? null),
    keyId: bytes.subarray(0, 4).toString('hex'),
    signature: bytes.subarray(4),
    note,
  }
  // Base64 has several texts for the same bytes; only one is ours.
  const canonical = `${textOf(checkpoint)}\n— ${origin} ${bytes.toString('base64')}\n`
  return canonical === note ? checkpoint : null
}

/** The key among those known that signed the checkpoint; `unknown-key` or `wrong-signature` when there is none. */
export function signerOf(
  checkpoint: SignedCheckpoint,
  keys: readonly PublicKey[],
): PublicKey | 'unknown-key' | 'wrong-signature' {
  const candidates = keys.filter((key) => keyIdOf(checkpoint.origin, key) === checkpoint.keyId)
  if (candidates.length === 0) return 'unknown-key'
  const data = Buffer.from(textOf(checkpoint))
  return candidates.find((key) => isSignedBy(key, data, checkpoint.signature)) ?? 'wrong-signature'
}

/** Digits of the root that people copy from paper: 64 bits. */
const shortDigits = 16

/** How papers and notices name a checkpoint: size, first digits of the SHA-256 root, key. */
export function shortForm({ size, sha256, keyId }: Pick<SignedCheckpoint, 'size' | 'sha256' | 'keyId'>): string {
  return `${size}-${sha256.toString('hex').slice(0, shortDigits)}-${keyId}`
}

/** A checkpoint as somebody has kept it: the whole note, or the short form from a paper. */
export type KeptCheckpoint =
  | { kind: 'note'; checkpoint: SignedCheckpoint }
  | { kind: 'short'; size: number; root: string; keyId: string }

/** Every checkpoint in a text: signed notes one after the other, or short forms. */
export function keptCheckpoints(text: string): KeptCheckpoint[] {
  const lines = text.replace(/\r\n/g, '\n').split('\n')
  const read = lines.flatMap((line, index) =>
    line.startsWith('— ') && index >= 7 ? (readNote(`${lines.slice(index - 7, index + 1).join('\n')}\n`) ?? []) : [],
  )
  if (read.length > 0) return read.map((checkpoint) => ({ kind: 'note', checkpoint }))
  return [...text.matchAll(/(?<![\w-])(\d{1,16})-([0-9a-f]{16,64})-([0-9a-f]{8})(?![\w-])/g)].map(
    ([, size, root = '', keyId = '']) => ({ kind: 'short', size: Number(size), root, keyId }),
  )
}
