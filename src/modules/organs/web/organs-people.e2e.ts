import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openBrowser, signIn, visitor } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** The authority keeps the register of organs; the administrators keep people, each their part. */
let stage: StageForTest
let browser: Browser
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people' })
  browser = await openBrowser()
}, 300_000)
afterAll(async () => {
  await browser.close()
  await stage.close()
})

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(label).click()
  await page.keyboard.type(option)
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click()
}

async function as(username: string, password = demonstrationPassword) {
  const visit = await visitor(browser, stage.address)
  await signIn(visit.page, username, password)
  return visit
}

test('A2-1 an organ is registered, gets its posts, is changed and closed with a successor', async () => {
  const { page, context, faults } = await as('shi.jihua')
  await page.goto('/organs')
  await page.getByRole('button', { name: '登记机关' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '登记机关' }).click()
  await dialog.getByText('请填写').first().waitFor()
  await dialog.getByLabel('机关名称').fill('太原市行政审批服务管理局')
  await dialog.getByLabel('简称').fill('市审批局')
  await dialog.getByLabel('机关类别').click()
  await page.locator('.ant-select-dropdown:visible').getByText('行政机关', { exact: true }).click()
  await dialog.getByLabel('依据文件').fill('并编〔2026〕8号')
  await dialog.getByRole('button', { name: '登记机关' }).click()
  await page.getByRole('heading', { level: 1, name: /太原市行政审批服务管理局/ }).waitFor()

  await page.getByRole('button', { name: '登记编制' }).click()
  await dialog.getByLabel('县处级正职 编制').fill('1')
  await dialog.getByLabel('县处级正职 实有').fill('1')
  await dialog.getByLabel('科员及以下 编制').fill('20')
  await dialog.getByLabel('科员及以下 实有').fill('18')
  await dialog.getByRole('button', { name: '登记编制' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('编制 21 人，实有 19 人').waitFor()

  await page.getByRole('button', { name: '修改登记' }).click()
  await dialog.getByLabel('在集中办公区').click()
  await dialog.getByRole('button', { name: '保存修改' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('集中办公区', { exact: true }).locator('xpath=following-sibling::dd').getByText('是').waitFor()

  // A code once given can be taken away again.
  const code = page.getByText('测算-07', { exact: false })
  for (const [text, shown] of [
    ['测算-07', 1],
    ['', 0],
  ] as const) {
    await page.getByRole('button', { name: '修改登记' }).click()
    await dialog.getByLabel('预算单位编码').fill(text)
    await dialog.getByRole('button', { name: '保存修改' }).click()
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => code.count()).toBe(shown)
  }

  await page.getByRole('button', { name: '停用' }).click()
  await choose(page, '承接机关', '太原市教育局')
  await dialog.getByLabel('依据文件').fill('并编〔2026〕9号')
  await dialog.getByRole('button', { name: '停用机关' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(/用至/).first().waitFor()
  expect(await page.getByRole('link', { name: '太原市教育局' }).count()).toBe(1)
  await context.close()
  expect(faults).toEqual([])
})

test('an account is opened by the system administrator, its role given by the security administrator; the person signs in', async () => {
  const system = await as('shi.xitong')
  await system.page.goto('/people')
  await system.page.getByRole('button', { name: '登记人员并开通账号' }).click()
  const dialog = system.page.getByRole('dialog')
  await dialog.getByLabel('姓名').fill('申雨桐')
  await choose(system.page, '机关', '太原市教育局')
  await dialog.getByLabel('用户名').fill('shi.education.shen')
  await dialog.getByRole('button', { name: '登记并开通' }).click()
  const password = await system.page.getByRole('dialog').locator('code').innerText()
  await system.page.getByRole('button', { name: '已当面交给本人' }).click()
  await system.page.getByRole('link', { name: '申雨桐' }).click()
  await system.page.getByRole('button', { name: '授予角色' }).hover()
  await system.page.getByText('角色由本级安全保密管理员授予').first().waitFor()
  const path = new URL(system.page.url()).pathname

  const security = await as('shi.anquan')
  await security.page.goto(path)
  await security.page.getByRole('button', { name: '授予角色' }).click()
  await choose(security.page, '角色', '机关经办人')
  await security.page.getByRole('dialog').getByRole('button', { name: '授予' }).click()
  await security.page.getByRole('dialog').waitFor({ state: 'detached' })
  await security.page.getByRole('main').getByText('机关经办人', { exact: true }).waitFor()

  // Where a colleague worked before: pages are at hand, and none may be drawn before the password is changed.
  const person = await as('shi.education.jingban')
  await person.page.getByRole('heading', { level: 1, name: '待办' }).waitFor()
  await person.page.locator('.user-name').click()
  await person.page.getByRole('button', { name: '退出登录' }).click()
  await person.page.waitForURL('**/sign-in**')
  const refusals: string[] = []
  person.page.on('response', (response) => {
    if (response.status() === 403) refusals.push(response.url())
  })
  await person.page.getByLabel('用户名').fill('shi.education.shen')
  await person.page.getByLabel('密码', { exact: true }).fill(password)
  await person.page.getByRole('button', { name: '登录', exact: true }).click()
  await person.page.waitForURL('**/account/password')
  await person.page.getByLabel('当前密码').waitFor()
  expect(refusals).toEqual([])
  await person.page.getByLabel('当前密码').fill(password)
  await person.page.getByLabel('新密码', { exact: true }).fill('Xiaohe-27-Liu')
  await person.page.getByLabel('再输一遍新密码').fill('Xiaohe-27-Liu')
  await person.page.getByRole('main').getByRole('button', { name: '修改密码' }).click()
  await person.page.waitForURL((url) => url.pathname !== '/account/password')
  await person.page.goto('/people/sessions')
  await person.page.getByText('本次登录').waitFor()
  for (const { context, faults } of [system, security, person]) {
    await context.close()
    expect(faults).toEqual([])
  }
})
