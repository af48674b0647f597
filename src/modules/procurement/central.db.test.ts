import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Missing } from '#kernel/server/errors.ts'
import { testCtx } from '#kernel/testing/act.ts'
import { actions as dutyActions } from '#modules/duties/actions.ts'
import { contract as dutyContract } from '#modules/duties/contract.ts'
import { duties } from './duties.ts'
import {
  actors,
  balanceOf,
  bidder,
  call,
  closeProcurementStage,
  desktops,
  inActOf,
  inTx,
  lines,
  openPlan,
  openProcurementStage,
  stepOf,
  terms,
  today,
  type View,
} from './testing/procurement-stage.ts'

/** The authority provides desktops for two organs: one file, two registers (Art. 22). */
beforeAll(async () => {
  await openProcurementStage()
  await openPlan(
    'authorityClerk',
    {
      forEducation: ['台式计算机', 'N09', '台', 3, 1_440_000],
      forPolice: ['台式计算机', 'N09', '台', 2, 960_000],
    },
    { forEducation: 'clerk', forPolice: 'other' },
  )
}, 60_000)
afterAll(closeProcurementStage)

const item = (line: string, quantity: number) => ({
  ledgerLineId: lines[line] as string,
  name: '台式计算机',
  requirement: '八核处理器，16GB内存',
  unit: '台',
  quantity,
  unitPriceFen: 460_000,
  standardCode: 'item.desktop',
})
const progressOf = async (who: string, line: string) =>
  (await call(who, 'lineProgress', { ledgerLineId: lines[line] as string })).items
const itemFor = (view: View, who: string) =>
  view.items.find(({ servedOrganId }) => servedOrganId === actors[who]?.organ?.id)?.id as string

/** What the register of duties tells finance of cards that are late on a day. */
const lateCards = (on: string) =>
  inActOf(
    'finance',
    async (act) => {
      const input = dutyContract.overdueTotals.input.parse({})
      const { items } = await dutyActions.overdueTotals(testCtx({ ...act, dutySources: duties }, input) as never)
      return items.filter(({ term }) => term === 'asset-card')
    },
    on,
  )

let view: View

test('A22-2 A34-2 an organ buys nothing itself that the authority carries out for it', async () => {
  const own = { ...desktops(), items: [item('forEducation', 3)] }
  await expect(call('clerk', 'draftPurchase', own)).rejects.toMatchObject({
    refusals: [
      {
        code: 'PRO-R01',
        basis: { norm: 'A22-2' },
        message: '“台式计算机”由机关事务管理部门统一配备，本单位不需要采购。',
      },
    ],
  })
  const { items } = await call('clerk', 'plannedItems', {})
  expect(items.map(({ ledgerLineId }) => ledgerLineId)).not.toContain(lines['forEducation'])
})

test('A22-2 the authority gathers the lines of many organs into one file, by the ledger of each line', async () => {
  const planned = await call('authorityClerk', 'plannedItems', {})
  expect(planned.items.filter(({ forOther }) => forOther).map(({ servedOrganName }) => servedOrganName)).toHaveLength(2)
  const request = { ...desktops(), title: '统一配备台式计算机', items: [item('forEducation', 3), item('forPolice', 2)] }
  view = await call('authorityClerk', 'draftPurchase', request)
  view = await call('authorityClerk', 'submitPurchase', stepOf(view))
  expect(await balanceOf('forEducation')).toMatchObject({ committed: 1_380_000, pieces: 3 })
  expect(await balanceOf('forPolice')).toMatchObject({ committed: 920_000, pieces: 2 })
  view = await call('authorityHead', 'approvePurchase', stepOf(view))
  expect(new Set(view.items.map(({ servedOrganName }) => servedOrganName)).size).toBe(2)
})

test('EQ-01 what the authority has on order for an organ counts when the organ itself asks for more', async () => {
  // 60 people at most have 60 desktops each: the register is empty, so what is on order is all there is.
  const asked = { ...desktops(), items: [{ ...item('desktops', 20), ledgerLineId: lines['desktops'] as string }] }
  const judged = await call('clerk', 'judgeRequest', asked)
  const onOrder = judged.findings.find(({ facts }) => '已订购未到货' in facts)
  expect(onOrder?.facts['已订购未到货']).toBe(3)
})

