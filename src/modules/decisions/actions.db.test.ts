import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import type { AnswerOf, InputOf, ParsedInputOf } from '#kernel/pure/contract.ts'
import type { DecisionKind, DecisionKinds } from '#kernel/pure/decision.ts'
import type { Act } from '#kernel/server/context.ts'
import { transaction } from '#kernel/server/database.ts'
import { decide, releaseDecisions, undoDecisions } from '#kernel/server/decisions.ts'
import { Forbidden, Missing } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testActor, testCtx } from '#kernel/testing/act.ts'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import organs from '#modules/organs/module.ts'
import { demonstrationOrganId, organById } from '#modules/organs/offers.ts'
import { seededDatabase } from '#modules/people/testing/seeded-database.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import standards from '#modules/standards/module.ts'
import { snapshotOf, standardsInForce } from '#modules/standards/offers.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import module from './module.ts'
import { replayCheck } from './offers.ts'

const today = '2026-11-23'

/** A rule of the test's own: how many working days a notice has, by the parameter in force. */
const kind: DecisionKind<{ days: number }, StandardsInForce> = {
  kind: 'test.term',
  title: '期限测试',
  rulesVersion: 1,
  labels: { days: '天数' },
  evaluate: ({ days }, { parameters }) => {
    const parameter = parameters['plan.notice-workdays']
    if (!parameter) throw new Error('no term in force')
    const { value, row } = parameter
    const inTime = days <= value
    return {
      findings: [
        {
          rule: 'TEST-R1',
          outcome: inTime ? 'ok' : 'block',
          basis: { norm: 'A33-3', citation: '《山西省机关运行保障条例》第三十三条' },
          field: null,
          message: inTime ? `在${value}天以内。` : `超过${value}天。`,
          remedy: null,
          facts: { 天数: days },
          parameters: [
            {
              code: row.code,
              version: row.id,
              title: row.title,
              value: `${value}`,
              citation: row.citation,
              from: row.from,
              until: row.until,
              projectDefault: false,
            },
          ],
          steps: [],
        },
      ],
      conclusion: { says: inTime ? '按期' : '逾期', values: { 按期: inTime } },
    }
  },
}
let kinds: DecisionKinds
beforeEach(() => {
  kinds = new Map([[kind.kind, kind]]) as DecisionKinds
})

let fresh: FreshDatabase
const people: Record<string, Actor> = {}
beforeAll(async () => {
  fresh = await seededDatabase(today, [organs, standards])
  await transaction(fresh.db, async (tx) => {
    const hire = async (name: string, organKey: string, role: Role) => {
      const organ = await organById(tx, demonstrationOrganId(organKey), today)
      if (!organ) throw new Error(organKey)
      people[name] = testActor(organ, [role], { name })
    }
    await hire('clerk', 'province-education', 'organ-clerk')
    await hire('staff', 'province-education', 'staff')
    await hire('archives', 'province-archives', 'organ-clerk')
    await hire('reviewer', 'province-authority', 'plan-reviewer')
    await hire('finance', 'province-finance', 'finance-reviewer')
    await hire('auditor', 'province-authority', 'audit-administrator')
    await hire('cityFinance', 'taiyuan-finance', 'finance-reviewer')
  })
})
afterAll(() => fresh.drop())

const person = (name: string) => people[name] as Actor
const system = <T>(work: (act: Act) => Promise<T>) =>
  transaction(fresh.db, (tx) => work(testAct({ tx, today, actor: person('reviewer') })))

/** Through the contract, as a named person, behind the second wall too. */
function call<N extends keyof typeof contract>(
  name: string,
  operation: N,
  input: InputOf<(typeof contract)[N]>,
): Promise<AnswerOf<(typeof contract)[N]>> {
  const parsed = contract[operation].input.parse(input) as ParsedInputOf<(typeof contract)[N]>
  return transaction(
    fresh.db,
    (tx) => {
      const ctx = { ...testCtx({ tx, actor: person(name), today }, parsed), decisionKinds: kinds }
      return actions[operation](ctx as never) as Promise<AnswerOf<(typeof contract)[N]>>
    },
    { scope: scopeOf(person(name)) },
  )
}

