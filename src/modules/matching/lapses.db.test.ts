import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Conflict, Forbidden, Missing } from '#kernel/server/errors.ts'
import {
  call as warehouse,
  closeWarehouseStage,
  noticesTo,
  onShelf,
  openWarehouseStage,
  recordedOf,
  refusalsOf,
} from '#modules/warehouse/testing/warehouse-stage.ts'
import './module.ts'
import { handIn, matching, openCycle, plans, proposed } from './testing/matching-stage.ts'

let directory: string
let cycleId: string
let borrowing: Awaited<ReturnType<typeof handIn>>
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-lapses-'))
  await openWarehouseStage(directory)
  await onShelf(8, 0, { acquiredOn: '2025-03-08', bookedOn: '2025-03-12' })
  cycleId = (await openCycle()).id
  borrowing = await handIn('borrower', [{ quantity: 3 }])
}, 60_000)
afterAll(async () => {
  await closeWarehouseStage()
  await rm(directory, { recursive: true, force: true })
})

/** What an organ asks for is met from the warehouse as far as it goes. */
async function accepted(demandId: string) {
  const { lines } = await proposed(cycleId)
  const mine = lines.find((one) => one.demandId === demandId && one.state === 'proposed')
  const { line } = await matching('planner', 'acceptLine', { lineId: mine?.id ?? '', version: 1 })
  const { request } = await warehouse('finance', 'viewRequest', { requestId: line.requestId ?? '' })
  return { line, request }
}

const decline = (request: { id: string; version: number }) =>
  warehouse('finance', 'declineRequest', { requestId: request.id, version: request.version, opinion: '资产权属有争议' })

const reviewed = async (demandId: string) =>
  (await plans('planner', 'viewReview', { demandId })).lines[0]?.decision ?? null

test('A12-3, A33-1 finance declines while the review goes on: the line waits for the review again', async () => {
  const demandId = borrowing.demand.id
  const { line, request } = await accepted(demandId)
  expect(await reviewed(demandId)).toMatchObject({ opinion: 'O3', matchedQuantity: 3 })
  await decline(request)
  expect(await reviewed(demandId)).toBe(null)
  const after = await matching('planner', 'viewLine', { lineId: line.id })
  expect(after.line).toMatchObject({ state: 'withdrawn', acceptedPieces: 0, requestId: null })
  expect(after.line.reason).toContain('财政部门不同意调拨')
  expect(after.allotments.some(({ accepted: kept }) => kept)).toBe(false)
  expect((await noticesTo('planner')).at(-1)).toContain('重新待审核')
  expect((await matching('planner', 'lapses', {})).items).toEqual([])
})

test('A33-1, A35-1 finance declines after the review was closed: the reviewer has the line and the money it needs, the organ is told', async () => {
  const demandId = (await handIn('third', [{ quantity: 2 }])).demand.id
  const { line, request } = await accepted(demandId)
  const { demand } = await plans('planner', 'viewReview', { demandId })
  await plans('planner', 'closeReview', { demandId, version: demand.version })
  // Until it came to nothing there is nothing to settle.
  expect((await matching('planner', 'lapses', {})).items).toEqual([])
  await decline(request)
  const [lapse] = (await matching('planner', 'lapses', { state: 'open' })).items
  expect(lapse).toMatchObject({
    pieces: 2,
    priceFen: 480_000,
    neededFen: 960_000,
    cause: 'finance',
    reason: '资产权属有争议',
    requestNumber: request.number,
    state: 'open',
    year: 2027,
  })
  const lapseId = lapse?.id ?? ''
  // What was decided stays as history; the matched line says that nothing came of it.
  expect((await matching('planner', 'viewLine', { lineId: line.id })).line).toMatchObject({ state: 'withdrawn' })
  expect((await noticesTo('planner')).at(-1)).toContain('购置需9,600.00元，请补充安排')
  expect((await noticesTo('third')).at(-1)).toContain('可按条例第三十五条先调整计划并备案')
  // The organ sees its own, another none, another level none.
  expect((await matching('third', 'viewLapse', { lapseId })).may.settle).not.toBe(null)
  for (const who of ['borrower', 'county', 'province'])
    await expect(matching(who, 'viewLapse', { lapseId }), who).rejects.toThrow(Missing)

  const settle = (who: string, given: { way: 'adjustment' | 'matching' | 'waived'; document?: string }) =>
    matching(who, 'settleLapse', { lapseId, version: 1, opinion: '按实际需要补充安排', ...given })
  for (const who of ['third', 'finance', 'warehouse'])
    await expect(settle(who, { way: 'waived' }), who).rejects.toThrow(Forbidden)
  expect(await refusalsOf(settle('planner', { way: 'adjustment', document: 'TZ-2027-0001' }))).toEqual([
    'no-adjustment',
  ])
  expect(await refusalsOf(settle('planner', { way: 'matching', document: request.number }))).toEqual(['no-allotment'])
  const things = await onShelf(2, 0, { acquiredOn: '2025-03-08', bookedOn: '2025-03-12' })
  const other = await warehouse('third', 'fileRequest', {
    kind: 'allotment',
    purpose: 'shortage',
    reason: '另行调剂',
    itemIds: things.map(({ itemId }) => itemId),
    inUse: { 'item.desktop': 0 },
  })
  const both = await Promise.allSettled(
    [1, 2].map(() => settle('planner', { way: 'matching', document: other.request.number })),
  )
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const settled = await matching('planner', 'viewLapse', { lapseId })
  expect(settled.lapse).toMatchObject({ state: 'settled', way: 'matching', document: other.request.number })
  await expect(settle('planner', { way: 'waived' })).rejects.toThrow(Conflict)
  expect(await recordedOf(lapseId)).toEqual(['matching.lapsed', 'matching.lapse-settled'])
  expect((await noticesTo('third')).at(-1)).toContain('另行调剂')
})

test('the organ that does not want the things any more is no different: the line is open again', async () => {
  const demandId = borrowing.demand.id
  const { request } = await accepted(demandId)
  await warehouse('borrower', 'withdrawRequest', { requestId: request.id, version: request.version })
  expect(await reviewed(demandId)).toBe(null)
})
