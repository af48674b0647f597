import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openBrowser, signIn, visitor, type Visitor } from './browser.ts'
import { demandWorkbook } from './demand-workbook.ts'
import { openStage, type StageForTest } from './stage.ts'

/** The annual plan cycle (Art. 9, 10, 31–36), by the screens, as clerk, head, reviewer, leader and finance. */
let now = '2026-11-23T09:00:00+08:00'
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
/** Another day: everybody comes back to their machine and signs in again. */
async function laterOn(instant: string): Promise<void> {
  now = instant
  stage.goTo(instant)
  for (const { context } of people.values()) await context.close()
  faultsBefore.push(...[...people.values()].flatMap(({ faults }) => faults))
  people.clear()
}
const faultsBefore: string[] = []

const clerk = () => at('shi.education.jingban')
const head = () => at('shi.education.fuze')
const reviewer = () => at('shi.jihua')
const leader = () => at('shi.juzhang')
const finance = () => at('shi.caizheng')

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('main').getByRole('button', { name }).first().click()
const confirm = (page: Page, name: string | RegExp) =>
  page.getByRole('dialog').getByRole('button', { name }).last().click()
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
    await page
      .getByRole('link', { name: /填报年度需求申请/ })
      .first()
      .click()
    await says(page, '填报中')
    await press(page, '导入')
    await page
      .getByRole('dialog')
      .locator('input[type=file]')
      .setInputFiles(await demandWorkbook())
    await says(page, /导入预览/)
    await confirm(page, /^导入 6 行$/)
    await closed(page)
    await says(page, '353,000.00')
    const cell = page.getByRole('gridcell', { name: '60,000.00' }).first()
    await cell.click()
    await page.keyboard.type('65000')
    await page.keyboard.press('Enter')
    await says(page, '358,000.00')
    await page.getByLabel('联系人和办公电话').fill('林丽娟 0351-4000000')
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
    await page
      .getByRole('link', { name: /审核需求申请/ })
      .first()
      .click()
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

  test('authority and organ draw up their plans, and their heads issue them (Art. 31, 33)', async () => {
    for (const [drafter, signer] of [
      [await reviewer(), await leader()],
      [await clerk(), await head()],
    ] as const) {
      await drafter.goto('/plans/plans')
      await press(drafter, '编制草案')
      await confirm(drafter, '生成草案')
      await drafter.waitForURL(/\/plans\/plans\/[0-9a-f-]{36}/)
      await press(drafter, '送签')
      await confirm(drafter, '送签')
      await closed(drafter)
      await signer.goto('/')
      await signer
        .getByRole('link', { name: /签发年度保障计划/ })
        .first()
        .click()
      await press(signer, '签发')
      await confirm(signer, '签发')
      await closed(signer)
      await says(signer, '已下达')
    }
  })

  test('the budget goes up and down twice; finance cuts, and the plan follows (Art. 10, 33)', async () => {
    const page = await clerk()
    await page.reload()
    await press(page, '编制预算')
    await confirm(page, '生成预算建议数')
    await page.waitForURL(/\/budget\/budgets\/[0-9a-f-]{36}/)
    await press(page, '报送建议数')
    await confirm(page, '报送')
    await closed(page)
    const money = await finance()
    await money.goto('/')
    await money
      .getByRole('link', { name: /下达预算控制数/ })
      .first()
      .click()
    await press(money, '下达控制数')
    await money.getByRole('dialog').getByLabel('控制数总额').fill('20')
    await money.getByRole('dialog').getByLabel('控制数文号').fill('财预〔2026〕18号')
    await confirm(money, '下达控制数')
    await closed(money)
    await page.reload()
    await says(page, '20.00 万元')
    await press(page, '报送草案')
    await confirm(page, '报送草案')
    await closed(page)
    await money.reload()
    await press(money, '批复')
    await money.getByRole('dialog').getByLabel('批复文号').fill('财预批〔2026〕66号')
    await confirm(money, '批复')
    await closed(money)
    await page.reload()
    await page.getByRole('link', { name: '2027年度保障计划' }).click()
    await press(page, '计划生效')
    await confirm(page, '计划生效')
    await closed(page)
    await says(page, '执行中')
  })

  test('spending posts to the ledger, and not one fen beyond the plan (Art. 34)', async () => {
    await laterOn('2027-02-22T09:30:00+08:00')
    const page = await clerk()
    await page.goto('/ledger/lines?year=2027')
    await page
      .getByRole('link', { name: /办公费/ })
      .first()
      .click()
    await press(page, '登记支出')
    await fillPayment(page, '999999')
    await confirm(page, /登记/)
    await says(page, /超出计划/)
    await page.getByRole('dialog').getByLabel('金额').fill('12000')
    await confirm(page, /登记/)
    await closed(page)
    await says(page, '12,000.00')
  })

  test('an adjustment is made first and filed in time; the authority takes it in (Art. 35)', async () => {
    const page = await clerk()
    await page.goto('/plans/adjustments/new')
    const main = page.getByRole('main')
    await main.getByRole('radio', { name: '突发事件' }).check()
    await main.getByLabel('调整事由').fill('强降雨造成办公区进水，抢修支出增加')
    await main.getByLabel('依据文件').fill('市防汛指挥部第3号令')
    await main.getByLabel('资金来源').fill('本机关计划内调剂')
    await press(page, '从台账选择')
    const dialog = page.getByRole('dialog')
    for (const item of ['办公费', '差旅费'])
      await dialog
        .getByRole('row', { name: new RegExp(item) })
        .getByRole('checkbox')
        .check()
    await confirm(page, /加入/)
    await closed(page)
    const amounts = main.getByLabel('调整后金额')
    const before = await Promise.all([amounts.nth(0).inputValue(), amounts.nth(1).inputValue()])
    const yuan = before.map((text) => Number(text.replaceAll(',', '')))
    await amounts.nth(0).fill(String((yuan[0] as number) - 3000))
    await amounts.nth(1).fill(String((yuan[1] as number) + 3000))
    await press(page, '登记调整')
    await page.waitForURL(/\/plans\/adjustments\/[0-9a-f-]{36}/)
    await says(page, /剩 15 个工作日/)
    await press(page, '提交备案')
    await confirm(page, '提交备案')
    await closed(page)
    const authority = await reviewer()
    await authority.goto('/')
    await authority
      .getByRole('link', { name: /受理调整备案/ })
      .first()
      .click()
    await press(authority, '收讫')
    await confirm(authority, '收讫')
    await closed(authority)
    await says(authority, '已收讫')
  })

  test('the execution report is drawn from the ledger, signed, sent and received; the level’s report goes on with a copy to finance (Art. 36)', async () => {
    await laterOn('2028-03-10T10:00:00+08:00')
    const page = await clerk()
    await page.goto('/plans/reports')
    await press(page, /生成/)
    await confirm(page, /生成/)
    await page.waitForURL(/\/plans\/reports\/[0-9a-f-]{36}/)
    await says(page, '1.20')
    const organHead = await head()
    await organHead.goto(new URL(page.url()).pathname)
    await press(organHead, '签发')
    await confirm(organHead, '签发')
    await closed(organHead)
    await page.reload()
    await press(page, '报送')
    await confirm(page, '报送')
    await closed(page)
    const authority = await reviewer()
    await authority.goto('/')
    await authority
      .getByRole('link', { name: /接收执行情况报告/ })
      .first()
      .click()
    await press(authority, '收到')
    await confirm(authority, '收到')
    await closed(authority)
    await says(authority, '已收到')
    const [file] = await Promise.all([authority.waitForEvent('download'), press(authority, /PDF/)])
    expect(file.suggestedFilename()).toMatch(/\.pdf$/)
    await authority.goto('/plans/reports')
    await press(authority, '生成报告')
    await confirm(authority, '生成报告')
    await authority.waitForURL(/\/plans\/reports\/[0-9a-f-]{36}/)
    const boss = await leader()
    await boss.goto('/')
    await boss.goto(new URL(authority.url()).pathname)
    await press(boss, '签发')
    await confirm(boss, '签发')
    await closed(boss)
    await authority.reload()
    await press(authority, '报告并抄送')
    await confirm(authority, '报告并抄送')
    await closed(authority)
    await says(authority, '已抄送财政部门')
  })
})

async function fillPayment(page: Page, yuan: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('金额').fill(yuan)
  await dialog.getByLabel(/用途/).fill('办公用品')
}

test('no page of the journey had an error', () => {
  expect([...faultsBefore, ...[...people.values()].flatMap(({ faults }) => faults)]).toEqual([])
})