/** A decision on the education bureau, recorded as a module does. */
const taken = (days: number, more: { held?: boolean; deviates?: boolean; subjectId?: string } = {}) =>
  system(async (act) => {
    const inForce = await standardsInForce(act.tx, '140000', today, 2027)
    const inputs = { days }
    const subject = { kind: 'test.notice', id: more.subjectId ?? newId() }
    const organId = demonstrationOrganId('province-education')
    const decided = await decide(act, kind, {
      subject,
      organId,
      jurisdictionCode: '140000',
      year: 2027,
      title: `通知 ${days}`,
      link: '/test',
      inputs,
      judged: kind.evaluate(inputs, inForce),
      standards: { snapshot: await snapshotOf(act.tx, inForce), on: today, year: 2027 },
      taken: more.deviates ? { says: '另定', values: { 按期: true }, reason: '经核实' } : null,
      deviates: more.deviates ?? false,
      held: more.held ?? false,
    })
    await record(act, 'test.decided', { subject, organId, basis: { decisions: [decided] } })
    return { ...decided, subject }
  })

describe('who reads a decision (Art. 6, 40)', () => {
  test('the organ its own, authority and finance their level, nobody else; it is not known to exist', async () => {
    const { id, number } = await taken(2)
    for (const name of ['clerk', 'reviewer', 'finance']) {
      expect((await call(name, 'viewDecision', { decision: id })).number).toBe(number)
      expect((await call(name, 'viewDecision', { decision: number })).id).toBe(id)
      expect((await call(name, 'decisions', { limit: 200 })).items.map((one) => one.id)).toContain(id)
    }
    for (const name of ['archives', 'cityFinance']) {
      for (const operation of ['viewDecision', 'replayDecision', 'decisionUnderToday'] as const)
        await expect(call(name, operation, { decision: id })).rejects.toThrow(Missing)
      expect((await call(name, 'decisions', { limit: 200 })).items).toEqual([])
    }
    for (const name of ['staff', 'auditor']) {
      await expect(call(name, 'viewDecision', { decision: id })).rejects.toThrow(Forbidden)
      await expect(call(name, 'decisions', {})).rejects.toThrow(Forbidden)
    }
  })

  test('A33-1 what is held is told the organ once it is released, and nothing that was replaced before', async () => {
    const first = await taken(2, { held: true })
    const second = await taken(3, { held: true, subjectId: first.subject.id })
    const seen = async (name: string) =>
      (await call(name, 'subjectDecisions', { subjectKind: first.subject.kind, subjectId: first.subject.id })).items
    expect((await seen('reviewer')).map(({ standing }) => standing)).toEqual(
      expect.arrayContaining(['present', 'superseded']),
    )
    expect(await seen('clerk')).toEqual([])
    await expect(call('clerk', 'viewDecision', { decision: second.id })).rejects.toThrow(Missing)
    await system((act) => releaseDecisions(act, kind, [first.subject.id]))
    expect((await seen('clerk')).map(({ id }) => id)).toEqual([second.id])
    await expect(call('clerk', 'viewDecision', { decision: first.id })).rejects.toThrow(Missing)
  })
})

describe('finding decisions', () => {
  test('by norm, standard, outcome, deviation and standing, page by page', async () => {
    const late = await taken(400, { deviates: true })
    const page = (filter: object) => call('reviewer', 'decisions', { limit: 200, ...filter })
    const has = async (filter: object) => (await page(filter)).items.some(({ id }) => id === late.id)
    for (const filter of [
      { norm: 'A33-3' },
      { standard: 'plan.notice-workdays' },
      { outcome: 'block' },
      { deviating: 'true' },
      { kind: 'test.term' },
      { year: '2027' },
      { standing: 'present' },
    ])
      expect(await has(filter), JSON.stringify(filter)).toBe(true)
    for (const filter of [
      { norm: 'A35-2' },
      { standard: 'item.desktop' },
      { outcome: 'ok' },
      { kind: 'other' },
      { year: '2026' },
      { standing: 'undone' },
    ])
      expect(await has(filter), JSON.stringify(filter)).toBe(false)
    await system((act) => undoDecisions(act, kind, [late.subject.id], '撤销'))
    expect(await has({ standing: 'undone' })).toBe(true)
    const all = (await page({})).items
    const ids: string[] = []
    for (let after: string | undefined; ;) {
      const { items, next } = await page({ limit: 2, ...(after ? { after } : {}) })
      ids.push(...items.map(({ id }) => id))
      if (next === null) break
      after = next
    }
    expect(ids).toEqual(all.map(({ id }) => id))
  })
  test('a place in the list that is none is refused in words', async () => {
    await expect(call('reviewer', 'decisions', { after: 'x' })).rejects.toThrow('翻页位置')
  })
})

