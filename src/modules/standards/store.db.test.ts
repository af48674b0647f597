import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '#kernel/server/database.ts'
import { newId } from '#kernel/server/identifier.ts'
import { migrate } from '#kernel/server/migrate.ts'
import { testAct } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import type { Standard } from './model.ts'
import { standardsInForce, standardTable } from './offers.ts'
import { loadReference } from './reference.ts'
import { standardSeeds } from './reference/standards.ts'
import { figureFor, rowFor } from './rules/in-force.ts'
import {
  closeStandard,
  insertReference,
  insertStandards,
  standardsById,
  standardsFrom,
  standardsOn,
  standardsRestingOn,
  versionsOf,
} from './store.ts'

const today = '2026-11-23'
let database: FreshDatabase

beforeAll(async () => {
  database = await freshDatabase()
  await transaction(database.db, (tx) => loadReference(testAct({ tx, today })))
})
afterAll(() => database.drop())

const spending = (changes: Partial<Standard> = {}): Standard => ({
  id: newId(),
  code: 'spending.meeting-day',
  kind: 'spending-standard',
  title: '会议日综合定额',
  jurisdictionCode: '140100',
  level: null,
  rank: null,
  value: { form: 'amount', amountFen: 55_000, per: '人·天', bound: 'at-most' },
  from: '2026-01-01',
  until: null,
  citation: '测试文件第一条',
  confidence: 'A',
  note: '',
  norms: ['A9-3'],
  restsOn: ['item.desktop'],
  ...changes,
})
const put = (...rows: Standard[]) => transaction(database.db, (tx) => insertStandards(tx, rows))

describe('reference data', () => {
  it('loads every row once, however often, with norms, notes and what it rests on', async () => {
    await transaction(database.db, (tx) => loadReference(testAct({ tx, today })))
    const { rows } = await transaction(database.db, (tx) =>
      sql<{
        count: number
        norms: number
      }>`select count(*)::int as count, count(*) filter (where norms <> '{}')::int as norms
        from standards.standard`.execute(tx),
    )
    expect(rows[0]).toEqual({ count: standardSeeds.length, norms: standardSeeds.length })
  })

  it('A9-2 ends a row that a later release ends, and leaves alone what users have put in its place', async () => {
    const jurisdictionCode = '140300'
    const [shipped, own] = ['spending.shipped', 'spending.replaced'].map((code) =>
      spending({ code, jurisdictionCode }),
    ) as [Standard, Standard]
    const ship = (...rows: Standard[]) => transaction(database.db, (tx) => insertReference(tx, rows))
    await ship(shipped, own)
    await transaction(database.db, async (tx) => {
      await closeStandard(tx, { ...own }, '2026-06-30')
      await insertStandards(tx, [spending({ code: own.code, jurisdictionCode, from: '2026-07-01' })])
    })
    const later = [shipped, own].flatMap((row) => [
      { ...row, until: '2026-12-31' },
      spending({ code: row.code, jurisdictionCode, from: '2027-01-01', citation: '新文件' }),
    ])
    await ship(...later)
    const periods = async (code: string) =>
      (await transaction(database.db, (tx) => versionsOf(tx, code, jurisdictionCode))).map(({ from, until }) => [
        from,
        until,
      ])
    expect(await periods(shipped.code)).toEqual([
      ['2027-01-01', null],
      ['2026-01-01', '2026-12-31'],
    ])
    expect(await periods(own.code)).toEqual([
      ['2026-07-01', null],
      ['2026-01-01', '2026-06-30'],
    ])
  })

  it('gives rules on plan lines items and parameters only', async () => {
    const inForce = await transaction(database.db, (tx) => standardsInForce(tx, '140121', today, 2027))
    expect(inForce.parameters['plan.filing-workdays']).toMatchObject({ value: 15, unit: '工作日' })
    expect(inForce.parameters['plan.store-query-days']).toMatchObject({ value: 30, unit: '天' })
    expect(inForce.parameters['plan.growth-warn-percent']).toMatchObject({ value: 20, unit: '%' })
    expect(inForce.parameters['equipment.desktop-classified']).toMatchObject({ value: 150, unit: '%' })
    expect(Object.keys(inForce.parameters).filter((code) => !code.startsWith('plan.'))).toEqual([
      'equipment.desktop-classified',
    ])
    expect(new Set(inForce.items.map(({ code }) => code)).size).toBe(inForce.items.length)
    expect(inForce.items.find(({ code }) => code === 'item.desktop')?.value).toMatchObject({
      limit: { basis: 'percent-of-staff', percent: 100 },
      priceCapFen: 500_000,
      minimumYears: 6,
    })
  })
})

