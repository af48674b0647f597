import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataClasses, dataClassOf, kernelData, type DataClass, type DataDeclaration } from '#kernel/pure/data-class.ts'
import { sealedRecordColumn } from '#kernel/server/sealing/sealed-record.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import type { ModuleManifest } from '#kernel/module.ts'
import { discoverModules } from './modules.ts'

let fresh: FreshDatabase
let modules: readonly ModuleManifest[]
let columns: { name: string; domain: string | null }[]
beforeAll(async () => {
  fresh = await freshDatabase()
  modules = await discoverModules()
  const { rows } = await fresh.db.pool.query<{ name: string; domain: string | null }>(`
    select format('%s.%s.%s', c.table_schema, c.table_name, c.column_name) as name, c.domain_name as domain
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema', 'jobs')
      and c.data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'bytea') order by 1`)
  columns = rows
})
afterAll(() => fresh?.drop())

const declarationOf = (column: string): DataDeclaration | undefined => {
  const schema = column.split('.')[0]
  return schema === 'kernel' ? kernelData : modules.find(({ name }) => name === schema)?.data
}
const classOf = (column: string): DataClass | null => dataClassOf(column, declarationOf(column))

test('G12 every column with text has a class: by its name, or declared by its module (`data` in module.ts)', () => {
  expect(columns.length).toBeGreaterThan(350)
  expect(columns.filter(({ name }) => classOf(name) === null).map(({ name }) => name)).toEqual([])
})

test('nothing is declared that is not there', () => {
  const there = new Set(columns.map(({ name }) => name))
  const declared = [{ name: 'kernel', data: kernelData as DataDeclaration | undefined }, ...modules].flatMap(
    ({ name, data }) => Object.keys(data?.columns ?? {}).map((column) => `${name}.${column}`),
  )
  expect(declared.filter((column) => !there.has(column))).toEqual([])
})

test('G13 what is sensitive can hold sealed text only, and is sealed anew when keys change', () => {
  const sealed = new Set(
    [sealedRecordColumn, ...modules.flatMap((module) => module.sealed ?? [])].map(
      ({ table, column }) => `${table}.${column}`,
    ),
  )
  const sensitive = columns.filter(({ name }) => classOf(name) === 'sensitive')
  expect(sensitive.length).toBeGreaterThan(3)
  for (const { name, domain } of sensitive)
    expect([name, domain, sealed.has(name)]).toEqual([name, 'sealed_text', true])
  expect([...sealed].filter((name) => !columns.some((column) => column.name === name))).toEqual([])
})

test('a name that may tell of somebody is never classed by what is left over', () => {
  for (const name of [
    'plans.trip.driver_phone',
    'plans.trip.passenger_name',
    'plans.trip.home_address',
    'plans.x.api_token',
  ])
    expect([name, dataClassOf(name, { otherwise: 'internal' })]).toEqual([name, null])
  expect(dataClassOf('plans.trip.note', undefined)).toBe(null)
  expect(dataClassOf('plans.trip.note', { otherwise: 'internal' })).toBe('internal')
})

test('docs/data-classes.md lists every column that is sensitive or secret, and says nothing untrue of any', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'data-classes.md'), 'utf8')
  const listed = [...text.matchAll(/^\| `([\w.]+)` +\| (\S+) +\|/gm)].map(([, name = '', title]) => ({ name, title }))
  const titleOf = (name: string) => dataClasses[classOf(name) ?? 'public'].title
  expect(listed.filter(({ name, title }) => titleOf(name) !== title)).toEqual([])
  const guarded = columns.filter(({ name }) => ['sensitive', 'secret'].includes(classOf(name) ?? ''))
  expect(guarded.filter(({ name }) => !listed.some((row) => row.name === name)).map(({ name }) => name)).toEqual([])
})
