import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Conflict, Missing } from '#kernel/server/errors.ts'
import { checks } from './checks.ts'
import { engage, release, removeCards } from './offers.ts'
import {
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

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-regrouping-'))
  await openAssetsStage(directory)
  // The book has a closed month, so that cards end and begin between two charges.
  await registerDesktop({}, '2026-10-08')
  await call('keeper', 'closeMonth', { month: '2026-10' })
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

const faults = () =>
  inTx(async (tx) => {
    const told: string[] = []
    for (const { check } of checks) told.push(...(await check(tx)).faults)
    return told
  })
const preview = async () => (await call('keeper', 'depreciation', {})).open
const chairs = () =>
  registerDesktop({
    classCode: 'A05010301',
    name: '办公椅',
    quantity: 10,
    costFen: 500_000,
    detail: { rank: '处级及以下' },
    depreciationMonths: 180,
    acquiredOn: '2019-09-01',
    bookedOn: '2019-09-02',
  })
const how = { effectiveOn: today, reason: '成批入账，按件管理' }
const evenly = (count: number, costFen: number, quantity = 1) =>
  Array.from({ length: count }, () => ({ name: '办公椅', quantity, costFen: costFen / count }))

describe('a card is split, cards are merged (A12-2; complaint 15: wrong after a split)', () => {
  it('ten chairs entered as one become ten cards: all sums stay, the month charges the same, each day tells its own', async () => {
    const { card } = await chairs()
    const [before, sums] = [await preview(), await call('keeper', 'summary', {})]
    const ended = await call('keeper', 'splitCard', {
      cardId: card.id,
      version: card.version,
      ...how,
      parts: evenly(10, 500_000),
    })
    expect(ended.card).toMatchObject({ state: 'replaced', removedOn: today, accumulatedFen: card.accumulatedFen })
    const after = ended.regroupings.ended?.after ?? []
    expect(after).toHaveLength(10)
    expect(after.reduce((sum, { costFen }) => sum + costFen, 0)).toBe(500_000)
    expect(after.reduce((sum, { accumulatedFen }) => sum + accumulatedFen, 0)).toBe(card.accumulatedFen)
    expect(await preview()).toEqual({ ...before, cards: (before?.cards ?? 0) + 9 })
    const chairsOf = ({ items }: typeof sums) => items.find(({ classCode }) => classCode === 'A05010301')
    expect(chairsOf(await call('keeper', 'summary', {}))).toEqual({ ...chairsOf(sums), cards: 10 })

    const part = after[0]?.cardId as string
    const seen = await call('keeper', 'viewCard', { cardId: part })
    expect(seen.card).toMatchObject({ state: 'in-use', bookedOn: '2019-09-02', depreciationMonths: 180, quantity: 1 })
    expect(seen.regroupings.formed).toMatchObject({ kind: 'split', before: [{ cardId: card.id, number: card.number }] })
    expect(seen.events).toMatchObject([{ kind: 'formed', reason: `由${card.number}拆分形成：${how.reason}` }])
    expect(seen.holders).toMatchObject([{ custodianName: '王丽娟', from: today, until: null }])
    const dayBefore = '2026-11-22'
    const on = async (cardId: string, day: string) => call('keeper', 'cardOn', { cardId, on: day })
    expect((await on(card.id, dayBefore)).facts).toMatchObject({ quantity: 10, state: 'in-use' })
    expect((await on(part, dayBefore)).facts).toBeNull()
    expect(await on(card.id, today)).toMatchObject({
      removedOn: today,
      facts: { state: 'replaced' },
      accumulatedFen: card.accumulatedFen,
    })
    expect((await on(part, today)).facts).toMatchObject({ quantity: 1, costFen: 50_000 })

    await call('keeper', 'closeMonth', { month: '2026-11' }, '2026-11-30')
    const charged = await call('keeper', 'charges', { month: '2026-11', limit: 100 })
    const of = (id: string) => charged.items.find(({ cardId }) => cardId === id)?.chargedFen ?? 0
    expect(of(card.id)).toBe(0)
    expect(after.reduce((sum, { cardId }) => sum + of(cardId), 0)).toBe(2778)
    expect(await factsOf(card.id)).toEqual(['assets.card-registered', 'assets.card-split'])
    expect(await factsOf(part)).toEqual(['assets.card-formed'])
    expect(await faults()).toEqual([])
  })

  it('a part may be of another class, with its own life; what was split can be merged again', async () => {
    const december = '2026-12-03'
    const at = { ...how, effectiveOn: december }
    const { card } = await registerDesktop({ costFen: 720_000, name: '台式计算机（含电脑桌）' }, december)
    const parts = [
      { name: '台式计算机', quantity: 1, costFen: 600_000 },
      { name: '电脑桌', quantity: 1, costFen: 120_000, classCode: 'A05010201', unit: '张' },
    ]
    const split = { cardId: card.id, version: card.version, ...at, parts }
    expect(
      await refusalsOf(
        call(
          'keeper',
          'splitCard',
          { ...split, parts: parts.map((part) => ({ ...part, depreciationMonths: 60 })) },
          december,
        ),
      ),
    ).toEqual(['AST-R03', 'AST-R03'])
    const { regroupings } = await call('keeper', 'splitCard', split, december)
    const [computer, desk] = ['台式计算机', '电脑桌'].map((name) =>
      regroupings.ended?.after.find((one) => one.name === name),
    )
    const seen = await call('keeper', 'viewCard', { cardId: desk?.cardId as string }, december)
    expect(seen.card).toMatchObject({ classCode: 'A05010201', depreciationMonths: 180, unit: '张', serialNumber: '' })
    // 33 months are used of 180: what is left of the desk goes on over 147.
    expect(seen.base).toMatchObject({ months: 147, inMonth: '2026-12', monthlyFen: null })
    expect(seen.schedule.at(-1)).toMatchObject({ accumulatedFen: 120_000, netFen: 0 })

    const cardIds = [computer?.cardId as string, desk?.cardId as string]
    const merge = { cardIds, mainCardId: cardIds[0] as string, name: '台式计算机（含电脑桌）', quantity: 1, ...at }
    const both = await Promise.allSettled([
      call('keeper', 'mergeCards', merge, december),
      call('keeper', 'mergeCards', merge, december),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const ended = await call('keeper', 'viewCard', { cardId: cardIds[1] as string }, december)
    const merged = await call(
      'keeper',
      'viewCard',
      { cardId: ended.regroupings.ended?.after[0]?.cardId as string },
      december,
    )
    expect(merged.card).toMatchObject({ costFen: 720_000, accumulatedFen: card.accumulatedFen, classCode: 'A02010105' })
    expect(merged.base).toMatchObject({ months: 147 })
    expect(merged.regroupings.formed).toMatchObject({ kind: 'merge' })
    expect(merged.regroupings.formed?.before).toHaveLength(2)
    expect(await faults()).toEqual([])
  })

  it('is refused to others and to what is away, taken, gone or does not add up; nothing changes', async () => {
    const december = '2026-12-05'
    const at = { ...how, effectiveOn: december }
    const { card } = await registerDesktop({}, december)
    const { card: other } = await registerDesktop({}, december)
    const parts = [
      { name: '主机', quantity: 1, costFen: 400_000 },
      { name: '显示器', quantity: 1, costFen: 99_800 },
    ]
    const split = { cardId: card.id, version: card.version, ...at, parts }
    const merge = { cardIds: [card.id, other.id], mainCardId: card.id, name: '台式计算机', quantity: 1, ...at }
    for (const who of ['head', 'reviewer', 'finance']) {
      expect(await refusalsOf(call(who, 'splitCard', split, december)), who).not.toEqual([])
      expect(await refusalsOf(call(who, 'mergeCards', merge, december)), who).not.toEqual([])
    }
    for (const who of ['other', 'province', 'staff']) {
      await expect(call(who, 'splitCard', split, december), who).rejects.toThrow(Missing)
      await expect(call(who, 'mergeCards', merge, december), who).rejects.toThrow(Missing)
    }
    await expect(call('keeper', 'splitCard', { ...split, version: 99 }, december)).rejects.toThrow(Conflict)
    const wrong = [{ ...parts[0], costFen: 1 } as (typeof parts)[number], parts[1] as (typeof parts)[number]]
    expect(await refusalsOf(call('keeper', 'splitCard', { ...split, parts: wrong }, december))).toEqual([
      'cost-differs',
    ])
    expect(await refusalsOf(call('keeper', 'splitCard', { ...split, effectiveOn: today }, december))).toEqual([
      'month-closed',
    ])
    expect(await refusalsOf(call('keeper', 'mergeCards', { ...merge, mainCardId: card.organId }, december))).toEqual([
      'main-card',
    ])
    expect(
      await refusalsOf(call('keeper', 'mergeCards', { ...merge, cardIds: [card.id, card.id] }, december)),
    ).toContain('one-card')
    await inActOf('keeper', (act) => engage(act, [card.id], 'repair', card.id, '/repairs/requests/1'), december)
    for (const name of ['splitCard', 'mergeCards'] as const)
      expect(
        await refusalsOf(call('keeper', name, (name === 'splitCard' ? split : merge) as never, december)),
        name,
      ).toEqual(['card-engaged'])
    await inActOf('keeper', (act) => release(act, [card.id]), december)
    expect((await call('keeper', 'viewCard', { cardId: card.id }, december)).card).toMatchObject({
      version: card.version,
      removedOn: null,
    })
    expect(await faults()).toEqual([])
  })

  it('an old card never comes back, whatever is tried with it', async () => {
    const december = '2026-12-06'
    const [one, two] = [(await registerDesktop({}, december)).card, (await registerDesktop({}, december)).card]
    const merged = await call(
      'keeper',
      'mergeCards',
      { cardIds: [one.id, two.id], mainCardId: two.id, name: '计算机组', quantity: 2, ...how, effectiveOn: december },
      december,
    )
    expect(merged.card).toMatchObject({ quantity: 2, costFen: one.costFen + two.costFen })
    expect(merged.base.monthlyFen).toBe(2 * 69_42)
    const change = { cardIds: [one.id], effectiveOn: december, reason: '恢复', state: 'in-use' as const }
    expect(await refusalsOf(call('keeper', 'changeCards', change, december))).toContain('card-removed')
    const removal = {
      effectiveOn: december,
      consentDocument: '并财资〔2026〕18号',
      consentedOn: december,
      appliedOn: december,
      form: '报废',
      caseId: null,
    }
    expect(await refusalsOf(inActOf('keeper', (act) => removeCards(act, [one.id], removal), december))).toContain(
      'card-removed',
    )
    for (const statement of [
      sql`update assets.card set removed_on = null, state = 'in-use' where id = ${one.id}`,
      sql`update assets.card set state = 'disposed' where id = ${one.id}`,
    ])
      await expect(inTx((tx) => statement.execute(tx))).rejects.toThrow('disposed')
    for (const statement of [sql`delete from assets.regrouping`, sql`update assets.regrouped_card set cost_fen = 0`])
      await expect(inTx((tx) => statement.execute(tx))).rejects.toThrow('permission denied')
    const view = await call('keeper', 'viewCard', { cardId: merged.card.id }, december)
    const correction = {
      cardId: merged.card.id,
      version: view.card.version,
      eventId: view.events[0]?.id as number,
      effectiveOn: december,
      reason: '改',
      changes: { name: '另一组' },
    }
    expect(await refusalsOf(call('keeper', 'correctEvent', correction, december))).toEqual(['regrouping-stays'])
    expect(
      await refusalsOf(
        call(
          'keeper',
          'changeCards',
          { ...change, cardIds: [merged.card.id], effectiveOn: today, place: '主楼402' },
          december,
        ),
      ),
    ).toEqual(['before-taken-over'])
  })
})
