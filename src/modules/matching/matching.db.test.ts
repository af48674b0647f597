import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  actors,
  call as warehouse,
  closeWarehouseStage,
  desktops,
  inActOf,
  onShelf,
  openWarehouseStage,
  refusalsOf,
} from '#modules/warehouse/testing/warehouse-stage.ts'
import { stockOnOffer } from '#modules/warehouse/offers.ts'
import { handIn, matching, openCycle, pendingOf, plans, proposed, reckon } from './testing/matching-stage.ts'

let directory: string
let cycleId: string
let asked: Awaited<ReturnType<typeof handIn>>
let shelf: Awaited<ReturnType<typeof onShelf>>
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-matching-'))
  await openWarehouseStage(directory)
  shelf = await onShelf(12, 0, { acquiredOn: '2025-03-08', bookedOn: '2025-03-12' })
  cycleId = (await openCycle()).id
  asked = await handIn('borrower', [{ quantity: 20 }])
}, 60_000)
afterAll(async () => {
  await closeWarehouseStage()
  await rm(directory, { recursive: true, force: true })
})

const offered = () =>
  inActOf('planner', (act) => stockOnOffer(act, { itemIds: ['item.desktop'], jurisdictionCodes: ['140100'] }))
const reviewOf = async () => (await plans('planner', 'viewReview', { demandId: asked.demand.id })).lines[0]

test('ROLE-R01, A6-1 the level’s reviewer proposes; others of the level read or know nothing, other levels nothing', async () => {
  for (const who of ['finance', 'leader', 'warehouse']) {
    expect((await matching(who, 'viewCycle', { cycleId })).may.propose).not.toBe(null)
    expect(await refusalsOf(matching(who, 'propose', { cycleId }))).not.toEqual([])
  }
  for (const who of ['borrower', 'keeper', 'staff', 'province', 'county'])
    await expect(matching(who, 'viewCycle', { cycleId }), who).rejects.toThrow('年度周期')
})

test('A23-2 the proposal of a cycle: what is there, what it saves, how far from the best, and why', async () => {
  // Of the others things are told, old ones are left out.
  await desktops('third', 3, { acquiredOn: '2020-12-08', bookedOn: '2020-12-12' })
  const { proposal, lines, view } = await proposed(cycleId)
  expect(lines).toHaveLength(1)
  const [line] = lines
  expect(line).toMatchObject({ asked: 20, matched: 12, fromWarehouse: 12, state: 'proposed', itemName: '台式计算机' })
  expect(proposal).toMatchObject({ lines: 1, stockPieces: 15, savedFen: line?.savedFen, boundFen: line?.savedFen })
  expect(view.totals).toMatchObject({ openLines: 1, openFen: line?.savedFen, acceptedFen: 0 })
  expect(line?.savedFen).toBe(12 * 480_000)
  const { findings, allotments, may } = await matching('finance', 'viewLine', { lineId: line?.id ?? '' })
  expect(allotments.map(({ cardId }) => cardId).toSorted()).toEqual(shelf.map(({ cardId }) => cardId).toSorted())
  expect(findings.map(({ rule, outcome }) => [rule, outcome])).toEqual([
    ['GWC-R11', 'ok'],
    ['GWC-R01', 'warn'],
    ['GWC-R01', 'ok'],
  ])
  expect(findings[2]?.message).toContain('剩余使用期不足12个月')
  expect(may.accept).not.toBe(null)
  // Asked again, it says the same.
  const again = await proposed(cycleId)
  expect(again.lines.map(({ matched, savedFen }) => [matched, savedFen])).toEqual([[12, 12 * 480_000]])
  expect((await matching('planner', 'lines', { proposalId: proposal.id })).items).toEqual([])
  // PLAN-R06: what is left to buy says why nothing that is there meets it; of a former proposal nothing is left.
  const { items: unmet } = await matching('finance', 'unmet', { proposalId: again.proposal.id })
  expect(unmet).toMatchObject([{ needed: 20, missing: 8, reasons: [{ reason: 'life', pieces: 3 }] }])
  expect((await matching('planner', 'unmet', { proposalId: proposal.id })).items).toEqual([])
  await expect(matching('county', 'unmet', { proposalId: again.proposal.id })).rejects.toThrow('调剂建议')
})

test('GWC-R12 what somebody reserves meanwhile is refused by name, and nothing is decided', async () => {
  const { lines } = await proposed(cycleId)
  const [line] = lines
  const taken = shelf[0]?.itemId ?? ''
  const { item } = await warehouse('third', 'viewItem', { itemId: taken })
  await warehouse('third', 'reserveItem', { itemId: taken, version: item.version, reason: '会议使用' })
  const accepting = () => matching('planner', 'acceptLine', { lineId: line?.id ?? '', version: 1 })
  expect(await refusalsOf(accepting())).toContain('GWC-R12')
  expect((await reviewOf())?.decision).toBe(null)
  expect(await offered()).toHaveLength(11)
  await warehouse('third', 'releaseItem', { itemId: taken })
})

