import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { testAct } from '../../testing/act.ts'
import { sealUntil, testSigner } from '../../testing/audit.ts'
import { freshDatabase, type FreshDatabase } from '../../testing/database.ts'
import { transaction } from '../database.ts'
import { record } from '../record.ts'
import { beginEpochWhereNeeded } from './epoch.ts'
import { verifyAudit } from './verify.ts'

// Sealing waits for every open transaction of the server, those of other test files too.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let fresh: FreshDatabase
const signer = testSigner()
beforeEach(async () => {
  fresh = await freshDatabase()
})
afterEach(() => fresh.drop())

const write = (...ids: string[]) =>
  transaction(fresh.db, async (tx) => {
    for (const id of ids) await record(testAct({ tx }), 'test.done', { subject: { kind: 'test', id } })
  })
const begin = () => transaction(fresh.db, (tx) => beginEpochWhereNeeded(testAct({ tx })))
const faults = async () => (await verifyAudit({ url: fresh.readerUrl, keys: [signer], anchors: [] })).faults

async function asSuperuser<R extends pg.QueryResultRow>(statement: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: fresh.superuserUrl })
  await client.connect()
  return client
    .query<R>(statement)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

/** Rows as a server wrote them that had counted much further. */
const writtenElsewhere = async (first: number, ...ids: string[]) => {
  for (const [place, id] of ids.entries()) {
    await write(id)
    await asSuperuser(`update kernel.audit_entry set transaction_id = '${first + place}' where subject_id = '${id}'`)
  }
}
const sealedOrder = async () =>
  (
    await asSuperuser<{ id: string }>(`select coalesce(e.subject_id, '?') as id from kernel.audit_leaf l
      left join kernel.audit_entry e on e.id = l.entry_id where e.fact = 'test.done' order by l.position`)
  ).map(({ id }) => id)

describe('a record whose server changed', () => {
  test('G10 is sealed on in its order: what another server wrote first, by its numbers, then what this one writes', async () => {
    await writtenElsewhere(900_000_000_002, 'b')
    await writtenElsewhere(900_000_000_001, 'a')
    expect(await begin()).toBe(true)
    expect(await begin()).toBe(false) // once
    await write('c', 'd')
    expect(await sealUntil(fresh.db, signer, 5)).toBe(5)
    expect(await sealedOrder()).toEqual(['a', 'b', 'c', 'd'])
    await write('e')
    expect(await sealUntil(fresh.db, signer, 1)).toBe(1)
    expect(await sealedOrder()).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(await faults()).toEqual([])
  })

  test('G10 twice, with rows that were not sealed when it changed', async () => {
    await writtenElsewhere(900_000_000_000, 'a')
    await begin()
    await sealUntil(fresh.db, signer, 2)
    await writtenElsewhere(700_000_000_000, 'b')
    expect(await begin()).toBe(true)
    await write('c')
    await sealUntil(fresh.db, signer, 3)
    expect(await sealedOrder()).toEqual(['a', 'b', 'c'])
    expect(await faults()).toEqual([])
  })

  test('where the server counts higher, nothing begins', async () => {
    await write('a')
    expect(await begin()).toBe(false)
  })

  test.each([
    [
      'a row put among those of before',
      `insert into kernel.audit_entry overriding system value select (jsonb_populate_record(null::kernel.audit_entry,
        to_jsonb(e) || '{"id": -5, "transaction_id": "900000000000"}')).* from kernel.audit_entry e where subject_id = 'c'`,
      '插在已封存的记录之间',
    ],
    [
      'an epoch that nobody began',
      `insert into kernel.audit_epoch (epoch, first_entry, began_at) values (2, 100000, now())`,
      '没有开始的留痕',
    ],
  ])('G10 %s is found', async (_, manipulation, said) => {
    await writtenElsewhere(900_000_000_001, 'a', 'b')
    await begin()
    await sealUntil(fresh.db, signer, 3)
    await write('c')
    expect(await faults()).toEqual([])
    await asSuperuser(manipulation)
    expect((await faults()).join()).toContain(said)
  })
})
