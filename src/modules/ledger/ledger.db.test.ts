import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { transaction } from '#kernel/server/database.ts'
import { Conflict, Refused } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testAct } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { adjustLines, commit, execute, ledgerLine, openLines, release, reverse, type Posting } from './offers.ts'
import ledger from './module.ts'

let fresh: FreshDatabase
beforeAll(async () => void (fresh = await freshDatabase({ max: 20 })))
afterAll(() => fresh.drop())

const act = <T>(work: (act: ReturnType<typeof testAct>) => Promise<T>) =>
  transaction(fresh.db, (tx) => work(testAct({ tx, today: '2026-06-01' })))
const posting = (amountFen: number, more: Partial<Posting> = {}): Posting => ({
  amountFen,
  quantity: 0,
  note: '测试',
  occurredOn: '2026-06-01',
  source: { kind: 'test', id: newId() },
  ...more,
})

async function line(amountFen: number): Promise<string> {
  const id = newId()
  const organ = newId()
  await act((one) =>
    openLines(
      one,
      [
        {
          id,
          jurisdictionCode: '140100',
          year: 2026,
          number: `T-${id}`,
          planId: newId(),
          holderOrganId: organ,
          servedOrganId: organ,
          needKind: 'N01',
          itemName: '办公费',
          economicCode: '30201',
          unit: '项',
          centralised: false,
          amountFen,
          quantity: 1,
        },
      ],
      '2026-01-20',
    ),
  )
  return id
}
const balances = async (id: string) => {
  const row = await act((one) => ledgerLine(one.tx, id))
  return row && { planned: row.plannedFen, committed: row.committedFen, executed: row.executedFen }
}

test('A34-2 of fifty commitments at once for a tenth of the plan each, ten are taken and nothing is left', async () => {
  const id = await line(1_000_000)
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, () => act((one) => commit(one, id, '合同', posting(100_000)))),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Refused)
  expect(await balances(id)).toEqual({ planned: 1_000_000, committed: 1_000_000, executed: 0 })
})

test('the same source posts once, however often and however many at once', async () => {
  const id = await line(1_000_000)
  const same = posting(70_000, { source: { kind: 'test.voucher', id: newId() } })
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => act((one) => execute(one, id, same))))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Conflict)
  expect(await balances(id)).toEqual({ planned: 1_000_000, committed: 0, executed: 70_000 })
})

test('spending against a commitment frees it; releasing gives back; reversing undoes', async () => {
  const id = await line(1_000_000)
  const { commitment } = await act((one) => commit(one, id, '合同', posting(600_000)))
  const { entry } = await act((one) => execute(one, id, posting(400_000), commitment.id))
  expect(await balances(id)).toEqual({ planned: 1_000_000, committed: 200_000, executed: 400_000 })
  await expect(act((one) => execute(one, id, posting(500_000)))).rejects.toBeInstanceOf(Refused)
  await act((one) =>
    release(one, commitment.id, { note: '合同结束', occurredOn: '2026-06-02', source: { kind: 'test', id: newId() } }),
  )
  expect(await balances(id)).toEqual({ planned: 1_000_000, committed: 0, executed: 400_000 })
  await act((one) => reverse(one, entry.id, '退回', '2026-06-03'))
  expect((await balances(id))?.executed).toBe(0)
})

test('a line is not adjusted below what it holds, and an act that fails half-way leaves nothing', async () => {
  const id = await line(1_000_000)
  await act((one) => execute(one, id, posting(800_000)))
  await expect(act((one) => adjustLines(one, [{ lineId: id, posting: posting(-300_000) }]))).rejects.toBeInstanceOf(
    Refused,
  )
  await expect(
    act(async (one) => {
      await adjustLines(one, [{ lineId: id, posting: posting(500_000) }])
      throw new Error('half-way')
    }),
  ).rejects.toThrow('half-way')
  expect(await balances(id)).toEqual({ planned: 1_000_000, committed: 0, executed: 800_000 })
})

test('the app may neither change nor delete an entry, nor overspend by SQL', async () => {
  const id = await line(1000)
  await expect(
    act(({ tx }) => sql`update ledger.entry set amount_fen = 1 where line_id = ${id}`.execute(tx)),
  ).rejects.toThrow(/permission denied/)
  await expect(act(({ tx }) => sql`delete from ledger.entry where line_id = ${id}`.execute(tx))).rejects.toThrow(
    /permission denied/,
  )
  await expect(
    act(({ tx }) => sql`update ledger.line set executed_fen = 1001 where id = ${id}`.execute(tx)),
  ).rejects.toThrow(/check/)
})

test('verify recomputes every balance from the entries and names the line that differs', async () => {
  const [check] = ledger.checks ?? []
  if (!check) throw new Error('no check')
  expect((await act(({ tx }) => check.check(tx))).faults).toEqual([])
  const id = await line(1000)
  await act(({ tx }) => sql`update ledger.line set executed_fen = 7 where id = ${id}`.execute(tx))
  const { faults } = await act(({ tx }) => check.check(tx))
  expect(faults).toHaveLength(1)
  expect(faults[0]).toContain(`T-${id}`)
})
