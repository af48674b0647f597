import type { KeyObject } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'

/**
 * Signatures by SM2 with SM3 (GB/T 32918.2), the signer's identity as GM/T 0009 sets it where none is agreed, DER of the
 * two numbers. The signing of Node on this curve is plain ECDSA, which no SM2 verifier accepts.
 */
const identity = '1234567812345678'
const options = { der: true, hash: true, userId: identity }

/** Before the 32 bytes of the secret, and between it and the 65 bytes of the point, in the DER of PKCS#8. */
const [secretPrefix, pointPrefix] = [
  '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420',
  'a144034200',
].map((hex) => Buffer.from(hex, 'hex')) as [Buffer, Buffer]

export type Sm2Key = {
  /** The point, uncompressed: 65 bytes. */
  publicKey: Buffer
  /** @returns DER */
  sign: (data: Buffer) => Buffer
}

/** A private key of the curve SM2; null when it is another kind of key. Node reads such keys but gives them no name. */
export function sm2KeyOf(privateKey: KeyObject): Sm2Key | null {
  const der = privateKey.export({ format: 'der', type: 'pkcs8' })
  const pointAt = secretPrefix.length + 32 + pointPrefix.length
  if (der.length !== pointAt + 65 || !der.subarray(0, secretPrefix.length).equals(secretPrefix)) return null
  const secret = der.subarray(secretPrefix.length, secretPrefix.length + 32).toString('hex')
  const publicKey = der.subarray(pointAt)
  const point = publicKey.toString('hex')
  return {
    publicKey,
    sign: (data) => Buffer.from(sm2.doSignature(data, secret, { ...options, publicKey: point }), 'hex'),
  }
}

/** False also for what is no signature, or no point of the curve. */
export function isSignedBySm2(publicKey: Buffer, data: Buffer, signature: Buffer): boolean {
  if (publicKey.length !== 65 || publicKey[0] !== 4) return false
  try {
    return sm2.doVerifySignature(data, signature.toString('hex'), publicKey.toString('hex'), options)
  } catch {
    return false
  }
}
