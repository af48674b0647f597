import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isSignedBy, knownKeys, openAuditSigner, type AuditSigner } from './signing-key.ts'
import { isSignedBySm2, sm2KeyOf, type Sm2Key } from './sm2-signature.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-sm2-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
/** DER of two positive numbers. */
function der(...numbers: Buffer[]): Buffer {
  const parts = numbers.map((number) => {
    const body = (number[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.alloc(1), number]) : number
    return Buffer.concat([Buffer.from([2, body.length]), body])
  })
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}

test('GB/T 32918.5 the example of the standard is accepted, and no other message, signer or signature', () => {
  const publicKey = hex(
    '04 09F9DF31 1E5421A1 50DD7D16 1E4BC5C6 72179FAD 1833FC07 6BB08FF3 56F35020 CCEA490C E26775A5 2DC6EA71 8CC1AA60 0AED05FB F35E084A 6632F607 2DA9AD13',
  )
  const r = hex('F5A03B06 48D2C463 0EEAC513 E1BB81A1 5944DA38 27D5B741 43AC7EAC EEE720B3')
  const s = hex('B1B6AA29 DF212FD8 763182BC 0D421CA1 BB9038FD 1F7F42D4 840B69C4 85BBC1AA')
  const message = Buffer.from('message digest')
  expect(isSignedBySm2(publicKey, message, der(r, s))).toBe(true)
  expect(isSignedBySm2(publicKey, Buffer.from('message digesT'), der(r, s))).toBe(false)
  expect(isSignedBySm2(publicKey, message, der(s, r))).toBe(false)
  const other = sm2KeyOf(generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey) as Sm2Key
  expect(isSignedBySm2(other.publicKey, message, der(r, s))).toBe(false)
  for (const nonsense of [Buffer.alloc(0), Buffer.alloc(72, 1), der(r)])
    expect(isSignedBySm2(publicKey, message, nonsense)).toBe(false)
  expect(isSignedBySm2(publicKey.subarray(1), message, der(r, s))).toBe(false)
})

test('OpenSSL accepts what we sign, and we what OpenSSL signs', async () => {
  // Another implementation of the standard, where the machine has one; the example of the standard stands in any case.
  if (!existsSync('/usr/bin/openssl')) return
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' })
  const path = (name: string) => join(directory, name)
  await writeFile(path('key.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }))
  await writeFile(path('public.pem'), publicKey.export({ format: 'pem', type: 'spki' }))
  const data = Buffer.from('检查点\n'.repeat(40))
  await writeFile(path('data'), data)
  const ours = sm2KeyOf(privateKey) as Sm2Key
  await writeFile(path('ours'), ours.sign(data))
  const openssl = (...argv: string[]) =>
    execFileSync('/usr/bin/openssl', [
      'pkeyutl',
      '-rawin',
      '-digest',
      'sm3',
      '-pkeyopt',
      'distid:1234567812345678',
      ...argv,
    ])
  expect(
    openssl(
      '-verify',
      '-pubin',
      '-inkey',
      path('public.pem'),
      '-sigfile',
      path('ours'),
      '-in',
      path('data'),
    ).toString(),
  ).toContain('Successfully')
  expect(isSignedBySm2(ours.publicKey, data, openssl('-sign', '-inkey', path('key.pem'), '-in', path('data')))).toBe(
    true,
  )
})

test('the key of SM2 has a file of its own, made once, the owner’s alone; another kind of key there is told', async () => {
  const signers = await Promise.all([1, 2, 3].map(() => openAuditSigner(directory, 'sm2')))
  expect(new Set(signers.map(({ publicKey }) => publicKey.toString('hex'))).size).toBe(1)
  const signer = signers[0] as AuditSigner
  const signature = await signer.sign(Buffer.from('x'))
  expect(isSignedBy(signer, Buffer.from('x'), signature)).toBe(true)
  expect((await stat(join(directory, 'keys', 'audit-sm2.pem'))).mode & 0o777).toBe(0o600)
  const before = await openAuditSigner(directory)
  expect((await knownKeys(join(directory, 'keys'))).map(({ algorithm }) => algorithm)).toEqual(
    expect.arrayContaining(['ed25519', 'sm2']),
  )
  expect(isSignedBy(before, Buffer.from('x'), await before.sign(Buffer.from('x')))).toBe(true)
  expect(await readdir(join(directory, 'keys'))).toEqual(['audit-ed25519.pem', 'audit-keys.jsonl', 'audit-sm2.pem'])
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  expect(sm2KeyOf(privateKey)).toBe(null)
  await writeFile(join(directory, 'keys', 'audit-sm2.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }))
  await expect(openAuditSigner(directory, 'sm2')).rejects.toThrow(/不是 SM2 私钥/)
})
