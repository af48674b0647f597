import { sql } from 'kysely'
import { transaction, type Database, type Tx } from '#kernel/server/database.ts'
import { found, insist } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testActor } from '#kernel/testing/act.ts'
import { execute, openLines } from '#modules/ledger/offers.ts'
import { applied, mayPost } from '#modules/ledger/rules.ts'
import { insertEntries } from '#modules/ledger/store/entry.ts'
import { linesPage, lockLine, saveBalances } from '#modules/ledger/store/line.ts'
import { demandsPage } from '#modules/plans/store/demand.ts'
import { alternating, type Bench, type Measure } from './measure.ts'

/** What row-level security and the audit record cost: the same code behind them and without them. */
export async function* wallMeasures({ db, bare, province, scale }: Bench): AsyncGenerator<Measure> {
  const organId = newId()
  const lineId = newId()
  const clerk = testActor(
    {
      id: organId,
      name: '测算机关',
      jurisdictionCode: '140000',
      jurisdictionName: '山西省',
      level: 'province',
      parts: [],
    },
    ['organ-clerk'],
  )
  const reviewer = testActor(
    {
      id: province.authorityId,
      name: '省机关事务管理局',
      jurisdictionCode: '140000',
      jurisdictionName: '山西省',
      level: 'province',
      parts: ['authority'],
    },
    ['plan-reviewer'],
  )
  await transaction(bare, (tx) =>
    openLines(
      testAct({ tx }),
      [
        {
          id: lineId,
          jurisdictionCode: '140000',
          year: 2026,
          number: 'BENCH-WALL',
          planId: newId(),
          holderOrganId: organId,
          servedOrganId: organId,
          needKind: 'N01',
          itemName: '办公费',
          economicCode: '30201',
          unit: '项',
          centralised: false,
          amountFen: 1_000_000_000_000,
          quantity: 1,
        },
      ],
      '2026-01-20',
    ),
  )
  const spend = (database: Database, scope: ReturnType<typeof scopeOf> | undefined) => async () => {
    for (let count = 0; count < 50; count++)
      await transaction(
        database,
        (tx) =>
          execute(testAct({ tx, actor: clerk, today: '2026-06-01' }), lineId, {
            amountFen: 100,
            quantity: 0,
            note: '支付',
            occurredOn: '2026-06-01',
            source: { kind: 'bench', id: newId() },
          }),
        scope ? { scope } : {},
      )
  }
  // The same write by the same rule and statements, past the wall and without its row in the record.
  const unrecorded = async () => {
    for (let count = 0; count < 50; count++)
      await transaction(bare, async (tx) => {
        const line = found(await lockLine(tx, lineId), '计划台账行')
        const movement = { kind: 'execute', amountFen: 100, quantityCenti: 0 } as const
        insist(mayPost(line, movement))
        const entry = {
          lineId,
          ...movement,
          commitmentId: null,
          reversesId: null,
          note: '支付',
          document: null,
          counterparty: null,
        }
        const source = { sourceKind: 'bench', sourceId: newId(), occurredOn: '2026-06-01' }
        await insertEntries(tx, [{ ...entry, ...source }], { at: new Date(), by: '测算' })
        await saveBalances(tx, [{ line, after: { ...line, ...applied(line, movement), version: line.version + 1 } }])
      })
  }
  // The least that could be written: three statements by hand, no rule.
  const byHand = async () => {
    for (let count = 0; count < 50; count++)
      await transaction(bare, async (tx) => {
        await sql`select 1 from ledger.line where id = ${lineId} for update`.execute(tx)
        await sql`insert into ledger.entry (line_id, kind, amount_fen, quantity, note, source_kind, source_id, occurred_on, posted_at, posted_by)
          values (${lineId}, 'execute', 100, 0, '支付', 'bench', ${newId()}, '2026-06-01', now(), '测算')`.execute(tx)
        await sql`update ledger.line set executed_fen = executed_fen + 100, version = version + 1 where id = ${lineId}`.execute(
          tx,
        )
      })
  }
  const rounds = Math.max(9, Math.round(15 * scale))
  const secured = await alternating(rounds, spend(db, scopeOf(clerk)), spend(bare, undefined))
  yield measure('spending behind row-level security, and past it', 50, secured, 'acts/s')
  const audited = await alternating(rounds, spend(db, scopeOf(clerk)), unrecorded)
  yield { ...measure('spending audited and secured; the same write without', 50, audited, 'acts/s'), targetRatio: 0.6 }
  const least = await alternating(rounds, spend(db, scopeOf(clerk)), byHand)
  yield measure('spending audited and secured; three statements by hand', 50, least, 'acts/s')
  const pages: readonly [string, (tx: Tx) => Promise<unknown>][] = [
    ['page of demands', (tx) => demandsPage(tx, { jurisdictionCode: '140000', year: 2027 }, undefined, 51)],
    ['page of ledger lines', (tx) => linesPage(tx, { jurisdictionCode: '140000', year: 2026 }, undefined, 51)],
  ]
  for (const [name, page] of pages) {
    const read = (database: Database, scope: ReturnType<typeof scopeOf> | undefined) => async () => {
      for (let count = 0; count < 50; count++) await transaction(database, page, scope ? { scope } : {})
    }
    const took = await alternating(rounds, read(db, scopeOf(reviewer)), read(bare, undefined))
    yield { ...measure(`${name} behind row-level security, and past it`, 50, took, 'pages/s'), targetRatio: 0.8 }
  }
}

function measure(name: string, count: number, took: { ours: number; raw: number }, unit: string): Measure {
  return {
    name,
    value: (count / took.ours) * 1000,
    unit,
    rawValue: (count / took.raw) * 1000,
    target: null,
    lowerIsBetter: false,
  }
}
