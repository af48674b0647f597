import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  consistencyPath,
  emptyRoot,
  grow,
  inclusionPath,
  isConsistent,
  leafHash,
  rootByInclusion,
  rootOf,
  suites,
  type Frontier,
  type Suite,
  type SubtreeReader,
} from './merkle.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

/** The eight leaves every implementation of certificate transparency is tried with. */
const known = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  hex,
)
const knownRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

/** MTH of RFC 9162 2.1.1 as it is written there, for whoever does not trust the frontier. */
function mth(suite: Suite, leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return hash(suite, '', 'buffer')
  if (leaves.length === 1) return hash(suite, Buffer.concat([Buffer.from([0]), leaves[0] as Buffer]), 'buffer')
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return hash(
    suite,
    Buffer.concat([Buffer.from([1]), mth(suite, leaves.slice(0, k)), mth(suite, leaves.slice(k))]),
    'buffer',
  )
}

const readerOf =
  (suite: Suite, leaves: readonly Buffer[]): SubtreeReader =>
  async (wanted) =>
    wanted.map(({ level, index }) => mth(suite, leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)))

const leavesOf = (size: number) => Array.from({ length: size }, (_, index) => Buffer.from(`leaf ${index}`))
const flipped = (buffer: Buffer, bit: number) => {
  const copy = Buffer.from(buffer)
  const at = bit % (copy.length * 8)
  copy[at >> 3] = (copy[at >> 3] as number) ^ (1 << (at & 7))
  return copy
}

describe('RFC 9162 vectors', () => {
  test('roots of the eight known leaves, and of none', () => {
    expect(emptyRoot('sha256').toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(hash('sm3', 'abc', 'hex')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
    const frontier: Frontier = []
    for (const [index, leaf] of known.entries()) {
      grow('sha256', frontier, { level: 0, hash: leafHash('sha256', leaf) })
      expect(rootOf('sha256', frontier).toString('hex')).toBe(knownRoots[index])
    }
  })
  test.each([
    [0, 1, []],
    [
      0,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      5,
      8,
      [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
    [
      1,
      5,
      [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ])('the path of leaf %i in a tree of %i', async (position, size, path) => {
    const made = await inclusionPath('sha256', position, size, readerOf('sha256', known))
    expect(made.map((one) => one.toString('hex'))).toEqual(path)
  })
  test.each([
    [1, 1, []],
    [
      1,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      6,
      8,
      [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [
      2,
      5,
      [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ])('consistency of %i with %i', async (older, newer, path) => {
    const made = await consistencyPath('sha256', older, newer, readerOf('sha256', known))
    expect(made.map((one) => one.toString('hex'))).toEqual(path)
  })
})

describe.each(suites)('trees of 0 to 300 leaves, %s', (suite) => {
  const leaves = leavesOf(300)
  const hashes = leaves.map((leaf) => leafHash(suite, leaf))
  // Whole subtrees once; the reader of the properties would else hash the same leaves again and again.
  const levels: Buffer[][] = [hashes]
  for (let below = hashes; below.length > 1;) {
    const above: Buffer[] = []
    for (let index = 0; index + 1 < below.length; index += 2) {
      const pair: Frontier = [{ level: 0, hash: below[index] as Buffer }]
      grow(suite, pair, { level: 0, hash: below[index + 1] as Buffer })
      above.push(pair[0]?.hash as Buffer)
    }
    levels.push(above)
    below = above
  }
  const read: SubtreeReader = async (wanted) => wanted.map(({ level, index }) => levels[level]?.[index] as Buffer)
  const roots: Buffer[] = []
  const frontier: Frontier = []
  roots.push(rootOf(suite, frontier))
  for (const one of hashes) {
    grow(suite, frontier, { level: 0, hash: one })
    roots.push(rootOf(suite, frontier))
  }

  test('the growing frontier has the root of the definition', () => {
    for (const size of [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 100, 255, 256, 257, 299, 300])
      expect([size, roots[size]?.equals(mth(suite, leaves.slice(0, size)))]).toEqual([size, true])
  })

  test('every inclusion proof of every size verifies, and leads nowhere from another leaf', async () => {
    for (let size = 1; size <= 300; size++)
      for (let position = 0; position < size; position++) {
        const path = await inclusionPath(suite, position, size, read)
        const root = rootByInclusion(suite, hashes[position] as Buffer, position, size, path)
        if (!root?.equals(roots[size] as Buffer)) throw new Error(`leaf ${position} of ${size} does not verify`)
        const other = rootByInclusion(suite, hashes[(position + 1) % 300] as Buffer, position, size, path)
        if (other?.equals(roots[size] as Buffer)) throw new Error(`another leaf passes for ${position} of ${size}`)
      }
  }, 60_000)

  test('every consistency proof of every pair of sizes verifies, and no other root passes', async () => {
    for (let newer = 0; newer <= 300; newer++)
      for (let older = 0; older <= newer; older++) {
        const path = await consistencyPath(suite, older, newer, read)
        const [a, b] = [
          { size: older, root: roots[older] as Buffer },
          { size: newer, root: roots[newer] as Buffer },
        ]
        if (!isConsistent(suite, a, b, path)) throw new Error(`${older} does not lead to ${newer}`)
        if (isConsistent(suite, { ...a, root: flipped(a.root, newer) }, b, path)) throw new Error('a forged old root')
        // Every tree continues the empty one.
        if (older > 0 && isConsistent(suite, a, { ...b, root: flipped(b.root, older) }, path))
          throw new Error('a forged new root')
      }
  }, 60_000)

  test('any changed bit, and any piece too many or too few, fails', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), fc.nat(), async (size, a, b, bit) => {
        const position = a % size
        const path = await inclusionPath(suite, position, size, read)
        const leads = (changed: readonly Buffer[], leaf = hashes[position] as Buffer, at = position, of = size) =>
          rootByInclusion(suite, leaf, at, of, changed)?.equals(roots[size] as Buffer) ?? false
        const one = b % path.length
        expect(leads(path)).toBe(true)
        expect(leads(path.map((piece, index) => (index === one ? flipped(piece, bit) : piece)))).toBe(false)
        expect(leads(path, flipped(hashes[position] as Buffer, bit))).toBe(false)
        expect(leads(path.slice(0, -1))).toBe(false)
        expect(leads([...path, path[0] as Buffer])).toBe(false)
        expect(leads(path, hashes[position], (position + 1) % size)).toBe(false)
        const older = 1 + (b % (size - 1))
        const proof = await consistencyPath(suite, older, size, read)
        const holds = (changed: readonly Buffer[]) =>
          isConsistent(
            suite,
            { size: older, root: roots[older] as Buffer },
            { size, root: roots[size] as Buffer },
            changed,
          )
        const piece = a % proof.length
        expect(holds(proof)).toBe(true)
        expect(holds(proof.map((part, index) => (index === piece ? flipped(part, bit) : part)))).toBe(false)
        expect(holds(proof.slice(0, -1))).toBe(false)
        expect(holds([...proof, proof[0] as Buffer])).toBe(false)
      }),
      { numRuns: 300 },
    ))
})

test('a leaf never passes for a node: the two are hashed apart', () => {
  const [a, b] = [leafHash('sha256', 'a'), leafHash('sha256', 'b')]
  const frontier: Frontier = [{ level: 0, hash: a }]
  grow('sha256', frontier, { level: 0, hash: b })
  expect(leafHash('sha256', Buffer.concat([a, b])).equals(rootOf('sha256', frontier))).toBe(false)
})
