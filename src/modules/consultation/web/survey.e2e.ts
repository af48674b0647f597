import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openBrowser, signIn, visitor, type sizes } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** Organs rate the services on their phones; after the last day the authority publishes and mends what was rated low. */
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

async function as(username: string, size: keyof typeof sizes, instant: string) {
  const visit = await visitor(browser, stage.address, size)
  await visit.context.clock.install({ time: new Date(instant) })
  await signIn(visit.page, username, demonstrationPassword)
  return visit
}

test(
  'A5-1 A38-1 a survey is rated, published and followed by an improvement that ends with its result',
  { timeout: 150_000 },
  async () => {
    const opened = '2026-11-23T09:00:00+08:00'
    const bureau = await as('shi.jihua', 'desktop', opened)
    await bureau.page.goto('/consultation/surveys/new')
    await bureau.page.getByRole('button', { name: '发起', exact: true }).click()
    await bureau.page.getByRole('heading', { level: 1, name: '2026年度机关运行保障满意度调查' }).waitFor()
    const address = new URL(bureau.page.url()).pathname
    await bureau.page.getByText('办结后公布结果').waitFor()
    await bureau.context.close()

    for (const [username, words] of [
      ['shi.education.jingban', '满意'],
      ['shi.police.jingban', '一般'],
      ['shi.development.jingban', '不满意'],
    ] as const) {
      const organ = await as(username, 'phone', opened)
      await organ.page.goto('/')
      await organ.page
        .getByRole('link', { name: /满意度评价/ })
        .first()
        .click()
      await organ.page.getByRole('button', { name: '提交评价' }).focus()
      await organ.page.getByText('还有 9 题没有评价').first().waitFor()
      for (const group of await organ.page.getByRole('group').all())
        await group.getByLabel(words, { exact: true }).check()
      await organ.page.getByRole('group').first().getByLabel('未使用').check()
      await organ.page.getByLabel('意见建议').fill(`${username} 的建议`)
      await organ.page.getByRole('button', { name: '提交评价' }).click()
      await organ.page.getByRole('button', { name: '提交修改' }).waitFor()
      await organ.context.close()
      expect(organ.faults).toEqual([])
    }

    const later = '2026-12-14T09:00:00+08:00'
    stage.goTo(later)
    const closing = await as('shi.jihua', 'desktop', later)
    const { page } = closing
    await page.goto(address)
    await page.getByRole('button', { name: '办结' }).click()
    await page.getByRole('dialog').getByLabel('结论').fill('设备维修列为重点。')
    await page.getByRole('dialog').getByRole('button', { name: '办结' }).click()
    const equipment = page.getByRole('grid', { name: '各项服务的评价' }).getByRole('row', { name: /设备家具/ })
    await equipment.getByText('3.00').waitFor()
    await page.getByText('shi.police.jingban 的建议').waitFor()
    await page.getByRole('tab', { name: '改进事项' }).click()
    await page.getByRole('button', { name: '登记改进事项' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('服务事项').click()
    await page.locator('.ant-select-dropdown:visible').getByText('设备家具', { exact: true }).click()
    await dialog.getByLabel('问题').fill('打印机维修慢')
    await dialog.getByLabel('改进措施').fill('备机周转')
    await dialog.getByLabel('责任处室或责任人').fill('资产管理科')
    await dialog.getByLabel('完成期限').fill('2026-12-31')
    await dialog.getByRole('button', { name: '登记', exact: true }).click()
    await page.getByRole('link', { name: '打印机维修慢' }).click()
    await page.getByRole('button', { name: '登记结果' }).click()
    await dialog.getByLabel('改进结果').fill('备机已到位。')
    await dialog.getByRole('button', { name: '登记', exact: true }).click()
    await page.getByText('已完成', { exact: true }).first().waitFor()
    expect([...bureau.faults, ...closing.faults]).toEqual([])
  },
)
