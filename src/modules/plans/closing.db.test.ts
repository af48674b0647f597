import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCase } from '#kernel/server/cases/engine.ts'
import { Conflict, Missing } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { contract as ledgerContract } from '#modules/ledger/contract.ts'
import ledgerModule from '#modules/ledger/module.ts'
import { commit, execute, ledgerLine, openLines, release, type Posting } from '#modules/ledger/offers.ts'
import { officeStage, refusalsOf } from '#modules/people/testing/office-stage.ts'
import { actions } from './actions.ts'
import { planCase } from './cases.ts'
import { contract } from './contract.ts'
import plans from './module.ts'
import { cycleById, insertCycle } from './store/cycle.ts'

/** The budget year 2026 of a city is over: what is open is settled or carried over, finance consents, and it stands. */
const today = '2027-01-20'
const stage = officeStage({
  today,
  running: [plans],
  steppedUp: true,
  cast: {
    reviewer: ['taiyuan-authority', 'plan-reviewer'],
    finance: ['taiyuan-finance', 'finance-reviewer'],
    clerk: ['taiyuan-education', 'organ-clerk'],
    countyFinance: ['qingxu-finance', 'finance-reviewer'],
  },
})
const call = stage.calling(contract, actions)
const ledger = stage.calling(
  ledgerContract,
  ledgerModule.actions as unknown as { [K in keyof typeof ledgerContract]: never },
)
const cycleId = newId()
const planId = newId()
const posting = (amountFen: number, more: Partial<Posting> = {}): Posting => ({
  amountFen,
  quantity: 0,
  note: '测试',
  occurredOn: '2026-12-20',
  source: { kind: 'test', id: newId() },
  ...more,
})
const newLine = (id: string) => ({
  id,
  jurisdictionCode: '140100',
  year: 2026,
  number: `JH-2026-${id.slice(-8)}`,
  planId,
  holderOrganId: stage.actors['clerk']?.organ?.id as string,
  servedOrganId: stage.actors['clerk']?.organ?.id as string,
  needKind: 'N01',
  itemName: '维修（护）费',
  economicCode: '30213',
  unit: '项',
  centralised: false,
  amountFen: 1_000_000,
  quantity: 1,
})
const lineId = newId()
let caseId = ''
let commitmentId = ''

beforeAll(async () => {
  await stage.open()
  await stage.inActOf(null, async (act) => {
    await insertCycle(act.tx, {
      id: cycleId,
      jurisdictionCode: '140100',
      year: 2026,
      state: 'in-force',
      demandOpensOn: '2025-06-01',
      demandClosesOn: '2025-06-30',
      reviewUntil: '2025-07-31',
      planUntil: '2025-08-20',
      standardsOn: '2025-06-01',
      openedOn: '2025-05-15',
      openedBy: null,
    })
    await openLines(act, [newLine(lineId)], '2026-01-20')
    await execute(act, lineId, posting(400_000))
  })
  await stage.inActOf('clerk', async (act) => {
    const organId = act.actor.organ?.id as string
    const opened = await openCase(act, planCase, {
      subjectId: newId(),
      title: '设备维修',
      applicantOrganId: organId,
      jurisdictionCode: '140100',
    })
    caseId = opened.id
    commitmentId = (await commit(act, lineId, '设备维修', posting(300_000, { caseId }))).commitment.id
  })
}, 60_000)
afterAll(stage.close)

const step = async () => ({
  cycleId,
  version: (await call('finance', 'viewClosing', { cycleId })).closing?.version ?? 1,
})
const balance = async () => {
  const line = await stage.inTx((tx) => ledgerLine(tx, lineId))
  return line && [line.plannedFen, line.committedFen, line.executedFen]
}

