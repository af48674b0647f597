import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerDigest } from '#modules/assets/offers.ts'
import {
  actors,
  call,
  closeAssetsStage,
  inActOf,
  openAssetsStage,
  registerDesktop,
} from '#modules/assets/testing/assets-stage.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { holdingsOf, holdingsTogether, idleOffers } from './actions/holdings.ts'
import { saveHolding } from './store/holding.ts'

const on = '2026-06-01'
const organOf = (who: string) => actors[who]?.organ?.id as string
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-holdings-'))
  await openAssetsStage(directory)
  const reported = { title: '台式计算机', unit: '台', usableQuantity: 9, overLifeQuantity: 2, idleQuantity: 3 }
  await inActOf(null, async ({ tx }) => {
    for (const who of ['keeper', 'other']) {
      await saveHolding(
        tx,
        organOf(who),
        { ...reported, standardCode: 'item.desktop', quantity: 10, quotaQuantity: null },
        on,
      )
      await saveHolding(
        tx,
        organOf(who),
        {
          ...reported,
          title: '应急保障用车',
          unit: '辆',
          standardCode: 'item.vehicle-emergency',
          quantity: 9,
          quotaQuantity: 9,
        },
        on,
      )
    }
  })
})
afterAll(async () => {
  await closeAssetsStage()
  await rm(directory, { recursive: true, force: true })
})

/** What one organ has, as somebody reads it behind the second wall. */
const heldBy = (who: string, organ = who) =>
  inActOf(who, async ({ tx }) => {
    const items = await standardTable(tx, '140100', on, ['item.'])
    return new Map((await holdingsOf(tx, [organOf(organ)], items)).map((held) => [held.standardCode, held]))
  })
const digest = () => inActOf('reviewer', ({ tx }) => registerDigest(tx, ['140100']))

test('A22-1 an organ without a register is counted by what it reported', async () => {
  expect((await heldBy('keeper')).get('item.desktop')).toMatchObject({
    quantity: 10,
    source: 'reported',
    classCode: null,
  })
})

test('A22-1 with a register the cards count, of every edition of the classes; what no card tells of stays as reported', async () => {
  const before = await digest()
  const young = await registerDesktop({ acquiredOn: '2024-03-08', bookedOn: '2024-03-12' })
  await registerDesktop({ acquiredOn: '2018-03-08', bookedOn: '2018-03-12', state: 'repair' })
  // 台式计算机 in the classes of before, whose code means a server today.
  await registerDesktop({
    classCode: 'A02010104',
    classEdition: '2013',
    acquiredOn: '2015-03-08',
    bookedOn: '2015-03-12',
    state: 'idle',
  })
  const registered = { quantity: 3, usableQuantity: 2, overLifeQuantity: 2, idleQuantity: 1, source: 'register' }
  for (const who of ['keeper', 'reviewer', 'finance']) {
    const held = await heldBy(who, 'keeper')
    expect(held.get('item.desktop')).toMatchObject({ ...registered, title: '台式计算机', classCode: 'A02010105' })
    expect(held.get('item.vehicle-emergency')).toMatchObject({ quantity: 9, quotaQuantity: 9, source: 'reported' })
    expect(held.size).toBe(2)
  }
  const after = await digest()
  expect(after).not.toBe(before)
  // A change of an existing card is seen as well: reviews reckoned before it are reckoned anew.
  await call('keeper', 'changeCards', {
    cardIds: [young.card.id],
    effectiveOn: '2026-11-20',
    reason: '送修',
    state: 'repair',
  })
  expect(await digest()).not.toBe(after)
  expect((await heldBy('keeper')).get('item.desktop')).toMatchObject({ quantity: 3, usableQuantity: 1 })
})

test('A31-2 a plan adds up registers and reports and says so', async () => {
  const together = await inActOf('reviewer', async (act) => {
    const items = await standardTable(act.tx, '140100', on, ['item.'])
    return holdingsTogether(act, [organOf('keeper'), organOf('other')], items)
  })
  expect(together.find(({ standardCode }) => standardCode === 'item.desktop')).toMatchObject({
    quantity: 13,
    idleQuantity: 4,
    source: 'both',
    classCode: 'A02010105',
  })
})

test('A23-1 what stands idle in a register is offered to another organ, its cards are not shown', async () => {
  const [offers, cards] = await inActOf('other', async (act) => {
    const items = await standardTable(act.tx, '140100', on, ['item.'])
    const organs = [organOf('keeper'), organOf('other')]
    return [await idleOffers(act, organs, ['item.desktop'], organOf('other'), items), await heldBy('other', 'keeper')]
  })
  expect(offers.map(({ organId, quantity }) => [organId, quantity])).toEqual([
    [organOf('other'), 3],
    [organOf('keeper'), 1],
  ])
  expect(cards.get('item.desktop')?.source).not.toBe('register')
})
