import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Forbidden, Missing } from '#kernel/server/errors.ts'
import { tellOfOverdue } from './jobs.ts'
import {
  actors,
  approved,
  call,
  cardOf,
  closeDisposalStage,
  copier,
  inActOf,
  openDisposalStage,
  paper,
  refusalsOf,
  repair,
  stepOf,
  today,
  toldOf,
  upkeepLine,
} from './testing/disposal-stage.ts'

beforeAll(openDisposalStage)
afterAll(closeDisposalStage)

const desk = (given = {}) =>
  copier({
    classCode: 'A05010201',
    name: '办公桌',
    model: '1.4米',
    costFen: 180_000,
    acquiredOn: '2008-03-01',
    bookedOn: '2008-03-01',
    ...given,
  })

describe('A12-5 proceeds go to the treasury net of their cost', () => {
  it('AST-T10, AST-R14: due ten working days after receipt; late is flagged and finance told once', async () => {
    const on = '2026-09-28'
    const view = await approved([await desk()], {}, on)
    const sold = await call('keeper', 'carryOut', { ...stepOf(view), carriedOutOn: on, proceedsExpected: true }, on)
    expect(sold.application.state).toBe('proceeds')
    expect(sold.may.pay?.map(({ code }) => code)).toEqual(['no-proceeds'])
    const sums = { receivedOn: on, grossFen: 52_000, taxesFen: 1_000, appraisalFen: 2_000, tradeFen: 500, otherFen: 0 }
    expect(
      await refusalsOf(call('keeper', 'recordProceeds', { ...stepOf(sold), ...sums, taxesFen: 60_000 }, on)),
    ).toEqual(['costs-above-gross'])
    const recorded = await call('keeper', 'recordProceeds', { ...stepOf(sold), ...sums }, on)
    expect(recorded.proceeds).toMatchObject({ netFen: 48_500, dueOn: '2026-10-16', late: false })
    expect(recorded.proceeds?.revenueCode).toContain('103070602')
    const link = `/disposal/applications/${sold.application.id}`
    expect(await toldOf('finance', link)).toHaveLength(1)

    const night = (day: string) => tellOfOverdue({ transact: (work) => inActOf(null, work, day) })
    expect(await night('2026-10-16')).toEqual({ told: 0 })
    expect(await night('2026-10-17')).toEqual({ told: 1 })
    expect(await night('2026-10-18')).toEqual({ told: 0 })
    expect((await call('finance', 'applications', { late: true }, '2026-10-17')).items).toHaveLength(1)
    expect((await call('finance', 'applications', { late: true }, '2026-10-16')).items).toHaveLength(0)

    const paying = { ...stepOf(recorded), voucherNumber: '缴2026-10-0087' }
    await expect(call('finance', 'payProceeds', { ...paying, paidOn: '2026-10-19' }, '2026-10-19')).rejects.toThrow(
      Forbidden,
    )
    const paid = await call('keeper', 'payProceeds', { ...paying, paidOn: '2026-10-19' }, '2026-10-19')
    expect(paid).toMatchObject({ application: { state: 'closed', paidOn: '2026-10-19' }, proceeds: { late: true } })
    expect((await toldOf('finance', link)).at(-1)).toContain('逾期上缴')
  })

  it('what costs ate up closes at once; a corrected receipt counts anew', async () => {
    const view = await approved([await desk()])
    const sold = await call('keeper', 'carryOut', { ...stepOf(view), carriedOutOn: today, proceedsExpected: true })
    const first = await call('keeper', 'recordProceeds', { ...stepOf(sold), receivedOn: today, grossFen: 100 })
    expect(first.application.state).toBe('proceeds')
    const corrected = await call('keeper', 'recordProceeds', {
      ...stepOf(first),
      receivedOn: today,
      grossFen: 10_000,
      otherFen: 10_000,
    })
    expect(corrected).toMatchObject({ application: { state: 'closed' }, proceeds: { netFen: 0, late: false } })
  })
})

describe('D1 free transfer', () => {
  it('AST-R20 both sign; the cards move on one day at book value, into the receiver’s care', async () => {
    const cardId = await desk()
    const before = (await cardOf(cardId)).card
    const receiverOrganId = actors['other']?.organ?.id as string
    const view = await approved([cardId], {
      form: 'D1',
      receiverOrganId,
      items: [{ cardId, condition: 'usable' }],
      papers: [paper('decision'), paper('receiver-consent', '并公函〔2026〕4号')],
    })
    expect(view.application).toMatchObject({ state: 'approved', receiverName: actors['other']?.organ?.name })
    const handing = { carriedOutOn: today, transferDocument: 'JJD-2026-8' }
    expect(await refusalsOf(call('keeper', 'carryOut', { ...stepOf(view), ...handing }))).toContain('AST-R20')
    const seen = await call('other', 'viewApplication', { applicationId: view.application.id })
    expect(seen.may.receive).toBeNull()
    await expect(call('keeper', 'receiveTransfer', { ...stepOf(view), accepted: true })).rejects.toThrow(Forbidden)
    const signed = await call('other', 'receiveTransfer', { ...stepOf(seen), accepted: true })
    expect(signed.application).toMatchObject({ receivedOn: today, receivedBy: actors['other']?.name })
    const done = await call('keeper', 'carryOut', { ...stepOf(signed), ...handing })
    expect(done.application.state).toBe('closed')
    await expect(cardOf(cardId)).rejects.toThrow(Missing)
    const { card } = await cardOf(cardId, 'other')
    expect(card).toMatchObject({
      costFen: before.costFen,
      accumulatedFen: before.accumulatedFen,
      acquiredBy: 'transfer',
      custodianName: actors['other']?.name,
    })
  })

  it('across levels it takes the consents of the receiver’s level, and never the smallest path; declined, it is given up', async () => {
    const cardId = await desk()
    const receiverOrganId = actors['county']?.organ?.id as string
    const papers = [paper('decision'), paper('receiver-consent')]
    const given = { form: 'D1' as const, receiverOrganId, papers, items: [{ cardId, condition: 'usable' as const }] }
    expect(await refusalsOf(approved([cardId], given))).toEqual(['D1-papers'])
    const view = await approved([cardId], { ...given, papers: [...papers, paper('receiver-level')] })
    expect(view.application.tier).toBe('T2')
    const seen = await call('county', 'viewApplication', { applicationId: view.application.id })
    await call('county', 'receiveTransfer', { ...stepOf(seen), accepted: false, opinion: '与需要不符' })
    const told = await call('keeper', 'viewApplication', { applicationId: view.application.id })
    await call('keeper', 'abandonApplication', { ...stepOf(told), opinion: '接收机关拒收' })
    expect((await cardOf(cardId)).card.state).toBe('in-use')
  })
})

