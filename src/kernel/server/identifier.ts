import { randomBytes, randomUUIDv7 } from 'node:crypto'

/** A new identifier: UUIDv7, so that rows made together lie together and nothing can be guessed from a neighbour's. */
export function newId(): string {
  return randomUUIDv7()
}

/** A secret of 256 bits as URL-safe text, for sessions and links. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}
