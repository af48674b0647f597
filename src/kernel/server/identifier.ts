import { createHash, randomBytes } from 'node:crypto'
import { v7 } from 'uuid'

/**
 * A new identifier: UUIDv7 that grows within its millisecond too, so that rows made together lie together, in the order in
 * which this process made them. Not a secret.
 */
export function newId(): string {
  return v7()
}

/** A secret of 256 bits as URL-safe text, for sessions and links. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret: whoever reads it cannot use it. For random secrets, which need no slow hash. */
export function digestOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** A UUID (version 8) that follows from a name: loading reference or demonstration data twice makes one row. */
export function namedId(name: string): string {
  const hex = createHash('sha256').update(`yunbao.${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
