import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActingOrgan } from '#kernel/pure/actor.ts'
import type { DecisionKind, Judged } from '#kernel/pure/decision.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import { testAct, testActor } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { transaction } from './database.ts'
import type { Act } from './context.ts'
import {
  decide,
  decideAll,
  keepJudgements,
  presentDecisions,
  purgeDecisions,
  releaseDecisions,
  undoDecisions,
  type NewDecision,
} from './decisions.ts'
import { newId } from './identifier.ts'
import { scopeOf } from './scope.ts'

const kind: DecisionKind<{ asked: number; limit: number }, null> = {
  kind: 'test.limit',
  title: '测试',
  rulesVersion: 3,
  labels: { asked: '申请', limit: '上限' },
  evaluate: ({ asked, limit }) => ({
    findings: [finding(asked <= limit ? 'ok' : 'block')],
    conclusion: { says: '。', values: { asked } },
  }),
}
const finding = (outcome: Finding['outcome']): Finding => ({
  rule: 'PLAN-R02',
  outcome,
  basis: { norm: 'A33-1', citation: '第三十三条' },
  field: null,
  message: '数量',
  remedy: null,
  facts: { 申请数量: 3 },
  parameters: [
    {
      code: 'item.desktop',
      version: 'v',
      title: '台式计算机',
      value: '100%',
      citation: '财资',
      from: '2016-01-01',
      until: null,
      projectDefault: false,
    },
  ],
  steps: [],
})

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

const organ: ActingOrgan = {
  id: newId(),
  name: '测试机关',
  jurisdictionCode: '140100',
  jurisdictionName: '太原市',
  level: 'city',
  parts: ['authority'],
}
const reviewer = testActor(organ, ['plan-reviewer'], { name: '李晓燕' })
const act = <T>(work: (act: Act) => Promise<T>) => transaction(fresh.db, (tx) => work(testAct({ tx, actor: reviewer })))
const judged: Judged = kind.evaluate({ asked: 3, limit: 5 }, null)
const about = (subjectId = newId(), organId = organ.id): Omit<NewDecision, 'judgementId' | 'findings'> => ({
  subject: { kind: 'test.line', id: subjectId },
  organId,
  jurisdictionCode: '140100',
  year: 2027,
  title: '第1行 台式计算机',
  link: '/test',
  taken: { says: '核减', values: { 数量: 2 }, reason: '按标准核减' },
  deviates: true,
  held: true,
})
const take = (subjectId?: string) =>
  act((one) => decide(one, kind, { ...about(subjectId), inputs: { asked: 3, limit: 5 }, judged, standards: null }))
const rows = async <T>(query: ReturnType<typeof sql<T>>) =>
  (await transaction(fresh.db, (tx) => query.execute(tx), { readOnly: true })).rows
const asOwner = async (text: string) => {
  const client = new pg.Client({ connectionString: fresh.superuserUrl })
  await client.connect()
  await client.query(text).finally(() => client.end())
}

describe('decisions are kept (A8-1)', () => {
  test('with everything they rested on, numbered per organ and year', async () => {
    const [first, second] = [await take(), await take()]
    expect(first.number).toMatch(/^JD-2027-[0-9A-F]{8}-\d{4}$/)
    expect(Number(second.number.slice(-4))).toBe(Number(first.number.slice(-4)) + 1)
    const [kept] = await rows(sql<
      Record<string, unknown>
    >`select d.*, j.inputs, j.findings, j.conclusion, j.rules_version
      from kernel.decision d join kernel.judgement j on j.id = d.judgement_id where d.id = ${first.id}`)
    expect(kept).toMatchObject({
      kind: 'test.limit',
      outcome: 'ok',
      norms: ['A33-1'],
      standards: ['item.desktop'],
      decidedByName: '李晓燕',
      rulesVersion: 3,
      inputs: { asked: 3, limit: 5 },
      findings: judged.findings,
      conclusion: judged.conclusion,
      taken: { reason: '按标准核减' },
      digest: first.digest,
    })
  })

  test('many in batches: each once, in its order, numbers without a gap', async () => {
    const organId = newId()
    const judgements = Array.from({ length: 2345 }, () => ({
      id: newId(),
      organId,
      jurisdictionCode: '140100',
      inputs: { asked: 3, limit: 5 },
      judged,
      standards: { snapshot: 'a'.repeat(64), on: '2026-11-01', year: 2027 },
    }))
    const kept = await act(async (one) => {
      await keepJudgements(one, kind, judgements)
      return decideAll(
        one,
        kind,
        judgements.map(({ id }) => ({ ...about(newId(), organId), judgementId: id, findings: judged.findings })),
      )
    })
    expect(new Set(kept.map(({ id }) => id)).size).toBe(2345)
    expect(kept.map(({ number }) => Number(number.split('-')[3])).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 2345 }, (_, index) => index + 1),
    )
  })

  test('another decision on the same matter replaces the former; one taken back is marked by a row of its own', async () => {
    const subjectId = newId()
    const present = () => act(({ tx }) => presentDecisions(tx, kind, [subjectId]))
    const first = await take(subjectId)
    const second = await take(subjectId)
    expect((await present()).get(subjectId)?.number).toBe(second.number)
    expect(await act((one) => undoDecisions(one, kind, [subjectId], '看错了行'))).toBe(1)
    expect(await act((one) => undoDecisions(one, kind, [subjectId], '再撤一次'))).toBe(0)
    expect((await present()).size).toBe(0)
    const third = await take(subjectId)
    const chain = await rows(sql<{ number: string; effect: string; replaces: string | null; says: string }>`
      select d.number, d.effect, b.number as replaces, d.taken ->> 'says' as says from kernel.decision d
      left join kernel.decision b on b.id = d.supersedes_id where d.subject_id = ${subjectId} order by d.number`)
    expect(chain.map(({ effect, replaces }) => [effect, replaces])).toEqual([
      ['made', null],
      ['made', first.number],
      ['undone', second.number],
      ['made', chain[2]?.number],
    ])
    expect(chain[2]?.says).toContain('看错了行')
    expect((await present()).get(subjectId)?.id).toBe(third.id)
  })

  test('of two at once on one matter only one can replace the former', async () => {
    const subjectId = newId()
    await take(subjectId)
    const answers = await Promise.allSettled([take(subjectId), take(subjectId), take(subjectId)])
    const [{ open } = { open: -1 }] = await rows(sql<{
      open: number
    }>`select count(*)::int as open from kernel.decision d
      where d.subject_id = ${subjectId} and not exists (select from kernel.decision s where s.supersedes_id = d.id)`)
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true)
    expect(open).toBe(1)
  })
})

