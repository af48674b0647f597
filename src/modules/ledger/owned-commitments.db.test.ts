import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#kernel/pure/actor.ts'
import { defineCaseKind, type Acting } from '#kernel/pure/case-kind.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { transaction } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import { problemOf } from '#kernel/server/http/problem.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testAct } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { actions } from './actions.ts'
import { commit, execute, ledgerLine, openLines, paymentsOfCase, release, reverse, type Posting } from './offers.ts'

const clerks: Acting = { party: 'applicant', roles: ['organ-clerk'] }
const trip = defineCaseKind({
  kind: 'ledger.test-trip',
  title: '差旅',
  page: '/trips/:subjectId',
  initial: 'open',
  states: { open: { label: '办理', waitsFor: clerks, task: '办理' }, done: { label: '办结', final: 'done' } },
  transitions: { finish: { label: '办结', from: ['open'], to: 'done', by: clerks } },
})
const caseKinds = new Map([[trip.kind, { kind: trip }]])
const organId = newId()
const clerk: Actor = {
  kind: 'person',
  personId: newId(),
  name: '经办人',
  organ: {
    id: organId,
    name: '太原市教育局',
    jurisdictionCode: '140100',
    jurisdictionName: '太原市',
    level: 'city',
    parts: [],
  },
  roles: ['organ-clerk'],
}

let fresh: FreshDatabase
beforeAll(async () => void (fresh = await freshDatabase({ max: 10 })))
afterAll(() => fresh.drop())

const act = <T>(work: (one: ReturnType<typeof testAct>) => Promise<T>) =>
  transaction(fresh.db, (tx) => work({ ...testAct({ tx, actor: clerk, today: '2026-06-01' }), caseKinds }))
const posting = (amountFen: number, more: Partial<Posting> = {}): Posting => ({
  amountFen,
  quantity: 0,
  note: '测试',
  occurredOn: '2026-06-01',
  source: { kind: 'test', id: newId() },
  ...more,
})

async function line(amountFen: number): Promise<string> {
  const id = newId()
  const common = { jurisdictionCode: '140100', year: 2026, number: `T-${id}`, planId: newId(), needKind: 'N01' }
  const organs = { holderOrganId: organId, servedOrganId: organId }
  const item = { itemName: '办公费', economicCode: '30201', unit: '项', centralised: false, amountFen, quantity: 1 }
  await act((one) => openLines(one, [{ id, ...common, ...organs, ...item }], '2026-01-20'))
  return id
}
/** A case that holds money on a line. */
async function held(lineId: string, amountFen: number) {
  const subjectId = newId()
  const { id: caseId } = await act((one) =>
    openCase(one, trip, { subjectId, title: '赴长治调研', applicantOrganId: organId, jurisdictionCode: '140100' }),
  )
  const { commitment } = await act((one) => commit(one, lineId, '差旅', posting(amountFen, { caseId })))
  return { subjectId, caseId, commitmentId: commitment.id }
}
const byHand = (name: 'release' | 'execute', input: Record<string, unknown>) =>
  act((one) => (actions[name] as (ctx: unknown) => Promise<unknown>)({ ...one, input }))
const openOf = (id: string) =>
  act(async ({ tx }) => {
    const { rows } = await sql<{
      open: number
    }>`select open_fen as open from ledger.commitment where id = ${id}`.execute(tx)
    return rows[0]?.open
  })

test('A34-1 what a case holds is neither released nor spent by hand; 409 names the case and its page, and changes nothing', async () => {
  const lineId = await line(1_000_000)
  const { caseId, commitmentId, subjectId } = await held(lineId, 300_000)
  const releasing = { commitmentId, note: '不用了', occurredOn: '2026-06-01' }
  const refused = await byHand('release', releasing).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Conflict)
  expect(problemOf(refused)).toMatchObject({
    status: 409,
    problem: { link: { title: '赴长治调研', path: `/trips/${subjectId}` } },
  })
  expect(String(refused)).toContain('赴长治调研')
  const spending = { lineId, commitmentId, amountFen: 1, quantity: 0, note: '差旅', occurredOn: '2026-06-01' }
  await expect(byHand('execute', spending)).rejects.toThrow(Conflict)
  expect(await openOf(commitmentId)).toBe(300_000)
  const shown = (await act((one) =>
    (actions.viewLine as (ctx: unknown) => Promise<unknown>)({ ...one, input: { lineId } }),
  )) as { commitments: { owner: unknown }[] }
  expect(shown.commitments.map(({ owner }) => owner)).toEqual([{ title: '赴长治调研', link: `/trips/${subjectId}` }])
  // Ended, it still holds what it has not given back: it alone gives it back.
  await act((one) => moveCase(one, trip, caseId, 'finish', {}))
  await expect(byHand('release', releasing)).rejects.toThrow(Conflict)
  await act((one) => release(one, commitmentId, { ...posting(300_000), caseId }))
  expect(await openOf(commitmentId)).toBe(0)
})

