import { sql } from 'kysely'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import { defineCaseKind } from '#kernel/pure/case-kind.ts'
import type { InputOf, ParsedInputOf } from '#kernel/pure/contract.ts'
import type { CaseKinds } from '#kernel/server/cases/case-row.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import type { Act } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { Forbidden, Refused } from '#kernel/server/errors.ts'
import { namedId, newId } from '#kernel/server/identifier.ts'
import { testAct, testActor, testCtx } from '#kernel/testing/act.ts'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import people from '#modules/people/module.ts'
import { directory } from '#modules/people/offers.ts'
import { seededDatabase } from '#modules/people/testing/seeded-database.ts'
import { actions } from '../actions.ts'
import { contract } from '../contract.ts'

export const clerk = { party: 'applicant', roles: ['organ-clerk'] } as const
export const reviewer = { party: 'authority', roles: ['plan-reviewer'] } as const
export const kind = defineCaseKind({
  kind: 'test.filing',
  title: '测试备案',
  page: '/test/:subjectId',
  initial: 'made',
  states: {
    made: {
      label: '待备案',
      waitsFor: clerk,
      task: '提交备案',
      clock: {
        term: 'of-this-test',
        duration: { unit: 'workdays', count: 15 },
        remindOnDays: [10, 13, 15],
        norm: 'A35-2',
        citation: '条例第三十五条',
      },
    },
    sent: {
      label: '审核中',
      waitsFor: reviewer,
      task: '审核备案',
      clock: {
        term: 'of-this-test',
        duration: { unit: 'workdays', count: 20 },
        remindOnDays: [10],
        norm: 'A35-2',
        citation: '条例第三十五条',
      },
    },
    done: { label: '办结', final: 'done' },
  },
  transitions: {
    send: { label: '提交', from: ['made'], to: 'sent', by: clerk },
    agree: { label: '收讫', from: ['sent'], to: 'done', by: reviewer },
  },
})
const caseKinds: CaseKinds = new Map([[kind.kind, { kind }]])

export let fresh: FreshDatabase
const actors: Record<string, Actor> = {}

/** A database of its own for a test, and people to act in it; for `beforeEach`. */
export async function openCasesStage(): Promise<void> {
  fresh = await seededDatabase('2026-11-23', [organs, people])
  await transaction(fresh.db, async (tx) => {
    await sql`delete from kernel.notification`.execute(tx) // what those people were told before is not theirs here
    const hire = async (name: string, organKey: string, account: string, roles: readonly Role[]) => {
      const organ = await organById(tx, demonstrationOrganId(organKey), '2026-01-01')
      if (!organ) throw new Error(organKey)
      actors[name] = testActor(organ, roles, { id: namedId(`person.${account}`), name })
    }
    await hire('education', 'taiyuan-education', 'shi.education.jingban', ['organ-clerk'])
    await hire('audit', 'taiyuan-audit', 'shi.audit.jingban', ['organ-clerk'])
    await hire('li', 'taiyuan-authority', 'shi.jihua', ['plan-reviewer'])
    await hire('wu', 'taiyuan-authority', 'shi.shenhe', ['plan-reviewer'])
    await hire('leader', 'taiyuan-authority', 'shi.juzhang', ['authority-leader', 'organ-head'])
    await hire('finance', 'taiyuan-finance', 'shi.caizheng', ['finance-reviewer'])
    await hire('financeClerk', 'taiyuan-finance', 'shi.caizheng-jingban', ['organ-clerk'])
    await hire('county', 'qingxu-authority', 'xian.jihua', ['plan-reviewer'])
  })
}
export const closeCasesStage = () => fresh.drop()

export const today = '2027-04-13' // a Tuesday
export const actor = (name: string) => actors[name] as Actor
export const organId = (name: string) => actor(name).organ?.id as string
export const as = <T>(who: string | null, work: (act: Act) => Promise<T>, on = today) =>
  transaction(fresh.db, (tx) =>
    work(testAct({ tx, ...(who ? { actor: actor(who) } : {}), today: on, caseKinds, directory })),
  )

/** Through the contract, as a named person. */
export async function call<N extends keyof typeof contract>(
  who: string,
  name: N,
  input: InputOf<(typeof contract)[N]>,
  on = today,
) {
  const { [name]: operation } = contract
  const parsed = operation.input.parse(input) as ParsedInputOf<(typeof contract)[N]>
  const action = actions[name] as unknown as (ctx: object) => Promise<unknown>
  const answer = await transaction(fresh.db, (tx) =>
    action(testCtx({ tx, actor: actor(who), today: on, caseKinds, directory }, parsed)),
  )
  return operation.output.parse(answer) as (typeof contract)[N]['output']['_output']
}
/** Codes of the refusals met; anything else that is thrown goes on. */
export async function refusalsOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Refused || error instanceof Forbidden) return error.refusals.map(({ code }) => code)
  throw error ?? new Error('was not refused')
}
/** A filing of the organ; without `dueOn` its clock of fifteen working days counts from `on`. */
export const open = (who: string, title: string, { on = today, dueOn }: { on?: string; dueOn?: string } = {}) =>
  as(
    who,
    async (act) =>
      (
        await openCase(act, kind, {
          subjectId: newId(),
          title,
          applicantOrganId: organId(who),
          jurisdictionCode: '140100',
          ...(dueOn ? { dueOn } : {}),
        })
      ).id,
    on,
  )
export const move = (who: string, caseId: string, transition: string) =>
  as(who, (act) => moveCase(act, kind, caseId, transition, {}))
export async function sent(title = '送审') {
  const caseId = await open('education', title, { dueOn: '2027-05-10' })
  await move('education', caseId, 'send')
  return caseId
}
export const titles = async (who: string, input: InputOf<(typeof contract)['inbox']> = {}) =>
  (await call(who, 'inbox', input)).items.map(({ title }) => title)
