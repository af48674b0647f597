import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Conflict, Forbidden, Missing } from '#kernel/server/errors.ts'
import { flagLate, openIdleTasks, settleFromRegister } from './jobs.ts'
import { tiesOf } from './store/ties.ts'
import {
  actors,
  call,
  closeWarehouseStage,
  desktops,
  inSystem,
  inTx,
  noticesTo,
  onShelf,
  openWarehouseStage,
  photograph,
  recordedOf,
  refusalsOf,
  theStore,
} from './testing/warehouse-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-clearing-'))
  await openWarehouseStage(directory)
})
afterAll(async () => {
  await closeWarehouseStage()
  await rm(directory, { recursive: true, force: true })
})

const onCard = (id: string) =>
  inTx(
    async (tx) =>
      (
        await sql<{
          state: string
          department: string
        }>`select state, department from assets.card where id = ${id}`.execute(tx)
      ).rows[0],
  )
const caseOf = (id: string) =>
  inTx(
    async (tx) =>
      (
        await sql<{
          kind: string
          dueOn: string
          outcome: string | null
          waitingParty: string
        }>`select kind, due_on, outcome, waiting_party
          from kernel.case_item where id = ${id}`.execute(tx)
      ).rows[0],
  )

describe('temporary bodies and events (Art. 23; G3, G4)', () => {
  const body = {
    kind: 'body' as const,
    name: '市防汛抗旱应急指挥部办公室',
    document: '并办发〔2026〕2号',
    beginsOn: '2026-01-05',
    endsOn: '2026-09-30',
  }

  it('GWC-R03 GWC-T05 EQ-12 a task force ends on 2026-06-30 with 41 cards open: due 2026-07-30, flagged on the 31st, worked to the end', async () => {
    for (const who of ['staff', 'warehouse', 'finance', 'county'])
      await expect(call(who, 'registerBody', body), who).rejects.toThrow(Forbidden)
    const registered = await call('keeper', 'registerBody', body, '2026-01-06')
    const bodyId = registered.body.id
    await expect(call('keeper', 'registerBody', body, '2026-01-06')).rejects.toThrow(Conflict)
    await expect(call('county', 'viewBody', { bodyId })).rejects.toThrow(Missing)

    const own = await desktops('keeper', 40)
    const [lent = ''] = await desktops('third', 1, { state: 'in-use' })
    const assign = (who: string, cardIds: string[], way: 'bought' | 'lent') =>
      call(who, 'assignThings', { bodyId, cardIds, way }, '2026-01-10')
    expect(new Set(await refusalsOf(assign('keeper', own.slice(0, 2), 'lent')))).toEqual(new Set(['way']))
    await expect(assign('borrower', own.slice(0, 1), 'lent')).rejects.toThrow(Missing)
    await assign('keeper', own, 'bought')
    await assign('third', [lent], 'lent')
    await expect(assign('keeper', own.slice(0, 1), 'bought')).rejects.toThrow(Conflict)
    // The cards tell who uses them; what is lent is its holder's as before.
    expect(await onCard(own[0] ?? '')).toEqual({ state: 'in-use', department: body.name })
    expect(await onCard(lent)).toEqual({ state: 'lent', department: body.name })
    expect((await call('keeper', 'viewBody', { bodyId })).body.things).toBe(41)
    // Whose things else it uses another organ is not shown.
    expect((await call('third', 'bodyThings', { bodyId })).items.map(({ cardId }) => cardId)).toEqual([lent])

    const [thing] = await onShelf(1, 0, {}, '2026-02-02')
    const loan = await call(
      'keeper',
      'fileRequest',
      {
        kind: 'loan',
        purpose: 'temporary-body',
        reason: '值守',
        itemIds: [thing?.itemId ?? ''],
        dueOn: '2026-10-10',
        bodyId,
      },
      '2026-03-02',
    )
    expect(
      await refusalsOf(
        call('third', 'fileRequest', {
          kind: 'loan',
          purpose: 'temporary-body',
          reason: '值守',
          itemIds: [thing?.itemId ?? ''],
          dueOn: '2026-10-10',
          bodyId,
        }),
      ),
    ).toEqual(['not-lead-organ'])
    const requestId = loan.request.id
    const approved = await call(
      'warehouse',
      'approveRequest',
      { requestId, version: loan.request.version },
      '2026-03-02',
    )
    await call('keeper', 'signRequest', { requestId, version: approved.request.version }, '2026-03-02')

    const end = (who: string, endedOn: string, on: string) =>
      call(who, 'endBody', { bodyId, version: registered.body.version, endedOn }, on)
    await expect(end('third', '2026-06-30', '2026-06-30')).rejects.toThrow(Forbidden)
    expect(await refusalsOf(end('keeper', '2026-07-01', '2026-06-30'))).toEqual(['ended-on'])
    const ended = await end('keeper', '2026-06-30', '2026-06-30')
    expect(ended.body).toMatchObject({ state: 'clearing', dueOn: '2026-07-30', endedOn: '2026-06-30' })
    const clearanceId = ended.clearanceId ?? ''
    const seen = await call('warehouse', 'viewClearance', { clearanceId }, '2026-07-30')
    expect(seen.clearance).toMatchObject({ trigger: 'G3', things: 41, open: 41, dueOn: '2026-07-30' })
    expect(seen.findings).toMatchObject([{ rule: 'GWC-R03', outcome: 'ok' }])
    // The duty is a case of the lead organ under its statutory term, in its inbox.
    expect(await caseOf(seen.clearance.caseId)).toMatchObject({
      kind: 'warehouse.left-behind',
      dueOn: '2026-07-30',
      waitingParty: 'applicant',
    })
    // GWC-R06: the loan ends with the body and ten working days.
    const shortened = await call('keeper', 'viewRequest', { requestId })
    expect(shortened.request.dueOn).toBe('2026-07-14')
    expect((await caseOf(shortened.request.caseId))?.dueOn).toBe('2026-07-14')

    expect(await inSystem(flagLate, '2026-07-30')).toBe(0)
    expect(await inSystem(flagLate, '2026-07-31')).toBe(1)
    expect(await inSystem(flagLate, '2026-08-01')).toBe(0)
    const late = await call('warehouse', 'viewClearance', { clearanceId }, '2026-07-31')
    expect(late.findings).toMatchObject([{ rule: 'GWC-R03', outcome: 'warn', facts: { 逾期件数: 41 } }])
    expect((await noticesTo('warehouse')).at(-1)).toContain('应于2026-07-30前清理完毕，逾期未处理41件，请督办')
    expect((await call('warehouse', 'clearances', { late: true }, '2026-07-31')).items.map(({ id }) => id)).toEqual([
      clearanceId,
    ])
    await expect(call('third', 'viewClearance', { clearanceId })).rejects.toThrow(Missing)
    await expect(call('county', 'viewClearance', { clearanceId })).rejects.toThrow(Missing)

    // Each thing becomes something: many into the warehouse by one act, some kept for a reason, the lent one back.
    const on = '2026-08-03'
    const handIn = (who: string, cardIds: string[]) =>
      call(who, 'handInThings', { clearanceId, cardIds, declaredFree: true }, on)
    await expect(handIn('warehouse', own.slice(0, 2))).rejects.toThrow(Forbidden)
    await expect(handIn('keeper', [lent])).rejects.toThrow(Missing)
    const { intakeId, items } = await handIn('keeper', own.slice(0, 2))
    expect(items).toBe(2)
    expect(await refusalsOf(handIn('keeper', own.slice(0, 2)))).toEqual(['settled'])
    await call('keeper', 'keepThings', { clearanceId, cardIds: own.slice(2), reason: '划归安全科在标准内使用' }, on)
    expect(await onCard(own[5] ?? '')).toEqual({ state: 'in-use', department: '办公室' })
    await call('third', 'takeOffThings', { bodyId, cardIds: [lent], reason: '任务完成，收回使用' }, on)
    expect(await onCard(lent)).toEqual({ state: 'in-use', department: '办公室' })
    expect((await call('keeper', 'viewClearance', { clearanceId })).clearance).toMatchObject({ state: 'open', open: 2 })

    const applied = await call('warehouse', 'viewIntake', { intakeId })
    expect(applied.intake).toMatchObject({ trigger: 'G3', triggeredOn: '2026-06-30', bodyName: body.name })
    // Not taken in they are open as before.
    const refused = await call(
      'warehouse',
      'refuseIntake',
      { intakeId, version: applied.intake.version, opinion: '请先清理硬盘' },
      on,
    )
    expect(refused.intake.state).toBe('refused')
    const again = await handIn('keeper', own.slice(0, 2))
    await received(again.intakeId, on)
    const cleared = await call('keeper', 'viewClearance', { clearanceId })
    expect(cleared.clearance).toMatchObject({ state: 'cleared', open: 0, clearedOn: on })
    expect((await caseOf(cleared.clearance.caseId))?.outcome).toBe('done')
    expect((await call('third', 'viewBody', { bodyId })).body).toMatchObject({ state: 'cleared', clearedOn: on })
    const outcomes = (await call('keeper', 'clearanceThings', { clearanceId, limit: 100 })).items
    expect(
      Object.fromEntries([...Map.groupBy(outcomes, ({ outcome }) => outcome)].map(([of, all]) => [of, all.length])),
    ).toEqual({
      'in-warehouse': 2,
      kept: 38,
      returned: 1,
    })
    expect(await recordedOf(clearanceId)).toEqual([
      'warehouse.clearance-opened',
      'warehouse.clearance-overdue',
      'warehouse.things-kept',
      'warehouse.clearance-cleared',
    ])
    expect(
      await refusalsOf(call('keeper', 'assignThings', { bodyId, cardIds: own.slice(3, 4), way: 'bought' })),
    ).toEqual(['body-ended'])
  })

  it('G4 an event that used nothing is cleared on the day it ends', async () => {
    const event = { ...body, kind: 'event' as const, name: '2026年全市招商大会' }
    const { body: registered } = await call('third', 'registerBody', event, '2026-01-06')
    // A card that went away meanwhile is used by nobody any more.
    const [gone = ''] = await desktops('third', 1, { state: 'in-use' })
    await call('third', 'assignThings', { bodyId: registered.id, cardIds: [gone], way: 'given' }, '2026-01-10')
    await inTx((tx) => sql`update assets.card set state = 'disposal-approved' where id = ${gone}`.execute(tx))
    await inSystem(settleFromRegister, '2026-01-20')
    expect((await call('third', 'bodyThings', { bodyId: registered.id })).items).toMatchObject([
      { cardId: gone, takenOffOn: '2026-01-20', reason: '已划转、处置' },
    ])
    const ended = await call(
      'third',
      'endBody',
      { bodyId: registered.id, version: registered.version, endedOn: '2026-03-02' },
      '2026-03-03',
    )
    expect(ended.body).toMatchObject({ state: 'cleared', clearedOn: '2026-03-03', dueOn: '2026-04-01' })
  })
})

