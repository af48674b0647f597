import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { accessibilityFaults } from '../../../../journeys/accessibility.ts'
import { openBrowser, signIn, visitor, type sizes } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** An old copier: repair refused, disposal, consent of finance, proceeds to the treasury. */
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

async function as(username: string, size: keyof typeof sizes = 'desktop') {
  const visit = await visitor(browser, stage.address, size)
  await visit.context.clock.install({ time: new Date('2026-11-23T09:00:00+08:00') })
  await signIn(visit.page, username, demonstrationPassword)
  return visit
}

test(
  'A12-3 A12-5 an old copier goes through repair refused, disposal, consent of finance and proceeds',
  { timeout: 120_000 },
  async () => {
    const clerk = await as('shi.education.jingban')
    const { page } = clerk
    await page.goto('/assets/cards/new')
    await page.getByLabel('资产分类').fill('复印机')
    await page.locator('.ant-select-item-option').first().click()
    await page.getByLabel('资产名称').fill('复印机')
    await page.getByLabel('原值').fill('29,800')
    await page.getByLabel('取得日期').fill('2017-05-08')
    await page.getByRole('button', { name: '登记', exact: true }).click()

    await page.getByRole('button', { name: '申请维修' }).click()
    await page.getByRole('textbox', { name: '故障情况' }).fill('定影组件断裂，无法出纸')
    await page.getByRole('button', { name: '提交维修申请' }).click()
    await page.getByRole('button', { name: '登记报价' }).click()
    await page.getByRole('textbox', { name: '维修单位' }).fill('晋通办公设备维修部')
    await page.getByRole('textbox', { name: '维修报价' }).fill('22,000')
    await page.getByRole('button', { name: '核定' }).click()
    await page.getByText('不予维修').first().waitFor()

    await page.getByRole('button', { name: '转入处置' }).click()
    await page.getByText('按小额办理').first().waitFor()
    await page.getByRole('textbox', { name: '处置原因' }).fill('修复费用超过重置价60%，不再维修')
    await page.getByLabel('单位集体决策纪要的文号').fill('党组纪要〔2026〕11号')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: '拟订申请' }).click()
    await page.getByRole('button', { name: '提交审核' }).click()
    await page.getByText('待审核').first().waitFor()
    const address = new URL(page.url()).pathname

    const reviewer = await as('shi.zichan')
    await reviewer.page.goto(address)
    await reviewer.page.getByRole('button', { name: '审核同意' }).click()
    await reviewer.page.getByRole('button', { name: '同意，报财政部门' }).click()
    await reviewer.page.getByText('待财政同意').first().waitFor()

    const finance = await as('shi.caizheng')
    await finance.page.goto('/disposal/consents')
    await finance.page.getByRole('checkbox').last().check()
    await finance.page.getByRole('button', { name: '按清单同意 1 件' }).click()
    await finance.page.getByRole('textbox', { name: '文号' }).fill('并财资清〔2026〕15号')
    await finance.page.getByRole('button', { name: '按清单同意', exact: true }).click()
    await finance.page.getByText('没有待同意的小额处置').waitFor()
    expect(await accessibilityFaults(finance.page)).toEqual([])

    await page.goto(address)
    await page.getByRole('button', { name: '登记实施' }).click()
    await page.getByRole('button', { name: '实施，注销卡片' }).click()
    await page.getByText('没有数据清除记录').first().waitFor()
    await page.getByRole('textbox', { name: '数据清除记录编号' }).fill('数清〔2026〕7号')
    await page.getByRole('button', { name: '实施，注销卡片' }).click()
    await page.getByRole('button', { name: '登记收入' }).click()
    await page.getByRole('textbox', { name: '处置收入' }).fill('520')
    await page.getByRole('textbox', { name: '拆除等其他成本' }).fill('20')
    await page.getByText('500.00').waitFor()
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.getByRole('button', { name: '上缴国库' }).click()
    await page.getByRole('textbox', { name: '缴款凭证号' }).fill('非税2026-1131')
    await page.getByRole('button', { name: '上缴 500.00 元' }).click()
    await page.getByText('已办结').first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])

    const phone = await as('shi.education.jingban', 'phone')
    await phone.page.goto(address)
    await phone.page.getByText('已办结').first().waitFor()
    expect([...clerk.faults, ...reviewer.faults, ...finance.faults, ...phone.faults]).toEqual([])
  },
)
