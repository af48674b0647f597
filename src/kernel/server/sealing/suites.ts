import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, type CipherGCMTypes } from 'node:crypto'

/**
 * Suites of ciphers, by name beside every sealed value. `gm`: SM4-GCM (GB/T 32907, GB/T 36624) and HMAC-SM3 (GB/T 32905,
 * GB/T 15852.2), as GB/T 39786 asks for; `intl`: AES-256-GCM and HMAC-SHA-256.
 */
export const suiteNames = ['gm', 'intl'] as const
export type SuiteName = (typeof suiteNames)[number]

const suites: Record<SuiteName, { cipher: CipherGCMTypes; keyBytes: number; hash: string }> = {
  gm: { cipher: 'sm4-gcm' as CipherGCMTypes, keyBytes: 16, hash: 'sm3' },
  intl: { cipher: 'aes-256-gcm', keyBytes: 32, hash: 'sha256' },
}

const nonceBytes = 12
const tagBytes = 16

/** What a key made from a master key is for; the two uses of a purpose share no key. */
export type KeyUse = 'seal' | 'index'

/** The key of one use and purpose (HKDF, RFC 5869): whoever learns one learns nothing of the others. */
export function derivedKey(suite: SuiteName, master: Buffer, use: KeyUse, purpose: string): Buffer {
  const { hash, keyBytes } = suites[suite]
  const length = use === 'seal' ? keyBytes : 32
  return Buffer.from(hkdfSync(hash, master, Buffer.alloc(0), `yunbao ${use} ${suite} ${purpose}`, length))
}

/** @returns nonce (12 bytes), ciphertext, tag (16 bytes) */
export function encrypt(suite: SuiteName, key: Buffer, plain: Buffer, bound: Buffer, nonce = newNonce()): Buffer {
  const cipher = createCipheriv(suites[suite].cipher, key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(bound)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws Error when key, content or what it is bound to is not what it was sealed with */
export function decrypt(suite: SuiteName, key: Buffer, sealed: Buffer, bound: Buffer): Buffer {
  if (sealed.length < nonceBytes + tagBytes) throw new Error('too short to be a sealed value')
  const decipher = createDecipheriv(suites[suite].cipher, key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(bound)
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()])
}

/** Keyed digest of 32 bytes. */
export function keyedDigest(suite: SuiteName, key: Buffer, data: Buffer): Buffer {
  return createHmac(suites[suite].hash, key).update(data).digest()
}

function newNonce(): Buffer {
  return randomBytes(nonceBytes)
}
