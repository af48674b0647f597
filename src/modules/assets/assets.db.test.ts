import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Conflict, Forbidden, Missing } from '#kernel/server/errors.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { engage, holdingsByItem, release, removeCards, setCardState } from './offers.ts'
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

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-assets-'))
  await openAssetsStage(directory)
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

describe('registering a card (A12-2)', () => {
  it('gives number, life, depreciation so far and history; the record tells', async () => {
    const { card, events, holders, findings, openMonth } = await registerDesktop({ number: '' })
    expect(card).toMatchObject({
      number: 'ZC-2024-000001',
      unit: '台',
      depreciationMonths: 72,
      fiscalFen: 499_800,
      state: 'in-use',
    })
    // AST-T01: the books before ours charged through 2026-10.
    expect(card).toMatchObject({ accumulatedFen: 2_221_44, netFen: 2_776_56 })
    expect(openMonth).toBe('2026-11')
    expect(events).toMatchObject([{ kind: 'registered', effectiveOn: '2024-03-12', corrects: null }])
    expect(holders).toMatchObject([{ custodianName: '王丽娟', from: '2024-03-12', until: null }])
    expect(findings.map(({ rule, outcome }) => [rule, outcome])).toContainEqual(['AST-R03', 'ok'])
    expect(await factsOf(card.id)).toEqual(['assets.card-registered'])
  })

  it('is refused to others, in words, and changes nothing', async () => {
    for (const who of ['staff', 'head', 'reviewer', 'finance'])
      expect(await refusalsOf(registerDesktop({}, today, who)), who).toContain('role')
    const taken = await registerDesktop({ number: 'JY-TAKEN' })
    await expect(registerDesktop({ number: 'JY-TAKEN' })).rejects.toThrow(Conflict)
    expect(await refusalsOf(registerDesktop({ depreciationMonths: 12 }))).toEqual(['AST-R03'])
    expect(await refusalsOf(registerDesktop({ name: '机密★ 计算机' }))).toEqual(['A44-1'])
    expect(taken.card.number).toBe('JY-TAKEN')
  })

  it('two at once with one number: one comes in', async () => {
    const both = await Promise.allSettled([
      registerDesktop({ number: 'JY-TWICE' }),
      registerDesktop({ number: 'JY-TWICE' }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('changes are events (A12-2, A12-4)', () => {
  it('many cards move at once; what does not differ is no event', async () => {
    const [a, b] = [await registerDesktop(), await registerDesktop({ place: '附楼102' })]
    const moved = await call('keeper', 'changeCards', {
      cardIds: [a.card.id, b.card.id],
      effectiveOn: '2026-11-01',
      reason: '办公室调整',
      place: '附楼102',
      state: 'idle',
    })
    expect(moved).toEqual({ changed: 2, unchanged: 0 })
    const seen = await call('keeper', 'viewCard', { cardId: b.card.id })
    expect(seen.events.map(({ kind }) => kind)).toEqual(['state', 'registered'])
    expect((await call('keeper', 'cardOn', { cardId: a.card.id, on: '2026-10-31' })).facts?.place).toBe('主楼301')
    expect((await call('keeper', 'cardOn', { cardId: a.card.id, on: '2026-11-01' })).facts).toMatchObject({
      place: '附楼102',
      state: 'idle',
    })
    const again = await call('keeper', 'changeCards', {
      cardIds: [a.card.id],
      effectiveOn: today,
      reason: '再调整',
      state: 'idle',
    })
    expect(again).toEqual({ changed: 0, unchanged: 1 })
  })

  it('a late correction is a further event; both what was known and what was so can be told', async () => {
    const { card } = await registerDesktop({}, '2026-09-01')
    await call(
      'keeper',
      'changeCards',
      { cardIds: [card.id], effectiveOn: '2026-09-10', reason: '调整', custodianName: '李晓东' },
      '2026-09-10',
    )
    const view = await call('keeper', 'viewCard', { cardId: card.id })
    const wrong = view.events.find(({ kind }) => kind === 'custody')
    const corrected = await call('keeper', 'correctEvent', {
      cardId: card.id,
      version: view.card.version,
      eventId: wrong?.id as number,
      effectiveOn: '2026-09-05',
      reason: '实际9月5日交接',
      changes: { custodianName: '张海燕' },
    })
    expect(corrected.events).toHaveLength(3)
    expect(corrected.holders.map(({ custodianName, from, until }) => [custodianName, from, until])).toEqual([
      ['王丽娟', '2024-03-12', '2026-09-05'],
      ['张海燕', '2026-09-05', null],
    ])
    expect((await call('keeper', 'cardOn', { cardId: card.id, on: '2026-09-20' })).facts?.custodianName).toBe('张海燕')
    expect(
      (await call('keeper', 'cardOn', { cardId: card.id, on: '2026-09-20', knownOn: '2026-10-01' })).facts
        ?.custodianName,
    ).toBe('李晓东')
    const stale = {
      cardId: card.id,
      eventId: wrong?.id as number,
      effectiveOn: '2026-09-05',
      reason: '再更正',
      changes: { custodianName: '赵' },
    }
    await expect(call('keeper', 'correctEvent', { ...stale, version: view.card.version })).rejects.toThrow(Conflict)
    await expect(call('keeper', 'correctEvent', { ...stale, version: corrected.card.version })).rejects.toThrow(
      Conflict,
    )
    const last = corrected.events.find(({ corrects }) => corrects !== null)
    expect(
      await refusalsOf(
        call('keeper', 'correctEvent', {
          ...stale,
          version: corrected.card.version,
          eventId: last?.id as number,
          changes: { name: '另一台' },
        }),
      ),
    ).toEqual(['other-fields'])
  })

  it('a changed value goes on over the months that are left', async () => {
    const { card } = await registerDesktop()
    const { card: dearer } = await call('keeper', 'changeValue', {
      cardId: card.id,
      version: card.version,
      effectiveOn: '2026-11-10',
      reason: '加装固态硬盘',
      costFen: 549_800,
      fiscalFen: 549_800,
      depreciationMonths: 72,
    })
    expect(dearer).toMatchObject({ costFen: 549_800, accumulatedFen: 2_221_44, netFen: 549_800 - 2_221_44 })
    const end = await call('keeper', 'viewCard', { cardId: card.id })
    expect(end.schedule.at(-1)).toMatchObject({ year: '2030', accumulatedFen: 549_800, netFen: 0 })
    const cheap = {
      cardId: card.id,
      version: dearer.version,
      effectiveOn: today,
      reason: '更正',
      costFen: 100_000,
      fiscalFen: 100_000,
      depreciationMonths: 72,
    }
    expect(await refusalsOf(call('keeper', 'changeValue', cheap))).toEqual(['value-below-depreciation'])
  })

  it('days to come, days before the books, and others’ hands are refused', async () => {
    const { card } = await registerDesktop()
    const change = { cardIds: [card.id], reason: '调整', place: '主楼402' }
    expect(await refusalsOf(call('keeper', 'changeCards', { ...change, effectiveOn: '2026-11-24' }))).toEqual([
      'future-date',
    ])
    expect(await refusalsOf(call('keeper', 'changeCards', { ...change, effectiveOn: '2024-03-11' }))).toEqual([
      'before-registered',
    ])
    for (const who of ['reviewer', 'finance', 'head'])
      expect(await refusalsOf(call(who, 'changeCards', { ...change, effectiveOn: today })), who).not.toEqual([])
    for (const who of ['other', 'province', 'county'])
      await expect(call(who, 'changeCards', { ...change, effectiveOn: today }), who).rejects.toThrow(Missing)
  })

  it('A12-3 a card goes only with the consent of finance, and disposed things never come back', async () => {
    const { card } = await registerDesktop()
    const removal = {
      effectiveOn: today,
      consentDocument: '并财资〔2026〕18号',
      consentedOn: '2026-11-20',
      appliedOn: '2026-11-02',
      form: '报废',
      caseId: null,
    }
    expect(
      await refusalsOf(inActOf('keeper', (act) => removeCards(act, [card.id], { ...removal, consentDocument: '' }))),
    ).toEqual(['AST-R08'])
    await inActOf('keeper', (act) => removeCards(act, [card.id], removal))
    const gone = await call('keeper', 'viewCard', { cardId: card.id })
    expect(gone.card).toMatchObject({ state: 'disposed', removedOn: today })
    expect(gone.holders.at(-1)?.until).toBe(today)
    expect(
      await refusalsOf(
        call('keeper', 'changeCards', { cardIds: [card.id], effectiveOn: today, reason: '恢复', state: 'in-use' }),
      ),
    ).toContain('card-removed')
    expect(await refusalsOf(inActOf('keeper', (act) => removeCards(act, [card.id], removal)))).toContain('card-removed')
    await expect(
      inTx((tx) => sql`update assets.card set removed_on = null, state = 'in-use' where id = ${card.id}`.execute(tx)),
    ).rejects.toThrow('disposed')
    for (const statement of [
      sql`delete from assets.event`,
      sql`update assets.event set reason = ''`,
      sql`delete from assets.card`,
      sql`update assets.depreciation set charged_fen = 0`,
    ])
      await expect(inTx((tx) => statement.execute(tx))).rejects.toThrow('permission denied')
  })

  it('A12-2, AST-R20 a card is in one procedure at a time; meanwhile nobody sets its state or value by hand', async () => {
    const [one, two] = [(await registerDesktop()).card, (await registerDesktop()).card]
    const into = (who: string, cardIds: string[], procedure: 'repair' | 'disposal') =>
      inActOf(who, (act) => engage(act, cardIds, procedure, one.id, `/disposal/applications/${one.id}`))
    const both = await Promise.allSettled([
      into('keeper', [one.id, two.id], 'repair'),
      into('keeper', [two.id, one.id], 'disposal'),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await refusalsOf(into('keeper', [one.id], 'disposal'))).toEqual(['card-engaged'])
    await expect(into('other', [one.id], 'disposal')).rejects.toThrow(Missing)
    const view = await call('keeper', 'viewCard', { cardId: one.id })
    expect(view.engagement).toMatchObject({ recordId: one.id, engagedOn: today })
    expect(view.may.handOver?.map(({ code }) => code)).toEqual(['card-engaged'])
    const change = { cardIds: [one.id], effectiveOn: today, reason: '调整' }
    expect(await refusalsOf(call('keeper', 'changeCards', { ...change, state: 'idle' }))).toEqual(['card-engaged'])
    const value = {
      version: one.version,
      effectiveOn: today,
      reason: '重估',
      costFen: 1,
      fiscalFen: 1,
      depreciationMonths: 72,
    }
    expect(await refusalsOf(call('keeper', 'changeValue', { cardId: one.id, ...value }))).toEqual(['card-engaged'])
    expect(await call('keeper', 'changeCards', { ...change, place: '主楼403' })).toMatchObject({ changed: 1 })
    const step = { effectiveOn: today, reason: '处置', caseId: null }
    await inActOf('keeper', (act) => setCardState(act, [one.id], 'disposal-pending', step))
    await inActOf('keeper', (act) => release(act, [one.id, two.id]))
    expect(await call('keeper', 'viewCard', { cardId: one.id })).toMatchObject({
      engagement: null,
      card: { state: 'disposal-pending' },
    })
    await into('keeper', [one.id, two.id], 'disposal')
  })

  it('the database refuses two holders of one card on one day', async () => {
    const { card } = await registerDesktop()
    await expect(
      inTx((tx) =>
        sql`insert into assets.holding (card_id, organ_id, jurisdiction_code, custodian_name, during)
          values (${card.id}, ${card.organId}, '140100', '另一人', daterange('2026-01-01', null))`.execute(tx),
      ),
    ).rejects.toThrow('holding_card_id_during_excl')
  })
})

describe('who sees what', () => {
  it('G7 own organ and own level read; neighbours and other levels do not know that there is a card', async () => {
    const { card } = await registerDesktop({ name: '外泄标记机' })
    for (const who of ['keeper', 'head', 'reviewer', 'finance'])
      expect((await call(who, 'viewCard', { cardId: card.id })).card.id, who).toBe(card.id)
    for (const who of ['other', 'province', 'county', 'driver', 'administrator'])
      await expect(call(who, 'viewCard', { cardId: card.id }), who).rejects.toThrow(Missing)
    const found = async (who: string) => (await call(who, 'cards', { text: '外泄标记' })).items.map(({ id }) => id)
    expect(await found('keeper')).toEqual([card.id])
    expect(await found('reviewer')).toEqual([card.id])
    for (const who of ['other', 'province', 'county']) expect(await found(who), who).toEqual([])
    for (const who of ['driver', 'staff', 'administrator']) await expect(found(who), who).rejects.toThrow(Forbidden)
  })

  it('ROLE-T02 A6-1 a higher level reads sums of lower ones and changes nothing there; never the other way round', async () => {
    const { card } = await registerDesktop({ place: '主楼301' })
    const own = await call('reviewer', 'summary', {})
    expect(own.wholeLevel).toBe(true)
    const { items } = await call('province', 'levelSums', {})
    const city = items.find(({ jurisdictionCode }) => jurisdictionCode === '140100')
    expect(city?.costFen).toBe(own.items.reduce((sum, { costFen }) => sum + costFen, 0))
    expect((await call('county', 'levelSums', {})).items.map(({ jurisdictionCode }) => jurisdictionCode)).not.toContain(
      '140100',
    )
    expect(await refusalsOf(call('keeper', 'levelSums', {}))).toEqual(['not-level'])
    await expect(call('province', 'summary', { organId: actors['keeper']?.organ?.id as string })).rejects.toThrow(
      Missing,
    )
    const move = { cardIds: [card.id], effectiveOn: today, reason: '上级调整', place: '主楼302' }
    await expect(call('province', 'changeCards', move)).rejects.toThrow(Missing)
    expect((await call('keeper', 'viewCard', { cardId: card.id })).card.place).toBe('主楼301')
  })
})

describe('what others read of the register', () => {
  it('A22-1 holdings by item standard: all, usable, past life, idle', async () => {
    const organ = actors['county']?.organ
    const keeper = { ...(actors['county'] as NonNullable<(typeof actors)[string]>), roles: ['asset-keeper'] as const }
    actors['countyKeeper'] = keeper
    await registerDesktop({ acquiredOn: '2019-05-01', bookedOn: '2019-05-01' }, today, 'countyKeeper')
    await registerDesktop({ state: 'idle' }, today, 'countyKeeper')
    await registerDesktop({ state: 'disposal-pending' }, today, 'countyKeeper')
    const holdings = await inActOf('countyKeeper', async ({ tx }) =>
      holdingsByItem(tx, [organ?.id as string], await standardTable(tx, '140121', today, ['item.'])),
    )
    expect(holdings).toEqual([
      {
        organId: organ?.id,
        standardCode: 'item.desktop',
        unit: '台',
        quantity: 3,
        usableQuantity: 2,
        overLifeQuantity: 1,
        idleQuantity: 1,
      },
    ])
  })
})
