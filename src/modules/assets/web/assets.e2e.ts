import { AxeBuilder } from '@axe-core/playwright'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openBrowser, signIn, visitor, type sizes } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** A clerk takes last year's cards over, resolves the errors, prints labels; a colleague signs for a computer on a phone. */
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

const workbook = join(import.meta.dirname, '../../../kernel/server/spreadsheet/fixtures/asset-cards-500.xlsx')

test(
  'A12-2 A12-4 cards are taken over from a workbook, mended by cell, labelled, handed over and signed for',
  { timeout: 120_000 },
  async () => {
    const clerk = await as('shi.education.jingban', 'desktop')
    const { page } = clerk
    await page.goto('/assets/imports')
    await page.getByText('还没有导入过').waitFor()
    await page.locator('input[type=file]').setInputFiles(workbook)
    await page.getByRole('button', { name: '只导入没有问题的 495 行' }).waitFor()
    const name = page.getByLabel('第 406 行 资产名称')
    await name.fill('台式计算机')
    await name.press('Enter')
    await page.getByRole('button', { name: '只导入没有问题的 496 行' }).click()
    await page.getByText('已登记 496 张卡片').waitFor()
    await page.getByRole('link', { name: '查看资产卡片' }).click()
    await page.getByText('共 496 条').waitFor()

    await page.getByLabel('搜索资产').fill('TYWW-00007')
    await page.getByLabel('搜索资产').press('Enter')
    await page.getByText('共 1 条').waitFor()
    await page
      .getByRole('row', { name: /TYWW-00007/ })
      .getByRole('checkbox')
      .check()
    const [labels] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '打印标签' }).click(),
    ])
    expect(labels.suggestedFilename()).toBe('资产标签（1张）.pdf')
    await page.getByRole('button', { name: '交接' }).click()
    await page.getByLabel('接收人').click()
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').last().click()
    await page.getByLabel('交接原因').fill('岗位调整')
    await page.getByRole('button', { name: '发起交接' }).click()
    await page.getByText('待接收').first().waitFor()
    const address = new URL(page.url()).pathname
    const receiver = await page.getByRole('heading', { level: 1 }).textContent()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id),
    ).toEqual([])

    const signer = await receiverOf(receiver?.split('交接给 ').at(-1) ?? '')
    await signer.page.goto('/')
    await signer.page
      .getByRole('link', { name: /资产交接/ })
      .first()
      .waitFor()
    await signer.page.goto(address)
    await signer.page.getByRole('button', { name: '核对无误，签收' }).click()
    await signer.page.getByText('已接收').first().waitFor()
    await signer.page.goto('/assets/scan')
    await signer.page.getByLabel('资产编号或序列号').fill('TYWW-00007')
    await signer.page.getByRole('button', { name: '查看资产' }).click()
    await signer.page.getByRole('heading', { level: 1, name: '台式计算机' }).waitFor()
    const phone = await new AxeBuilder({ page: signer.page }).analyze()
    expect(
      phone.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id),
    ).toEqual([])
    expect([...clerk.faults, ...signer.faults]).toEqual([])
  },
)

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