test('A34-1 a payment of a case is reversed by that case alone, once, and its money is held again', async () => {
  const lineId = await line(1_000_000)
  const { caseId, commitmentId, subjectId } = await held(lineId, 300_000)
  const { entry } = await act((one) => execute(one, lineId, posting(200_000, { caseId }), commitmentId))
  const reversing = { entryId: entry.id, note: '退票', occurredOn: '2026-06-01' }
  const refused = await act((one) =>
    (actions.reverse as (ctx: unknown) => Promise<unknown>)({ ...one, input: reversing }),
  ).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Conflict)
  expect(problemOf(refused)).toMatchObject({ problem: { link: { path: `/trips/${subjectId}` } } })
  const other = await held(lineId, 1000)
  const by = (asking: string) => act((one) => reverse(one, entry.id, '退票', '2026-06-02', { caseId: asking }))
  await expect(by(other.caseId)).rejects.toThrow(Conflict)
  expect(await openOf(commitmentId)).toBe(100_000)
  expect(await act((one) => paymentsOfCase(one, caseId))).toMatchObject([{ id: entry.id, amountFen: 200_000 }])
  const both = await Promise.allSettled([by(caseId), by(caseId)])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await openOf(commitmentId)).toBe(300_000)
  expect(await act((one) => paymentsOfCase(one, caseId))).toEqual([])
  const stands = await act(({ tx }) => ledgerLine(tx, lineId))
  expect([stands?.committedFen, stands?.executedFen]).toEqual([301_000, 0])
  const listed = (await act((one) =>
    (actions.entries as (ctx: unknown) => Promise<unknown>)({ ...one, input: { lineId, limit: 50 } }),
  )) as { items: { kind: string; reversed: boolean; owner: unknown }[] }
  expect(listed.items.find(({ kind }) => kind === 'execute')).toMatchObject({
    reversed: true,
    owner: { title: '赴长治调研', link: `/trips/${subjectId}` },
  })
})

test('A34-1 money is held in its own year; what is held is paid after it, and nothing by hand is dated ahead', async () => {
  const lineId = await line(1_000_000)
  const { caseId, commitmentId } = await held(lineId, 300_000)
  const later = { occurredOn: '2027-01-05', caseId }
  await expect(act((one) => commit(one, lineId, '差旅', posting(1, later)))).rejects.toThrow('2026年度的计划')
  await expect(act((one) => execute(one, lineId, posting(1, later)))).rejects.toThrow('2026年度的计划')
  await act((one) => execute(one, lineId, posting(300_000, later), commitmentId))
  const ahead = { lineId, amountFen: 1, quantity: 0, note: '预付', occurredOn: '2026-06-02' }
  await expect(byHand('execute', ahead)).rejects.toThrow('晚于今天')
})

test('what was entered by hand is released by hand, and by no case', async () => {
  const lineId = await line(1_000_000)
  const { caseId } = await held(lineId, 1000)
  const { commitment } = await act((one) => commit(one, lineId, '合同', posting(5000)))
  await expect(act((one) => release(one, commitment.id, { ...posting(5000), caseId }))).rejects.toThrow(Conflict)
  await byHand('release', { commitmentId: commitment.id, note: '合同终止', occurredOn: '2026-06-01' })
  expect(await openOf(commitment.id)).toBe(0)
})

test('A34-1 A34-2 whatever hands and cases try in whatever order, a case has exactly what it holds', async () => {
  const move = fc.record({
    by: fc.constantFrom('hand', 'own', 'other'),
    what: fc.constantFrom('release', 'execute'),
    amountFen: fc.integer({ min: 1, max: 60 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 8 }), async (moves) => {
      const lineId = await line(10_000)
      const { caseId, commitmentId } = await held(lineId, 100)
      const other = await held(lineId, 100)
      let left = 100
      for (const { by, what, amountFen } of moves) {
        const asking = by === 'hand' ? null : by === 'own' ? caseId : other.caseId
        const given = posting(amountFen, { caseId: asking })
        const done = await act((one) =>
          what === 'release' ? release(one, commitmentId, given) : execute(one, lineId, given, commitmentId),
        ).then(
          () => true,
          () => false,
        )
        expect(done).toBe(by === 'own' && amountFen <= left)
        if (done) left -= amountFen
      }
      expect([await openOf(commitmentId), await openOf(other.commitmentId)]).toEqual([left, 100])
    }),
    { numRuns: 6 },
  )
})
