import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { knownSignature, openScanner, type ScannerForTest } from '../testing/scanner.ts'
import { clamdScan, ScannerAway } from './virus-scan.ts'

let scanner: ScannerForTest
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yunbao-scan-'))
  scanner = await openScanner()
})
afterAll(async () => {
  scanner.close()
  await rm(folder, { recursive: true, force: true })
})

async function fileOf(content: string | Buffer): Promise<string> {
  const path = join(folder, 'file')
  await writeFile(path, content)
  return path
}

describe('a scanner that speaks the protocol of clamd', () => {
  test('says what it found, also at the end of many pieces, and of others nothing', async () => {
    scanner.mood = 'well'
    const scan = clamdScan(scanner.address)
    expect(await scan(await fileOf('第一条'))).toBeNull()
    expect(await scan(await fileOf(`x ${knownSignature} x`))).toBe('Hostile.Test')
    const large = Buffer.concat([Buffer.alloc(3_000_000, 'a'), Buffer.from(knownSignature)])
    expect(await scan(await fileOf(large))).toBe('Hostile.Test')
    expect(await scan(await fileOf(''))).toBeNull()
  })
  test.each(['too large', 'hangs up'] as const)('gives no verdict: %s', async (how) => {
    scanner.mood = how
    await expect(clamdScan(scanner.address)(await fileOf('第一条'))).rejects.toBeInstanceOf(ScannerAway)
  })
  test('is not there', async () => {
    await expect(clamdScan('127.0.0.1:1')(await fileOf('第一条'))).rejects.toBeInstanceOf(ScannerAway)
  })
})