test('A22-2 an organ sees on its own line how far its things are, and nothing of the file or of others', async () => {
  expect(await progressOf('clerk', 'forEducation')).toMatchObject([
    { state: 'purchasing', quantity: 3, fileOpen: false, buyerName: actors['authorityClerk']?.organ?.name, cards: [] },
  ])
  await expect(call('clerk', 'viewPurchase', { purchaseId: view.purchase.id })).rejects.toThrow(Missing)
  expect((await call('clerk', 'purchases', {})).items).toEqual([])
  await expect(progressOf('clerk', 'forPolice')).rejects.toThrow(Missing)
  await expect(progressOf('county', 'forPolice')).rejects.toThrow(Missing)
  await expect(progressOf('staff', 'forEducation')).rejects.toThrow(Missing)
  expect(await progressOf('finance', 'forPolice')).toMatchObject([{ fileOpen: true }])
})

test('A11-1 two people of the authority accept what it bought for others; finance sees what has no card', async () => {
  const on = '2026-10-12'
  view = await call('authorityClerk', 'startPurchase', { ...stepOf(view), projectNumber: 'DZMC-1', startedOn: today })
  view = await call('authorityClerk', 'recordAward', {
    ...stepOf(view),
    openedOn: today,
    awardedOn: today,
    bidders: [bidder('山西晋源办公设备有限公司', 2_250_000)],
    winner: 0,
    amountFen: 2_250_000,
    reason: '框架协议内直接选定，价格最低。',
  })
  view = await call('authorityClerk', 'signContract', terms(view, 450_000))
  view = await call(
    'authorityClerk',
    'draftAcceptance',
    {
      ...stepOf(view),
      deliveredOn: on,
      conclusion: '数量、规格与合同一致，验收合格。',
      items: view.items.map(({ id, quantity }) => ({ itemId: id, delivered: quantity, accepted: quantity })),
    },
    on,
  )
  view = await call('authorityHead', 'signAcceptance', stepOf(view), on)
  // From the acceptance on there are ten working days for the cards.
  expect(view.deadlines.find(({ term }) => term === 'asset-card')).toMatchObject({
    dueOn: '2026-10-26',
    fulfilledOn: null,
  })
  expect(await call('finance', 'levelFigures', {}, on)).toMatchObject({ purchases: 1, withoutCard: 1, departing: 0 })
})

test('AST-R01 accepted and no card within ten working days: a task until then, a flag to finance after it', async () => {
  expect(await lateCards('2026-10-26')).toEqual([])
  expect(await lateCards('2026-10-27')).toMatchObject([{ term: 'asset-card', overdue: 1, organs: 1 }])
})

test('A22-2 PRO-R16 each card enters the register of the organ it is for, which is told', async () => {
  const on = '2026-10-12'
  const serials = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => `${prefix}${at}`)
  for (const [who, prefix, count] of [
    ['clerk', 'JY', 3],
    ['other', 'GA', 2],
  ] as const)
    view = await call(
      'authorityClerk',
      'registerReceived',
      { ...stepOf(view), itemId: itemFor(view, who), serialNumbers: serials(prefix, count), place: '待核对' },
      on,
    )
  const { rows } = await inTx((tx) =>
    sql<{ organId: string; cards: number }>`select organ_id, count(*)::int as cards from assets.card
      where id = any(${view.cardIds}::uuid[]) group by 1`.execute(tx),
  )
  expect(new Map(rows.map(({ organId, cards }) => [organId, cards]))).toEqual(
    new Map([
      [actors['clerk']?.organ?.id, 3],
      [actors['other']?.organ?.id, 2],
    ]),
  )
  expect(view.deadlines.find(({ term }) => term === 'asset-card')?.fulfilledOn).toBe(on)
  expect(await call('finance', 'levelFigures', {}, on)).toMatchObject({ withoutCard: 0 })
  const [progress] = await progressOf('clerk', 'forEducation')
  expect(progress).toMatchObject({ acceptedQuantity: 3, registeredQuantity: 3 })
  expect(progress?.cards).toHaveLength(3)
  const { rows: told } = await inTx((tx) =>
    sql<{ text: string }>`select text from kernel.notification where organ_id = ${actors['other']?.organ?.id}`.execute(
      tx,
    ),
  )
  expect(told.map(({ text }) => text).join()).toContain('登记到本机关资产台账')
})

test('A34-1 the payment is taken from the lines of both organs, as much as each has been accepted for', async () => {
  const on = '2026-10-13'
  const { payment } = await call(
    'authorityClerk',
    'requestPayment',
    { ...stepOf(view), amountFen: 2_250_000, invoiceNumber: 'FP-1', invoiceOn: on },
    on,
  )
  await call('authorityHead', 'approvePayment', { paymentId: payment.id, version: 1, voucher: 'PZ-1' }, on)
  expect(await balanceOf('forEducation')).toMatchObject({ committed: 0, executed: 1_350_000 })
  expect(await balanceOf('forPolice')).toMatchObject({ committed: 0, executed: 900_000 })
})