/** Photographed, appraised and signed for. */
async function received(intakeId: string, on: string): Promise<void> {
  const { intake, items } = await call('warehouse', 'viewIntake', { intakeId })
  const approved = await call('warehouse', 'approveIntake', { intakeId, version: intake.version }, on)
  for (const { id } of items) {
    const { item } = await photograph('keeper', id)
    const appraisal = {
      itemId: id,
      version: item.version,
      repairFen: 0,
      replacementFen: 480_000,
      storeId: await theStore(),
    }
    await call('warehouse', 'appraiseItem', appraisal, on)
  }
  const signed = { intakeId, version: approved.intake.version, handedByName: '王丽娟', receiverName: '赵仓管' }
  await call('warehouse', 'receiveIntake', signed, on)
}

describe('idle and left-over things come by themselves', () => {
  const tasksOf = async (who: string) => (await call(who, 'clearances', { trigger: 'G1' })).items

  it('GWC-R02 AST-R23 EQ-12 things idle for half a year are a task with its term; handed in or explained it ends, late it is flagged', async () => {
    const cards = await desktops('borrower', 4, { acquiredOn: '2026-01-05', bookedOn: '2026-01-06' })
    const run = (on: string) => inSystem(openIdleTasks, on)
    await run('2026-07-05')
    expect(await tasksOf('borrower')).toEqual([])
    await run('2026-07-07')
    // Whatever runs twice, there is one task.
    await run('2026-07-08')
    const [task] = await tasksOf('borrower')
    expect(task).toMatchObject({ trigger: 'G1', triggeredOn: '2026-07-06', dueOn: '2026-07-28', things: 4, open: 4 })
    expect(await caseOf(task?.caseId ?? '')).toMatchObject({ kind: 'warehouse.idle', dueOn: '2026-07-28' })
    expect((await noticesTo('borrower')).at(-1)).toContain('4件资产闲置满半年，请于2026-07-28前申请入公物仓')
    const clearanceId = task?.id ?? ''
    const on = '2026-07-10'
    expect((await call('borrower', 'viewClearance', { clearanceId }, on)).findings).toMatchObject([
      { rule: 'GWC-R02', outcome: 'ok' },
    ])
    const reason = '备考季轮换使用'
    await call('borrower', 'keepThings', { clearanceId, cardIds: cards.slice(0, 1), reason }, on)
    expect((await noticesTo('warehouse')).at(-1)).toContain(`1件资产留用：${reason}`)
    const { intakeId } = await call(
      'borrower',
      'handInThings',
      { clearanceId, cardIds: cards.slice(1, 2), declaredFree: true },
      on,
    )
    // Offered is enough for idle things; taken back it is not offered any more.
    expect((await tasksOf('borrower'))[0]?.open).toBe(2)
    const { intake } = await call('borrower', 'viewIntake', { intakeId })
    await call('borrower', 'withdrawIntake', { intakeId, version: intake.version }, on)
    expect((await tasksOf('borrower'))[0]?.open).toBe(3)
    await call('borrower', 'handInThings', { clearanceId, cardIds: cards.slice(1, 3), declaredFree: true }, on)
    expect(await inSystem(flagLate, '2026-07-29')).toBeGreaterThan(0)
    expect((await call('borrower', 'viewClearance', { clearanceId }, '2026-07-29')).findings).toMatchObject([
      { rule: 'GWC-R02', outcome: 'warn', facts: { 逾期件数: 1 } },
    ])
    // The last one is in use again: its card says so, and that is enough.
    await inTx((tx) => sql`update assets.card set state = 'in-use' where id = ${cards[3]}`.execute(tx))
    expect(await inSystem(settleFromRegister, '2026-07-30')).toBe(1)
    expect((await tasksOf('borrower'))[0]).toMatchObject({ state: 'cleared', open: 0 })
    // What it said it needs is not asked about again for half a year.
    await run('2026-09-01')
    expect(await tasksOf('borrower')).toHaveLength(1)
    await run('2027-02-01')
    expect((await tasksOf('borrower'))[0]).toMatchObject({ things: 1, state: 'open' })
  })

  it('G5 ORG-R06 what an organ holds that is merged is a task of the authority, and keeps the organ open', async () => {
    const cards = await desktops('third', 2)
    const organId = actors.third?.organ?.id ?? ''
    const given = { organId, triggeredOn: '2026-11-20', document: '并编发〔2026〕7号', reason: '并入市委宣传部' }
    for (const who of ['third', 'leader', 'finance'])
      await expect(call(who, 'callClearance', given), who).rejects.toThrow(Forbidden)
    await expect(call('county', 'callClearance', given)).rejects.toThrow(Missing)
    const called = await call('warehouse', 'callClearance', given)
    expect(called.clearance).toMatchObject({ trigger: 'G5', dueOn: '2026-12-21' })
    expect(called.clearance.open).toBeGreaterThanOrEqual(2)
    expect(await caseOf(called.clearance.caseId)).toMatchObject({
      kind: 'warehouse.reorganisation',
      waitingParty: 'authority',
    })
    const ties = await inTx((tx) => tiesOf(tx, organId))
    expect(ties.find(({ label }) => label === '资产卡片')?.count).toBeGreaterThanOrEqual(2)
    // The authority's own call for things is the same matter.
    const intake = await call('warehouse', 'callIntake', {
      trigger: 'G5',
      triggeredOn: given.triggeredOn,
      reason: given.reason,
      cardIds: cards,
    })
    const things = await call('warehouse', 'clearanceThings', {
      clearanceId: called.clearance.id,
      outcome: 'handing-in',
    })
    expect(things.items.map(({ intakeId }) => intakeId)).toEqual([intake.intake.id, intake.intake.id])
  })
})
