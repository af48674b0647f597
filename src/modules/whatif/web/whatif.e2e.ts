import { createReadStream } from 'node:fs'
import ExcelJS from 'exceljs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { accessibilityFaults } from '../../../../journeys/accessibility.ts'
import { openBrowser, signIn, visitor } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** A reviewer tries out other standards before anybody changes one, and takes the result along. */
let stage: StageForTest
let browser: Browser
beforeAll(async () => {
  stage = await openStage({ demonstration: 'all', clock: '2026-11-23T09:00:00+08:00' })
  browser = await openBrowser()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

async function as(username: string, size: 'desktop' | 'phone' = 'desktop') {
  const visit = await visitor(browser, stage.address, size)
  await signIn(visit.page, username, demonstrationPassword)
  return visit
}

/** A busy machine takes its time; what is waited for comes or the test fails. */
const patiently = { timeout: 20_000 }

const figure = async (page: Page, label: string) =>
  Number(
    (await page.locator('.whatif-figures > div', { hasText: label }).locator('dd').first().innerText())
      .replaceAll(',', '')
      .replace('−', '-'),
  )

const adding = (page: Page, what: string) =>
  page.getByRole('group', { name: '添加变化' }).getByRole('button', { name: what })

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).last().click()
  await page.keyboard.type(option)
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).last().click()
}

test('A9-2 a reviewer lowers the desktop price cap and raises headcount, sees who gains and who loses, exports the result', async () => {
  const { page, context, faults } = await as('shi.jihua')
  await page.goto('/whatif')
  await page.getByRole('button', { name: '新建测算方案' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '新建' }).click()
  await dialog.getByText('请填写').first().waitFor()
  await dialog.getByLabel('方案名称').fill('台式机上限3000元，人数增加三成，物业涨价3%')
  await dialog.getByRole('button', { name: '新建' }).click()
  await page.waitForURL(/\/whatif\/[0-9a-f-]{36}/)
  await page.getByText('模拟测算，不影响现行数据').waitFor()

  // Without changes the scenario is the base.
  await expect.poll(() => figure(page, '差额'), patiently).toBe(0)
  const base = await figure(page, '基准核定')

  await adding(page, '标准').click()
  await page.getByRole('status').getByText('请至少改动单价上限').waitFor()
  const cap = page.getByLabel('单价上限', { exact: true })
  expect(await cap.inputValue()).toBe('5,000.00')
  await page.getByText('财资〔2016〕27号').first().waitFor()
  await cap.fill('3000')
  await expect.poll(() => figure(page, '差额'), patiently).toBeLessThan(0)
  expect(await figure(page, '基准核定')).toBe(base)

  // The same thing twice is refused in place, and can be mended there.
  await adding(page, '标准').click()
  await choose(page, '标准', '台式计算机')
  await page.getByLabel('单价上限', { exact: true }).last().fill('4000')
  await page.getByRole('status').getByText('第2项变化与第1项相矛盾').waitFor()
  expect(await page.getByRole('button', { name: '保存并测算' }).getAttribute('aria-disabled')).toBe('true')
  await page.getByRole('button', { name: '移除第2项变化' }).click()

  await adding(page, '人数').click()
  await page.getByLabel('增减幅度').fill('30')
  // Estate services that all buy grow dearer, so that some gain and some lose.
  await adding(page, '价格').click()
  await choose(page, '对象', '后勤服务购买')
  await page.getByLabel('涨跌幅度').fill('3')
  await page.getByRole('button', { name: '保存并测算' }).click()
  await page.getByText(/用时 .+ 秒/).waitFor()

  const rows = page.getByRole('grid', { name: '按机关的测算结果' }).locator('tbody tr[data-index]')
  await rows.first().waitFor()
  await choose(page, '排序', '减少最多的在前')
  await expect
    .poll(async () => (await rows.first().locator('td').first().innerText()).startsWith('−'), patiently)
    .toBe(true)
  await choose(page, '排序', '增加最多的在前')
  await expect
    .poll(async () => (await rows.first().locator('td').first().innerText()).startsWith('+'), patiently)
    .toBe(true)

  await page.getByRole('tab', { name: /变化事项/ }).click()
  await page.getByRole('grid', { name: '审核结果有变化的事项' }).getByText('第1项').first().waitFor()
  await page
    .getByText(/按上限核定/)
    .first()
    .waitFor()
  expect(await page.getByRole('link', { name: '拟定标准修订' }).getAttribute('href')).toMatch(
    /^\/standards\/drafts\/new\?kind=physical-quota&row=[0-9a-f-]{36}$/,
  )

  const difference = await figure(page, '差额')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 XLSX' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('太原市2027年度模拟测算：台式机上限3000元，人数增加三成，物业涨价3%.xlsx')
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.read(createReadStream(await file.path()))
  const told = workbook.getWorksheet('汇总')?.getColumn(1).values.indexOf('差额（方案−基准）') ?? 0
  expect((workbook.getWorksheet('汇总')?.getCell(told, 2).value as number) / 10_000).toBeCloseTo(difference, 1)
  await context.close()
  expect(faults).toEqual([])
})

