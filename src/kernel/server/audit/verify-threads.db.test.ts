import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAct } from '../../testing/act.ts'
import { sealUntil, testSigner } from '../../testing/audit.ts'
import { freshDatabase, type FreshDatabase } from '../../testing/database.ts'
import { transaction } from '../database.ts'
import { recordAll } from '../record.ts'
import type { CheckedRange } from './verify-range.ts'
import { openReader } from './verify-reader.ts'
import { checkedRanges, type Split } from './verify-threads.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
  await transaction(fresh.db, (tx) =>
    recordAll(
      testAct({ tx }),
      Array.from({ length: 40 }, (_, place) => ({
        fact: 'test.done',
        subject: { kind: 'test', id: String(place) },
        after: { place, 金额: place / 4 },
      })),
    ),
  )
  await sealUntil(fresh.db, testSigner(), 40)
  const attacker = new pg.Client({ connectionString: fresh.superuserUrl })
  await attacker.connect()
  await attacker.query(`update kernel.audit_entry set after = '{"place": 99}' where subject_id = '17'`)
  await attacker.query(
    `delete from kernel.audit_leaf where entry_id = (select id from kernel.audit_entry where subject_id = '23')`,
  )
  await attacker.end()
}, 240_000)
afterAll(() => fresh?.drop())

async function allOf(split: Split, url = fresh.readerUrl): Promise<CheckedRange[]> {
  const reader = await openReader(fresh.readerUrl)
  try {
    const work = { url, leaves: 40, trusted: 3, purged: { through: 0, withdrawn: new Set<number>() } }
    return await Array.fromAsync(checkedRanges(reader.ask, work, split))
  } finally {
    await reader.close()
  }
}

test('G10 threads find in their ranges what one thread finds in the whole, in the same order', async () => {
  const [whole] = (await allOf({ width: 100, threadsFrom: 1000 })) as [CheckedRange]
  expect([...whole.positions]).toEqual([...Array(40).keys()].filter((position) => position !== 23))
  expect(whole.faults).toMatchObject([{ index: 17, text: expect.stringMatching(/^第 18 条.*已被改动/) }])
  const parts = await allOf({ width: 7, threadsFrom: 1 })
  expect(parts.length).toBe(6)
  expect(parts.flatMap(({ positions }) => [...positions])).toEqual([...whole.positions])
  for (const suite of ['sha256', 'sm3'] as const)
    expect(Buffer.concat(parts.map((part) => part[suite])).equals(Buffer.from(whole[suite]))).toBe(true)
  expect(parts.flatMap(({ faults }) => faults.map(({ text }) => text))).toEqual(whole.faults.map(({ text }) => text))
})

test('a thread that cannot read says so, and nothing waits for ever', async () => {
  await expect(allOf({ width: 7, threadsFrom: 1 }, 'postgres://127.0.0.1:1/none')).rejects.toThrow(/ECONNREFUSED/)
})
