import { sql } from 'kysely'
import { transaction } from '#kernel/server/database.ts'
import { newId } from '#kernel/server/identifier.ts'
import { jobs } from '#modules/whatif/jobs.ts'
import type { Change } from '#modules/whatif/model.ts'
import { insertRun, runById } from '#modules/whatif/store/run.ts'
import { insertScenario } from '#modules/whatif/store/scenario.ts'
import { asReviewer, median, timed, type Bench, type Measure } from './measure.ts'

/** A lower cap, dearer laptops, more people and a longer life: what somebody would try out for a whole province. */
const changes: Change[] = [
  { kind: 'standard', code: 'item.desktop', level: null, priceCapFen: 450_000, minimumYears: 8 },
  { kind: 'price', standardCode: 'item.laptop', needKind: null, percent: 8, addFen: null },
  { kind: 'headcount', level: null, organKind: null, organIds: [], percent: 5, people: null },
  { kind: 'catalogue', needKind: 'N09', centralised: 'yes', provided: true },
]

/** The job behind 测算 over the whole province, from what was asked to the result kept, beside reading the same rows bare. */
export async function* whatifMeasures(bench: Bench): AsyncGenerator<Measure> {
  const { bare, province, scale } = bench
  const reviewer = asReviewer(bench)
  const { cycleId, authorityId, lines, year } = province
  const [ours, raw]: [number[], number[]] = [[], []]
  for (let round = 0; round < 3; round++) {
    const runId = newId()
    const scenarioId = newId()
    await reviewer(async ({ tx, now }) => {
      const made = { organId: authorityId, jurisdictionCode: '140000', madeById: null, madeBy: '测算', changedAt: now }
      await insertScenario(tx, { id: scenarioId, title: '全省测算', year, scope: 'province', changes, ...made })
      await insertRun(tx, { id: runId, scenarioId, changes, jobId: null, askedAt: now, askedByName: '测算' })
    })
    ours.push(
      await timed(() =>
        jobs['whatif.compute']?.run({
          runId: newId(),
          data: { runId },
          transact: reviewer,
          progress: async () => {},
        }),
      ),
    )
    const result = (await reviewer(({ tx }) => runById(tx, runId)))?.result
    if (result?.totals.lines !== lines || result.totals.changedLines === 0)
      throw new Error(`the what-if counted ${result?.totals.lines} of ${lines} lines`)
    raw.push(
      await timed(() =>
        transaction(
          bare,
          async (tx) => {
            await sql`select id, demand_id, need_kind, item_name, standard_code, economic_code, quantity, unit, unit_price_fen,
                amount_fen, reason, note, in_own_budget, store_query, replacement
              from plans.demand_line where cycle_id = ${cycleId}`.execute(tx)
            await sql`select l.served_organ_id, l.need_kind, l.item_name, l.quantity, l.amount_fen from plans.plan p
              join plans.plan_line l on l.plan_id = p.id and l.plan_version = p.plan_version where p.year = ${year - 1}`.execute(
              tx,
            )
            await sql`select organ_id, standard_code, quantity, usable_quantity, quota_quantity from plans.holding`.execute(
              tx,
            )
          },
          { statementTimeoutMs: 0 },
        ),
      ),
    )
  }
  yield {
    name: `what-if of ${lines} lines`,
    value: median(ours) / 1000,
    unit: 's',
    rawValue: median(raw) / 1000,
    target: 10 * scale,
    lowerIsBetter: true,
  }
}
