import fc from 'fast-check'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../../testing/database.ts'
import { transaction, type Tx } from '../database.ts'
import { copyInto, type CopyValue } from './copy.ts'

let fresh: FreshDatabase

beforeAll(async () => {
  fresh = await freshDatabase()
  await asOwner(`create schema bulk;
    create table bulk.meter_reading (id int primary key, note_text text, energy_kwh numeric, read_at timestamptz, is_final boolean,
      amount_fen bigint, raw_bytes bytea, tag_words text[], more_details jsonb)`)
})
beforeEach(() => asOwner('truncate bulk.meter_reading'))
afterAll(() => fresh.drop())

const asOwner = (statement: string) => fresh.asOwner(statement)

const count = async (tx: Tx) =>
  (await sql<{ n: number }>`select count(*) as n from bulk.meter_reading`.execute(tx)).rows[0]?.n

it('brings every value over unchanged, whatever characters are in it', async () => {
  const text = fc
    .string({ unit: 'binary', maxLength: 20 })
    .filter((value) => !value.includes('\0') && value.isWellFormed())
  const awkward = fc.constantFrom('\\N', '\\.', '\\', '\t', '\n', '\r\n', '', 'NULL', '{"a"}', '办公用房', '"')
  const member = fc.oneof(text, awkward)
  const row = fc.record({
    note: fc.option(fc.oneof(text, awkward)),
    at: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    final: fc.boolean(),
    fen: fc.maxSafeInteger(),
    bytes: fc.uint8Array({ maxLength: 8 }),
    tags: fc.array(fc.option(member), { maxLength: 4 }),
    // Plain keys: JSON.parse of V8 14.6 takes a key like "\\t" for "\\\\" when it has met the latter before.
    details: fc.dictionary(fc.constantFrom('a', '名称', 'snake_key', 'camelKey', ''), fc.oneof(member, fc.integer()), {
      maxKeys: 3,
    }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
      const read = await transaction(fresh.db, async (tx) => {
        await sql`delete from bulk.meter_reading`.execute(tx)
        const columns = ['id', 'noteText', 'readAt', 'isFinal', 'amountFen', 'rawBytes', 'tagWords', 'moreDetails']
        const values = rows.map((each, id) => [
          id,
          each.note,
          each.at,
          each.final,
          each.fen,
          each.bytes,
          each.tags,
          each.details,
        ])
        expect(await copyInto(tx, 'bulk.meterReading', columns, values)).toBe(rows.length)
        return sql<Record<string, unknown>>`select * from bulk.meter_reading order by id`.execute(tx)
      })
      for (const [id, each] of rows.entries())
        expect(read.rows[id]).toEqual({
          id,
          energyKwh: null,
          noteText: each.note,
          readAt: each.at,
          isFinal: each.final,
          amountFen: each.fen,
          rawBytes: Buffer.from(each.bytes),
          tagWords: each.tags,
          moreDetails: { ...each.details },
        })
    }),
    { numRuns: 40 },
  )
})

it('loads 50,000 rows from a stream in the transaction, and undoes them with it', async () => {
  async function* readings(): AsyncGenerator<CopyValue[]> {
    for (let id = 0; id < 50_000; id++) yield [id, `第 ${id} 次抄表`, id / 8]
  }
  const load = (tx: Tx) => copyInto(tx, 'bulk.meter_reading', ['id', 'noteText', 'energyKwh'], readings())
  const undone = transaction(fresh.db, async (tx) => {
    expect(await load(tx)).toBe(50_000)
    expect(await count(tx)).toBe(50_000)
    throw new Error('undo')
  })
  await expect(undone).rejects.toThrow('undo')
  expect(await transaction(fresh.db, count)).toBe(0)
  expect(await transaction(fresh.db, load)).toBe(50_000)
  expect(await transaction(fresh.db, count)).toBe(50_000)
})

it('keeps nothing when the source fails on the way, says the source’s error, and leaves a usable connection', async () => {
  async function* broken(): AsyncGenerator<CopyValue[]> {
    for (let id = 0; id < 20_000; id++) yield [id, 'x'.repeat(50)]
    throw new Error('line 20001 is not a reading')
  }
  await expect(
    transaction(fresh.db, (tx) => copyInto(tx, 'bulk.meter_reading', ['id', 'noteText'], broken())),
  ).rejects.toThrow('line 20001')
  expect(await transaction(fresh.db, count)).toBe(0)
  expect(fresh.db.pool.waitingCount).toBe(0)
})

it('passes violations on with their code', async () => {
  const twice = [[1], [1]]
  await expect(transaction(fresh.db, (tx) => copyInto(tx, 'bulk.meter_reading', ['id'], twice))).rejects.toMatchObject({
    code: '23505',
  })
  await expect(transaction(fresh.db, (tx) => copyInto(tx, 'bulk.meter_reading', ['id'], [[1, 2]]))).rejects.toThrow(
    '2 values for 1',
  )
  expect(await transaction(fresh.db, (tx) => copyInto(tx, 'bulk.meter_reading', ['id'], [[1]]))).toBe(1)
})

it('notices that the server ended the session', async () => {
  async function* endless(): AsyncGenerator<CopyValue[]> {
    for (let id = 0; ; id++) {
      yield [id, 'x'.repeat(200)]
      if (id === 5000) {
        const client = new pg.Client({ connectionString: fresh.superuserUrl })
        await client.connect()
        await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where query like 'copy %' and datname = current_database()`,
        )
        await client.end()
      }
    }
  }
  await expect(
    transaction(fresh.db, (tx) => copyInto(tx, 'bulk.meter_reading', ['id', 'noteText'], endless())),
  ).rejects.toMatchObject({
    name: 'DatabaseAway',
  })
  expect(await transaction(fresh.db, count)).toBe(0)
})
