import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor, ActingOrgan } from '#kernel/pure/actor.ts'
import { defineCaseKind } from '#kernel/pure/case-kind.ts'
import type { Act } from '../context.ts'
import { transaction } from '../database.ts'
import { Missing, Refused } from '../errors.ts'
import { newId } from '../identifier.ts'
import { testAct, testActor } from '../../testing/act.ts'
import { freshDatabase, type FreshDatabase } from '../../testing/database.ts'
import type { CaseKinds } from './case-row.ts'
import { moveCase, openCase } from './engine.ts'
import { markRead, notificationsFor, notify, unreadCount } from './notifications.ts'
import { readableCase } from './reading.ts'
import { caseById, insertSignature, openSignatureCount, stepsOf } from './store.ts'

const clerk = { party: 'applicant', roles: ['organ-clerk'] } as const
const reviewer = { party: 'authority', roles: ['plan-reviewer'] } as const
const kind = defineCaseKind({
  kind: 'test.request',
  title: '测试申请',
  page: '/test/:subjectId',
  initial: 'draft',
  states: {
    draft: { label: '填报中', waitsFor: clerk, task: '填报' },
    sent: {
      label: '审核中',
      waitsFor: reviewer,
      task: '审核',
      clock: {
        term: 'of-this-test',
        duration: { unit: 'workdays', count: 15 },
        remindOnDays: [10],
        norm: 'A35-2',
        citation: '条例第三十五条',
      },
    },
    done: { label: '办结', final: 'done' },
  },
  transitions: {
    send: { label: '提交', from: ['draft'], to: 'sent', by: clerk },
    withdraw: { label: '撤回', from: ['sent'], to: 'draft', by: clerk, withdraws: true },
    return: { label: '退回', from: ['sent'], to: 'draft', by: reviewer, opinion: 'required', returns: true },
    agree: { label: '同意', from: ['sent'], to: 'done', by: reviewer, notBySubmitter: true },
  },
})
const kinds: CaseKinds = new Map([[kind.kind, { kind }]])
const jurisdiction = { jurisdictionCode: '140100', jurisdictionName: '太原市', level: 'city' } as const
const organ: ActingOrgan = { id: newId(), name: '市教育局', ...jurisdiction, parts: [] }
const authority: ActingOrgan = { id: newId(), name: '市机关事务局', ...jurisdiction, parts: ['authority'] }
const elsewhere: ActingOrgan = { ...authority, id: newId(), jurisdictionCode: '140200' }
const clerkActor = testActor(organ, ['organ-clerk'])
const reviewerActor = testActor(authority, ['plan-reviewer'])

let fresh: FreshDatabase
beforeAll(async () => void (fresh = await freshDatabase()))
afterAll(() => fresh.drop())

const as = <T>(actor: Actor, work: (act: Act) => Promise<T>, today = '2026-02-13') =>
  transaction(fresh.db, (tx) => work(testAct({ tx, actor, today, caseKinds: kinds })))
const refusalsOf = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: Refused) => error.refusals.map(({ code }) => code),
  )

let caseId: string
const open = (actor = clerkActor) =>
  as(actor, (act) =>
    openCase(act, kind, { subjectId: newId(), title: '申请', applicantOrganId: organ.id, jurisdictionCode: '140100' }),
  )
const move = (actor: Actor, transition: string, opinion?: string, today?: string) =>
  as(actor, (act) => moveCase(act, kind, caseId, transition, { opinion }), today)
beforeEach(async () => void (caseId = (await open()).id))

