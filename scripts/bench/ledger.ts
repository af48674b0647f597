import { sql } from 'kysely'
import { transaction } from '#kernel/server/database.ts'
import { newId } from '#kernel/server/identifier.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testActor } from '#kernel/testing/act.ts'
import { execute, openLines } from '#modules/ledger/offers.ts'
import { alternating, type Bench, type Measure } from './measure.ts'

/** Spending posted to plan lines: ours (lock, rule, entry, balances, audit record) against one bare UPDATE and INSERT. */
export async function* ledgerMeasures({ db, bare, scale }: Bench): AsyncGenerator<Measure> {
  const lines = Array.from({ length: 50 }, () => newId())
  const planId = newId()
  const organId = newId()
  const clerk = testActor(
    { id: organId, name: '测算机关', jurisdictionCode: '140100', jurisdictionName: '太原市', level: 'city', parts: [] },
    ['organ-clerk'],
  )
  await transaction(db, (tx) =>
    openLines(
      testAct({ tx }),
      lines.map((id, index) => ({
        id,
        jurisdictionCode: '140100',
        year: 2026,
        number: `BENCH-${index}`,
        planId,
        holderOrganId: organId,
        servedOrganId: organId,
        needKind: 'N01' as const,
        itemName: '办公费',
        economicCode: '30201',
        unit: '项',
        centralised: false,
        amountFen: 1_000_000_000_000,
        quantity: 1,
      })),
      '2026-01-20',
    ),
  )
  const batch = Math.max(20, Math.round(200 * scale))
  const work = 8
  const parallel = (one: (index: number) => Promise<unknown>) => async () => {
    let next = 0
    await Promise.all(
      Array.from({ length: work }, async () => {
        while (next < batch) await one(next++)
      }),
    )
  }
  const ours = parallel((index) =>
    transaction(
      db,
      (tx) =>
        execute(testAct({ tx, actor: clerk, today: '2026-06-01' }), lines[index % lines.length] as string, {
          amountFen: 100,
          quantity: 0,
          note: '支付',
          occurredOn: '2026-06-01',
          source: { kind: 'bench', id: newId() },
        }),
      { scope: scopeOf(clerk) },
    ),
  )
  const raw = parallel((index) =>
    transaction(bare, async (tx) => {
      await sql`select 1 from ledger.line where id = ${lines[index % lines.length]} for update`.execute(tx)
      await sql`insert into kernel.audit_entry (form, at, request_id, actor_kind, person_name, roles, fact, subject_kind, subject_id, digest)
        values (1, now(), 'raw', 'system', 'raw', '{}', 'bench.raw', 'bench', ${newId()}, '')`.execute(tx)
    }),
  )
  const took = await alternating(Math.max(3, Math.round(9 * scale)), ours, raw)
  yield {
    name: 'ledger: executions posted, 8 at once',
    value: (batch / took.ours) * 1000,
    unit: 'acts/s',
    rawValue: (batch / took.raw) * 1000,
    target: null,
    lowerIsBetter: false,
  }
}
