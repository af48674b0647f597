import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#kernel/pure/actor.ts'
import { Forbidden, Missing } from '#kernel/server/errors.ts'
import { tellOfLongWaiting } from './jobs.ts'
import { faultsOf } from './store/check.ts'
import {
  actors,
  call,
  cardOf,
  closeWarehouseStage,
  inSystem,
  inTx,
  noticesTo,
  onShelf,
  openWarehouseStage,
  recordedOf,
  refusalsOf,
} from './testing/warehouse-stage.ts'

let directory: string
let shelf: Awaited<ReturnType<typeof onShelf>>
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-levels-'))
  await openWarehouseStage(directory)
  shelf = await onShelf(4)
}, 60_000)
afterAll(async () => {
  await closeWarehouseStage()
  await rm(directory, { recursive: true, force: true })
})

const organOf = (who: string) => {
  const { organ } = actors[who] as Actor
  if (!organ) throw new Error(who)
  return organ
}
const idOf = (at: number) => shelf[at]?.itemId ?? ''
const ask = (who: string, at: number, more: { receiverOrganId?: string; giverJurisdictionCode?: string } = {}) =>
  call(who, 'askLevel', {
    giverJurisdictionCode: '140100',
    receiverOrganId: organOf('countyClerk').id,
    itemIds: [idOf(at)],
    purpose: 'shortage',
    reason: '县级没有同类物品',
    inUse: { 'item.desktop': 0 },
    ...more,
  })

