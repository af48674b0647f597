import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract as assets } from '#modules/assets/contract.ts'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { contract as warehouse } from '#modules/warehouse/contract.ts'
import { accessibilityFaults } from '../../../../journeys/accessibility.ts'
import { openBrowser, signIn, visitor } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'
import { callerAt, sessionAt } from '../../../../journeys/visit.ts'

/** A reviewer answers a demand for 20 computers with 12 from the warehouse and 8 new. */
let stage: StageForTest
let browser: Browser
let cycleId: string
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: '2026-11-23T09:00:00+08:00' })
  browser = await openBrowser()
  await twelveOnTheShelf()
  await twentyAskedFor()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

const day = '2026-11-23'
/** The smallest picture there is. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

async function twelveOnTheShelf(): Promise<void> {
  const [clerk, manager] = [await callerAt(stage.address, 'shi.jingban'), await callerAt(stage.address, 'shi.zichan')]
  const cardIds: string[] = []
  for (let at = 1; at <= 12; at++) {
    const { body } = await clerk(assets.registerCard, {
      number: `GW-${at}`,
      classCode: 'A02010105',
      name: '台式计算机',
      costFen: 469_000,
      acquiredOn: '2025-03-08',
      bookedOn: '2025-03-12',
      place: '附楼201',
      custodianName: '任丽霞',
      state: 'idle',
    })
    cardIds.push(body.card.id)
  }
  const store = await manager(warehouse.addStore, { name: '市直机关公物仓', kind: 'physical', address: '府西街' })
  const applied = await clerk(warehouse.applyIntake, {
    cardIds,
    trigger: 'G3',
    triggeredOn: day,
    bodyName: '工作专班',
    reason: '工作专班撤销',
    declaredFree: true,
  })
  const { intake } = applied.body
  const approved = await manager(warehouse.approveIntake, { intakeId: intake.id, version: intake.version })
  const cookie = await sessionAt(stage.address, 'shi.jingban')
  for (const { id } of applied.body.items) {
    const form = new FormData()
    form.set('file', new Blob([pixel], { type: 'image/png' }), '正面.png')
    const sent = await fetch(`${stage.address}/api/v1/warehouse/items/${id}/photo`, {
      method: 'POST',
      headers: { cookie },
      body: form,
    })
    const { item } = (await sent.json()) as { item: { version: number } }
    await manager(warehouse.appraiseItem, {
      itemId: id,
      version: item.version,
      repairFen: 0,
      replacementFen: 480_000,
      transportFen: 2_000,
      storeId: store.body.id,
      place: 'A架1层',
    })
  }
  const received = await manager(warehouse.receiveIntake, {
    intakeId: intake.id,
    version: approved.body.intake.version,
    handedByName: '任丽霞',
    receiverName: '乔志强',
  })
  expect(received.body.items.map(({ state }) => state)).toEqual(Array.from({ length: 12 }, () => 'available'))
}

async function twentyAskedFor(): Promise<void> {
  const [reviewer, clerk] = [
    await callerAt(stage.address, 'shi.jihua'),
    await callerAt(stage.address, 'shi.education.jingban'),
  ]
  const cycle = await reviewer(plans.openCycle, {
    year: 2027,
    calendar: {
      demandOpensOn: '2026-11-01',
      demandClosesOn: '2026-12-05',
      reviewUntil: '2026-12-20',
      planUntil: '2026-12-31',
    },
    standardsOn: '2026-11-01',
  })
  cycleId = cycle.body.id
  const { body } = await clerk(plans.demands, { year: 2027 })
  const demand = body.items[0]
  if (!demand) throw new Error('no demand')
  const saved = await clerk(plans.saveDemand, {
    demandId: demand.id,
    contact: '王丽娟 0351-4000000',
    declaredNotSecret: true,
    version: demand.version,
    lines: [
      {
        id: null,
        needKind: 'N09',
        itemName: '台式计算机',
        standardCode: 'item.desktop',
        economicCode: '31002',
        quantity: 20,
        unit: '台',
        unitPriceFen: 480_000,
        amountFen: 9_600_000,
        neededMonth: 4,
        existingQuantity: 0,
        usableQuantity: 0,
        disposingQuantity: 0,
        replacement: null,
        reason: '新录用人员办公配备',
        note: '',
      },
    ],
  })
  await clerk(plans.queryStore, { demandId: demand.id, lineIds: saved.body.lines.map(({ id }) => id) })
  const { body: view } = await clerk(plans.viewDemand, { demandId: demand.id })
  const handedIn = await clerk(plans.submitDemand, { demandId: demand.id, version: view.demand.version })
  expect(handedIn.body.demand.state).toBe('submitted')
}

/** A busy machine takes its time; what is waited for comes or the test fails. */
const patiently = { timeout: 20_000 }

test('PLAN-R06, A23-2: 20 computers asked for are answered by 12 from the warehouse and 8 new, in the review workbench, by keys', async () => {
  const { page, context, faults } = await visitor(browser, stage.address)
  await signIn(page, 'shi.jihua', demonstrationPassword)
  await page.goto(`/plans/reviews/${cycleId}`)
  const queue = page.getByRole('navigation', { name: '待审机关' })
  await queue.getByText('尚未测算调剂建议').waitFor(patiently)
  await queue.getByRole('button', { name: '测算调剂' }).click()
  const ground = page.getByRole('complementary', { name: '所选行的依据' }).getByRole('region', { name: '调剂' })
  await ground.getByText('其余 8 台购置（38,400.00 元）').waitFor(patiently)
  await queue.getByText('可再省 5.74 万元').waitFor()
  await page
    .getByRole('row', { name: /台式计算机/ })
    .getByText('可调剂12台')
    .waitFor()
  expect(await ground.getByRole('listitem').count()).toBe(12)
  await ground.getByText('搬运 20.00 元').first().waitFor()
  expect(await accessibilityFaults(page)).toEqual([])

  // One is left out and taken in again; then everything by keys.
  await ground.getByRole('checkbox').first().uncheck()
  await ground.getByRole('button', { name: '采纳调剂11台' }).waitFor()
  await ground.getByRole('checkbox').first().check()
  await page.getByRole('row', { name: /台式计算机/ }).focus()
  await page.keyboard.press('m')
  await page.getByRole('dialog').getByText('少安排购置资金 57,360.00 元').waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await ground.getByText('已采纳').waitFor(patiently)
  await ground.getByRole('link', { name: /^DB-2026-/ }).waitFor()
  await page.getByText('调剂解决12台（公物仓12台），其余8台购置').first().waitFor()
  await queue.getByText('5.74', { exact: true }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-selected'))).toBe('true')

  // The page of the proposals says the same.
  await page.goto('/matching')
  await page.getByText('已是最优').waitFor(patiently)
  await page.getByText('本年度累计 1 行、12 件').waitFor(patiently)
  await page.getByRole('grid', { name: '调剂建议列表' }).getByRole('link', { name: '台式计算机' }).click()
  await page.getByRole('tab', { name: '依据' }).click()
  await page.getByText('比购置少花57,360.00元').first().waitFor()
  expect(await accessibilityFaults(page)).toEqual([])

  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/plans/reviews/${cycleId}`)
  await page.getByText('已调剂12台').waitFor(patiently)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(faults).toEqual([])
  await context.close()
})
