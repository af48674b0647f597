import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { accessibilityFaults } from '../../../../journeys/accessibility.ts'
import { openBrowser, signIn, visitor, type sizes } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** A clerk finds a printer in the warehouse instead of buying one, the reviewer agrees, the clerk signs for it on a phone. */
let stage: StageForTest
let browser: Browser
const now = '2026-11-23T09:00:00+08:00'
beforeAll(async () => {
  stage = await openStage({ demonstration: 'all', clock: now })
  browser = await openBrowser()
}, 900_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

async function as(username: string, size: keyof typeof sizes) {
  const visit = await visitor(browser, stage.address, size)
  await visit.context.clock.install({ time: new Date(now) })
  await signIn(visit.page, username, demonstrationPassword)
  return visit
}

test('A23-2 a thing is found in the warehouse, asked for, agreed to and signed for', { timeout: 120_000 }, async () => {
  const clerk = await as('shi.education.jingban', 'desktop')
  await clerk.page.goto('/warehouse/items?free=true')
  const row = clerk.page.getByRole('row', { name: /A4黑白打印机/ }).first()
  await row.getByRole('checkbox').check()
  expect(await accessibilityFaults(clerk.page)).toEqual([])
  await clerk.page.getByRole('button', { name: '申请借用、调拨 1 件' }).click()
  await clerk.page.getByLabel('用途', { exact: true }).fill('招生考试期间集中打印')
  await clerk.page.getByLabel('归还日期').fill('2028-01-31')
  await clerk.page.getByRole('button', { name: '提交申请' }).click()
  await clerk.page
    .getByText(/超过最迟归还日期/)
    .first()
    .waitFor()
  await clerk.page.getByLabel('归还日期').fill('2027-01-31')
  await clerk.page.getByRole('button', { name: '提交申请' }).click()
  await clerk.page.getByText('待审核').first().waitFor()
  const address = new URL(clerk.page.url()).pathname

  const reviewer = await as('shi.zichan', 'desktop')
  await reviewer.page.goto(address)
  await reviewer.page.getByRole('button', { name: '同意', exact: true }).click()
  await reviewer.page.getByText('待领取签收').first().waitFor()

  const phone = await as('shi.education.jingban', 'phone')
  await phone.page.goto(address)
  await phone.page.getByRole('button', { name: '签收', exact: true }).click()
  await phone.page.getByRole('button', { name: '核对无误，签收' }).click()
  await phone.page.getByText('借用中').first().waitFor()
  expect(await accessibilityFaults(phone.page)).toEqual([])
  expect([...clerk.faults, ...reviewer.faults, ...phone.faults]).toEqual([])
})