describe('repair before disposal (A12-4)', () => {
  const quote = { repairer: '太原办公设备维修中心', replacementFen: 480_000 }
  const asked = async (cardId: string) => repair('keeper', 'requestRepair', { cardId, fault: '卡纸、硒鼓仓断裂' })
  const at = ({ request }: Awaited<ReturnType<typeof asked>>) => ({ requestId: request.id, version: request.version })

  it('GWC-T04: 1,300 of 4,800 is repaired and used again', async () => {
    const cardId = await copier()
    const request = await asked(cardId)
    expect(await cardOf(cardId)).toMatchObject({ card: { state: 'repair' }, engagement: { procedure: 'repair' } })
    expect(await refusalsOf(asked(cardId))).toEqual(['card-engaged'])
    const ledgerLineId = await upkeepLine(500_000)
    const quoted = await repair('keeper', 'quoteRepair', { ...at(request), ...quote, offerFen: 130_000, ledgerLineId })
    expect(quoted.request).toMatchObject({ state: 'approved', grade: 'B' })
    const result = { ...at(quoted), repaired: true, finishedOn: today, actualFen: 140_000 }
    expect(await refusalsOf(repair('keeper', 'finishRepair', result))).toEqual(['above-offer'])
    const done = await repair('keeper', 'finishRepair', { ...result, opinion: '增换定影膜一件' })
    expect(done.request).toMatchObject({ state: 'repaired', actualFen: 140_000 })
    expect(await cardOf(cardId)).toMatchObject({ card: { state: 'in-use' }, engagement: null })
  })

  it('GWC-R09, GWC-T04: 2,900 of 4,800 is refused and goes on to disposal', async () => {
    const cardId = await copier()
    const request = await asked(cardId)
    const refused = await repair('keeper', 'quoteRepair', { ...at(request), ...quote, offerFen: 290_000 })
    expect(refused.request).toMatchObject({ state: 'refused', grade: 'D' })
    expect(refused.disposalLink).toBe(`/disposal/applications/new?form=scrap&cards=${cardId}`)
    expect(await cardOf(cardId)).toMatchObject({ card: { state: 'repair' }, engagement: null })
    await expect(repair('other', 'viewRequest', { requestId: request.request.id })).rejects.toThrow(Missing)
  })

  it('a heavy repair is the head’s to approve, not the keeper’s', async () => {
    const cardId = await copier()
    const ledgerLineId = await upkeepLine(500_000)
    const offer = { ...quote, offerFen: 200_000, ledgerLineId }
    const heavy = await repair('keeper', 'quoteRepair', { ...at(await asked(cardId)), ...offer })
    expect(heavy.request).toMatchObject({ state: 'quoted', grade: 'C' })
    const answer = { ...at(heavy), approved: true }
    await expect(repair('keeper', 'approveRepair', answer)).rejects.toThrow(Forbidden)
    const approvedRepair = await repair('head', 'approveRepair', answer)
    expect(approvedRepair.request.state).toBe('approved')
    const given = { ...at(approvedRepair), repaired: false, finishedOn: today, actualFen: 0, opinion: '配件停产' }
    expect((await repair('keeper', 'finishRepair', given)).request.state).toBe('refused')
    const again = await asked(cardId)
    expect((await repair('keeper', 'withdrawRepair', at(again))).request.state).toBe('withdrawn')
    expect((await cardOf(cardId)).card.state).toBe('repair')
    await expect(repair('reviewer', 'requestRepair', { cardId, fault: '无' })).rejects.toThrow(Forbidden)
  })
})

describe('A12-1 finance supervises the assets of its level', () => {
  it('reads what was disposed of, with what proceeds, and what is late; organs and other levels do not', async () => {
    const figures = await call('finance', 'levelFigures', {})
    expect(figures).toMatchObject({ year: 2026, waiting: 0 })
    // The desk of the first test was sold in September and paid for late.
    const late = await call('finance', 'applications', { late: true })
    expect(figures.late).toBe(late.items.length)
    const closed = await call('finance', 'applications', { state: 'closed' })
    expect(figures.done).toBe(closed.items.length)
    expect(figures.proceedsFen).toBeGreaterThanOrEqual(figures.paidFen)
    expect(await call('countyReviewer', 'levelFigures', {})).toMatchObject({ done: 0, late: 0, proceedsFen: 0 })
    for (const who of ['keeper', 'head', 'staff'])
      await expect(call(who, 'levelFigures', {}), who).rejects.toThrow(Forbidden)
  })
})
