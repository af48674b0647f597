import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import pg from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import { testAct } from '../testing/act.ts'
import { freshDatabase, type FreshDatabase } from '../testing/database.ts'
import { transaction } from './database.ts'
import { record, sealAudit, verifyAudit } from './record.ts'

let fresh: FreshDatabase
const opened: FreshDatabase[] = []
beforeEach(async () => {
  fresh = await freshDatabase()
  opened.push(fresh)
})
afterAll(async () => {
  for (const one of opened) await one.drop()
})

const write = (id: string, more: object = {}) =>
  transaction(fresh.db, (tx) =>
    record(testAct({ tx }), 'test.done', {
      subject: { kind: 'test', id },
      after: { 金额: 12.5, list: [1, { b: 2, a: 1 }], ...more },
    }),
  )
const seal = () => transaction(fresh.db, (tx) => sealAudit(tx))

/**
 * Seals in rounds until so many rows are sealed: PostgreSQL counts open transactions of the whole server, so those of
 * test files running beside this one put sealing off. @returns rows sealed, fewer only after ten seconds
 */
async function sealUntil(count: number): Promise<number> {
  let sealed = 0
  for (const endsAt = Date.now() + 10_000; sealed < count && Date.now() < endsAt;) {
    sealed += await seal()
    if (sealed < count) await pause(20)
  }
  return sealed
}
const verify = () => transaction(fresh.db, (tx) => verifyAudit(tx), { readOnly: true })

/** The attacker has the database in hand. */
async function tamper(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: fresh.superuserUrl })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

describe('the sealed record', () => {
  beforeEach(async () => {
    for (const id of ['a', 'b', 'c', 'd']) await write(id)
    expect(await sealUntil(4)).toBe(4)
  })

  test('verifies whole, across further rounds of sealing', async () => {
    await write('e')
    expect(await verify()).toMatchObject({ checked: 5, unsealed: 1, faults: [] })
    expect(await sealUntil(1)).toBe(1)
    expect(await verify()).toMatchObject({ checked: 5, unsealed: 0, faults: [] })
  })
  test.each([
    [
      'an edited row',
      `update kernel.audit_entry set after = '{"金额": 99}' where subject_id = 'b'`,
      /审计记录 \d+ 的内容与摘要不符/,
    ],
    [
      'a back-dated row',
      `update kernel.audit_entry set at = at - interval '1 day' where subject_id = 'c'`,
      /审计记录 \d+ 的内容与摘要不符/,
    ],
    ['a deleted row', `delete from kernel.audit_entry where subject_id = 'b'`, /审计记录 \d+ 已被删除/],
    ['a deleted seal', `delete from kernel.audit_seal where position = 2`, /封存序列在第 2 位中断/],
    [
      'a row put in between',
      `insert into kernel.audit_entry (transaction_id, at, request_id, actor_kind, person_name, roles, fact, subject_kind, subject_id, digest)
      select transaction_id, at, 'x', 'system', 'x', '{}', 'test.forged', 'test', 'x', digest from kernel.audit_entry order by id limit 1`,
      /插在已封存的记录之间/,
    ],
    [
      'two rows changed about',
      `update kernel.audit_seal s set entry_id = o.entry_id from (select position, lead(entry_id) over (order by position) as entry_id from kernel.audit_seal where position <= 2) o
      where s.position = 1 and o.position = 1 and false; alter table kernel.audit_seal drop constraint audit_seal_entry_id_key;
      update kernel.audit_seal set entry_id = case position when 1 then (select entry_id from kernel.audit_seal where position = 2) else (select entry_id from kernel.audit_seal where position = 1) end where position in (1, 2)`,
      /封存链自第 1 位/,
    ],
  ])('%s is found and named', async (_, statement, said) => {
    await tamper(statement)
    const { faults } = await verify()
    expect(faults.length).toBeGreaterThan(0)
    expect(faults.join('\n')).toMatch(said)
  })
})

test('a row of a transaction that commits late is sealed later and not lost', async () => {
  let release: () => void = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const slow = transaction(fresh.db, async (tx) => {
    await record(testAct({ tx }), 'test.slow', { subject: { kind: 'test', id: 'slow' } })
    await held
  })
  await pause(50)
  await write('quick')
  expect(await seal()).toBe(0) // the quick one began after the slow one that is still open
  release()
  await slow
  expect(await sealUntil(2)).toBe(2)
  expect((await verify()).faults).toEqual([])
})

test('rows are sealed in the order of transaction numbers, not of their digits', async () => {
  for (const number of [100, 98, 99]) {
    await write(String(number))
    await tamper(`update kernel.audit_entry set transaction_id = '${number}' where subject_id = '${number}'`)
  }
  expect(await sealUntil(3)).toBe(3)
  expect(await seal()).toBe(0)
  await write('later')
  expect(await sealUntil(1)).toBe(1)
  expect((await verify()).faults).toEqual([])
})

test('several sealers at once seal each row once', async () => {
  for (let index = 0; index < 30; index++) await write(String(index))
  const sealed = await Promise.all(Array.from({ length: 8 }, () => seal()))
  const together = sealed.reduce((a, b) => a + b, 0)
  expect(together + (await sealUntil(30 - together))).toBe(30)
  expect(await verify()).toMatchObject({ checked: 30, unsealed: 0, faults: [] })
})

test('an act that fails leaves no record', async () => {
  await expect(
    transaction(fresh.db, async (tx) => {
      await record(testAct({ tx }), 'test.undone', { subject: { kind: 'test', id: 'x' } })
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  expect(await verify()).toMatchObject({ checked: 0, unsealed: 0 })
})

test.each([
  `update kernel.audit_entry set after = null`,
  `delete from kernel.audit_entry`,
  `truncate kernel.audit_entry`,
  `update kernel.audit_seal set chain = ''`,
  `delete from kernel.audit_seal`,
  `truncate kernel.audit_seal`,
])('the app may not: %s', async (statement) => {
  await write('a')
  await sealUntil(1)
  await expect(transaction(fresh.db, (tx) => sql.raw(statement).execute(tx))).rejects.toThrow(/permission denied/)
})
