import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { decrypt, derivedKey, encrypt, keyedDigest } from './suites.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

test('GB/T 39786 the suite gm is SM4-GCM as RFC 8998 appendix A.1 has it', () => {
  const key = bytes('0123456789ABCDEFFEDCBA9876543210')
  const nonce = bytes('00001234567800000000ABCD')
  const bound = bytes('FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2')
  const plain = bytes(
    'AA'.repeat(8) +
      'BB'.repeat(8) +
      'CC'.repeat(8) +
      'DD'.repeat(8) +
      'EE'.repeat(8) +
      'FF'.repeat(8) +
      'EE'.repeat(8) +
      'AA'.repeat(8),
  )
  const ciphertext =
    '17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D'
  const tag = '83DE3541E4C2B58177E065A9BF7B62EC'
  const sealed = encrypt('gm', key, plain, bound, nonce)
  expect(sealed.toString('hex').toUpperCase()).toBe(`${nonce.toString('hex').toUpperCase()}${ciphertext}${tag}`)
  expect(decrypt('gm', key, sealed, bound)).toEqual(plain)
})

test('the suite intl is AES-256-GCM as test case 16 of its specification has it', () => {
  const key = bytes('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308')
  const nonce = bytes('cafebabefacedbaddecaf888')
  const bound = bytes('feedfacedeadbeeffeedfacedeadbeefabaddad2')
  const plain = bytes(
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  )
  const sealed = encrypt('intl', key, plain, bound, nonce)
  expect(sealed.subarray(-16).toString('hex')).toBe('76fc6ece0f4e1768cddf8853bb2d551b')
})

test('keyed digests are HMAC-SHA-256 (RFC 4231 case 2) and HMAC-SM3', () => {
  const [key, data] = [Buffer.from('Jefe'), Buffer.from('what do ya want for nothing?')]
  expect(keyedDigest('intl', key, data).toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
  // By its definition (RFC 2104) from SM3 itself: blocks of 64 bytes.
  const padded = (byte: number) => Buffer.from(Buffer.concat([key, Buffer.alloc(60)]).map((one) => one ^ byte))
  const sm3 = (...parts: Buffer[]) => createHash('sm3').update(Buffer.concat(parts)).digest()
  expect(keyedDigest('gm', key, data)).toEqual(sm3(padded(0x5c), sm3(padded(0x36), data)))
})

test('no two purposes, uses or suites share a key', () => {
  const master = Buffer.alloc(32, 7)
  const keys = (['gm', 'intl'] as const).flatMap((suite) =>
    (['seal', 'index'] as const).flatMap((use) =>
      ['person-mobile', 'person-identity'].map((purpose) => derivedKey(suite, master, use, purpose).toString('hex')),
    ),
  )
  expect(new Set(keys).size).toBe(8)
})
