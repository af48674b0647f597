import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BackupFault } from './backup-fault.ts'
import { pack, unpack, type Packable, type PackedFile } from './pack.ts'

async function all(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}
async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function packed(entries: Packable[]): Promise<{ bytes: Buffer; told: PackedFile[] }> {
  const told: PackedFile[] = []
  return { bytes: await all(pack(entries, (file) => told.push(file))), told }
}
async function unpacked(bytes: Buffer, pieceSize: number): Promise<[string, string][]> {
  const found: [string, string][] = []
  for await (const entry of unpack(inPieces(bytes, pieceSize), 'x.yb'))
    found.push([entry.path, entry.folder ? 'folder' : (await all(entry.content)).toString('hex')])
  return found
}

const contents = fc.array(fc.uint8Array({ maxLength: 1500 }), { maxLength: 6 })

test('what is packed comes out as it was, in whatever pieces it arrives', () =>
  fc.assert(
    fc.asyncProperty(contents, fc.integer({ min: 1, max: 4000 }), async (files, pieceSize) => {
      const entries = files.map((bytes, index): Packable => ({ path: `base/${index}`, content: Buffer.from(bytes) }))
      const { bytes, told } = await packed([{ path: 'base', content: 'folder' }, ...entries])
      expect(await unpacked(bytes, pieceSize)).toEqual([
        ['base', 'folder'],
        ...files.map((content, index) => [`base/${index}`, Buffer.from(content).toString('hex')]),
      ])
      expect(told.map(({ sha256 }) => sha256)).toEqual(
        files.map((content) => createHash('sha256').update(content).digest('hex')),
      )
    }),
    { numRuns: 50 },
  ))

test('SM3 of each file stands beside SHA-256 (GM/T 0004, known answer)', async () => {
  const { told } = await packed([{ path: 'a', content: Buffer.from('abc') }])
  expect(told[0]?.sm3).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
})

test('any tar reads it', async () => {
  const { bytes } = await packed([
    { path: 'keys', content: 'folder' },
    { path: 'keys/a.pem', content: Buffer.from('x'.repeat(700)) },
  ])
  const { stdout, status } = spawnSync('tar', ['-tvf', '-'], { input: bytes, encoding: 'utf8' })
  expect([status, stdout]).toEqual([0, expect.stringMatching(/keys\/\n.* 700 .*keys\/a\.pem\n/)])
})

test('G26 a pack that ends early, or leads out of its folder, is refused', async () => {
  const { bytes } = await packed([{ path: 'a', content: Buffer.alloc(2000) }])
  await expect(unpacked(bytes.subarray(0, 1500), 512)).rejects.toThrow(BackupFault)
  await expect(unpacked(bytes.subarray(0, bytes.length - 1024), 512)).rejects.toThrow(BackupFault)
  const { bytes: outside } = await packed([{ path: '../outside', content: Buffer.from('x') }])
  await expect(unpacked(outside, 512)).rejects.toThrow(BackupFault)
})
