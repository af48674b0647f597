import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { MissingKey } from './key-service.ts'
import { openKeyring, SealedUnreadable } from './keyring.ts'

const root = mkdtempSync(join(tmpdir(), 'yunbao-keyring-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let turn = 0
const directory = () => join(root, `data-${++turn}`)

/** Not every code point there is: fast-check takes seconds to lay them out. */
const texts = fc.oneof(fc.string(), fc.constantFrom('', '林丽娟', '\u0000', '😀', '13934567890', '長'.repeat(5000)))

test('G13 whatever is sealed opens again, by both suites, and is sealed differently each time', () => {
  const at = directory()
  const suites = [openKeyring(at, 'gm'), openKeyring(at, 'intl')]
  fc.assert(
    fc.property(texts, fc.string(), fc.constantFrom(...suites), (plain, bound, keyring) => {
      const sealed = keyring.seal('person-mobile', plain, bound)
      expect(sealed).toMatch(new RegExp(`^y1\\.${keyring.suite}\\.[0-9a-f]{8}\\.[\\w-]+$`))
      expect(keyring.seal('person-mobile', plain, bound)).not.toBe(sealed)
      // Either suite opens what the other sealed: the suite stands beside the value.
      for (const other of suites) expect(other.open('person-mobile', sealed, bound)).toBe(plain)
    }),
  )
})

test('G13 one changed character, another row, another purpose: it does not open, and says why', () => {
  const keyring = openKeyring(directory())
  const sealed = keyring.seal('person-mobile', '13934567890', 'person 1')
  const content = sealed.lastIndexOf('.') + 1
  for (let place = content; place < sealed.length - 1; place++) {
    const changed = sealed.slice(0, place) + (sealed[place] === 'A' ? 'B' : 'A') + sealed.slice(place + 1)
    expect(() => keyring.open('person-mobile', changed, 'person 1'), `${place}`).toThrow(SealedUnreadable)
  }
  expect(() => keyring.open('person-mobile', sealed, 'person 2')).toThrow(/无法解密/)
  expect(() => keyring.open('person-identity', sealed, 'person 1')).toThrow(/无法解密/)
  expect(() => keyring.open('person-mobile', sealed.replace('.gm.', '.intl.'), 'person 1')).toThrow(/无法解密/)
  for (const text of ['', '13934567890', 'y1.gm.0.AA', 'y2.gm.00000000.AA', `${sealed}\n`])
    expect(() => keyring.open('person-mobile', text, 'person 1'), text).toThrow(/格式无法识别/)
})

test('equal values have one index under a purpose, different ones different', () => {
  const keyring = openKeyring(directory())
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const [a, b] = [keyring.blindIndex('person-mobile', one), keyring.blindIndex('person-mobile', other)]
      expect(a).toHaveLength(32)
      expect(a.equals(b)).toBe(one === other)
      expect(a.equals(keyring.blindIndex('person-identity', one))).toBe(false)
    }),
  )
})

test('key files are their owner’s alone, and another process finds a new key by itself', () => {
  const at = directory()
  const [one, other] = [openKeyring(at), openKeyring(at)]
  const before = one.seal('p', '甲', 'b')
  expect(other.open('p', before, 'b')).toBe('甲')
  for (const name of readdirSync(join(at, 'keys')))
    expect(statSync(join(at, 'keys', name)).mode & 0o777, name).toBe(0o600)
  expect(statSync(join(at, 'keys')).mode & 0o777).toBe(0o700)
  const { id } = one.keys.make()
  expect(before.startsWith(one.currentPrefix())).toBe(true)
  one.keys.use(id)
  expect(before.startsWith(other.currentPrefix())).toBe(false)
  expect(other.seal('p', '乙', 'b')).toContain(`.${id}.`)
  expect([one, other].map((keyring) => keyring.open('p', before, 'b'))).toEqual(['甲', '甲'])
  const wanted = one.blindIndexes('p', '甲').map((index) => index.toString('hex'))
  expect(wanted).toContain(other.blindIndex('p', '甲').toString('hex'))
  expect(wanted).toHaveLength(4)
})

test('G13 a retired, missing or damaged key is told by name, with the remedy', () => {
  const at = directory()
  const keyring = openKeyring(at)
  const sealed = keyring.seal('p', '甲', 'b')
  const old = keyring.keys.current().id
  expect(() => keyring.keys.retire(old)).toThrow(/正在用于加密/)
  keyring.keys.use(keyring.keys.make().id)
  keyring.keys.retire(old)
  for (const ring of [keyring, openKeyring(at)])
    expect(() => ring.open('p', sealed, 'b')).toThrow(new RegExp(`缺少密钥 ${old}.*sealing-${old}.key.*恢复`))
  expect(() => keyring.keys.digest({ suite: 'gm', keyId: old, use: 'index', purpose: 'p' }, Buffer.alloc(1))).toThrow(
    MissingKey,
  )
  // Put back from the backup, it opens again.
  renameSync(join(at, 'keys', 'retired', `sealing-${old}.key`), join(at, 'keys', `sealing-${old}.key`))
  expect(openKeyring(at).open('p', sealed, 'b')).toBe('甲')
  const { id } = keyring.keys.current()
  const path = join(at, 'keys', `sealing-${id}.key`)
  const kept = readFileSync(path, 'utf8')
  for (const damaged of ['', kept.slice(0, 40), kept.replace(/"master": "...../, '"master": "AAAAA')]) {
    writeFileSync(path, damaged)
    expect(() => openKeyring(at).seal('p', '甲', 'b')).toThrow(/sealing-.*已损坏/)
  }
  writeFileSync(path, kept)
  rmSync(join(at, 'keys', 'sealing-current'))
  expect(() => openKeyring(at).seal('p', '甲', 'b')).toThrow(/缺少文件 sealing-current/)
  chmodSync(path, 0o600)
})

test('processes that start at once make one first key', async () => {
  const at = directory()
  const program = `import { openKeyring } from '${join(import.meta.dirname, 'keyring.ts')}'
    const keyring = openKeyring('${at}')
    await new Promise((done) => setTimeout(done, ${Date.now() + 700} - Date.now()))
    console.log(keyring.seal('p', '甲', 'b'))`
  const run = promisify(execFile)
  const sealed = await Promise.all(
    Array.from({ length: 4 }, async () =>
      (await run(process.execPath, ['--input-type=module', '-e', program])).stdout.trim(),
    ),
  )
  const keyring = openKeyring(at)
  expect(sealed.map((text) => keyring.open('p', text, 'b'))).toEqual(['甲', '甲', '甲', '甲'])
  expect(new Set(sealed.map((text) => text.split('.')[2])).size).toBe(1)
  expect(readdirSync(join(at, 'keys')).toSorted()).toEqual(
    ['sealing-current', `sealing-${keyring.keys.current().id}.key`].toSorted(),
  )
})
