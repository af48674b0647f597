import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import pg from 'pg'
import { demonstrationDatabase } from '#apps/testing/demonstration-database.ts'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import { fieldWord, shown, subjectWord } from '#modules/record/web/field-words.ts'

/** Everything the demonstration did, as 变更记录 and the auditor's page show it: no name of a column, no code. */
let fresh: FreshDatabase
let directory: string
let rows: { fact: string; subjectKind: string; field: string; value: string | null }[]
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-words-'))
  fresh = await demonstrationDatabase('all', () => new Date('2026-11-23T09:00:00+08:00'), directory)
  const client = new pg.Client({ connectionString: fresh.url })
  await client.connect()
  const found = await client.query(`
    select distinct e.fact, e.subject_kind as "subjectKind", f.key as field,
      case when jsonb_typeof(f.value) = 'string' and f.value #>> '{}' ~ '^([a-z][a-z-]+|[A-Z][0-9])$' then f.value #>> '{}' end as value
    from kernel.audit_entry e
    cross join lateral (
      select * from jsonb_each(case when jsonb_typeof(e.before) = 'object' then e.before end)
      union all select * from jsonb_each(case when jsonb_typeof(e.after) = 'object' then e.after end)) f
    where f.key !~ 'Id$|^id$|digest|sha256|^mark$'`) // the mark of a token is drawn at random, and may be letters alone
  rows = found.rows as typeof rows
  await client.end()
}, 300_000)
afterAll(async () => {
  await fresh?.drop()
  await rm(directory, { recursive: true, force: true })
})

test('A12-1 every field, code and thing that was recorded has a word on the screen', () => {
  expect(rows.length).toBeGreaterThan(300)
  const named = new Set(
    rows.filter((row) => fieldWord(row, row.field) === row.field).map(({ fact, field }) => `${fact} ${field}`),
  )
  expect.soft([...named]).toEqual([])
  const coded = rows.filter((row) => row.value !== null && shown(row, row.field, row.value) === row.value)
  expect.soft([...new Set(coded.map(({ fact, field, value }) => `${fact} ${field} ${value}`))]).toEqual([])
  const things = new Set(rows.map(({ subjectKind }) => subjectKind))
  expect([...things].filter((kind) => subjectWord(kind) === undefined)).toEqual([])
})
