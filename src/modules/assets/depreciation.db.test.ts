import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Download } from '#kernel/server/context.ts'
import { Missing } from '#kernel/server/errors.ts'
import { checks } from './checks.ts'
import { accumulatedThrough, monthsLater } from './rules/depreciation.ts'
import { reckoned } from './store/depreciation.ts'
import {
  actors,
  call,
  closeAssetsStage,
  inTx,
  openAssetsStage,
  refusalsOf,
  registerDesktop,
  today,
} from './testing/assets-stage.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-depreciation-'))
  await openAssetsStage(directory)
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

describe('depreciation by month (A12-2; AST-R03 to AST-R05)', () => {
  const month = fc.integer({ min: 0, max: 700 }).map((count) => monthsLater('1995-01', count))
  const reckoning = fc.record({
    fen: fc.integer({ min: 0, max: 900_000_000_00 }),
    months: fc.option(fc.integer({ min: 1, max: 700 }), { nil: null }),
    inMonth: month,
    beforeFen: fc.integer({ min: 0, max: 1_000_000_00 }),
    monthlyFen: fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: null }),
    month,
  })
  it('the database reckons as the rule does, to the 分', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(reckoning, { minLength: 100, maxLength: 200 }), async (cases) => {
        const ours = cases.map(({ month: at, ...base }) => accumulatedThrough(base, at))
        expect(await inTx((tx) => reckoned(tx, cases))).toEqual(ours)
      }),
      { numRuns: 15 },
    )
  })

  it('AST-R04 AST-R05 closes one month after the other from the month of entry on, once, whoever asks at the same time; value is cost less depreciation', async () => {
    const { card } = await registerDesktop({ bookedOn: '2026-08-20', acquiredOn: '2026-08-15' }, '2026-08-25', 'other')
    expect(card).toMatchObject({ accumulatedFen: 0 })
    const before = await call('other', 'depreciation', {})
    expect(before.open).toMatchObject({ month: '2026-08', cards: 1, chargedFen: 69_42 })
    expect(before.may.close).toBeNull()
    const two = await Promise.allSettled([
      call('other', 'closeMonth', { month: '2026-08' }),
      call('other', 'closeMonth', { month: '2026-08' }),
    ])
    expect(two.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await refusalsOf(call('other', 'closeMonth', { month: '2026-10' }))).toEqual(['month-order'])
    const closed = await call('other', 'closeMonth', { month: '2026-09' })
    expect(closed).toMatchObject({ cards: 1, chargedFen: 69_42, accumulatedFen: 138_84, costFen: 499_800 })
    expect((await call('other', 'charges', { month: '2026-09' })).items).toMatchObject([
      { number: card.number, chargedFen: 69_42 },
    ])
    // A correction of earlier months is charged in the open one; what is closed stays.
    const view = await call('other', 'viewCard', { cardId: card.id })
    await call('other', 'correctEvent', {
      cardId: card.id,
      version: view.card.version,
      eventId: view.events[0]?.id as number,
      effectiveOn: '2026-07-20',
      reason: '入账日期有误',
      changes: { bookedOn: '2026-07-20', acquiredOn: '2026-07-15' },
    })
    expect((await call('other', 'depreciation', {})).open).toMatchObject({ month: '2026-10', chargedFen: 138_84 })
    await call('other', 'closeMonth', { month: '2026-10' })
    const after = await call('other', 'viewCard', { cardId: card.id })
    expect(after.charges.map(({ month: at, chargedFen }) => [at, chargedFen])).toEqual([
      ['2026-10', 138_84],
      ['2026-09', 69_42],
      ['2026-08', 69_42],
    ])
    expect(after.card).toMatchObject({ accumulatedFen: 277_68, netFen: 499_800 - 277_68 })
    await call('other', 'closeMonth', { month: '2026-11' })
    expect(await refusalsOf(call('other', 'closeMonth', { month: '2026-12' }))).toEqual(['month-to-come'])
    expect(await refusalsOf(call('reviewer', 'closeMonth', { month: '2026-11' }))).toEqual(['role'])
  })

  it('a card that comes in after a month was closed brings what was charged before', async () => {
    const { card } = await registerDesktop({}, today, 'other')
    expect(card.accumulatedFen).toBe(
      accumulatedThrough({ fen: 499_800, months: 72, inMonth: '2024-03', beforeFen: 0, monthlyFen: null }, '2026-11'),
    )
  })

  it('the forecast of a year is what its months charge when they are closed, to the 分; it goes out as a workbook', async () => {
    const { years, openMonth, classes } = await call('other', 'forecast', {})
    expect([years.length, openMonth]).toEqual([10, '2026-12'])
    // What was charged in closed months of the year is part of it.
    expect(years[0]).toMatchObject({ year: 2026, cards: 2, closedFen: 5 * 69_42 })
    const end = '2027-12-31'
    for (let at = 0; at < 13; at++) await call('other', 'closeMonth', { month: monthsLater('2026-12', at) }, end)
    const { items } = await call('other', 'depreciation', { limit: 40 }, end)
    const chargedIn = (year: string) =>
      items.filter(({ month: of }) => of.startsWith(year)).reduce((sum, { chargedFen }) => sum + chargedFen, 0)
    expect(years.slice(0, 2).map(({ chargedFen }) => chargedFen)).toEqual([chargedIn('2026'), chargedIn('2027')])
    expect(years[1]?.accumulatedFen).toBe(items[0]?.accumulatedFen)
    expect(years.at(-1)).toMatchObject({ year: 2035, cards: 0, chargedFen: 0, netFen: 0 })
    expect(classes).toHaveLength(1)
    expect(classes[0]?.toChargeFen[1]).toBe(years[1]?.chargedFen)
    expect((await call('finance', 'forecast', { organId: actors['other']?.organ?.id as string }, end)).openMonth).toBe(
      '2028-01',
    )
    await expect(call('keeper', 'forecast', { organId: actors['other']?.organ?.id as string })).rejects.toThrow(Missing)
    const { fileName, body } = (await call('other', 'exportForecast', {})) as unknown as Download
    expect(fileName).toContain('折旧预测')
    expect((await buffer(body as Readable)).subarray(0, 2).toString()).toBe('PK')
  })

  it('verification recomputes cards from events and depreciation from its months', async () => {
    const told = await Promise.all(checks.map(({ check }) => inTx((tx) => check(tx))))
    expect(told).toEqual([
      { checked: 2, faults: [] },
      { checked: 2, faults: [] },
      { checked: 0, faults: [] },
      { checked: 0, faults: [] },
      // Both are of one organ and one class.
      { checked: 1, faults: [] },
    ])
    await expect(
      inTx(async (tx) => {
        await sql`update assets.card set place = '偷改', accumulated_fen = accumulated_fen + 1 where removed_on is null`.execute(
          tx,
        )
        const faults = []
        for (const { check } of checks) faults.push((await check(tx)).faults.length)
        expect(faults).toEqual([2, 2, 0, 0, 1])
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
  })
})
