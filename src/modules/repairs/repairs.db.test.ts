import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Conflict, Forbidden, Missing } from '#kernel/server/errors.ts'
import {
  balanceOf,
  closeRepairsStage,
  copier,
  openRepairsStage,
  refusalsOf,
  repair,
  today,
  upkeepLine,
} from './testing/repairs-stage.ts'

/** What a repair costs, from the plan line to the invoice, and what keeping a thing costs over its life. */
beforeAll(openRepairsStage, 60_000)
afterAll(closeRepairsStage)

const quote = { repairer: '太原办公设备维修中心', replacementFen: 480_000 }
const asked = async (cardId: string) => repair('keeper', 'requestRepair', { cardId, fault: '卡纸' })
const at = ({ request }: Awaited<ReturnType<typeof asked>>) => ({ requestId: request.id, version: request.version })

describe('money of repairs', () => {
  it('A34-2 what costs money is repaired within a plan line of upkeep, or it is not repaired', async () => {
    const request = await asked(await copier())
    const offer = { ...at(request), ...quote, offerFen: 130_000 }
    const little = await upkeepLine(129_999)
    const travel = await upkeepLine(900_000, '30211')
    expect(request.lines.map(({ id }) => id)).not.toContain(travel)
    expect(await refusalsOf(repair('keeper', 'quoteRepair', offer))).toEqual(['A34-2'])
    expect(await refusalsOf(repair('keeper', 'quoteRepair', { ...offer, ledgerLineId: travel }))).toEqual([
      'not-upkeep',
    ])
    expect(await refusalsOf(repair('keeper', 'quoteRepair', { ...offer, ledgerLineId: little }))).toEqual(['A34-2'])
    const free = await repair('keeper', 'quoteRepair', { ...offer, offerFen: 0 })
    expect(free.request).toMatchObject({ state: 'approved', ledgerLineId: null, heldFen: 0 })
    // What was to cost nothing and did cost something is not paid outside the plan either.
    const finish = { ...at(free), repaired: true, finishedOn: today, actualFen: 20_000, opinion: '更换硒鼓' }
    expect(await refusalsOf(repair('keeper', 'finishRepair', finish))).toEqual(['A34-2'])
    const done = await repair('keeper', 'finishRepair', { ...finish, ledgerLineId: little })
    expect(done.request).toMatchObject({ state: 'repaired', ledgerLineId: little, heldFen: 20_000 })
    expect(await balanceOf(little)).toEqual({ committed: 20_000, executed: 0 })
    await repair('keeper', 'payRepair', { ...at(done), invoiceNumber: 'FP-26-0', paidOn: today })
  })

  it('A34-1 held at approval, what was not needed given back, paid once on the invoice', async () => {
    const line = await upkeepLine(300_000)
    const given = { ...quote, offerFen: 130_000, ledgerLineId: line }
    const quoted = await repair('keeper', 'quoteRepair', { ...at(await asked(await copier())), ...given })
    expect(await balanceOf(line)).toEqual({ committed: 130_000, executed: 0 })
    const paying = (of: typeof quoted) => ({ ...at(of), invoiceNumber: 'FP-26-1', paidOn: today })
    expect(await refusalsOf(repair('keeper', 'payRepair', paying(quoted)))).toEqual(['not-finished'])
    const done = await repair('keeper', 'finishRepair', {
      ...at(quoted),
      repaired: true,
      finishedOn: today,
      actualFen: 120_000,
    })
    expect(await balanceOf(line)).toEqual({ committed: 120_000, executed: 0 })
    expect((await repair('keeper', 'requests', { unpaid: true })).items.map(({ id }) => id)).toEqual([done.request.id])
    await expect(repair('reviewer', 'payRepair', paying(done))).rejects.toThrow(Forbidden)
    await expect(repair('other', 'payRepair', paying(done))).rejects.toThrow(Missing)
    // A double click: one pays, the other meets it.
    const both = await Promise.allSettled([
      repair('keeper', 'payRepair', paying(done)),
      repair('keeper', 'payRepair', paying(done)),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(Conflict) })
    expect(await balanceOf(line)).toEqual({ committed: 0, executed: 120_000 })
    const { request } = await repair('keeper', 'viewRequest', { requestId: done.request.id })
    expect(request).toMatchObject({ heldFen: 0, invoiceNumber: 'FP-26-1', paidOn: today })
    expect(await refusalsOf(repair('keeper', 'payRepair', { ...paying(done), ...at({ ...done, request }) }))).toEqual([
      'paid',
    ])
    expect((await repair('keeper', 'requests', { unpaid: true })).items).toEqual([])
  })

  it('A34-1 a payment that came back is taken back by the repair: held again, paid again, once', async () => {
    const line = await upkeepLine(300_000)
    const given = { ...quote, offerFen: 130_000, ledgerLineId: line }
    const quoted = await repair('keeper', 'quoteRepair', { ...at(await asked(await copier())), ...given })
    const finish = { ...at(quoted), repaired: true, finishedOn: today, actualFen: 130_000 }
    const done = await repair('keeper', 'finishRepair', finish)
    const back = (of: typeof done) => ({ ...at(of), opinion: '账号有误，银行退票' })
    expect(await refusalsOf(repair('keeper', 'reversePayment', back(done)))).toEqual(['not-paid'])
    const paid = await repair('keeper', 'payRepair', { ...at(done), invoiceNumber: 'FP-26-7', paidOn: today })
    await expect(repair('reviewer', 'reversePayment', back(paid))).rejects.toThrow(Forbidden)
    const again = await repair('keeper', 'reversePayment', back(paid))
    expect(again.request).toMatchObject({ heldFen: 130_000, paidOn: null, invoiceNumber: null })
    expect(await balanceOf(line)).toEqual({ committed: 130_000, executed: 0 })
    await repair('keeper', 'payRepair', { ...at(again), invoiceNumber: 'FP-26-7', paidOn: today })
    expect(await balanceOf(line)).toEqual({ committed: 0, executed: 130_000 })
  })

  it('A34-2 what came to more after the year of its line is paid by a line of the year, all of it', async () => {
    const old = await upkeepLine(300_000)
    const given = { ...quote, offerFen: 130_000, ledgerLineId: old }
    const quoted = await repair('keeper', 'quoteRepair', { ...at(await asked(await copier())), ...given })
    const later = '2027-01-08'
    const dear = { ...at(quoted), repaired: true, finishedOn: later, actualFen: 140_000, opinion: '增换定影组件' }
    expect(await refusalsOf(repair('keeper', 'finishRepair', dear, later))).toEqual(['other-budget-year'])
    expect(await refusalsOf(repair('keeper', 'finishRepair', { ...dear, ledgerLineId: old }, later))).toEqual([
      'other-budget-year',
    ])
    const fresh = await upkeepLine(200_000, undefined, later)
    const seen = await repair('keeper', 'viewRequest', { requestId: quoted.request.id }, later)
    expect([seen.line?.yearIsOver, seen.lines.map(({ id }) => id)]).toEqual([true, [fresh]])
    const done = await repair('keeper', 'finishRepair', { ...dear, ledgerLineId: fresh }, later)
    expect(done.request).toMatchObject({ ledgerLineId: fresh, heldFen: 140_000 })
    expect([await balanceOf(old), await balanceOf(fresh)]).toEqual([
      { committed: 0, executed: 0 },
      { committed: 140_000, executed: 0 },
    ])
    await repair('keeper', 'payRepair', { ...at(done), invoiceNumber: 'FP-27-1', paidOn: later }, later)
  })

  it('A34-2 a heavy repair is held when the head approves; one that came to more is held anew, never beyond the plan', async () => {
    const line = await upkeepLine(210_000)
    const given = { ...quote, offerFen: 200_000, ledgerLineId: line }
    const heavy = await repair('keeper', 'quoteRepair', { ...at(await asked(await copier())), ...given })
    expect(await balanceOf(line)).toEqual({ committed: 0, executed: 0 })
    const approved = await repair('head', 'approveRepair', { ...at(heavy), approved: true })
    expect(await balanceOf(line)).toEqual({ committed: 200_000, executed: 0 })
    const finish = { ...at(approved), repaired: true, finishedOn: today, opinion: '增换定影组件' }
    expect(await refusalsOf(repair('keeper', 'finishRepair', { ...finish, actualFen: 210_001 }))).toEqual(['PLAN-R11'])
    expect(await balanceOf(line)).toEqual({ committed: 200_000, executed: 0 })
    await repair('keeper', 'finishRepair', { ...finish, actualFen: 210_000 })
    expect(await balanceOf(line)).toEqual({ committed: 210_000, executed: 0 })
  })

  it('what could not be repaired gives back all that was held', async () => {
    const line = await upkeepLine(150_000)
    const given = { ...quote, offerFen: 130_000, ledgerLineId: line }
    const quoted = await repair('keeper', 'quoteRepair', { ...at(await asked(await copier())), ...given })
    const failed = { ...at(quoted), repaired: false, finishedOn: today, actualFen: 0, opinion: '配件停产' }
    expect((await repair('keeper', 'finishRepair', failed)).request).toMatchObject({ state: 'refused', heldFen: 0 })
    expect(await balanceOf(line)).toEqual({ committed: 0, executed: 0 })
  })
})

