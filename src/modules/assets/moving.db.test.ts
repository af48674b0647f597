import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Missing } from '#kernel/server/errors.ts'
import { checks } from './checks.ts'
import { moveToOrgan, type Move } from './offers.ts'
import {
  actors,
  call,
  closeAssetsStage,
  factsOf,
  inActOf,
  inTx,
  openAssetsStage,
  refusalsOf,
  registerDesktop,
  today,
} from './testing/assets-stage.ts'
import { transfersOf } from './store/transfer.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-moving-'))
  await openAssetsStage(directory)
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

const organOf = (who: string) => actors[who]?.organ?.id as string
const paper = (receiver: string): Move => ({
  effectiveOn: today,
  acceptedBy: actors[receiver]?.personId as string,
  reason: '无偿划转',
  document: '并事管资〔2026〕31号',
  caseId: null,
  acquiredBy: 'transfer',
})
const move = (cardIds: readonly string[], given: Partial<Move> = {}, receiver = 'other') => {
  const how = { ...paper(receiver), ...given }
  return inActOf(receiver, (act) => moveToOrgan(act, cardIds, organOf(receiver), how), how.effectiveOn)
}
const faults = () =>
  inTx(async (tx) => {
    const told: string[] = []
    for (const { check } of checks) told.push(...(await check(tx)).faults)
    return told
  })