describe('A9-2 a change is a new row', () => {
  it('closes the predecessor the day before and keeps both; the day before and the day after differ by it alone', async () => {
    const code = 'spending.closing'
    const first = spending({ code })
    await put(first)
    const key = { code, jurisdictionCode: '140100', level: null, rank: null }
    const closed = await transaction(database.db, async (tx) => {
      const id = await closeStandard(tx, key, '2026-12-31')
      await insertStandards(tx, [
        spending({
          code,
          from: '2027-01-01',
          value: { form: 'amount', amountFen: 60_000, per: '人·天', bound: 'at-most' },
        }),
      ])
      return id
    })
    expect(closed).toBe(first.id)
    const [before, after, versions] = await transaction(database.db, async (tx) => [
      await standardsOn(tx, '140100', '2026-12-31'),
      await standardsOn(tx, '140100', '2027-01-01'),
      await versionsOf(tx, code, '140121'),
    ])
    expect(versions.map(({ from, until }) => [from, until])).toEqual([
      ['2027-01-01', null],
      ['2026-01-01', '2026-12-31'],
    ])
    expect(before.length).toBe(after.length)
    const ids = new Set(before.map(({ id }) => id))
    expect(after.filter(({ id }) => !ids.has(id)).map((row) => row.code)).toEqual([code])
    expect((await transaction(database.db, (tx) => standardsById(tx, [first.id])))[0]?.until).toBe('2026-12-31')
  })

  it('two successors at once: one is put in force, the other finds the row closed and is refused', async () => {
    const code = 'spending.race'
    await put(spending({ code }))
    const succeed = () =>
      transaction(database.db, async (tx) => {
        const key = { code, jurisdictionCode: '140100', level: null, rank: null }
        await closeStandard(tx, key, '2026-12-31')
        await insertStandards(tx, [spending({ code, from: '2027-01-01' })])
      })
    const results = await Promise.allSettled([succeed(), succeed(), succeed()])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const versions = await transaction(database.db, (tx) => versionsOf(tx, code, '140100'))
    expect(versions).toHaveLength(2)
  })

  it.each([
    ['value', 'value = \'{"form": "switch", "on": true}\''],
    ['title', "title = '改名'"],
    ['first day', "valid_from = '2020-01-01'"],
    ['citation', "citation = '别的依据'"],
  ])('the app cannot overwrite the %s of a row', async (_, assignment) => {
    const attempt = transaction(database.db, (tx) =>
      sql`update standards.standard set ${sql.raw(assignment)} where code = 'item.desktop'`.execute(tx),
    )
    await expect(attempt).rejects.toThrow(/permission denied/)
  })

  it('the app cannot delete a row', async () => {
    const attempt = transaction(database.db, (tx) => sql`delete from standards.standard`.execute(tx))
    await expect(attempt).rejects.toThrow(/permission denied/)
  })
})

describe('periods of one key never overlap', () => {
  const code = 'spending.overlap'
  beforeAll(() => put(spending({ code, until: '2026-12-31' })))

  it.each([
    ['the same period', { from: '2026-01-01', until: '2026-12-31' }],
    ['one day at the end', { from: '2026-12-31', until: null }],
    ['one day at the start', { from: '2025-06-01', until: '2026-01-01' }],
    ['all of it', { from: '2020-01-01', until: null }],
  ])('%s is refused', async (_, period) => {
    await expect(put(spending({ code, ...period }))).rejects.toThrow(/standard_periods_apart/)
  })

  it('the day after, another rank, another level, another jurisdiction are other keys', async () => {
    await put(
      spending({ code, from: '2027-01-01' }),
      spending({ code, rank: 'bureau-chief' }),
      spending({ code, level: 'county' }),
      spending({ code, jurisdictionCode: '140200' }),
    )
  })

  it.each([
    ['a rank outside the ladder', { rank: 'minister' as never }],
    ['an empty citation', { citation: '' }],
    ['a value without form', { value: { amount: 3 } as never }],
    ['a last day before the first', { from: '2027-05-01', until: '2027-04-30' }],
  ])('%s is refused', async (_, changes) => {
    await expect(put(spending({ code: 'spending.wrong', ...changes }))).rejects.toThrow(/check constraint/)
  })
})

