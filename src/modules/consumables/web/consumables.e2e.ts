import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { accessibilityFaults } from '../../../../journeys/accessibility.ts'
import { openBrowser, signIn, visitor, type sizes } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** Paper comes into the storeroom; the keeper gives some out from a phone, and the colleague signs for it on another. */
let stage: StageForTest
let browser: Browser
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: '2026-11-23T09:00:00+08:00' })
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

async function as(username: string, size: keyof typeof sizes) {
  const visit = await visitor(browser, stage.address, size)
  await visit.context.clock.install({ time: new Date('2026-11-23T09:00:00+08:00') })
  await signIn(visit.page, username, demonstrationPassword)
  return visit
}

test('A12-4 consumables come in, are given out on a phone and signed for', { timeout: 120_000 }, async () => {
  const clerk = await as('shi.education.jingban', 'desktop')
  const { page } = clerk
  await page.goto('/consumables/items')
  await page.getByRole('button', { name: '新建物品' }).click()
  await page.getByLabel('品名').fill('复印纸')
  await page.getByLabel('规格').fill('A4 70g')
  await page.getByLabel('计量单位').fill('包')
  await page.getByLabel('库存下限').fill('5')
  await page.getByRole('button', { name: '新建', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '复印纸 A4 70g' }).waitFor()
  await page.getByRole('button', { name: '入库' }).click()
  const receipt = page.getByRole('dialog')
  await receipt.getByLabel('数量').fill('7')
  await receipt.getByLabel('金额合计').fill('157.50')
  await receipt.getByRole('button', { name: '入库' }).click()
  await page.getByText('平均单价约 22.50 元').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  const item = new URL(page.url()).pathname.split('/').at(-1)

  const keeper = await as('shi.education.jingban', 'phone')
  await keeper.page.goto(`/consumables/issues/new?item=${item}`)
  await keeper.page.getByText('复印纸 A4 70g（库存 7 包）').waitFor()
  await keeper.page.getByLabel('第 1 种数量').fill('9')
  await keeper.page.getByLabel('领用人').click()
  await keeper.page.locator('.ant-select-dropdown:visible .ant-select-item-option').last().click()
  await keeper.page.getByLabel('用途').fill('会议材料')
  await keeper.page.getByRole('button', { name: '办理领用' }).click()
  await keeper.page.getByText('库存7包，不够领用9包').waitFor()
  await keeper.page.getByLabel('第 1 种数量').fill('3')
  expect(await accessibilityFaults(keeper.page)).toEqual([])
  await keeper.page.getByRole('button', { name: '办理领用' }).click()
  await keeper.page.getByText('待签收').first().waitFor()
  const address = new URL(keeper.page.url()).pathname
  const title = await keeper.page.getByRole('heading', { level: 1 }).textContent()

  const signer = await receiverOf(title?.split('领用')[0] ?? '')
  await signer.page.goto(address)
  await signer.page.getByRole('button', { name: '核对无误，签收' }).click()
  await signer.page.getByText('已签收').first().waitFor()
  await page.goto('/consumables/items?low=yes')
  await page.getByRole('link', { name: '复印纸' }).waitFor()
  await page.getByText('1 种低于下限').waitFor()
  expect([...clerk.faults, ...keeper.faults, ...signer.faults]).toEqual([])
})

/** Whoever the list put last signs on a phone. */
async function receiverOf(name: string) {
  for (const account of ['shi.education.zhigong', 'shi.education.fuze', 'shi.education.jiashi']) {
    const visit = await as(account, 'phone')
    if (
      await visit.page
        .getByText(name)
        .first()
        .isVisible()
        .catch(() => false)
    )
      return visit
    await visit.context.close()
  }
  throw new Error(`nobody is called ${name}`)
}