describe('replay (A8-1)', () => {
  test('equal under the rules and standards of then; other rules are said so, a difference under the same is a fault', async () => {
    const { id, number } = await taken(3)
    const replay = () => call('clerk', 'replayDecision', { decision: id })
    const check = () => transaction(fresh.db, (tx) => replayCheck(kinds, 'all').check(tx), { readOnly: true })
    expect(await replay()).toMatchObject({ result: 'equal', differences: [] })
    expect((await check()).faults).toEqual([])
    const stricter: DecisionKind<{ days: number }, StandardsInForce> = {
      ...kind,
      evaluate: (inputs, inForce) => kind.evaluate({ days: inputs.days + 1000 }, inForce),
    }
    kinds = new Map([[kind.kind, { ...stricter, rulesVersion: 2 }]]) as unknown as DecisionKinds
    expect(await replay()).toMatchObject({ result: 'other-rules', rulesVersion: 1, presentRulesVersion: 2 })
    expect((await check()).faults).toEqual([])
    kinds = new Map([[kind.kind, stricter]]) as unknown as DecisionKinds
    const different = await replay()
    expect(different.result).toBe('different')
    expect(different.differences.map(({ label }) => label)).toContain('结论 › 数值 › 按期')
    expect((await check()).faults.join()).toContain(number)
  })

  test('A9-2 a standard replaced since: the replay is equal, today differs and names the row that changed', async () => {
    const { id } = await taken(3)
    await system(({ tx }) =>
      sql`with closed as (update standards.standard set valid_until = '2027-06-30' where code = 'plan.notice-workdays' and valid_until is null returning *)
        insert into standards.standard (id, code, kind, title, jurisdiction_code, level, rank, value, valid_from, citation, confidence, norms)
        select gen_random_uuid(), code, kind, title, jurisdiction_code, level, rank, jsonb_set(value, '{amount}', '2'), '2027-07-01', '新文件第三条', 'A', norms
        from closed`.execute(tx),
    )
    expect(await call('clerk', 'replayDecision', { decision: id })).toMatchObject({ result: 'equal' })
    const later = await transaction(
      fresh.db,
      (tx) =>
        actions.decisionUnderToday({
          ...testCtx({ tx, actor: person('clerk'), today: '2027-08-01' }, { decision: id }),
          decisionKinds: kinds,
        } as never),
      { scope: scopeOf(person('clerk')) },
    )
    expect(later.conclusion?.says).toBe('逾期')
    expect(later.changedStandards).toMatchObject([
      { code: 'plan.notice-workdays', used: true, after: { citation: '新文件第三条', from: '2027-07-01' } },
    ])
    expect(later.changedStandards[0]?.changes.map(({ label, after }) => [label, after])).toContainEqual(['数值', '2'])
    expect(await call('clerk', 'decisionUnderToday', { decision: id })).toMatchObject({
      differences: [],
      changedStandards: [],
    })
  })
})

test('A8-1 `verify` finds a decision changed behind the system’s back, though its own digest was made to fit', async () => {
  const { id, number } = await taken(1)
  const [check] = module.checks ?? []
  if (!check) throw new Error('no check')
  const faults = async () => (await transaction(fresh.db, (tx) => check.check(tx), { readOnly: true })).faults
  expect(await faults()).toEqual([])
  const owner = `alter table kernel.decision disable trigger user;
    update kernel.decision set outcome = 'block' where id = '${id}';`
  const client = new (await import('pg')).default.Client({ connectionString: fresh.superuserUrl })
  await client.connect()
  await client.query(owner)
  expect((await faults()).join()).toContain(`${number} 的内容与摘要不符`)
  await client.query(
    `update kernel.decision d set digest = kernel.decision_digest(d, j) from kernel.judgement j where j.id = d.judgement_id and d.id = '${id}'`,
  )
  await client.end()
  expect(await faults()).toEqual([`决定 ${number} 与审计记录中的摘要不符`])
})
