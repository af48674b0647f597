import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openTestProvider, type TestProvider } from '#modules/people/testing/provider.ts'
import { accessibilityFaults } from './accessibility.ts'
import { openBrowser, signIn, visitor } from './browser.ts'
import { openStage, type StageForTest } from './stage.ts'

/** Signing in with the provider of an office, and letting another system in. */
const now = '2026-11-23T09:00:00+08:00'
let stage: StageForTest
let browser: Browser
let there: TestProvider
beforeAll(async () => {
  const port = await freePort()
  there = await openTestProvider(`http://127.0.0.1:${port}`, { publicClient: true })
  stage = await openStage({
    demonstration: 'people',
    clock: now,
    port,
    oidc: {
      issuer: there.issuer,
      clientId: there.clientId,
      clientSecretFile: undefined,
      claim: 'sub',
      title: '统一身份认证',
      publicAddress: `http://127.0.0.1:${port}`,
    },
  })
  browser = await openBrowser()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
  await there?.close()
})

/** Known before the application starts, since the provider must know where browsers come back to. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

async function visit() {
  const visiting = await visitor(browser, stage.address)
  await visiting.context.clock.install({ time: new Date(now) })
  return visiting
}

async function signInAtProvider(page: Page, name: string): Promise<void> {
  await page.waitForURL((url) => url.origin === there.issuer)
  await page.locator('input[name=login]').fill(name)
  await page.locator('input[name=password]').fill('any')
  await page.locator('button[type=submit], input[type=submit]').first().click()
}

test('a reviewer links the account once, and then signs in with the provider', async () => {
  const { context, page, faults } = await visit()
  await signIn(page, 'shi.jihua', demonstrationPassword)
  await page.goto('/people/sessions')
  await page.getByRole('button', { name: '关联统一身份认证' }).click()
  await signInAtProvider(page, 'lixiaoyan')
  await page.waitForURL((url) => url.pathname === '/people/sessions')
  await page.getByText(/已于 .+ 关联/).waitFor()
  await page.getByRole('button', { name: '李晓燕' }).click()
  await page.getByRole('button', { name: '退出登录' }).click()

  // The page asked for is where one comes out, without a second password: the provider knows the browser.
  await page.goto('/sign-in?return=%2Fplans%2Fcycles')
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: '用统一身份认证登录' }).click()
  await page.waitForURL((url) => url.pathname === '/plans/cycles')
  await page.getByRole('button', { name: '李晓燕' }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.waitForURL((url) => url.origin === there.issuer && url.pathname === '/session/end')
  await page.goto('/')
  await page.waitForURL((url) => url.pathname === '/sign-in')
  expect(faults.filter((fault) => fault.includes(stage.address))).toEqual([])
  await context.close()
})

test('whom nobody knows here is told what to do, on a page of ours', async () => {
  const { context, page } = await visit()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: '用统一身份认证登录' }).click()
  await signInAtProvider(page, 'stranger')
  await page.getByText('您在统一身份认证的身份还没有与本系统的账号关联。').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('link', { name: '回到登录页' }).click()
  await page.getByLabel('用户名').waitFor()
  await page.goto('/sign-in/return?state=forged&code=forged')
  await page.getByText('这次登录已经失效，或者不是从本浏览器发起的。').waitFor()
  await context.close()
})

test('the security administrator issues a token by keyboard, sees it once, and revokes it', async () => {
  const { context, page, faults } = await visit()
  await signIn(page, 'shi.anquan', demonstrationPassword)
  await page.goto('/machines')
  await page.getByText('还没有签发过接口令牌').waitFor()
  await page.getByRole('button', { name: '签发令牌' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '签发接口令牌' })
  await dialog.getByRole('combobox', { name: '代表机关' }).focus()
  await page.keyboard.type('太原市教育局')
  await page.locator('.ant-select-item-option', { hasText: '太原市教育局' }).waitFor()
  await page.keyboard.press('Enter')
  await dialog.getByLabel('对接系统').focus()
  await page.keyboard.type('财务核算系统')
  await page.keyboard.press('Tab')
  await page.keyboard.type('按月报送支出')
  await dialog.getByRole('radio', { name: '计划：读', exact: true }).focus()
  await page.keyboard.press('Space')
  expect(await accessibilityFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: '签发' }).focus()
  await page.keyboard.press('Enter')
  const told = page.getByRole('dialog', { name: '令牌已签发' })
  const secret = await told.getByLabel('令牌（只显示这一次）').inputValue()
  expect(secret).toMatch(/^yb_[a-z2-9]{8}_[\w-]{43}$/)
  expect(await told.getByRole('button', { name: '完成' }).isDisabled()).toBe(true)
  expect(await accessibilityFaults(page)).toEqual([])
  await told.getByLabel('已妥善保存，关闭后不能再查看').check()
  await told.getByRole('button', { name: '完成' }).click()

  const use = () =>
    fetch(`${stage.address}/api/v1/plans/plans`, { headers: { authorization: `Bearer ${secret}` } }).then(
      ({ status }) => status,
    )
  expect(await use()).toBe(200)
  const row = page.getByRole('row', { name: /财务核算系统/ })
  await row.getByText('计划（读）').waitFor()
  await row.getByRole('button', { name: '撤销' }).click()
  const revoking = page.getByRole('dialog', { name: '撤销令牌：财务核算系统' })
  await revoking.getByRole('button', { name: '系统下线' }).click()
  await revoking.getByRole('button', { name: '撤销', exact: true }).click()
  await row.getByText('已撤销').waitFor()
  expect(await use()).toBe(401)
  expect(await page.content()).not.toContain(secret)
  expect(faults).toEqual([])
  await context.close()
})
