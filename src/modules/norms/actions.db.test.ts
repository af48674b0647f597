import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor, StatutoryPart } from '#kernel/pure/actor.ts'
import type { ParsedInputOf } from '#kernel/pure/contract.ts'
import { transaction } from '#kernel/server/database.ts'
import { Forbidden } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { emptyDirectory, testActor, testCtx } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { adjustmentCase, demandCase } from '#modules/plans/cases.ts'
import { places as ofDuties } from '#modules/duties/words.ts'
import { places as ofPlans } from '#modules/plans/words.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'

const today = '2026-11-23'
const organ = (name: string, jurisdictionCode: string, parts: StatutoryPart[] = []) => ({
  id: newId(),
  name,
  jurisdictionCode,
  jurisdictionName: '',
  level: 'city' as const,
  parts,
})
const authority = organ('机关事务管理局', '140100', ['authority'])
const school = organ('教育局', '140100')
const archive = organ('档案局', '140100')
const other = organ('外市教育局', '140200')
const names = new Map([authority, school, archive, other].map(({ id, name }) => [id, name]))
const reviewer = testActor(authority, ['plan-reviewer'])
const clerk = testActor(school, ['organ-clerk'])

const caseKinds = new Map([demandCase, adjustmentCase].map((kind) => [kind.kind, { kind }]))
const declared = {
  machineAreas: [],
  summaries: new Map(),
  facts: new Map(),
  subjects: new Map(),
  places: new Map(Object.entries({ ...ofDuties, ...ofPlans })),
}
let database: FreshDatabase

type Actions = typeof actions
async function ask<N extends keyof Actions>(actor: Actor, name: N, input: Record<string, unknown> = {}) {
  const parsed = contract[name].input.parse(input) as ParsedInputOf<(typeof contract)[N]>
  const directory = { ...emptyDirectory, organNames: async () => names }
  const answer = await transaction(database.db, (tx) =>
    actions[name](testCtx({ tx, actor, today, caseKinds, directory, declared }, parsed) as never),
  )
  return contract[name].output.parse(answer) as never as Awaited<ReturnType<Actions[N]>>
}

type Given = { kind: string; state: string; dueOn: string | null; provisional?: boolean; closed?: boolean }
async function open(applicant: { id: string; jurisdictionCode: string }, title: string, given: Given): Promise<void> {
  const { kind, state, dueOn, provisional = false, closed = false } = given
  await transaction(database.db, (tx) =>
    sql`insert into kernel.case_item (id, kind, subject_id, title, applicant_organ_id, jurisdiction_code, state,
        waiting_party, waiting_roles, entered_at, due_on, due_provisional, clock_unit, opened_at, closed_at, outcome)
      values (${newId()}, ${kind}, ${newId()}, ${title}, ${applicant.id}, ${applicant.jurisdictionCode}, ${state},
        ${closed ? null : 'applicant'}, ${closed ? '{}' : '{organ-clerk}'}, now(), ${dueOn}, ${provisional}, 'workdays', now(),
        ${closed ? sql`now()` : null}, ${closed ? 'done' : null})`.execute(tx),
  )
}

const filing = { kind: 'plans.adjustment', state: 'made' }
beforeAll(async () => {
  database = await freshDatabase()
  await open(school, '教育局调整一', { ...filing, dueOn: '2026-11-16' })
  await open(archive, '档案局调整', { ...filing, dueOn: '2026-11-20' })
  await open(school, '教育局调整二', { ...filing, dueOn: '2026-11-23' })
  await open(school, '暂定期限的调整', { ...filing, dueOn: '2026-11-16', provisional: true })
  await open(school, '已收讫的调整', { ...filing, state: 'received', dueOn: '2026-11-16', closed: true })
  await open(school, '补正中的需求', { kind: 'plans.demand', state: 'returned', dueOn: '2026-11-18' })
  await open(school, '填报中的需求', { kind: 'plans.demand', state: 'draft', dueOn: null })
  await open(other, '外市的调整', { ...filing, dueOn: '2026-11-16' })
})
afterAll(() => database.drop())

/** Open and overdue under each norm that has cases. */
async function countsFor(actor: Actor) {
  const { chapters, reach } = await ask(actor, 'articles')
  const norms = chapters.flatMap(({ articles }) => articles).flatMap((article) => article.norms)
  return { reach, counts: Object.fromEntries(norms.flatMap(({ id, cases }) => (cases ? [[id, cases]] : []))) }
}

describe('articles', () => {
  it('count the cases of the level for its authority, those of the organ for its clerk', async () => {
    expect(await countsFor(reviewer)).toEqual({
      reach: 'jurisdiction',
      counts: {
        'A32-1': { open: 1, overdue: 0 },
        'A33-1': { open: 1, overdue: 1 },
        'A35-2': { open: 4, overdue: 2 },
      },
    })
    expect((await countsFor(clerk)).counts['A35-2']).toEqual({ open: 3, overdue: 1 })
  })
  it('are read by anybody; who handles no cases sees no counts', async () => {
    expect(await countsFor(testActor(school, ['staff']))).toEqual({ reach: 'none', counts: {} })
  })
  it('say of each norm where it is carried, or what is missing', async () => {
    const { chapters, totals } = await ask(clerk, 'articles')
    const norms = chapters.flatMap(({ articles }) => articles).flatMap((article) => article.norms)
    expect(norms).toHaveLength(totals.norms)
    expect(totals.whole + totals.part + totals.display + totals.open).toBe(totals.norms)
    expect(norms.find(({ id }) => id === 'A35-2')).toMatchObject({
      place: '第三十五条',
      standing: 'whole',
      open: null,
      places: [
        { title: '计划调整', page: '/plans/adjustments' },
        { title: '法定时限', page: '/duties' },
      ],
    })
    expect(norms.find(({ id }) => id === 'A37-1')).toMatchObject({ standing: 'open', open: '公开', places: [] })
  })
})

describe('overdue', () => {
  it('lists the longest overdue first, page by page, with the norm and the days by its own unit', async () => {
    const first = await ask(reviewer, 'overdue', { limit: '2' })
    expect(first.items).toMatchObject([
      { title: '教育局调整一', organName: '教育局', norm: 'A35-2', daysLate: 5, stateLabel: '已调整待备案' },
      { title: '补正中的需求', norm: 'A33-1', daysLate: 3 },
    ])
    const second = await ask(reviewer, 'overdue', { limit: '2', after: first.next ?? '' })
    expect(second).toMatchObject({ items: [{ title: '档案局调整', daysLate: 1 }], next: null })
  })
  it('is narrowed to one norm', async () => {
    const { items } = await ask(reviewer, 'overdue', { norm: 'A35-2' })
    expect(items.map(({ title }) => title)).toEqual(['教育局调整一', '档案局调整'])
    expect((await ask(reviewer, 'overdue', { norm: 'A1-1' })).items).toEqual([])
  })
  it('an organ sees its own; those who handle no cases are refused', async () => {
    expect((await ask(clerk, 'overdue')).items.map(({ title }) => title)).toEqual(['教育局调整一', '补正中的需求'])
    expect((await ask(testActor({ ...archive, parts: ['audit'] }, ['supervisor']), 'overdue')).items).toHaveLength(3)
    await expect(ask(testActor(school, ['staff']), 'overdue')).rejects.toThrow(Forbidden)
  })
})
