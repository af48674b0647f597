import { sql } from 'kysely'
import { publicActor, type Actor } from '#kernel/pure/actor.ts'
import type { ParsedInputOf } from '#kernel/pure/contract.ts'
import type { CaseKinds } from '#kernel/server/cases/case-row.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import type { Act } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testAct, testCtx } from '#kernel/testing/act.ts'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import calendar from '#modules/calendar/module.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId } from '#modules/organs/offers.ts'
import people from '#modules/people/module.ts'
import { seededDatabase } from '#modules/people/testing/seeded-database.ts'
import { actorOfAccount, directory } from '#modules/people/offers.ts'
import { adjustmentCase, demandCase, organReportCase } from '#modules/plans/cases.ts'
import plans from '#modules/plans/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'

export const today = '2026-11-23'
export const caseKinds: CaseKinds = new Map(
  [demandCase, adjustmentCase, organReportCase].map((kind) => [kind.kind, { kind }]),
)
export const dutySources = [...(plans.duties ?? []), ...(calendar.duties ?? [])]

export let database: FreshDatabase
export const actors: Record<string, Actor> = {}
export const [education, police, authority] = ['education', 'police', 'authority'].map((key) =>
  demonstrationOrganId(`taiyuan-${key}`),
) as [string, string, string]

export function act<T>(work: (act: Act) => Promise<T>, day = today, actor?: Actor): Promise<T> {
  return transaction(database.db, (tx) =>
    work(testAct({ tx, today: day, caseKinds, directory, dutySources, ...(actor ? { actor } : {}) })),
  )
}

type Actions = typeof actions
export async function ask<N extends keyof Actions>(
  username: string,
  name: N,
  input: Record<string, unknown> = {},
  day = today,
) {
  const parsed = contract[name].input.parse(input) as ParsedInputOf<(typeof contract)[N]>
  const actor = actors[username] as Actor
  const answer = await transaction(
    database.db,
    (tx) => actions[name](testCtx({ tx, actor, today: day, caseKinds, directory, dutySources }, parsed) as never),
    { scope: scopeOf(actor) }, // behind the second wall, as dispatch does
  )
  return answer as Awaited<ReturnType<Actions[N]>>
}

/** An adjustment made on a day; filed on another, or not. */
export async function adjustment(
  organId: string,
  title: string,
  madeOn: string,
  filedOn: string | null = null,
): Promise<string> {
  const opening = {
    subjectId: newId(),
    title,
    applicantOrganId: organId,
    jurisdictionCode: '140100',
    clockFrom: madeOn,
  }
  const { id } = await act((made) => openCase(made, adjustmentCase, opening), madeOn)
  const clerk = { ...(actors['shi.education.jingban'] as Actor) }
  if (filedOn) await act((filing) => moveCase(filing, adjustmentCase, id, 'file', {}), filedOn, clerk)
  return id
}

/** A plan in force with the organ's report on it, sent on a day or not. */
async function planOf(
  organId: string,
  kind: 'organ' | 'authority',
  year: number,
  sentOn: string | null,
): Promise<void> {
  await transaction(database.db, async (tx) => {
    await sql`insert into plans.cycle (id, jurisdiction_code, year, state, demand_opens_on, demand_closes_on, review_until, plan_until, standards_on, opened_on)
      values (${newId()}, '140100', ${year}, 'in-force', ${`${year - 1}-06-01`}, ${`${year - 1}-06-30`}, ${`${year - 1}-08-15`}, ${`${year - 1}-09-30`},
        ${`${year - 1}-06-01`}, ${`${year - 1}-06-01`}) on conflict do nothing`.execute(tx)
    await sql`insert into plans.plan (id, cycle_id, jurisdiction_code, year, organ_id, kind, state, texts)
      select ${newId()}, id, '140100', ${year}, ${organId}, ${kind}, 'in-force', '{}' from plans.cycle where year = ${year}`.execute(
      tx,
    )
    if (sentOn)
      await sql`insert into plans.report (id, jurisdiction_code, year, kind, organ_id, number, state, texts, figures, due_on, sent_at)
        values (${newId()}, '140100', ${year}, 'organ', ${organId}, ${newId()}, 'received', '{}', '{}', ${`${year + 1}-03-31`}, ${`${sentOn}T10:00:00+08:00`})`.execute(
        tx,
      )
  })
}

/** The people of the demonstration, with matters in every state of the clock: in time, late, open, taken up by nobody. */
export async function openDesk(): Promise<void> {
  database = await seededDatabase(today, [organs, people, calendar])
  await transaction(database.db, async (tx) => {
    for (const name of [
      'shi.shenhe',
      'shi.juzhang',
      'shi.caizheng',
      'shi.shenji',
      'shi.education.jingban',
      'shi.education.jiashi',
      'shi.xitong',
      'sheng.shenhe',
      'sheng.xitong',
      'xian.shenhe',
    ]) {
      const actor = await actorOfAccount(tx, name, null, new Date(`${today}T09:00:00+08:00`))
      if (typeof actor === 'string') throw new Error(actor)
      actors[name] = actor
    }
    const clerk = actors['shi.education.jingban'] as Actor
    const development = { ...(clerk.organ as NonNullable<Actor['organ']>), parts: ['development-reform' as const] }
    actors['shi.development'] = { ...clerk, organ: { ...development, id: demonstrationOrganId('taiyuan-development') } }
    actors['public'] = publicActor
  })
  await adjustment(education, '在办的调整', '2026-11-16')
  await adjustment(police, '逾期的调整', '2026-10-20')
  await adjustment(education, '按期备案的调整', '2026-09-18', '2026-10-15')
  await adjustment(education, '迟报的调整', '2026-09-18', '2026-10-16')
  await planOf(education, 'organ', 2025, '2026-04-07')
  await planOf(police, 'organ', 2025, null)
  await planOf(authority, 'authority', 2025, null)
}
