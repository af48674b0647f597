import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { knownFacts } from './web/changes.ts'

const source = join(import.meta.dirname, '..', '..')

/** Facts that code puts into the record by name; those put together at run time are `module.thing-${state}`. */
function recordedFacts(): Set<string> {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/test|testing/.test(file),
  )
  return new Set(
    files.flatMap((file) =>
      [...readFileSync(join(source, file), 'utf8').matchAll(/\brecord\(\s*[\w.]+,\s*'([a-z]+\.[a-z-]+)'/g)].map(
        ([, fact = '']) => fact,
      ),
    ),
  )
}

test('everything that is recorded has a word of its own on the screen', () => {
  const facts = recordedFacts()
  expect(facts.size).toBeGreaterThan(50)
  const known = new Set(knownFacts().map(({ value }) => value))
  expect([...facts].filter((fact) => !known.has(fact))).toEqual([])
})
