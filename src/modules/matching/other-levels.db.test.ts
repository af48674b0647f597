import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Missing } from '#kernel/server/errors.ts'
import {
  call as warehouse,
  closeWarehouseStage,
  desktops,
  noticesTo,
  onShelf,
  openWarehouseStage,
  refusalsOf,
} from '#modules/warehouse/testing/warehouse-stage.ts'
import './module.ts'
import { handIn, matching, openCycle, plans, proposed } from './testing/matching-stage.ts'

const who = 'countyPlanner'
/** What a piece of the first line and of the second would cost. */
const [dearer, price] = [490_000, 480_000]
/** The move from the city to the county: one level at 100元. */
const move = 10_000
let directory: string
let cycleId: string
let demandId: string
let shelf: Awaited<ReturnType<typeof onShelf>>
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-other-levels-'))
  await openWarehouseStage(directory)
  // All that there is: ten in the city's warehouse, one idle at the county's education bureau.
  shelf = await onShelf(10, 0, { acquiredOn: '2025-03-08', bookedOn: '2025-03-12' })
  await desktops('countyClerk', 1, { acquiredOn: '2025-06-08', bookedOn: '2025-06-12' })
  cycleId = (await openCycle(2027, who)).id
  demandId = (await handIn('countyClerk', [{ quantity: 5, unitPriceFen: dearer }, { quantity: 2 }])).demand.id
}, 60_000)
afterAll(async () => {
  await closeWarehouseStage()
  await rm(directory, { recursive: true, force: true })
})

const freeInCity = async () => (await warehouse('third', 'items', { free: true })).items.map(({ id }) => id)
const decisionOf = async (lineNo: number) =>
  (await plans(who, 'viewReview', { demandId })).lines[lineNo - 1]?.decision ?? null
async function proposedFor(lineNo: number) {
  const { lines } = await proposed(cycleId, who)
  const line = lines.find((one) => one.lineNo === lineNo && one.state === 'proposed')
  return matching(who, 'viewLine', { lineId: line?.id ?? '' })
}
const accept = (lineId: string, allotmentIds?: string[]) =>
  matching(who, 'acceptLine', { lineId, version: 1, ...(allotmentIds ? { allotmentIds } : {}) })
/** The request to the city that taking up a line began. */
async function askedBy({ allotments }: Awaited<ReturnType<typeof accept>>) {
  const levelRequestId = allotments.find(({ source }) => source === 'level')?.levelRequestId ?? ''
  return (await warehouse('warehouse', 'viewLevelRequest', { levelRequestId })).levelRequest
}

test('A23-2, A6-1 another level’s things stand after everything of the own, at the cost of the way, and only as its catalogue shows them', async () => {
  const { line, allotments, findings } = await proposedFor(1)
  expect(line).toMatchObject({ needed: 5, matched: 5, fromWarehouse: 0, fromLevels: 4 })
  expect(line.savedFen).toBe(dearer + 4 * (dearer - move))
  expect(allotments.map(({ source }) => source)).toEqual(['idle', 'level', 'level', 'level', 'level'])
  expect(allotments[1]).toMatchObject({
    cardId: null,
    organId: null,
    organName: '太原市公物仓',
    grade: 'A',
    transportFen: move,
    level: { jurisdictionCode: '140100', relation: 'above', levelsApart: 1 },
    levelRequestId: null,
  })
  const known = shelf.map(({ itemId }) => itemId)
  expect(allotments.slice(1).every(({ id }) => known.includes(id))).toBe(true)
  expect(findings.map(({ rule }) => rule)).toEqual(['GWC-R11', 'GWC-R01', 'A6-1'])
  expect(findings[2]?.message).toContain('太原市公物仓（上级')
  expect(findings[2]?.message).toContain('须经其机关事务管理部门和财政部门同意')
  expect(findings[2]?.parameters.map(({ code }) => code)).toContain('plan.match-transport-level')
  // The city knows nothing of what the county thinks of asking for.
  for (const other of ['planner', 'warehouse', 'finance', 'province'])
    await expect(matching(other, 'viewLine', { lineId: line.id }), other).rejects.toThrow(Missing)
})

test('A23-2 the own level first: what stands idle there is not passed over for another level’s', async () => {
  const { line, allotments } = await proposedFor(1)
  const far = allotments.filter(({ source }) => source === 'level').map(({ allotmentId }) => allotmentId)
  expect(await refusalsOf(accept(line.id, far))).toEqual(['own-level-first'])
  expect(await decisionOf(1)).toBe(null)
})

