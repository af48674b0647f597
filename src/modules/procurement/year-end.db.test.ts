import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Conflict, Missing } from '#kernel/server/errors.ts'
import { actions as ledgerActions } from '#modules/ledger/actions.ts'
import { checks } from './checks.ts'
import {
  accepted,
  approved,
  awarded,
  balanceOf,
  call,
  closeProcurementStage,
  desktops,
  inActOf,
  inTx,
  lines,
  openPlan,
  openProcurementStage,
  refusalsOf,
  stepOf,
  terms,
  today,
  type View,
} from './testing/procurement-stage.ts'

beforeAll(openProcurementStage, 60_000)
afterAll(closeProcurementStage)

const chairs = (line: string, quantity = 20) => ({
  ...desktops(),
  title: '办公椅采购',
  items: [
    {
      ledgerLineId: lines[line] as string,
      name: '办公椅',
      unit: '把',
      quantity,
      unitPriceFen: 80_000,
      standardCode: 'item.chair',
    },
  ],
})
const viewOf = (view: View, on: string) => call('clerk', 'viewPurchase', { purchaseId: view.purchase.id }, on)

describe('over the end of the year', () => {
  const later = '2027-01-12'
  let view: View

  test('A34-2 PRO-R01 a plan buys nothing new once its year is over, and not before it has begun', async () => {
    await openPlan('clerk', { chairs2027: ['办公椅', 'N09', '把', 25, 2_000_000] }, {}, 2027)
    const prepared = await call('clerk', 'draftPurchase', chairs('chairs2027', 1))
    expect(await refusalsOf(call('clerk', 'submitPurchase', stepOf(prepared)))).toEqual(['PLAN-YEAR'])
    const begun = await call('clerk', 'draftPurchase', chairs('chairs', 1))
    expect(await refusalsOf(call('clerk', 'draftPurchase', chairs('chairs', 1), later))).toEqual(['PRO-R01'])
    expect(await refusalsOf(call('clerk', 'submitPurchase', stepOf(begun), later))).toEqual(['PRO-R01'])
    expect(await balanceOf('chairs')).toEqual({ committed: 0, executed: 0, pieces: 0 })
    const offered = await call('clerk', 'plannedItems', {}, later)
    expect(offered.items.map(({ year }) => year)).toEqual([2027])
  })

  test('PRO-R11 what was contracted in the year goes on; more of it is paid by a line of the year it is ordered in', async () => {
    view = await awarded(await approved(chairs('chairs')), 1_600_000)
    view = await call('clerk', 'signContract', terms(view, 80_000))
    const more = (ledgerLineId?: string) => ({
      ...stepOf(view),
      number: 'BC-2027-1',
      signedOn: later,
      reason: '新增编制人员到岗',
      items: [{ itemId: view.items[0]?.id as string, quantity: 2, ...(ledgerLineId ? { ledgerLineId } : {}) }],
    })
    expect(await refusalsOf(call('clerk', 'supplementContract', more(), later))).toEqual(['other-budget-year'])
    for (const unfit of ['desktops', 'chairs'])
      expect(await refusalsOf(call('clerk', 'supplementContract', more(lines[unfit]), later))).toEqual([
        'not-fitting-line',
      ])
    const supplemented = await call('clerk', 'supplementContract', more(lines['chairs2027']), later)
    expect(supplemented.items.map(({ lineYear, contractQuantity }) => [lineYear, contractQuantity])).toEqual([
      [2026, 20],
      [2027, 2],
    ])
    expect(await balanceOf('chairs')).toEqual({ committed: 1_600_000, executed: 0, pieces: 20 })
    expect(await balanceOf('chairs2027')).toEqual({ committed: 160_000, executed: 0, pieces: 2 })
    view = supplemented
    const [old, added] = view.items
    const drafted = await call(
      'clerk',
      'draftAcceptance',
      {
        ...stepOf(view),
        deliveredOn: later,
        conclusion: '验收合格。',
        items: [
          { itemId: old?.id as string, delivered: 20, accepted: 20 },
          { itemId: added?.id as string, delivered: 2, accepted: 2 },
        ],
      },
      later,
    )
    view = await call('head', 'signAcceptance', stepOf(drafted), later)
    const paying = { ...stepOf(view), amountFen: 1_760_000, invoiceNumber: 'FP-27', invoiceOn: later }
    const { payment } = await call('clerk', 'requestPayment', paying, later)
    const step = { paymentId: payment.id, version: payment.version }
    await call('head', 'approvePayment', step, later)
    expect(await balanceOf('chairs')).toEqual({ committed: 0, executed: 1_600_000, pieces: 20 })
    expect(await balanceOf('chairs2027')).toEqual({ committed: 0, executed: 160_000, pieces: 2 })
    for (const { check } of checks) expect((await inTx(check)).faults).toEqual([])
  })
})

