import { sql } from 'kysely'
import { transaction } from '#kernel/server/database.ts'
import { newId } from '#kernel/server/identifier.ts'
import { figuresOf } from '#modules/plans/actions/report-figures.ts'
import { jobs } from '#modules/plans/jobs.ts'
import { alternating, asReviewer, timed, type Bench, type Measure } from './measure.ts'

/** The review of a whole province persisted, and the figures of its consolidated report. */
export async function* cycleMeasures(bench: Bench): AsyncGenerator<Measure> {
  const { bare, province, scale } = bench
  const reviewer = asReviewer(bench)
  const { cycleId, authorityId, lines, organs, year } = province
  const review = await timed(() =>
    jobs['plans.propose-all']?.run({
      runId: newId(),
      data: { cycleId },
      transact: reviewer,
      progress: async () => {},
    }),
  )
  const raw = await timed(() =>
    transaction(
      bare,
      async (tx) => {
        await sql`create temp table bare_review (like plans.review including indexes) on commit drop`.execute(tx)
        await sql`create temp table bare_judgement (like kernel.judgement including indexes) on commit drop`.execute(tx)
        await sql`insert into bare_review select * from plans.review where cycle_id = ${cycleId}`.execute(tx)
        await sql`insert into bare_judgement select j.* from kernel.judgement j join plans.review r on r.judgement_id = j.id
          where r.cycle_id = ${cycleId}`.execute(tx)
      },
      { statementTimeoutMs: 0 },
    ),
  )
  yield {
    name: `review of ${organs} organs, ${lines} lines, persisted`,
    value: review / 1000,
    unit: 's',
    rawValue: raw / 1000,
    target: 60 * scale,
    lowerIsBetter: true,
  }

  const scope = { kind: 'consolidated', year: year - 1, organId: authorityId, jurisdictionCode: '140000' } as const
  const took = await alternating(
    5,
    () => reviewer((act) => figuresOf(act, scope)),
    () =>
      transaction(bare, (tx) =>
        sql`select need_kind, count(*), sum(planned_fen), sum(executed_fen) from ledger.line
          where jurisdiction_code = '140000' and year = ${year - 1} group by 1`.execute(tx),
      ),
  )
  yield {
    name: `figures of the consolidated report, ${lines} lines`,
    value: took.ours / 1000,
    unit: 's',
    rawValue: took.raw / 1000,
    target: 2 * scale,
    lowerIsBetter: true,
  }
}