describe('things of another level (Art. 6, 23)', () => {
  it('the authority reads of other levels’ warehouses what the catalogue says, and no more', async () => {
    const stock = (who: string) => call(who, 'levelStock', { itemCode: 'item.desktop' })
    for (const who of ['countyClerk', 'borrower', 'staff', 'finance'])
      await expect(stock(who), who).rejects.toThrow(Forbidden)
    const { items } = await stock('county')
    expect(items.map(({ itemId }) => itemId).toSorted()).toEqual(shelf.map(({ itemId }) => itemId).toSorted())
    expect(items[0]).toMatchObject({ jurisdictionName: '太原市', relation: 'above', grade: 'A', secondRound: false })
    expect(Object.keys(items[0] ?? {})).not.toContain('cardId')
    expect((await stock('province')).items[0]).toMatchObject({ relation: 'below' })
    expect((await stock('warehouse')).items).toEqual([])
    // The thing itself stays behind the wall.
    await expect(call('county', 'viewItem', { itemId: idOf(0) })).rejects.toThrow(Missing)
    expect(await refusalsOf(call('county', 'levelStock', { jurisdictionCode: '140200' }))).toEqual(['other-level'])
  })

  it('A6-1 A12-3 A23-2 asked for, agreed to, consented to by the level that owns it, signed for: the card goes over at book value', async () => {
    for (const who of ['countyClerk', 'finance', 'staff']) await expect(ask(who, 0), who).rejects.toThrow(Forbidden)
    await expect(ask('county', 0, { receiverOrganId: organOf('borrower').id })).rejects.toThrow(Missing)
    expect(await refusalsOf(ask('warehouse', 0, { receiverOrganId: organOf('borrower').id }))).toEqual(['other-level'])
    const asked = await ask('county', 0)
    const levelRequestId = asked.levelRequest.id
    expect(asked.levelRequest).toMatchObject({ state: 'asked', giverName: '太原市', items: 1, costFen: 499_800 })
    expect((await noticesTo('warehouse')).at(-1)).toContain('商请调剂1件公物仓物品给清徐县')
    // Asked for is not held: until its own level agrees the thing is its level's to give.
    expect((await call('third', 'items', { free: true })).items.map(({ id }) => id)).toContain(idOf(0))

    const step = (version: number) => ({ levelRequestId, version })
    for (const who of ['county', 'finance', 'countyClerk'])
      await expect(call(who, 'agreeLevel', step(1)), who).rejects.toThrow(Forbidden)
    for (const who of ['province', 'borrower', 'third'])
      await expect(call(who, 'viewLevelRequest', { levelRequestId }), who).rejects.toThrow(Missing)
    // Finance of the level comes after its authority.
    expect(await refusalsOf(call('finance', 'consentLevel', { ...step(1), document: '并财资〔2026〕12号' }))).toEqual([
      'case-state',
    ])
    const agreed = await call('warehouse', 'agreeLevel', step(1))
    expect(agreed.levelRequest.state).toBe('agreed')
    // Its own offices see who has it now.
    const { item } = await call('third', 'viewItem', { itemId: idOf(0) })
    expect(item.hold).toMatchObject({ organName: organOf('countyClerk').name, requested: true })
    expect(
      await refusalsOf(call('third', 'reserveItem', { itemId: idOf(0), version: item.version, reason: '会议' })),
    ).toEqual(['GWC-R12'])
    await expect(call('county', 'consentLevel', { ...step(2), document: '清财资〔2026〕1号' })).rejects.toThrow(
      Forbidden,
    )
    const consented = await call('finance', 'consentLevel', { ...step(2), document: '并财资〔2026〕12号' })
    expect(consented.levelRequest.state).toBe('consented')
    const requestId = consented.levelRequest.requestId ?? ''
    const receipt = await call('countyClerk', 'viewRequest', { requestId })
    expect(receipt.request).toMatchObject({ kind: 'allotment', state: 'approved', items: 1, costFen: 499_800 })
    expect(receipt.items).toMatchObject([{ itemId: idOf(0), name: '台式计算机' }])
    expect(receipt.may.sign).toBe(null)
    await expect(call('borrower', 'viewRequest', { requestId })).rejects.toThrow(Missing)
    // Decided by the other level, it is not decided again.
    expect(await refusalsOf(call('county', 'approveRequest', { requestId, version: receipt.request.version }))).toEqual(
      ['level-receipt'],
    )
    const signed = await call('countyClerk', 'signRequest', {
      requestId,
      version: receipt.request.version,
      place: '县委楼203',
    })
    expect(signed.request).toMatchObject({ state: 'done', savedFen: 500_000 })
    expect(await cardOf(shelf[0]?.cardId ?? '')).toMatchObject({
      organId: organOf('countyClerk').id,
      state: 'in-use',
      place: '县委楼203',
      costFen: 499_800,
      accumulatedFen: 222_144,
    })
    expect((await call('warehouse', 'viewLevelRequest', { levelRequestId })).levelRequest).toMatchObject({
      state: 'done',
      consentDocument: '并财资〔2026〕12号',
    })
    expect(await recordedOf(levelRequestId)).toEqual([
      'warehouse.level-asked',
      'warehouse.level-agreed',
      'warehouse.level-consented',
      'warehouse.level-done',
    ])
    expect((await noticesTo('county')).at(-1)).toContain('已签收')
  })

  it('A6-1 declined by authority or finance of the owning level, or taken back: nothing moves, and the thing is free', async () => {
    const refused = await ask('county', 1)
    const opinion = '近期需应急备用'
    const no = await call('leader', 'refuseLevel', { levelRequestId: refused.levelRequest.id, version: 1, opinion })
    expect(no.levelRequest).toMatchObject({ state: 'refused', opinion })
    expect((await noticesTo('county')).at(-1)).toContain(`未获同意：${opinion}`)

    const declined = await ask('county', 1)
    const levelRequestId = declined.levelRequest.id
    await call('warehouse', 'agreeLevel', { levelRequestId, version: 1 })
    expect(await refusalsOf(ask('county', 1))).toEqual(['not-on-offer'])
    await call('finance', 'declineLevel', { levelRequestId, version: 2, opinion: '账实不符，待核' })
    const taken = await ask('county', 1)
    await call('warehouse', 'agreeLevel', { levelRequestId: taken.levelRequest.id, version: 1 })
    await call('county', 'withdrawLevel', { levelRequestId: taken.levelRequest.id, version: 2 })
    const free = (await call('third', 'items', { free: true })).items.map(({ id }) => id)
    expect(free).toContain(idOf(1))

    // Two at once: one thing is agreed to once.
    const two = await Promise.all([ask('county', 1), ask('county', 1)])
    const both = await Promise.allSettled(
      two.map(({ levelRequest }) => call('warehouse', 'agreeLevel', { levelRequestId: levelRequest.id, version: 1 })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    // The receiver that does not want it any more lets it go at the other level.
    const won = two[both.findIndex(({ status }) => status === 'fulfilled')]?.levelRequest.id ?? ''
    const consented = await call('finance', 'consentLevel', {
      levelRequestId: won,
      version: 2,
      document: '并财资〔2026〕13号',
    })
    const requestId = consented.levelRequest.requestId ?? ''
    const receipt = await call('countyClerk', 'viewRequest', { requestId })
    await call('countyClerk', 'withdrawRequest', { requestId, version: receipt.request.version })
    expect((await call('county', 'viewLevelRequest', { levelRequestId: won })).levelRequest.state).toBe('withdrawn')
    expect((await call('third', 'items', { free: true })).items.map(({ id }) => id)).toContain(idOf(1))
    expect(await inTx(faultsOf)).toMatchObject({ faults: [] })
  })

  it('unwanted for a year things are offered to the levels below, after two years they are to be disposed of (facts 3.2)', async () => {
    await inTx((tx) =>
      sql`update warehouse.item set taken_on = case id when ${idOf(2)}::uuid then date '2025-11-20' else date '2024-11-20' end
        where id = any(${[idOf(2), idOf(3)]}::uuid[])`.execute(tx),
    )
    const { items } = await call('county', 'levelStock', {})
    expect(
      items
        .filter(({ secondRound }) => secondRound)
        .map(({ itemId }) => itemId)
        .toSorted(),
    ).toEqual([idOf(2), idOf(3)].toSorted())
    expect(await inSystem(tellOfLongWaiting, '2026-11-23')).toBe(2)
    expect((await noticesTo('county')).at(-1)).toContain('太原市公物仓有2件物品在仓满12个月无人调用')
    expect((await noticesTo('warehouse')).at(-1)).toContain('1件物品在仓满24个月，请列入处置')
    // Once a month.
    expect(await inSystem(tellOfLongWaiting, '2026-11-24')).toBe(0)
    const listed = async (stay: 'second-round' | 'disposal-list') =>
      (await call('warehouse', 'items', { stay })).items.map(({ id }) => id).toSorted()
    expect(await listed('second-round')).toEqual([idOf(2), idOf(3)].toSorted())
    expect(await listed('disposal-list')).toEqual([idOf(3)])
  })
})