test('A6-1, A33-1 taken up, the city is asked once; it says no: the pieces’ money is asked again within the review, the rest stays', async () => {
  const { line } = await proposedFor(1)
  const both = await Promise.allSettled([accept(line.id), accept(line.id)])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await decisionOf(1)).toMatchObject({ opinion: 'O3', amountFen: 0, matchedQuantity: 5 })
  const taken = await matching(who, 'viewLine', { lineId: line.id })
  const request = await askedBy(taken)
  expect(request).toMatchObject({ state: 'asked', items: 4, giverName: '太原市', requestId: null })
  expect((await warehouse('warehouse', 'levelRequests', {})).items).toHaveLength(1)
  // Asking holds nothing, yet the line's things are in no other proposal of the county.
  expect(await freeInCity()).toHaveLength(10)
  const inOthers = (await proposedFor(2)).allotments.map(({ id }) => id)
  expect(inOthers.some((id) => taken.allotments.some((one) => one.id === id))).toBe(false)
  await warehouse('warehouse', 'refuseLevel', { levelRequestId: request.id, version: 1, opinion: '近期需应急备用' })
  const after = await matching(who, 'viewLine', { lineId: line.id })
  expect(after.line).toMatchObject({ state: 'accepted', acceptedPieces: 1, acceptedFen: dearer })
  expect(after.line.reason).toContain('对方机关事务管理部门不同意跨级调剂')
  const [lapse] = (await matching(who, 'lapses', { state: 'open' })).items
  expect(lapse).toMatchObject({ pieces: 4, neededFen: 4 * dearer, cause: 'level', source: 'level' })
  expect((await noticesTo(who)).at(-1)).toContain('购置需19,600.00元，请补充安排')
  expect((await noticesTo('countyClerk')).at(-1)).toContain('由审核人员重新安排')
  const lapseId = lapse?.id ?? ''
  expect((await matching(who, 'viewLapse', { lapseId })).reviewGoesOn).toBe(true)
  const settle = () => matching(who, 'settleLapse', { lapseId, version: 1, way: 'review', opinion: '确需配备' })
  const twice = await Promise.allSettled([settle(), settle()])
  expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await decisionOf(1)).toMatchObject({ opinion: 'O2', quantity: 4, amountFen: 4 * dearer, matchedQuantity: 1 })
})

test('A12-3 finance of the owning level says no and nothing else is left: the line waits again, and those things are not asked for again', async () => {
  const { line, allotments } = await proposedFor(2)
  expect(line).toMatchObject({ matched: 2, fromLevels: 2 })
  const request = await askedBy(await accept(line.id))
  await warehouse('warehouse', 'agreeLevel', { levelRequestId: request.id, version: 1 })
  expect(await freeInCity()).toHaveLength(8)
  await warehouse('finance', 'declineLevel', { levelRequestId: request.id, version: 2, opinion: '账实不符，待核' })
  expect(await decisionOf(2)).toBe(null)
  expect((await matching(who, 'viewLine', { lineId: line.id })).line.state).toBe('withdrawn')
  expect((await noticesTo(who)).at(-1)).toContain('重新待审核')
  expect(await freeInCity()).toHaveLength(10)
  const again = (await proposedFor(2)).allotments.map(({ id }) => id)
  expect(again.some((id) => allotments.some((one) => one.id === id))).toBe(false)
})

test('the reviewer takes it back before anybody signed: the other level has its things again, and is told', async () => {
  const { line } = await proposedFor(2)
  const { id: levelRequestId } = await askedBy(await accept(line.id))
  await warehouse('warehouse', 'agreeLevel', { levelRequestId, version: 1 })
  await warehouse('finance', 'consentLevel', { levelRequestId, version: 2, document: '并财资〔2026〕12号' })
  expect(await refusalsOf(matching(who, 'withdrawLine', { lineId: line.id, version: 2, reason: '' }))).toEqual([
    'reason',
  ])
  await matching(who, 'withdrawLine', { lineId: line.id, version: 2, reason: '机关另有安排' })
  expect((await warehouse('warehouse', 'viewLevelRequest', { levelRequestId })).levelRequest.state).toBe('withdrawn')
  expect((await noticesTo('warehouse')).at(-1)).toContain('机关另有安排')
  expect(await freeInCity()).toHaveLength(10)
  expect(await decisionOf(2)).toBe(null)
})

test('A35-1 after the review was closed the organ does not want the things: a lapse with the money it needs, settled by adjustment alone', async () => {
  const { line } = await proposedFor(2)
  const { id: levelRequestId } = await askedBy(await accept(line.id))
  await warehouse('warehouse', 'agreeLevel', { levelRequestId, version: 1 })
  const consented = await warehouse('finance', 'consentLevel', {
    levelRequestId,
    version: 2,
    document: '并财资〔2026〕13号',
  })
  const { demand } = await plans(who, 'viewReview', { demandId })
  await plans(who, 'closeReview', { demandId, version: demand.version })
  const requestId = consented.levelRequest.requestId ?? ''
  const { request } = await warehouse('countyClerk', 'viewRequest', { requestId })
  await warehouse('countyClerk', 'withdrawRequest', { requestId, version: request.version })
  const [lapse] = (await matching(who, 'lapses', { state: 'open' })).items
  expect(lapse).toMatchObject({ pieces: 2, neededFen: 2 * price, cause: 'organ', source: 'level' })
  const lapseId = lapse?.id ?? ''
  expect((await matching('countyClerk', 'viewLapse', { lapseId })).reviewGoesOn).toBe(false)
  const settle = (way: 'review' | 'waived') =>
    matching(who, 'settleLapse', { lapseId, version: 1, way, opinion: '不再需要' })
  expect(await refusalsOf(settle('review'))).not.toEqual([])
  expect((await settle('waived')).lapse).toMatchObject({ state: 'settled', way: 'waived' })
})
