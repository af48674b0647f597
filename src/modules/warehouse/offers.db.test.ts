import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#kernel/pure/actor.ts'
import { Forbidden, Missing, Refused } from '#kernel/server/errors.ts'
import { allotItems, releaseItems, reserveItems, stockOnOffer } from './offers.ts'
import {
  actors,
  call,
  cardOf,
  closeWarehouseStage,
  inActOf,
  onShelf,
  openWarehouseStage,
  refusalsOf,
  today,
} from './testing/warehouse-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-warehouse-'))
  await openWarehouseStage(directory)
})
afterAll(async () => {
  await closeWarehouseStage()
  await rm(directory, { recursive: true, force: true })
})

const holderOf = (who: string) => {
  const { organ } = actors[who] as Actor
  if (!organ) throw new Error(who)
  return organ
}
const stock = (who: string, itemIds: string[] | null = ['item.desktop']) =>
  inActOf(who, (act) => stockOnOffer(act, { itemIds, jurisdictionCodes: ['140100'] }))

describe('what the warehouse offers before anything is bought (A23-2; GWC-R01)', () => {
  it('is what is on the shelf and held by nobody, with all that choosing needs', async () => {
    const [thing] = await onShelf(1, 100_000)
    const found = (await stock('planner')).find(({ id }) => id === thing?.itemId)
    expect(found).toMatchObject({
      cardId: thing?.cardId,
      itemId: 'item.desktop',
      quantity: 1,
      grade: 'B',
      repairFen: 100_000,
      replacementFen: 480_000,
      remainingMonths: 39,
      storeName: '市直机关公物仓',
      place: 'A-01',
      jurisdictionCode: '140100',
      ownerName: '太原市教育局',
      costFen: 499_800,
      bookValueFen: 277_656,
    })
    expect(await stock('planner', ['item.laptop'])).toEqual([])
    // Another level may look, where its own policy lets it; it takes nothing.
    expect((await stock('county')).map(({ id }) => id)).toContain(thing?.itemId)
    await expect(
      inActOf('county', (act) =>
        reserveItems(act, { itemIds: [thing?.itemId ?? ''], holder: holderOf('county'), reason: '调剂' }),
      ),
    ).rejects.toThrow(Missing)
  })

  it('GWC-R12 GWC-T08 two reserve one thing at once: one has it, the other is told who and until when', async () => {
    const [thing] = await onShelf(1)
    const itemIds = [thing?.itemId ?? '']
    const both = await Promise.allSettled(
      ['borrower', 'third'].map((who) =>
        inActOf(who, (act) => reserveItems(act, { itemIds, holder: holderOf(who), reason: '年度配置' })),
      ),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const won = both.findIndex(({ status }) => status === 'fulfilled')
    const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult
    expect(lost.reason).toBeInstanceOf(Refused)
    const [refusal] = (lost.reason as Refused).refusals
    expect(refusal?.code).toBe('GWC-R12')
    expect(refusal?.message).toContain(`已被${holderOf(won === 0 ? 'borrower' : 'third').name}预约，保留至2026-11-30`)
    expect((await stock('planner')).map(({ id }) => id)).not.toContain(itemIds[0])
    // Five working days after it is free again for whoever comes.
    expect(
      (
        await inActOf(
          'planner',
          (act) => stockOnOffer(act, { itemIds: null, jurisdictionCodes: ['140100'] }),
          '2026-12-01',
        )
      ).map(({ id }) => id),
    ).toContain(itemIds[0])
    const other = won === 0 ? 'third' : 'borrower'
    const later = await inActOf(
      other,
      (act) => reserveItems(act, { itemIds, holder: holderOf(other), reason: '年度配置' }),
      '2026-12-01',
    )
    expect(later.reservedUntil).toBe('2026-12-08')
    await inActOf(other, (act) => releaseItems(act, { itemIds, holder: holderOf(other) }), '2026-12-01')
    expect((await stock('planner')).map(({ id }) => id)).toContain(itemIds[0])
  })

  it('O3 a reviewer’s decision becomes an allotment: consent of finance, signature, the card moves', async () => {
    const [one, two] = await onShelf(2)
    const itemIds = [one?.itemId ?? '', two?.itemId ?? '']
    const holder = holderOf('third')
    const allot = (who: string, inUse?: Record<string, number>) =>
      inActOf(who, (act) =>
        allotItems(act, {
          itemIds,
          holder,
          purpose: 'shortage',
          reason: '以调剂代替购置',
          ...(inUse ? { inUse } : {}),
        }),
      )
    await expect(allot('borrower', { 'item.desktop': 3 })).rejects.toThrow(Forbidden)
    expect(await refusalsOf(allot('planner'))).toEqual(['in-use-unknown'])
    const { requestId } = await allot('planner', { 'item.desktop': 3 })
    expect(await refusalsOf(allot('planner', { 'item.desktop': 3 }))).toContain('GWC-R12')
    const asked = await call('finance', 'viewRequest', { requestId })
    expect(asked.request).toMatchObject({ state: 'consenting', kind: 'allotment', items: 2 })
    expect(asked.findings.map(({ rule, outcome }) => [rule, outcome])).toEqual([['GWC-R11', 'ok']])
    const consented = await call('finance', 'consentRequest', {
      requestId,
      version: asked.request.version,
      document: '并财资〔2026〕88号',
    })
    const signed = await call('third', 'signRequest', {
      requestId,
      version: consented.request.version,
      place: '东楼201',
    })
    expect(signed.request).toMatchObject({ state: 'done', savedFen: 1_000_000 })
    expect(await cardOf(one?.cardId ?? '')).toMatchObject({
      organId: holder.id,
      state: 'in-use',
      place: '东楼201',
      costFen: 499_800,
      accumulatedFen: 222_144,
    })
    expect(today).toBe(signed.request.signedOn)
  })
})
