/// <reference types="vite/types/importMeta.d.ts" />
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ModuleWords } from '#kernel/pure/words.ts'
import { knownFacts } from './web/field-words.ts'

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

test('a module names its own facts, the record those of the kernel too', () => {
  const named = import.meta.glob<ModuleWords>('../*/words.ts', { eager: true })
  const strangers = Object.entries(named).flatMap(([path, { facts = {} }]) => {
    const module = path === './words.ts' ? 'record' : (path.split('/')[1] ?? '')
    const own = module === 'record' ? ['record', 'kernel'] : [module]
    return Object.keys(facts).filter((fact) => !own.includes(fact.split('.')[0] ?? ''))
  })
  expect(Object.keys(named).length).toBeGreaterThan(15)
  expect(strangers).toEqual([])
})

test('everything that is recorded has a word of its own on the screen', () => {
  const facts = recordedFacts()
  expect(facts.size).toBeGreaterThan(50)
  const known = new Set(knownFacts().map(({ value }) => value))
  expect([...facts].filter((fact) => !known.has(fact))).toEqual([])
})
