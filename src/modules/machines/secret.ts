import { randomInt } from 'node:crypto'
import { digestOfSecret, newSecret } from '#kernel/server/identifier.ts'

const signs = 'abcdefghjkmnpqrstuvwxyz23456789'

/**
 * A new token, `yb_<mark>_<secret>`: told from other secrets by its beginning (also by scanners of leaked secrets), one
 * from another by its mark; the secret has 256 bits.
 */
export function newToken(): { mark: string; secret: string; hash: string } {
  const mark = Array.from({ length: 8 }, () => signs[randomInt(signs.length)]).join('')
  const secret = `yb_${mark}_${newSecret()}`
  return { mark, secret, hash: digestOfSecret(secret) }
}