describe('closing a budget year', () => {
  test('A34-1 B80 not before it is over, nor with money held and no word on it; asked for by the authority', async () => {
    expect(await refusalsOf(call('reviewer', 'askClosing', { cycleId }, '2026-12-31'))).toEqual([
      'year-not-over',
      'commitments-open',
    ])
    expect(await refusalsOf(call('reviewer', 'askClosing', { cycleId }))).toEqual(['commitments-open'])
    expect(await refusalsOf(call('finance', 'askClosing', { cycleId }))).toEqual(['not-authority', 'role'])
    await expect(call('clerk', 'viewClosing', { cycleId })).rejects.toThrow(Missing)
    await expect(call('countyFinance', 'viewClosing', { cycleId })).rejects.toThrow(Missing)
    const open = await call('reviewer', 'openCommitments', { cycleId, limit: 50 })
    expect(open.items).toMatchObject([{ openFen: 300_000, organName: '太原市教育局', owner: { title: '设备维修' } }])
    await expect(call('finance', 'consentClosing', { cycleId, version: 1, document: '文号' })).rejects.toThrow(Missing)
    const asked = await call('reviewer', 'askClosing', { cycleId, carryReason: '供应商发票未到' })
    expect(asked.closing).toMatchObject({ state: 'asked', executedFen: 400_000, openFen: 300_000, openCount: 1 })
    expect(await refusalsOf(call('reviewer', 'askClosing', { cycleId, carryReason: '再次' }))).toEqual([
      'asked-already',
    ])
  })

  test('A34-1 finance consents to the figures it was shown and to no others', async () => {
    await stage.inActOf('clerk', (act) => execute(act, lineId, posting(50_000, { caseId }), commitmentId))
    const seen = await call('finance', 'viewClosing', { cycleId })
    expect([seen.moved, seen.may.consent?.map(({ code }) => code)]).toEqual([true, ['ledger-moved']])
    const consent = { ...(await step()), document: '并财预〔2027〕2号' }
    await expect(call('finance', 'consentClosing', consent)).rejects.toThrow(Conflict)
    expect(await refusalsOf(call('reviewer', 'consentClosing', consent))).toEqual(['not-finance', 'role'])
    await call('finance', 'returnClosing', { ...(await step()), opinion: '台账有变动，请核对' })
    const again = await call('reviewer', 'askClosing', { cycleId, carryReason: '供应商发票未到' })
    expect(again.closing).toMatchObject({ state: 'asked', executedFen: 450_000, openFen: 250_000 })
  })

  test('A34-2 B80 closed, nothing is planned, held, spent or reversed on it but from what was carried over', async () => {
    const consent = { ...(await step()), document: '并财预〔2027〕2号' }
    const results = await Promise.allSettled([
      call('finance', 'consentClosing', consent),
      call('finance', 'consentClosing', consent),
      // A posting at the same time goes before the closing or is refused: never after it.
      stage.inActOf('clerk', (act) => openLines(act, [newLine(newId())], '2026-12-30')),
    ])
    // Whichever came first: one consent, or none where the line was opened before it.
    const consented = results.slice(0, 2).filter(({ status }) => status === 'fulfilled').length
    const lineOpened = results[2]?.status === 'fulfilled'
    expect(consented).toBe(lineOpened ? 0 : 1)
    if (lineOpened) {
      await call('finance', 'returnClosing', { ...(await step()), opinion: '台账有变动' })
      await call('reviewer', 'askClosing', { cycleId, carryReason: '供应商发票未到' })
      await call('finance', 'consentClosing', { ...(await step()), document: '并财预〔2027〕2号' })
    }
    expect((await stage.inTx((tx) => cycleById(tx, cycleId)))?.state).toBe('closed')
    const before = await balance()
    const clerk = <T>(work: Parameters<typeof stage.inActOf<T>>[1]) => stage.inActOf('clerk', work)
    const hand = { lineId, amountFen: 100, quantity: 0, note: '补记', occurredOn: '2026-12-31' }
    expect(await refusalsOf(ledger('clerk', 'execute', hand))).toEqual(['year-closed'])
    expect(await refusalsOf(ledger('clerk', 'commit', { ...hand, title: '补记' }))).toEqual(['year-closed'])
    expect(await refusalsOf(clerk((act) => openLines(act, [newLine(newId())], today)))).toEqual(['year-closed'])
    expect((await ledger('clerk', 'viewLine', { lineId })).may.execute?.map(({ code }) => code)).toEqual([
      'year-closed',
    ])
    expect(await balance()).toEqual(before)
    // 结转: the case pays from what it holds, and gives back the rest.
    await clerk((act) => execute(act, lineId, posting(200_000, { caseId, occurredOn: today }), commitmentId))
    await clerk((act) => release(act, commitmentId, { ...posting(50_000, { caseId, occurredOn: today }) }))
    expect(await balance()).toEqual([1_000_000, 0, 650_000])
  })

  test('A31-1 a closed year is planned no more', async () => {
    const view = await call('reviewer', 'viewCycle', { cycleId })
    expect(view.cycle.state).toBe('closed')
    for (const may of [view.may.draftPlan, view.may.changeCalendar]) expect(may?.length).toBeGreaterThan(0)
    expect(view.may.draftPlan?.map(({ code }) => code)).toEqual(['year-closed'])
    expect(await refusalsOf(call('reviewer', 'askClosing', { cycleId }))).toEqual(['state', 'asked-already'])
  })
})