test('PLAN-R06, opinion O3: a demand for 20 is answered by 12 from the warehouse and 8 new, once', async () => {
  const { lines } = await proposed(cycleId)
  const lineId = lines[0]?.id ?? ''
  const accept = () => matching('planner', 'acceptLine', { lineId, version: 1 })
  // A double click: one is the answer, the other meets it.
  const both = await Promise.allSettled([accept(), accept()])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const review = await reviewOf()
  expect(review?.decision).toMatchObject({ opinion: 'O2', quantity: 8, amountFen: 8 * 480_000, matchedQuantity: 12 })
  expect(review?.decision?.reason).toContain('调剂解决12台（公物仓12台），其余8台购置')
  expect(await offered()).toEqual([])
  const { line, allotments } = await matching('planner', 'viewLine', { lineId })
  expect(line).toMatchObject({ state: 'accepted', acceptedPieces: 12, acceptedFen: 12 * 480_000 })
  expect(allotments.every(({ accepted }) => accepted)).toBe(true)
  const { request } = await warehouse('finance', 'viewRequest', { requestId: line.requestId ?? '' })
  expect(request).toMatchObject({ kind: 'allotment', state: 'consenting', items: 12 })
  // GWC-R13: counted once, whoever asks and however often it is reckoned anew.
  const { view, lines: taken } = await proposed(cycleId)
  expect(taken.map(({ state }) => state)).toEqual(['accepted'])
  expect(view.totals).toMatchObject({ acceptedLines: 1, acceptedPieces: 12, acceptedFen: 12 * 480_000 })
  // The review cannot take away what the warehouse holds for it.
  const { demand } = await plans('planner', 'viewReview', { demandId: asked.demand.id })
  const decision = {
    lineId: asked.lines[0]?.id ?? '',
    opinion: 'O5' as const,
    quantity: 0,
    amountFen: 0,
    reason: '暂不需要',
  }
  expect(await refusalsOf(plans('planner', 'decideLine', decision))).toEqual(['line-matched'])
  expect(
    await refusalsOf(plans('planner', 'undoDecisions', { demandId: demand.id, lineIds: [decision.lineId] })),
  ).toEqual(['line-matched'])
  expect(
    await refusalsOf(
      plans('planner', 'returnDemand', { demandId: demand.id, version: demand.version, opinion: '补正' }),
    ),
  ).toEqual(['line-matched'])
})

test('taken back before the receiver signs: things are on offer again, the line waits for the review', async () => {
  const { view, lines } = await proposed(cycleId)
  expect(view.totals.acceptedLines).toBe(1)
  const lineId = lines[0]?.id ?? ''
  expect(await refusalsOf(matching('planner', 'withdrawLine', { lineId, version: 2, reason: '' }))).toEqual(['reason'])
  const { line } = await matching('planner', 'withdrawLine', { lineId, version: 2, reason: '机关另有安排' })
  expect(line.state).toBe('withdrawn')
  expect((await reviewOf())?.decision).toBe(null)
  expect(await offered()).toHaveLength(12)
})

test('a part is taken and the rest refused with a reason; idle things of other organs come in, their keeper is told', async () => {
  await desktops('keeper', 2, { acquiredOn: '2025-06-08', bookedOn: '2025-06-12' })
  const { lines } = await proposed(cycleId)
  const line = lines[0]
  expect(line).toMatchObject({ matched: 14, fromWarehouse: 12 })
  const lineId = line?.id ?? ''
  expect(await refusalsOf(matching('planner', 'refuseLine', { lineId, version: 1, reason: '不' }))).toEqual([
    'PLAN-R06',
  ])
  const refused = await matching('planner', 'refuseLine', { lineId, version: 1, reason: '机型不能满足业务系统要求' })
  expect(refused.line).toMatchObject({ state: 'refused', acceptedPieces: 0 })
  // Reckoned anew, the same things stay refused; with something else among them the line is open again.
  const anew = await proposed(cycleId)
  expect(anew.lines).toMatchObject([{ state: 'refused', reason: '机型不能满足业务系统要求' }])
  expect(anew.view.totals).toMatchObject({ openLines: 0, refusedLines: 1 })
  await desktops('borrower', 1, { acquiredOn: '2025-06-08', bookedOn: '2025-06-12' })
  const more = await proposed(cycleId)
  expect(more.lines).toMatchObject([{ state: 'proposed', matched: 15 }])
  // Thought better of it: five from the warehouse and the two idle ones of the first.
  const openId = more.lines[0]?.id ?? ''
  const { allotments } = await matching('planner', 'viewLine', { lineId: openId })
  const some = [
    ...allotments.filter(({ source }) => source === 'warehouse').slice(0, 5),
    ...allotments.filter(({ source, organId }) => source === 'idle' && organId === actors['keeper']?.organ?.id),
  ].map(({ allotmentId }) => allotmentId)
  const accepted = await matching('planner', 'acceptLine', {
    lineId: openId,
    version: 1,
    allotmentIds: some,
    reason: '',
  })
  expect(accepted.line).toMatchObject({ state: 'accepted', acceptedPieces: 7, acceptedFen: 5 * 480_000 + 2 * 475_000 })
  expect((await reviewOf())?.decision).toMatchObject({ opinion: 'O2', quantity: 13, matchedQuantity: 7 })
  const idle = accepted.allotments.find((one) => one.source === 'idle' && one.accepted)
  expect(idle?.organId).toBe(actors['keeper']?.organ?.id)
})

test('a second look while one is being reckoned is the same; a job that comes twice writes once', async () => {
  const first = await matching('planner', 'propose', { cycleId })
  expect((await matching('planner', 'propose', { cycleId })).jobId).toBe(first.jobId)
  const pending = await pendingOf(cycleId)
  const done = await Promise.all([reckon(pending), reckon(pending)])
  expect(done.filter((result) => result !== null)).toHaveLength(1)
  expect(await reckon(pending)).toBe(null)
  expect((await matching('planner', 'viewCycle', { cycleId })).jobId).toBe(null)
})
