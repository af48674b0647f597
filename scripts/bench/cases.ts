import { sql } from 'kysely'
import { transaction } from '#kernel/server/database.ts'
import { inboxPage } from '#modules/cases/store.ts'
import { alternating, asReviewer, type Bench, type Measure } from './measure.ts'

/** The inbox of a reviewer of the province with a year's cases of 7,000 organs in the table. */
export async function* caseMeasures(bench: Bench): AsyncGenerator<Measure> {
  const { db, bare, scale } = bench
  const reviewer = asReviewer(bench)
  const organs = Math.round(7000 * scale)
  await sql`insert into kernel.case_item (id, kind, subject_id, title, applicant_organ_id, jurisdiction_code, state, waiting_party, waiting_roles, entered_at, due_on, opened_at, closed_at, outcome)
    select gen_random_uuid(), 'plans.demand', gen_random_uuid(), '年度需求申请', gen_random_uuid(),
      case when organ % 60 = 0 then '140000' else lpad((140100 + organ % 100)::text, 6, '0') end,
      case when round = 0 then 'submitted' else 'reviewed' end, case when round = 0 then 'authority' end, case when round = 0 then array['plan-reviewer'] else '{}' end,
      now(), date '2026-11-01' + organ % 60, now(), case when round > 0 then now() end, case when round > 0 then 'done' end
    from generate_series(1, ${organs}) organ, generate_series(0, 9) round`.execute(db.kysely)
  const soon = { today: '2026-11-23', workdays: '2026-11-26', calendarDays: '2026-11-26' }
  const took = await alternating(
    Math.max(5, Math.round(30 * scale)),
    () => reviewer(({ tx, actor }) => inboxPage(tx, actor, { soon }, null, 51)),
    () =>
      transaction(
        bare,
        (tx) =>
          sql`select id, due_on from kernel.case_item where jurisdiction_code = '140000' and waiting_party = 'authority' and closed_at is null order by due_on, id limit 51`.execute(
            tx,
          ),
        { readOnly: true },
      ),
  )
  yield {
    name: `inbox of a reviewer among ${organs * 10} cases`,
    value: took.ours,
    unit: 'ms',
    rawValue: took.raw,
    target: 100,
    lowerIsBetter: true,
  }
}
