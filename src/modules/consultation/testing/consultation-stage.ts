import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import type { ModuleCase } from '#kernel/server/cases/case-row.ts'
import type { Act } from '#kernel/server/context.ts'
import { transaction, type Tx } from '#kernel/server/database.ts'
import { Forbidden, Refused } from '#kernel/server/errors.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testActor, testCtx } from '#kernel/testing/act.ts'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import cases from '#modules/cases/module.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import { seededDatabase } from '#modules/people/testing/seeded-database.ts'
import { directory } from '#modules/people/offers.ts'
import standards from '#modules/standards/module.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'
import consultation from '../module.ts'

/** Monday; ten working days later is Monday 7 December. */
export const today = '2026-11-23'
export const until = '2026-12-07'
export const after = '2026-12-08'

let database: FreshDatabase
export const people: Record<string, Actor> = {}
export const organId = demonstrationOrganId
const caseKinds = new Map<string, ModuleCase>(
  (consultation.cases ?? []).map((declared) => [declared.kind.kind, declared]),
)

/** A database with standards, the demonstration's organs and some of their people; for `beforeAll`. */
export async function openConsultationStage(): Promise<void> {
  database = await seededDatabase(today, [organs, standards])
  await inTx(async (tx) => {
    const hire = async (name: string, organKey: string, roles: readonly Role[]) => {
      const organ = await organById(tx, organId(organKey), today)
      if (!organ) throw new Error(organKey)
      people[name] = testActor(organ, roles, { name })
    }
    await hire('bureau', 'taiyuan-authority', ['plan-reviewer'])
    await hire('bureauTwo', 'taiyuan-authority', ['service-reviewer'])
    await hire('bureauAdmin', 'taiyuan-authority', ['system-administrator'])
    await hire('finance', 'taiyuan-finance', ['finance-reviewer'])
    await hire('financeClerk', 'taiyuan-finance', ['organ-clerk'])
    await hire('education', 'taiyuan-education', ['organ-clerk'])
    await hire('educationHead', 'taiyuan-education', ['organ-head'])
    await hire('educationStaff', 'taiyuan-education', ['staff'])
    await hire('police', 'taiyuan-police', ['organ-clerk'])
    await hire('development', 'taiyuan-development', ['organ-clerk'])
    await hire('audit', 'taiyuan-audit', ['supervisor'])
    await hire('county', 'qingxu-authority', ['organ-clerk'])
    await hire('province', 'province-authority', ['plan-reviewer'])
  })
}
export const closeConsultationStage = () => database.drop()

/** As the system; what a person does goes through {@link asActor}. */
export const inTx = <T>(work: (tx: Tx) => Promise<T>) => transaction(database.db, work)
/** Behind both walls: what the person may touch, as dispatch says it. */
const asActor = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) =>
  transaction(database.db, work, { scope: scopeOf(actor) })

const actOn = (tx: Tx, actor: Actor, day: string) => testAct({ tx, today: day, actor, caseKinds, directory })

/** Anything of the module done as a person on a day. */
export const as = <T>(who: string, work: (act: Act) => Promise<T>, day = today) =>
  asActor(people[who] as Actor, (tx) => work(actOn(tx, people[who] as Actor, day)))

/** Through the contract, as a named person on a day. */
export async function call<N extends keyof typeof contract>(
  who: string,
  name: N,
  input: z.input<(typeof contract)[N]['input']>,
  day = today,
): Promise<z.output<(typeof contract)[N]['output']>> {
  const { [name]: operation } = contract
  const parsed = operation.input.parse(input)
  const action = actions[name] as (ctx: unknown) => Promise<unknown>
  const answer = await asActor(people[who] as Actor, (tx) =>
    action(testCtx({ ...actOn(tx, people[who] as Actor, day) }, parsed)),
  )
  return operation.output.parse(answer) as z.output<(typeof contract)[N]['output']>
}

