import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openBrowser, signIn, visitor } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** The clock of the law, as supervision and an organ meet it. */
const now = '2026-11-23T09:00:00+08:00'
let stage: StageForTest
let browser: Browser
beforeAll(async () => {
  stage = await openStage({ demonstration: 'all', clock: now })
  browser = await openBrowser()
}, 600_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

async function visit(username: string) {
  const there = await visitor(browser, stage.address)
  await there.context.clock.install({ time: new Date(now) })
  await signIn(there.page, username, demonstrationPassword)
  return there
}

test(
  'A39-1 supervision opens the overdue list, sends a reminder, and the organ sees it',
  { timeout: 120_000 },
  async () => {
    const supervision = await visit('sheng.shenhe')
    const { page } = supervision
    await page.goto('/duties/overdue?term=adjustment-filing&state=overdue')
    const row = page.getByRole('row', { name: /山西省教育厅/ })
    await row.getByRole('button', { name: '提醒' }).click()
    const dialog = page.getByRole('dialog', { name: '督办提醒' })
    await dialog.getByLabel('督办要求').fill('请于本周内备案，并说明逾期原因。')
    await dialog.getByRole('button', { name: '发送提醒' }).click()
    await page.getByText('已提醒山西省教育厅。').waitFor()
    // Once a day: the button says so.
    await row.getByRole('button', { name: '提醒', disabled: true }).focus()
    await row.getByText('今天已经对该事项发送过督办提醒').first().waitFor()
    await supervision.context.close()

    const organ = await visit('sheng.education.jingban')
    await organ.page.goto('/cases/notifications')
    await organ.page
      .getByRole('link', { name: /请于本周内备案，并说明逾期原因/ })
      .first()
      .click()
    const duty = organ.page.getByRole('dialog', { name: '法定时限' })
    await duty.getByText('第15个工作日为').waitFor()
    expect(
      await duty.getByRole('listitem').filter({ hasText: '督办提醒' }).filter({ hasText: '请于本周内备案' }).count(),
    ).toBe(1)
    await duty.getByRole('link', { name: '打开记录' }).click()
    await organ.page.waitForURL(/\/plans\/adjustments\/[0-9a-f-]+/)
    expect([...supervision.faults, ...organ.faults]).toEqual([])
    await organ.context.close()
  },
)

test(
  'A35-2 a clerk subscribes the calendar, and the filing’s last day stands in it until the address is taken back',
  { timeout: 120_000 },
  async () => {
    const { page, context, faults } = await visit('sheng.education.jingban')
    await page.goto('/duties')
    const filing = page
      .getByRole('region', { name: '到期事项' })
      .locator('.agenda-day')
      .filter({ hasText: '计划调整备案' })
    const dueOn = await filing.first().locator('time').getAttribute('datetime')
    await page.getByRole('button', { name: '订阅日历' }).click()
    const dialog = page.getByRole('dialog', { name: '订阅日历' })
    await dialog.getByRole('button', { name: '生成订阅地址' }).click()
    const address = await dialog.getByLabel('订阅地址（只显示这一次）').inputValue()

    const calendar = await fetch(address)
    expect(calendar.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    const text = (await calendar.text()).replaceAll('\r\n ', '')
    expect(text).toContain(`DTSTART;VALUE=DATE:${dueOn?.replaceAll('-', '')}`)
    expect(text).toMatch(/SUMMARY:(【逾期】)?计划调整备案/)
    expect(text).not.toMatch(/元|林丽娟/)
    const again = await fetch(address, { headers: { 'if-none-match': calendar.headers.get('etag') ?? '' } })
    expect([again.status, await again.text()]).toEqual([304, ''])

    await page.reload()
    await page.getByRole('button', { name: '订阅日历' }).click()
    await dialog.getByText(/最近读取 2026-11-23/).waitFor()
    expect(await dialog.getByLabel('订阅地址（只显示这一次）').count()).toBe(0)
    await dialog.getByRole('button', { name: '停用' }).click()
    await page.getByText('已停用，原地址不能再读取。').waitFor()
    expect((await fetch(address)).status).toBe(404)
    expect(faults).toEqual([])
    await context.close()
  },
)

test('the month leads to a day, by keyboard too, and back to everything', { timeout: 120_000 }, async () => {
  const { page, context, faults } = await visit('shi.shenhe')
  await page.goto('/duties?reach=level&month=2026-03')
  await page.getByRole('button', { name: /^3月31日：逾期1/ }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/day=2026-03-31/)
  const agenda = page.getByRole('region', { name: '到期事项' })
  await agenda.getByText('报送执行情况报告').first().waitFor()
  expect(await agenda.locator('.agenda-day').count()).toBe(1)
  await page.getByRole('button', { name: /^只看2026-03-31/ }).click()
  await page.waitForURL((url) => !url.search.includes('day='))
  // Make-up days and holidays stand in the same sheet.
  await page.goto('/duties?month=2026-10')
  await page.getByTitle(/^2026年10月1日：放假 国庆节/).waitFor()
  await page.getByTitle(/^2026年10月10日：调休上班 国庆节/).waitFor()
  expect(faults).toEqual([])
  await context.close()
})
