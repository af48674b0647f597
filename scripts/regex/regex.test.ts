import { join } from 'node:path'
import { check } from 'recheck'
import { describe, expect, test } from 'vitest'
import { readQuantity } from '#kernel/pure/cell-reading.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { referencesIn } from '#modules/regulations/rules/references.ts'
import { regexesIn } from './find-regexes.ts'

/** The check itself is `npm run regex-check`, part of `npm run check`: it takes as long as all these tests. */
describe('regular expressions', () => {
  test(
    'all of our source are found: literals, texts, and those that a module puts together',
    { timeout: 30_000 },
    async () => {
      const found = await regexesIn(join(import.meta.dirname, '..', '..'), ['src', 'scripts', 'bin'])
      const from = (place: string) => found.filter(({ places }) => places.some((one) => one.endsWith(place)))
      expect(found.length).toBeGreaterThan(280)
      expect(from('kernel/pure/secrecy-marks.ts').length).toBeGreaterThan(1)
      expect(from('regulations/rules/headings.ts').some(({ source }) => source.startsWith('^(第'))).toBe(true)
    },
  )

  test('the checker tells a slow one from a quick one', async () => {
    expect((await check('^(a+)+$', '')).status).toBe('vulnerable')
    expect((await check('^a+$', '')).status).toBe('safe')
  })

  test('G30 no text makes a regular expression of ours slow', () => {
    const startedAt = performance.now()
    expect(secrecyMarkIn(`秘密${'\t'.repeat(50_000)}x`)).toBeNull()
    expect(secrecyMarkIn(`秘密${'\t'.repeat(50_000)}★`)).not.toBeNull()
    expect('problem' in readQuantity({ kind: 'text', text: `0c${'m2cm2c'.repeat(8000)}+` })).toBe(true)
    expect(referencesIn(`《甲》第一条${'第和款第款或第和款或'.repeat(5000)}第二条`).length).toBeGreaterThan(1)
    // Each took minutes, or would never have ended, before it was rewritten.
    expect(performance.now() - startedAt).toBeLessThan(5000)
  })
})