test('a saved scenario opens as it was left; two stand beside each other; one is copied and deleted', async () => {
  const { page, context, faults } = await as('shi.jihua')
  await page.goto('/whatif')
  const row = page.getByRole('row', { name: /人员增加6%/ })
  await row.getByRole('link').click()
  await page.getByText('用时').waitFor()
  expect(await page.getByLabel('增减幅度').inputValue()).toBe('6')
  await page.getByRole('button', { name: '复制' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '复制' }).click()
  await page.getByRole('heading', { level: 1, name: /（二）/ }).waitFor()
  await page.getByRole('button', { name: '删除' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await page.waitForURL((url) => url.pathname === '/whatif')
  await expect.poll(() => page.getByText('（二）').count(), patiently).toBe(0)
  for (const name of [/人员增加6%/, /办公设备从严/]) await page.getByRole('row', { name }).getByRole('checkbox').check()
  await page.getByRole('button', { name: '比较所选方案' }).click()
  await page.waitForURL(/\/whatif\/compare/)
  await page.getByText('所有机关的编制内实有人数：+6%').waitFor()
  await page.getByText('台式计算机：单价上限4,500.00元；使用年限8年').waitFor()
  expect(await page.getByRole('link', { name: /人员增加6%|办公设备从严/ }).count()).toBe(2)
  await context.close()
  expect(faults).toEqual([])
})

test('A6-1 the province sees sums by jurisdiction, restricted organs together', async () => {
  const { page, context, faults } = await as('sheng.jihua')
  await page.goto('/whatif')
  await page
    .getByRole('row', { name: /全省办公设备标准从严/ })
    .getByRole('link')
    .click()
  await page.getByRole('tab', { name: '按行政区划' }).click()
  const places = page.getByRole('grid', { name: '按行政区划的测算结果' })
  for (const name of ['山西省', '太原市', '清徐县']) await places.getByRole('row', { name: new RegExp(name) }).waitFor()
  await page.getByRole('tab', { name: '按机关' }).click()
  await page
    .getByText(/其他机关（\d+个合并）/)
    .first()
    .waitFor()
  expect(await page.getByText(/太原市中级人民法院|太原市公安局/).count()).toBe(0)
  await context.close()
  expect(faults).toEqual([])
})

test('on a phone the page reads from top to bottom, without a fault of access', async () => {
  const { page, context, faults } = await as('shi.jihua', 'phone')
  await page.goto('/whatif')
  await page.getByRole('link', { name: /办公设备从严/ }).click()
  await page.getByText('用时').waitFor()
  expect(await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(1)
  expect(await accessibilityFaults(page)).toEqual([])
  await context.close()
  expect(faults).toEqual([])
})