describe('whose standard holds', () => {
  const code = 'spending.nearest'
  beforeAll(() =>
    put(
      spending({
        code,
        jurisdictionCode: '140000',
        value: { form: 'amount', amountFen: 1, per: '人', bound: 'at-most' },
      }),
      spending({
        code,
        jurisdictionCode: '140100',
        value: { form: 'amount', amountFen: 2, per: '人', bound: 'at-most' },
      }),
      spending({
        code,
        jurisdictionCode: '140000',
        rank: 'bureau-chief',
        value: { form: 'amount', amountFen: 3, per: '人', bound: 'at-most' },
      }),
    ),
  )

  it('a county reads the row of its city, another city that of the province; a rank its own row of the nearest scope', async () => {
    const amount = async (jurisdictionCode: string, rank?: 'bureau-chief' | 'clerk') => {
      const table = await transaction(database.db, (tx) => standardTable(tx, jurisdictionCode, today, ['spending.']))
      return figureFor(table, code, 'amount', rank ? { rank } : {}).value.amountFen
    }
    expect(await amount('140121')).toBe(2)
    expect(await amount('140200')).toBe(1)
    expect(await amount('140200', 'bureau-chief')).toBe(3)
    expect(await amount('140200', 'clerk')).toBe(1)
    // The city decided for all its people; the province's row for a rank no longer counts there.
    expect(await amount('140100', 'bureau-chief')).toBe(2)
  })

  it('asks for single codes or families', async () => {
    const table = await transaction(database.db, (tx) => standardTable(tx, '140100', today, ['item.desktop', 'plan.']))
    expect(rowFor(table, 'item.desktop')).not.toBeNull()
    expect(rowFor(table, 'item.laptop')).toBeNull()
    expect(rowFor(table, 'plan.filing-workdays')).not.toBeNull()
  })

  it('A9-3 finds the quotas that rest on a standard that changes', async () => {
    const rows = await transaction(database.db, (tx) => standardsRestingOn(tx, ['item.desktop'], today))
    expect(rows.map((row) => row.code)).toContain(code)
    expect(rows.every(({ restsOn }) => restsOn.includes('item.desktop'))).toBe(true)
  })

  it('a new row is compared with those of its own jurisdiction, in force or to come', async () => {
    const rows = await transaction(database.db, (tx) => standardsFrom(tx, '140100', '2027-01-01'))
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every((row) => row.jurisdictionCode === '140100' && (row.until ?? '9999') >= '2027-01-01')).toBe(true)
  })
})

describe('a database of the first version', () => {
  let old: FreshDatabase
  let folder: string
  const take = (name: string) => cp(new URL(`./migrations/${name}`, import.meta.url), join(folder, name))
  beforeAll(async () => {
    old = await freshDatabase({ empty: true })
    folder = await mkdtemp(join(tmpdir(), 'yunbao-standards-'))
    await take('0001-standards.sql')
  })
  afterAll(async () => {
    await old.drop()
    await rm(folder, { recursive: true })
  })

  it('is brought forward: rows keep their ids and periods, values get their form', async () => {
    const kernel = { module: 'kernel', directory: new URL('../../kernel/server/migrations', import.meta.url).pathname }
    const quiet = () => {}
    await migrate(old.ownerUrl, [kernel, { module: 'standards', directory: folder }], quiet)
    const client = new pg.Client({ connectionString: old.ownerUrl })
    await client.connect()
    const [desktop, filing, query, growth] = [newId(), newId(), newId(), newId()]
    const value = {
      unit: '台',
      limit: { basis: 'none' },
      priceCapFen: 1,
      minimumYears: 6,
      yearsMustBeExceeded: false,
      assetClass: null,
      exceptionAllowed: false,
    }
    await client.query(
      `insert into standards.standard (id, code, kind, title, jurisdiction_code, level, value, valid_from, citation, confidence) values
        ($1, 'item.desktop', 'physical-quota', '台式计算机', '140000', null, $5, '2016-07-01', '依据', 'A'),
        ($2, 'plan.filing-workdays', 'parameter', '备案期限', '140000', null, '{"amount": 15, "unit": "工作日"}', '2021-01-01', '依据', 'A'),
        ($3, 'plan.store-query-days', 'parameter', '查询有效期', '140000', null, '{"amount": 30, "unit": "天"}', '2021-01-01', '依据', 'D'),
        ($4, 'plan.growth-warn-percent', 'parameter', '提示线', '140000', null, '{"amount": 20, "unit": "%"}', '2021-01-01', '依据', 'D')`,
      [desktop, filing, query, growth, JSON.stringify(value)],
    )
    await client.end()
    for (const name of [
      '0002-tables.sql',
      '0003-catalogue-history.sql',
      '0004-snapshot.sql',
      '0005-catalogue-items.sql',
    ])
      await take(name)
    await migrate(old.ownerUrl, [kernel, { module: 'standards', directory: folder }], quiet)
    const rows = await transaction(old.db, (tx) => standardsById(tx, [desktop, filing, query, growth]))
    expect(rows.map(({ id, value: { form }, from, norms }) => ({ id, form, from, norms }))).toEqual([
      { id: desktop, form: 'item', from: '2016-07-01', norms: ['A8-1', 'A22-1'] },
      { id: filing, form: 'term', from: '2021-01-01', norms: ['A35-2'] },
      { id: growth, form: 'percent', from: '2021-01-01', norms: ['A33-1'] },
      { id: query, form: 'term', from: '2021-01-01', norms: ['A22-1', 'A23-2'] },
    ])
    const inForce = await transaction(old.db, (tx) => standardsInForce(tx, '140000', today, 2027))
    expect(inForce.parameters['plan.filing-workdays']).toMatchObject({ value: 15, unit: '工作日' })
  })
})
