import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { testAct } from '../../testing/act.ts'
import { sealUntil, testSigner } from '../../testing/audit.ts'
import { freshDatabase, type FreshDatabase } from '../../testing/database.ts'
import type { Act } from '../context.ts'
import { transaction } from '../database.ts'
import { Refused } from '../errors.ts'
import { record } from '../record.ts'
import { proofOf, verifyProof } from './proof.ts'
import { purgeAudit, purgeHorizon, withdrawContent } from './retention.ts'
import { verifyAudit } from './verify.ts'

// Sealing waits for every open transaction of the server, those of other test files too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let fresh: FreshDatabase
const signer = testSigner()
beforeEach(async () => {
  fresh = await freshDatabase()
})
afterEach(() => fresh.drop())

/** A clock of the test: months long gone, so that the database's own floor holds for the real time too. */
const write = (id: string, now: string) =>
  transaction(fresh.db, (tx) =>
    record(testAct({ tx, now: new Date(now) }), 'test.done', {
      subject: { kind: 'test', id },
      after: { 密级内容: id },
    }),
  )
const seal = (count: number, now: string) => sealUntil(fresh.db, signer, count, new Date(now))
const on =
  (today: string) =>
  <T>(work: (act: Act) => Promise<T>) =>
    transaction(fresh.db, (tx) => work(testAct({ tx, today })))
const ids = async () =>
  (
    await fresh.db.pool.query(`select subject_id from kernel.audit_entry where fact = 'test.done' order by id`)
  ).rows.map((row: { subject_id: string }) => row.subject_id)
const verify = () => verifyAudit({ url: fresh.readerUrl, keys: [signer], anchors: [] })

test('G11 the horizon is the first of the month, so many years ago; less than one year is refused', () => {
  expect(purgeHorizon('2026-11-25', 3).toISOString()).toBe('2023-10-31T16:00:00.000Z')
  expect(purgeHorizon('2024-02-29', 1).toISOString()).toBe('2023-01-31T16:00:00.000Z')
  for (const years of [0, -1, 0.5, Number.NaN]) expect(() => purgeHorizon('2026-11-25', years)).toThrow(Refused)
})

describe('G11 purging', () => {
  beforeEach(async () => {
    await write('a', '2022-03-05T01:00:00Z')
    await write('b', '2022-03-20T01:00:00Z')
    expect(await seal(2, '2022-03-20T01:00:05Z')).toBe(2)
    await write('c', '2022-04-02T01:00:00Z')
    expect(await seal(1, '2022-04-02T01:00:05Z')).toBe(1)
  })

  test('takes whole months past the retention, records it, and leaves the tree verifiable', async () => {
    expect(await purgeAudit(on('2025-03-31'), 3)).toBe(0)
    expect(await ids()).toEqual(['a', 'b', 'c'])
    expect(await purgeAudit(on('2025-04-01'), 3)).toBe(2)
    expect(await ids()).toEqual(['c'])
    expect(await purgeAudit(on('2025-04-01'), 3)).toBe(0)
    expect(await seal(1, '2025-04-01T01:00:05Z')).toBe(1)
    expect(await verify()).toMatchObject({ checked: 4, purged: 2, faults: [] })
    const proof = await transaction(fresh.db, async (tx) => {
      const { rows } = await sql<{ id: number }>`select id from kernel.audit_entry where subject_id = 'c'`.execute(tx)
      return proofOf(tx, rows[0]?.id ?? 0, () => true)
    })
    expect(verifyProof(proof, [signer])).toMatchObject({ faults: [], keyKnown: true })
  })

  test('a row that goes beside the purge is still missing', async () => {
    await purgeAudit(on('2025-04-01'), 3)
    const client = new pg.Client({ connectionString: fresh.superuserUrl })
    await client.connect()
    await client.query(`delete from kernel.audit_entry where subject_id = 'c'`).finally(() => client.end())
    expect((await verify()).faults).toEqual([expect.stringMatching(/^第 3 条（审计记录 \d+）已被删除/)])
  })

  test('the database itself refuses what is younger than a year, and what leaves no trace', async () => {
    await write('young', new Date().toISOString())
    expect(await seal(1, new Date().toISOString())).toBe(1)
    const purge = (size: number, recorded: boolean) =>
      on('2026-11-25')(async (act) => {
        if (recorded) await record(act, 'kernel.audit-purged', { subject: { kind: 'audit', id: '4' } })
        await sql`select kernel.purge_audit(${size}, 10)`.execute(act.tx)
      })
    await expect(purge(4, true)).rejects.toThrow('未满一年')
    await expect(purge(3, false)).rejects.toThrow('留痕')
    expect(await ids()).toEqual(['a', 'b', 'c', 'young'])
  })

  test('a purge forged by the superuser over young rows counts for nothing', async () => {
    await write('young', new Date().toISOString())
    expect(await seal(1, new Date().toISOString())).toBe(1)
    const client = new pg.Client({ connectionString: fresh.superuserUrl })
    await client.connect()
    await client
      .query(
        `delete from kernel.audit_entry where subject_id = 'young'; insert into kernel.audit_purge (through) values (4)`,
      )
      .finally(() => client.end())
    const { faults } = await verify()
    expect(faults.join('\n')).toMatch(/清除不合规：封存未满一年/)
    expect(faults.join('\n')).toMatch(/第 4 条（审计记录 \d+）已被删除/)
  })
})

describe('A44-1 content taken out of one row', () => {
  test('leaves a trace without the content; log and proof verify, and the content cannot be guessed back', async () => {
    await write('secret', '2026-11-01T01:00:00Z')
    expect(await seal(1, '2026-11-01T01:00:05Z')).toBe(1)
    const entryId = Number((await fresh.db.pool.query('select id from kernel.audit_entry')).rows[0].id)
    const withdraw = () => on('2026-11-25')((act) => withdrawContent(act, entryId, '属国家秘密，按第四十四条清除'))
    expect(await withdraw()).toBe(true)
    expect(await seal(1, '2026-11-25T01:00:05Z')).toBe(1)
    expect(await verify()).toMatchObject({ checked: 2, faults: [] })
    const { rows } = await fresh.db.pool.query('select after, salts from kernel.audit_entry where id = $1', [entryId])
    expect(rows[0].after).toBeNull()
    expect((rows[0].salts as Buffer).subarray(16)).toEqual(Buffer.alloc(48))
    const all = JSON.stringify((await fresh.db.pool.query('select * from kernel.audit_entry')).rows)
    expect(all).not.toContain('密级内容')
    const proof = await transaction(fresh.db, (tx) => proofOf(tx, entryId, () => true))
    expect(verifyProof(proof, [signer]).faults).toEqual([])
  })

  test('needs its trace in the same transaction; content blanked otherwise is an edit', async () => {
    await write('a', '2026-11-01T01:00:00Z')
    expect(await seal(1, '2026-11-01T01:00:05Z')).toBe(1)
    await expect(
      transaction(fresh.db, (tx) => sql`select kernel.withdraw_audit_content(id) from kernel.audit_entry`.execute(tx)),
    ).rejects.toThrow('留痕')
    const client = new pg.Client({ connectionString: fresh.superuserUrl })
    await client.connect()
    await client.query(`update kernel.audit_entry set after = null, withdrawn_at = now()`).finally(() => client.end())
    expect((await verify()).faults).toEqual([expect.stringContaining('却没有撤除的留痕')])
  })
})