describe('cards go over to another organ (A12-2, A12-4; AST-R20)', () => {
  it('cost and depreciation go as they are; each book charges its own months; history goes along', async () => {
    const { card } = await registerDesktop({ bookedOn: '2026-08-20', acquiredOn: '2026-08-15' }, '2026-08-25')
    for (const month of ['2026-08', '2026-09']) await call('keeper', 'closeMonth', { month })
    // The giver still has October to charge; only then may the card go in November.
    expect(await refusalsOf(move([card.id]))).toEqual(['month-open'])
    await call('keeper', 'closeMonth', { month: '2026-10' })
    const before = (await call('keeper', 'viewCard', { cardId: card.id })).card
    await move([card.id], { place: '公安局208' })

    await expect(call('keeper', 'viewCard', { cardId: card.id })).rejects.toThrow(Missing)
    const seen = await call('other', 'viewCard', { cardId: card.id })
    expect(seen.card).toMatchObject({
      organId: organOf('other'),
      costFen: before.costFen,
      accumulatedFen: 3 * 69_42,
      netFen: before.netFen,
      place: '公安局208',
      custodianName: actors['other']?.name,
      acquiredBy: 'transfer',
      number: card.number,
    })
    expect(seen.events.map(({ kind }) => kind)).toEqual(['organ', 'registered'])
    expect(seen.charges.map(({ month }) => month)).toEqual(['2026-10', '2026-09', '2026-08'])
    expect(seen.holders.map(({ from, until }) => [from, until])).toEqual([
      ['2026-08-20', today],
      [today, null],
    ])
    // What the giver's closed months charged is still told there, as it went.
    const charged = await call('keeper', 'charges', { month: '2026-10' })
    expect(charged.items).toContainEqual(
      expect.objectContaining({ cardId: card.id, number: card.number, chargedFen: 69_42, held: false }),
    )
    // From November on the receiver charges, and charges once.
    const open = await call('other', 'depreciation', {})
    expect(open.open).toMatchObject({ month: '2026-11', cards: 1, chargedFen: 69_42 })
    await call('other', 'closeMonth', { month: '2026-11' })
    await call('keeper', 'closeMonth', { month: '2026-11' })
    expect((await call('other', 'viewCard', { cardId: card.id })).card.accumulatedFen).toBe(4 * 69_42)
    expect((await call('keeper', 'charges', { month: '2026-11' })).items).toEqual([])
    expect(await inTx((tx) => transfersOf(tx, card.id))).toMatchObject([
      { costFen: 499_800, accumulatedFen: 3 * 69_42, acceptedByName: actors['other']?.name },
    ])
    expect(await factsOf(card.id)).toEqual(['assets.card-registered', 'assets.card-moved', 'assets.card-taken-over'])
    expect(await faults()).toEqual([])
  })

  it('a receiver whose months lie behind charges nothing of before; closed months are refused', async () => {
    const december = '2026-12-05'
    const old = await registerDesktop({ bookedOn: '2026-08-20', acquiredOn: '2026-08-15' }, '2026-08-25', 'collector')
    const { card } = await registerDesktop({ bookedOn: '2026-11-02', acquiredOn: '2026-11-01' }, december)
    expect(await refusalsOf(move([card.id], { effectiveOn: '2026-11-28' }, 'collector'))).toEqual(['month-closed'])
    await move([card.id], { effectiveOn: december }, 'collector')
    for (const month of ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12'])
      await call('collector', 'closeMonth', { month }, december)
    const { charges, card: seen } = await call('collector', 'viewCard', { cardId: card.id }, december)
    // November came in with the card as what earlier books had charged.
    expect(charges.map(({ month, chargedFen }) => [month, chargedFen])).toEqual([['2026-12', 69_42]])
    expect(seen.accumulatedFen).toBe(2 * 69_42)
    expect((await call('collector', 'viewCard', { cardId: old.card.id }, december)).charges).toHaveLength(5)
    const months = await call('collector', 'depreciation', {}, december)
    expect(months.items.map(({ month, costFen }) => [month, costFen]).slice(0, 2)).toEqual([
      ['2026-12', 2 * 499_800],
      ['2026-11', 499_800],
    ])
    expect(await faults()).toEqual([])
  })

  it('a number that the receiver has given is given anew; events before the day of taking over are the giver’s', async () => {
    const december = '2026-12-08'
    const here = await registerDesktop({ number: 'SAME' }, december)
    await registerDesktop({ number: 'SAME' }, december, 'other')
    await move([here.card.id], { effectiveOn: december, acquiredBy: 'allotment' })
    const { card } = await call('other', 'viewCard', { cardId: here.card.id }, december)
    expect(card.number).toMatch(/^ZC-2026-\d{6}$/)
    const change = { cardIds: [card.id], reason: '调整', place: '208' }
    expect(await refusalsOf(call('other', 'changeCards', { ...change, effectiveOn: '2026-12-07' }, december))).toEqual([
      'before-taken-over',
    ])
    await call('other', 'changeCards', { ...change, custodianName: '李明', effectiveOn: december }, december)
    const view = await call('other', 'viewCard', { cardId: card.id }, december)
    const event = view.events.find(({ kind }) => kind === 'organ')
    expect(
      await refusalsOf(
        call(
          'other',
          'correctEvent',
          {
            cardId: card.id,
            version: view.card.version,
            eventId: event?.id as number,
            effectiveOn: december,
            reason: '改',
            changes: { place: '1' },
          },
          december,
        ),
      ),
    ).toContain('transfer-stays')
    expect((await call('other', 'cards', { text: 'SAME' }, december)).items).toHaveLength(1)
    expect(await faults()).toEqual([])
  })

  it('is refused while it waits for a signature, and to receivers who are none', async () => {
    const december = '2026-12-10'
    const { card } = await registerDesktop({}, december)
    await call(
      'keeper',
      'offerHandover',
      { cardIds: [card.id], toPersonId: actors['staff']?.personId as string, reason: '交' },
      december,
    )
    const at = (given: Partial<Move>) => move([card.id], { effectiveOn: december, ...given })
    expect(await refusalsOf(at({}))).toEqual(['in-handover'])
    expect(await refusalsOf(at({ acceptedBy: actors['keeper']?.personId as string }))).toContain('no-receiver')
    await expect(move(['00000000-0000-7000-8000-00000000dead'])).rejects.toThrow(Missing)
  })

  it('two at once: one moves it', async () => {
    const december = '2026-12-12'
    const { card } = await registerDesktop({}, december)
    const both = await Promise.allSettled([
      move([card.id], { effectiveOn: december }),
      move([card.id], { effectiveOn: december }, 'reviewer'),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await inTx((tx) => transfersOf(tx, card.id))).toHaveLength(1)
  })
})
