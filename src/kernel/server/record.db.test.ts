import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { sql } from 'kysely'
import pg from 'pg'
import { testAct } from '../testing/act.ts'
import { sealUntil, testSigner } from '../testing/audit.ts'
import { freshDatabase, type FreshDatabase } from '../testing/database.ts'
import { transaction } from './database.ts'
import { record } from './record.ts'

// Sealing waits for every open transaction of the server, those of other test files too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let fresh: FreshDatabase
const opened: FreshDatabase[] = []
beforeEach(async () => {
  fresh = await freshDatabase()
  opened.push(fresh)
})
afterAll(async () => {
  for (const one of opened) await one.drop()
})

const write = (id: string, after: unknown = { 金额: 12.5, list: [1, { b: 2, a: 1 }] }) =>
  transaction(fresh.db, (tx) => record(testAct({ tx }), 'test.done', { subject: { kind: 'test', id }, after }))
const rows = async () => (await fresh.db.pool.query('select * from kernel.audit_entry order by id')).rows

test('an act that fails leaves no record', async () => {
  await expect(
    transaction(fresh.db, async (tx) => {
      await record(testAct({ tx }), 'test.undone', { subject: { kind: 'test', id: 'x' } })
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  expect(await rows()).toEqual([])
})

test('G9 no secret and no full identity number stands in a row, wherever it was put', async () => {
  const number = '11010519491231002X'
  await write(`人员 ${number}`, {
    note: `证件 ${number}`,
    password: 'Planted-Secret-1',
    deep: [{ sessionToken: 'planted' }],
  })
  const text = JSON.stringify(await rows())
  expect(text).toContain('1101************2X')
  for (const planted of [number, 'Planted-Secret-1', 'planted"']) expect(text).not.toContain(planted)
})

test('content is bound by salted commitments: equal content does not show as equal', async () => {
  await write('a')
  await write('a')
  const [one, two] = await rows()
  expect(one.commitments.length).toBe(1 + 2 * 64) // person and after
  expect(one.salts.equals(two.salts)).toBe(false)
  expect(one.commitments.equals(two.commitments)).toBe(false)
})

test.each([
  `update kernel.audit_entry set after = null`,
  `delete from kernel.audit_entry`,
  `truncate kernel.audit_entry`,
  `update kernel.audit_leaf set sm3 = sha256`,
  `delete from kernel.audit_leaf`,
  `truncate kernel.audit_node`,
  `update kernel.audit_checkpoint set note = ''`,
  `delete from kernel.audit_checkpoint`,
  `delete from kernel.audit_key`,
  `insert into kernel.audit_purge (through) values (1)`,
  `insert into kernel.audit_seal (position, entry_id, transaction_id, chain) values (1, 1, '1', '')`,
  `delete from kernel.audit_seal`,
])('the app may not: %s', async (statement) => {
  await write('a')
  await sealUntil(fresh.db, testSigner(), 1)
  await expect(transaction(fresh.db, (tx) => sql.raw(statement).execute(tx))).rejects.toThrow(/permission denied/)
})

test('the reader reads the record and changes nothing', async () => {
  await write('a')
  const client = new pg.Client({ connectionString: fresh.readerUrl })
  await client.connect()
  try {
    expect((await client.query('select count(*)::int as n from kernel.audit_entry')).rows).toEqual([{ n: 1 }])
    await expect(client.query('delete from kernel.audit_entry')).rejects.toThrow(/permission denied/)
  } finally {
    await client.end()
  }
})