describe('a payment that came back', () => {
  test('A34-1 is taken back by its purchase alone, also after its end, and paid anew on the same invoice', async () => {
    let view = await awarded(await approved(desktops()), 9_000_000)
    view = await call('clerk', 'signContract', terms(view, 450_000))
    view = await accepted(view, 20)
    const paying = { amountFen: 9_000_000, invoiceNumber: 'FP-9', invoiceOn: today }
    const { payment } = await call('clerk', 'requestPayment', { ...stepOf(view), ...paying })
    const asked = { paymentId: payment.id, version: payment.version }
    expect(await refusalsOf(call('head', 'reversePayment', { ...asked, opinion: '退票' }))).toEqual(['state'])
    const { payment: paid } = await call('head', 'approvePayment', asked)
    const back = { paymentId: paid.id, version: paid.version, opinion: '账号有误，银行退票' }
    view = await viewOf(view, today)
    const serialNumbers = Array.from({ length: 20 }, (_, at) => `TH-${at}`)
    const make = { ...stepOf(view), itemId: view.items[0]?.id as string, serialNumbers }
    view = await call('clerk', 'registerReceived', make)
    view = await call('clerk', 'closePurchase', stepOf(view))
    // By hand on the ledger the way is shown, and nothing is changed.
    const entry = await inActOf('clerk', (act) =>
      ledgerActions.entries({
        ...act,
        input: { lineId: lines['desktops'] as string, limit: 100, after: undefined },
      } as never),
    )
    const execution = (entry as { items: { id: number; kind: string; owner: unknown }[] }).items.find(
      ({ kind }) => kind === 'execute',
    )
    expect(execution?.owner).toMatchObject({ link: `/procurement/purchases/${view.purchase.id}` })
    await expect(
      inActOf('clerk', (act) =>
        ledgerActions.reverse({ ...act, input: { entryId: execution?.id, note: '退票', occurredOn: today } } as never),
      ),
    ).rejects.toThrow(Conflict)
    expect(await refusalsOf(call('clerk', 'reversePayment', back))).toContain('role')
    await expect(call('otherHead', 'reversePayment', back)).rejects.toThrow(Missing)
    const both = await Promise.allSettled([call('head', 'reversePayment', back), call('head', 'reversePayment', back)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await balanceOf('desktops')).toEqual({ committed: 9_000_000, executed: 0, pieces: 20 })
    view = await viewOf(view, today)
    expect(view.payments).toMatchObject([{ state: 'reversed', reversedReason: '账号有误，银行退票' }])
    expect(view.deadlines.find(({ term }) => term === 'supplier-payment')?.fulfilledOn).toBeNull()
    const again = await call('clerk', 'requestPayment', { ...stepOf(view), ...paying })
    await call('head', 'approvePayment', { paymentId: again.payment.id, version: again.payment.version })
    view = await viewOf(view, today)
    expect([view.money.paidFen, view.may.pay?.map(({ code }) => code)]).toEqual([9_000_000, ['PRO-R14']])
    expect(view.deadlines.filter(({ term }) => term === 'supplier-payment').map((one) => one.fulfilledOn)).toEqual([
      today,
      today,
    ])
    expect(await balanceOf('desktops')).toEqual({ committed: 0, executed: 9_000_000, pieces: 20 })
  })
})