describe('nothing that was kept can be changed (A8-1)', () => {
  test.each([
    `update kernel.decision set taken = '{}'`,
    `update kernel.decision set outcome = 'ok'`,
    `update kernel.decision set title = 'x', purged_at = null`,
    `delete from kernel.decision`,
    `truncate kernel.decision`,
    `update kernel.judgement set findings = '[]'`,
    `update kernel.judgement set rules_version = 9`,
    `delete from kernel.judgement`,
    `delete from kernel.decision_release`,
    `update kernel.decision_release set released_at = now()`,
  ])('by the app: %s', async (statement) => {
    await take()
    await expect(transaction(fresh.db, (tx) => sql.raw(statement).execute(tx))).rejects.toThrow()
  })

  test('what the owner of the database changes shows by the digest', async () => {
    const { id, digest } = await take()
    await asOwner(`alter table kernel.decision disable trigger decision_only_purged;
      update kernel.decision set taken = '{"says":"同意"}' where id = '${id}';
      alter table kernel.decision enable trigger decision_only_purged`)
    const [found] = await rows(sql<{
      kept: string
      now: string
    }>`select d.digest as kept, kernel.decision_digest(d, j) as now
      from kernel.decision d join kernel.judgement j on j.id = d.judgement_id where d.id = ${id}`)
    expect(found?.kept).toBe(digest)
    expect(found?.now).not.toBe(digest)
  })

  test('A44-1 secret content goes, that and when it was decided stays', async () => {
    const subjectId = newId()
    const { id } = await take(subjectId)
    const subject = { kind: 'test.line', id: subjectId }
    expect(await act((one) => purgeDecisions(one, subject, '填报内容涉密'))).toBe(1)
    expect(await act((one) => purgeDecisions(one, subject, '再来一次'))).toBe(0)
    const [left] = await rows(sql<Record<string, unknown>>`select d.*, j.inputs, j.findings, j.conclusion
      from kernel.decision d join kernel.judgement j on j.id = d.judgement_id where d.id = ${id}`)
    expect(left).toMatchObject({ title: null, taken: null, inputs: null, findings: null, conclusion: null })
    expect(left).toMatchObject({
      decidedByName: '李晓燕',
      outcome: 'ok',
      number: expect.stringMatching(/^JD-/) as string,
    })
    const [entry] = await rows(sql<{
      after: { numbers: string[] }
      basis: unknown
    }>`select after, basis from kernel.audit_entry
      where fact = 'kernel.decisions-purged' and subject_id = ${subjectId}`)
    expect(entry?.after.numbers).toHaveLength(1)
    expect(JSON.stringify(entry)).not.toContain('台式计算机')
  })
})

test('ROLE-R03 second wall: another organ sees neither decision nor judgement nor release', async () => {
  const subjectId = newId()
  await take(subjectId)
  await act((one) => releaseDecisions(one, kind, [subjectId]))
  const seen = (organId: string, role: 'organ-clerk' | 'plan-reviewer', parts: ActingOrgan['parts'] = []) =>
    transaction(
      fresh.db,
      async (tx) =>
        (
          await sql<{
            count: number
          }>`select (select count(*) from kernel.decision where subject_id = ${subjectId})::int
            + (select count(*) from kernel.judgement j join kernel.decision d on d.judgement_id = j.id where d.subject_id = ${subjectId})::int
            + (select count(*) from kernel.decision_release r join kernel.decision d on d.id = r.decision_id where d.subject_id = ${subjectId})::int as count`.execute(
            tx,
          )
        ).rows[0]?.count,
      { scope: scopeOf(testActor({ ...organ, id: organId, parts }, [role])) },
    )
  expect(await seen(organ.id, 'organ-clerk')).toBe(3)
  expect(await seen(newId(), 'organ-clerk')).toBe(0)
  expect(await seen(newId(), 'plan-reviewer', ['authority'])).toBe(3)
})