/** Somebody's inbox on a day, as the cases module shows it. */
export async function inboxOf(
  who: string,
  day = today,
): Promise<{ title: string; link: string; dueOn: string | null }[]> {
  const { inbox } = cases.actions as unknown as Record<
    'inbox',
    (ctx: unknown) => Promise<{ items: { title: string; link: string; clock: { dueOn: string } | null }[] }>
  >
  const { items } = await asActor(people[who] as Actor, (tx) =>
    inbox(testCtx(actOn(tx, people[who] as Actor, day), { limit: 50 })),
  )
  return items.map(({ title, link, clock }) => ({ title, link, dueOn: clock?.dueOn ?? null }))
}

export const draft = {
  title: '太原市机关办公设备配置标准（征求意见稿）',
  text: '第一条 台式计算机按编制内实有人数配备。\n第二条 复印机每三十人一台。\n第三条 本标准自印发之日起施行。',
  opinionsUntil: until,
}

/** Organs that are asked. */
export const three = ['taiyuan-education', 'taiyuan-police', 'taiyuan-development'] as const

export const openWith = (organKeys: readonly string[], who = 'bureau', given: { namesShown?: boolean } = {}) =>
  call(who, 'openConsultation', { ...draft, ...given, organIds: organKeys.map((key) => organId(key)) })

/** The id of what an organ was asked. */
export async function asked(consultationId: string, who: string): Promise<{ opinionId: string; version: number }> {
  const { items } = await call(who, 'consultations', {})
  const mine = items.find(({ id }) => id === consultationId)?.mine
  if (!mine) throw new Error(`${who} was not asked`)
  const { opinion } = await call(who, 'viewOpinion', { opinionId: mine.opinionId })
  return { opinionId: opinion.id, version: opinion.version }
}

export const item = (opinion: string, place = '第二条') => ({ id: null, place, opinion })

/** An organ says something: nothing to remark, or its remarks. */
export async function answer(
  consultationId: string,
  who: string,
  remarks: readonly ReturnType<typeof item>[],
  day = today,
) {
  return call(
    who,
    'submitOpinion',
    { ...(await asked(consultationId, who)), stance: remarks.length > 0 ? 'comments' : 'agrees', items: [...remarks] },
    day,
  )
}

/** Items as an act names them: with the version that was seen. */
export const seen = async ({ items }: { items: { id: string; version: number }[] }) =>
  items.map(({ id, version }) => ({ id, version }))

/** Codes of the refusals an act meets; anything else it throws goes on. */
export const refusalsOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Refused) && !(error instanceof Forbidden)) throw error ?? new Error('was not refused')
  return error.refusals.map(({ code }) => code)
}

/** What the audit record says happened to a subject. */
export const factsOf = (id: string) =>
  inTx(async (tx) =>
    (
      await sql<{ fact: string }>`select fact from kernel.audit_entry where subject_id = ${id} order by id`.execute(tx)
    ).rows.map(({ fact }) => fact),
  )

/** Everything the module keeps, in words, to see whether something was kept. */
export const everythingKept = () =>
  inTx(async (tx) => {
    const { rows } = await sql<{ text: string }>`
      select c::text as text from consultation.consultation c union all select o::text from consultation.opinion o
      union all select i::text from consultation.item i union all select e::text from kernel.audit_entry e`.execute(tx)
    return rows.map(({ text }) => text).join('\n')
  })

export const caseStates = (subjectId: string) =>
  inTx(
    async (tx) =>
      (
        await sql<{ state: string; closed: boolean }>`select state, closed_at is not null as closed
          from kernel.case_item where subject_id = ${subjectId}`.execute(tx)
      ).rows[0],
  )

export const runJob = (
  day: string,
  work: (transact: <T>(act: (act: Act) => Promise<T>) => Promise<T>) => Promise<unknown>,
) => work((act) => inTx((tx) => act(testAct({ tx, today: day, caseKinds, directory }))))