describe('moving', () => {
  test('the clock of the new state starts, and the history keeps who and how long', async () => {
    const sent = await move(clerkActor, 'send')
    expect(sent).toMatchObject({
      state: 'sent',
      waitingParty: 'authority',
      dueOn: '2026-03-12',
      dueProvisional: false,
      submittedBy: clerkActor.personId,
    })
    await move(reviewerActor, 'agree', '同意', '2026-02-25')
    const steps = await as(reviewerActor, (act) => stepsOf(act.tx, caseId))
    expect(steps.map(({ act, workdaysUsed, opinion }) => [act, workdaysUsed, opinion])).toEqual([
      ['提交', 0, null],
      ['同意', 3, '同意'],
    ])
    expect(await as(clerkActor, (act) => caseById(act.tx, caseId))).toMatchObject({
      outcome: 'done',
      waitingParty: null,
    })
  })

  test('of fifty equal moves at once exactly one is taken', async () => {
    await move(clerkActor, 'send')
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => move(reviewerActor, 'agree', '同意')))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Refused)
    expect(await as(reviewerActor, (act) => stepsOf(act.tx, caseId))).toHaveLength(2)
  })

  test('ROLE-R02 nobody decides their own, though holding both parts', async () => {
    const both = testActor(authority, ['organ-clerk', 'plan-reviewer'])
    caseId = (
      await as(both, (act) =>
        openCase(act, kind, {
          subjectId: newId(),
          title: '本局申请',
          applicantOrganId: authority.id,
          jurisdictionCode: '140100',
        }),
      )
    ).id
    await move(both, 'send')
    expect(await refusalsOf(move(both, 'agree'))).toEqual(['ROLE-R02'])
    await move(reviewerActor, 'agree')
  })

  test('the authority of another place, the wrong role and the wrong state are refused', async () => {
    await move(clerkActor, 'send')
    expect(await refusalsOf(move(testActor(elsewhere, ['plan-reviewer']), 'agree'))).toEqual(['case-party'])
    expect(await refusalsOf(move(testActor(authority, ['organ-clerk']), 'agree'))).toEqual(['case-party'])
    expect(await refusalsOf(move(clerkActor, 'send'))).toEqual(['case-state'])
  })

  test('returning needs an opinion and gives the case back; withdrawing needs none', async () => {
    await move(clerkActor, 'send')
    expect(await refusalsOf(move(reviewerActor, 'return', '  '))).toEqual(['case-opinion'])
    expect(await move(reviewerActor, 'return', '请补充理由')).toMatchObject({
      state: 'draft',
      waitingParty: 'applicant',
      dueOn: null,
    })
    await move(clerkActor, 'send')
    expect(await move(clerkActor, 'withdraw')).toMatchObject({ state: 'draft' })
  })

  test('a refused guard changes nothing', async () => {
    const guarded: CaseKinds = new Map([
      [
        kind.kind,
        {
          kind,
          guard: async () => ({
            ok: false as const,
            refusals: [{ code: 'guard', message: '不可', basis: null, facts: {}, remedy: null }],
          }),
        },
      ],
    ])
    const attempt = transaction(fresh.db, (tx) =>
      moveCase(testAct({ tx, actor: clerkActor, caseKinds: guarded }), kind, caseId, 'send', {}),
    )
    expect(await refusalsOf(attempt)).toEqual(['guard'])
    expect(await as(clerkActor, (act) => caseById(act.tx, caseId))).toMatchObject({ state: 'draft', step: 0 })
  })
})

test('an opinion asked of another organ holds the decision up, opens the case to that organ, and is recalled by withdrawing', async () => {
  await move(clerkActor, 'send')
  const other = testActor({ ...organ, id: newId(), name: '市财政局' }, ['organ-clerk'])
  await expect(as(other, (act) => readableCase(act, caseId))).rejects.toBeInstanceOf(Missing)
  await as(reviewerActor, (act) =>
    insertSignature(act.tx, {
      id: newId(),
      caseId,
      step: 1,
      kind: 'co-sign',
      organId: other.organ?.id ?? '',
      personId: null,
      question: '是否同意',
      askedBy: reviewerActor.personId ?? '',
      askedByName: '审核人',
      askedAt: act.now,
    }),
  )
  expect((await as(other, (act) => readableCase(act, caseId))).id).toBe(caseId)
  expect(await refusalsOf(move(reviewerActor, 'agree'))).toEqual(['case-signatures'])
  await move(clerkActor, 'withdraw')
  expect(await as(clerkActor, (act) => openSignatureCount(act.tx, caseId))).toBe(0)
})

test('cases are read by their parties only', async () => {
  expect((await as(reviewerActor, (act) => readableCase(act, caseId))).id).toBe(caseId)
  for (const stranger of [
    testActor(elsewhere, ['plan-reviewer']),
    testActor({ ...organ, id: newId() }, ['organ-clerk']),
    testActor(organ, ['driver']),
  ])
    await expect(as(stranger, (act) => readableCase(act, caseId))).rejects.toBeInstanceOf(Missing)
})

test('notices reach the roles named, and what one has read stays unread for the other', async () => {
  const colleague = testActor(organ, ['organ-clerk'])
  await as(reviewerActor, (act) =>
    notify(act, { organId: organ.id, roles: ['organ-clerk'], link: '/x', text: '请补正' }),
  )
  const [notice] = await as(clerkActor, (act) => notificationsFor(act.tx, act.actor, null, 10))
  expect(notice).toMatchObject({ text: '请补正', read: false })
  await as(clerkActor, (act) => markRead(act, [notice?.id ?? 0]))
  expect(await as(clerkActor, (act) => unreadCount(act.tx, act.actor))).toBe(0)
  expect(await as(colleague, (act) => unreadCount(act.tx, act.actor))).toBe(1)
  expect(await as(testActor(organ, ['driver']), (act) => unreadCount(act.tx, act.actor))).toBe(0)
})