describe('a bill that does not come', () => {
  it('A34-1 the repair alone gives back what it holds, once it is finished, and owes nothing after', async () => {
    const line = await upkeepLine(300_000)
    const given = { ...quote, offerFen: 130_000, ledgerLineId: line }
    const quoted = await repair('keeper', 'quoteRepair', { ...at(await asked(await copier())), ...given })
    const forgo = (of: typeof quoted) => ({ ...at(of), opinion: '保修期内免费维修' })
    expect(await refusalsOf(repair('keeper', 'forgoPayment', forgo(quoted)))).toEqual(['not-finished'])
    const finish = { ...at(quoted), repaired: true, finishedOn: today, actualFen: 120_000 }
    const done = await repair('keeper', 'finishRepair', finish)
    await expect(repair('reviewer', 'forgoPayment', forgo(done))).rejects.toThrow(Forbidden)
    const forgone = await repair('keeper', 'forgoPayment', forgo(done))
    expect([forgone.request.heldFen, await balanceOf(line)]).toEqual([0, { committed: 0, executed: 0 }])
    expect(await refusalsOf(repair('keeper', 'forgoPayment', forgo(forgone)))).toEqual(['nothing-owed'])
  })
})

describe('cost over a life', () => {
  it('A12-2 A12-4 the card tells what keeping it has cost, to those who may see the card', async () => {
    const cardId = await copier({ costFen: 500_000 })
    const line = await upkeepLine(900_000)
    for (const actualFen of [100_000, 50_000]) {
      const given = { ...quote, offerFen: actualFen, ledgerLineId: line }
      const quoted = await repair('keeper', 'quoteRepair', { ...at(await asked(cardId)), ...given })
      await repair('keeper', 'finishRepair', { ...at(quoted), repaired: true, finishedOn: today, actualFen })
    }
    for (const who of ['keeper', 'finance'])
      expect(await repair(who, 'cardUpkeep', { cardId })).toMatchObject({
        costFen: 500_000,
        repairs: 2,
        upkeepFen: 150_000,
        totalFen: 650_000,
        percentOfCost: 30,
        requests: [{ actualFen: 50_000 }, { actualFen: 100_000 }],
      })
    for (const who of ['other', 'staff', 'county', 'province'])
      await expect(repair(who, 'cardUpkeep', { cardId }), who).rejects.toThrow(Missing)
  })
})
