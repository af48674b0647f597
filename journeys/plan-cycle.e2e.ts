import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openBrowser, signIn, visitor, type Visitor } from './browser.ts'
import { demandWorkbook } from './demand-workbook.ts'
import { openStage, type StageForTest } from './stage.ts'

/** The annual plan cycle (Art. 9, 10, 31–36), by the screens, as clerk, head, reviewer, leader and finance. */
const now = '2026-11-23T09:00:00+08:00'
let stage: StageForTest
let browser: Browser
const people = new Map<string, Visitor>()

beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: now })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

/** What everybody saw when a step failed, where the environment asks for pictures. */
afterEach(async ({ task }) => {
  const folder = process.env['YUNBAO_JOURNEY_PICTURES']
  if (!folder || task.result?.state !== 'fail') return
  for (const [name, { page }] of people) await page.screenshot({ path: `${folder}/${name}.png` })
})

/** A person at their own machine, signed in once for the whole journey. */
async function at(username: string): Promise<Page> {
  const known = people.get(username)
  if (known) return known.page
  const person = await visitor(browser, stage.address)
  await person.context.clock.install({ time: new Date(now) })
  await signIn(person.page, username, demonstrationPassword)
  people.set(username, person)
  return person.page
}
const clerk = () => at('shi.education.jingban')
const head = () => at('shi.education.fuze')
const reviewer = () => at('shi.jihua')
const leader = () => at('shi.juzhang')
const finance = () => at('shi.caizheng')

const press = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name }).first().click()
const confirm = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name }).last().click()
const closed = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' })
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

describe('a year from opening to report', { timeout: 60_000 }, () => {
  test('the authority opens the year', async () => {
    const page = await reviewer()
    await page.goto('/plans/cycles')
    await press(page, '开启年度周期')
    await confirm(page, '开启年度周期')
    await page.waitForURL(/\/plans\/cycles\/[0-9a-f-]{36}/)
    await says(page, '2027年度保障计划')
    await says(page, '太原市教育局')
  })

  test('the clerk finds the demand waiting, imports a workbook, mends a cell, asks the store and hands in (Art. 32)', async () => {
    const page = await clerk()
    await page.goto('/')
    await page.getByRole('link', { name: /填报年度需求申请/ }).first().click()
    await says(page, '填报中')
    await press(page, '导入')
    await page.getByRole('dialog').locator('input[type=file]').setInputFiles(await demandWorkbook())
    await says(page, /导入预览/)
    await confirm(page, /^导入 6 行$/)
    await closed(page)
    await says(page, '353,000.00')
    const cell = page.getByRole('gridcell', { name: '60,000.00' }).first()
    await cell.click()
    await page.keyboard.type('65000')
    await page.keyboard.press('Enter')
    await says(page, '358,000.00')
    await page.getByLabel('联系人和电话').fill('林丽娟 0351-4000000')
    await page.getByRole('checkbox').first().check()
    await press(page, '查询公物仓')
    await says(page, /已查询 1 行/)
    await press(page, '提交审核')
    await confirm(page, '提交审核')
    await says(page, '审核中')
  })

  test('the reviewer takes clean lines over at once, decides the rest by keyboard, and closes (Art. 33)', async () => {
    const page = await reviewer()
    await page.goto('/')
    await page.getByRole('link', { name: /审核需求申请/ }).first().click()
    await press(page, '审核')
    await page.waitForURL(/\/plans\/reviews\//)
    await says(page, '太原市教育局')
    await press(page, /采纳/)
    await says(page, /已审 [1-6]\/6 行/)
    for (let turn = 0; turn < 6 && (await page.getByText('已审 6/6 行').count()) === 0; turn++) {
      await page.locator('[role=row][tabindex="0"], tr[tabindex="0"]').first().focus()
      await page.keyboard.press('n')
      await page.keyboard.press('Enter')
      await page.waitForTimeout(300)
    }
    await says(page, '已审 6/6 行')
    await press(page, '审结')
    await confirm(page, '审结')
    await says(page, '已审结')
  })

  test('the clerk reads in the notice what was decided and on what ground, and acknowledges it', async () => {
    const page = await clerk()
    await page.goto('/')
    await page.getByRole('link', { name: '签收书面通知' }).click()
    await says(page, '差旅费')
    await page.getByText('差旅费').first().click()
    await says(page, /条例/)
    await press(page, '签收')
    await says(page, /已签收/)
  })
})

test('no page of the journey had an error', () => {
  expect([...people.values()].flatMap(({ faults }) => faults)).toEqual([])
})
