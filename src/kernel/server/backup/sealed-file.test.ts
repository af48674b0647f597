import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BackupFault } from './backup-fault.ts'
import { cipherSuites, seal, unseal, type BackupKey, type CipherSuite } from './sealed-file.ts'

const keyOf = (suite: CipherSuite, id = '0123456789abcdef'): BackupKey => ({ suite, id, secret: randomBytes(32) })
const suites = Object.keys(cipherSuites) as CipherSuite[]
const mebibyte = 1 << 20

async function* piecesOf(bytes: Buffer, size = 70_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function all(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}
const sealed = (plain: Buffer, key: BackupKey, label = 'wal/a') => all(seal(piecesOf(plain), key, label))
const opened = (bytes: Buffer, key: BackupKey, label = 'wal/a') => all(unseal(piecesOf(bytes), key, 'wal/a.yb', label))
const fault = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error as BackupFault,
  )

test.each(suites)('%s: what is sealed opens as it was, at every size around a chunk', async (suite) => {
  const key = keyOf(suite)
  for (const size of [0, 1, mebibyte - 1, mebibyte, mebibyte + 1, 2 * mebibyte, 3 * mebibyte + 5]) {
    const plain = randomBytes(size)
    expect((await opened(await sealed(plain, key), key)).equals(plain)).toBe(true)
  }
})

test.each(suites)('G26 %s: no flipped bit and no cut passes, wherever it is', async (suite) => {
  const key = keyOf(suite)
  const whole = await sealed(randomBytes(mebibyte + 300), key)
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 7 }), fc.boolean(), async (at, bit, cut) => {
      const harmed = Buffer.from(cut ? whole.subarray(0, at) : whole)
      if (!cut) harmed[at] = (harmed[at] ?? 0) ^ (1 << bit)
      const found = await fault(opened(harmed, key))
      expect(found).toBeInstanceOf(BackupFault)
      expect(found?.file).toBe('wal/a.yb')
    }),
    { numRuns: 60 },
  )
})

test('G26 chunks that change places, a longer end, and a file under the name of another are found', async () => {
  const key = keyOf('intl')
  const whole = await sealed(randomBytes(3 * mebibyte), key)
  const line = whole.indexOf(0x0a) + 1
  const chunk = 4 + mebibyte + 16
  const [first, second] = [whole.subarray(line, line + chunk), whole.subarray(line + chunk, line + 2 * chunk)]
  const swapped = Buffer.concat([whole.subarray(0, line), second, first, whole.subarray(line + 2 * chunk)])
  expect(await fault(opened(swapped, key))).toMatchObject({ code: 'damaged' })
  const dropped = Buffer.concat([whole.subarray(0, line), second, whole.subarray(line + 2 * chunk)])
  expect(await fault(opened(dropped, key))).toMatchObject({ code: 'damaged' })
  expect(await fault(opened(Buffer.concat([whole, Buffer.from([0])]), key))).toMatchObject({ code: 'damaged' })
  expect((await fault(opened(whole, key, 'wal/b')))?.message).toContain('wal/a')
})

test('G26 another key is named, and so is one of the same name with another secret', async () => {
  const key = keyOf('gm')
  const whole = await sealed(Buffer.from('内容'), key)
  expect(await fault(opened(whole, keyOf('gm', 'fedcba9876543210')))).toMatchObject({
    code: 'wrong-key',
    message: expect.stringContaining('0123456789abcdef'),
  })
  expect(await fault(opened(whole, keyOf('gm')))).toMatchObject({ code: 'damaged' })
})

test('the same content sealed twice looks different, and nothing of it shows', async () => {
  const key = keyOf('gm')
  const plain = Buffer.from('机关运行保障'.repeat(100))
  const [one, other] = [await sealed(plain, key), await sealed(plain, key)]
  expect(one.equals(other)).toBe(false)
  expect(one.includes(Buffer.from('机关运行'))).toBe(false)
})
