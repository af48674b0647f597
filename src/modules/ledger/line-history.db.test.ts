import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '#kernel/server/database.ts'
import { Refused } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testAct } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { adjustLines, commit, execute, ledgerLine, openLines, release, type LineRow } from './offers.ts'
import { anomaliesOf, type HistoryEntry, type Seen, type Wish } from './testing/line-history.ts'

/** `npm run histories` records many more. */
const runs = Number(process.env['HISTORY_RUNS'] ?? 25)

let fresh: FreshDatabase
beforeAll(async () => void (fresh = await freshDatabase({ max: 12 })))
afterAll(() => fresh.drop())

const act = <T>(work: (act: ReturnType<typeof testAct>) => Promise<T>) =>
  transaction(fresh.db, (tx) => work(testAct({ tx, today: '2026-06-01' })))
const said = () => ({ quantity: 0, note: '测试', occurredOn: '2026-06-01', source: { kind: 'test', id: newId() } })

async function newLine(amountFen: number): Promise<string> {
  const [id, organ] = [newId(), newId()]
  const place = { jurisdictionCode: '140100', year: 2026, number: `H-${id}`, planId: newId() }
  const matter = { needKind: 'N01', itemName: '办公费', economicCode: '30201', unit: '项', centralised: false }
  const line = { id, ...place, holderOrganId: organ, servedOrganId: organ, ...matter, amountFen, quantity: 0 }
  await act((one) => openLines(one, [line], '2026-01-20'))
  return id
}

const seenIn = ({ version, plannedFen, committedFen, executedFen }: LineRow): Seen => ({
  version,
  plannedFen,
  committedFen,
  executedFen,
})

/** As the ledger's offers do it. `held` are commitments that clients may give back, taken by one at a time. */
async function carryOut(lineId: string, wish: Wish, held: { id: string; openFen: number }[]): Promise<Seen | null> {
  if (wish.kind === 'read') return seenIn((await act((one) => ledgerLine(one.tx, lineId))) as LineRow)
  const { amountFen } = wish
  switch (wish.kind) {
    case 'commit': {
      const { commitment, line } = await act((one) => commit(one, lineId, '合同', { amountFen, ...said() }))
      held.push({ id: commitment.id, openFen: amountFen })
      return seenIn(line)
    }
    case 'execute':
      return seenIn((await act((one) => execute(one, lineId, { amountFen, ...said() }))).line)
    case 'release': {
      const commitment = held.pop()
      if (!commitment) return null
      return seenIn(
        (await act((one) => release(one, commitment.id, { amountFen: commitment.openFen, ...said() }))).line,
      )
    }
    case 'adjust':
      return act(async (one) => {
        await adjustLines(one, [{ lineId, posting: { amountFen, ...said() } }])
        return seenIn((await ledgerLine(one.tx, lineId)) as LineRow)
      })
  }
}

const wish: fc.Arbitrary<Wish> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('commit' as const), amountFen: fc.integer({ min: 1, max: 400 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('execute' as const), amountFen: fc.integer({ min: 1, max: 400 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), amountFen: fc.constant(0) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('adjust' as const), amountFen: fc.integer({ min: -300, max: 300 }) }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'read' as const }) },
)

test(
  'G23 G24 A34-2 whatever clients do at once on a line can have been done one after the other',
  {
    timeout: 3_600_000,
  },
  async () => {
    let operations = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(wish, { minLength: 2, maxLength: 6 }), { minLength: 3, maxLength: 8 }),
        async (clients) => {
          const lineId = await newLine(1000)
          const beginning = seenIn((await act((one) => ledgerLine(one.tx, lineId))) as LineRow)
          const history: HistoryEntry[] = []
          const held: { id: string; openFen: number }[] = []
          let clock = 0
          await Promise.all(
            clients.map(async (wishes, client) => {
              for (const one of wishes) {
                const begun = ++clock
                const open = one.kind === 'release' ? (held.at(-1)?.openFen ?? null) : null
                const asked: Wish = one.kind === 'release' ? { kind: 'release', amountFen: open ?? 0 } : one
                if (one.kind === 'release' && open === null) continue // nothing to give back yet
                const seen = await carryOut(lineId, one, held).catch((error: unknown) => {
                  if (error instanceof Refused) return null
                  throw error
                })
                history.push({ client, wish: asked, begun, ended: ++clock, seen })
              }
            }),
          )
          operations += history.length
          expect(anomaliesOf(beginning, history)).toEqual([])
        },
      ),
      { numRuns: runs, ...(runs > 1000 ? {} : { seed: 20 }) },
    )
    expect(operations).toBeGreaterThan(runs * 5)
    if (runs > 1000) console.log(`${operations} operations in ${runs} histories, no anomaly`)
  },
)
