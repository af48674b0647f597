import { Secret, TOTP } from 'otpauth'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { accessibilityFaults } from '../../../../journeys/accessibility.ts'
import { openBrowser, signIn, visitor } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** The security administrator takes a second factor into use, signs in with it, and proves it again to give a role. */
const start = '2026-11-23T09:00:00+08:00'
let stage: StageForTest
let browser: Browser
let ahead = 0
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: start })
  ahead = Date.parse(start) - Date.now()
  browser = await openBrowser()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

/** Time of the stage goes on by so many minutes. */
function later(minutes: number): void {
  ahead += minutes * 60_000
  stage.goTo(new Date(Date.now() + ahead).toISOString())
}
const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead })

test('G3 a second factor is enrolled with a QR code, asked for at sign-in, and once more to give a role', async () => {
  const { page, context, faults } = await visitor(browser, stage.address)
  await signIn(page, 'shi.anquan', demonstrationPassword)
  await page.getByRole('banner').getByRole('button', { name: '温静' }).click()
  await page.getByRole('link', { name: /第二因素/ }).click()
  await page.getByRole('main').getByRole('button', { name: '启用' }).click()
  const picture = page.getByRole('img', { name: /密钥二维码/ })
  await picture.waitFor()
  expect(await picture.evaluate((image: HTMLImageElement) => [image.complete, image.naturalWidth > 20])).toEqual([
    true,
    true,
  ])
  const secret = (await page.locator('.secret-groups').innerText()).replace(/\s/g, '')
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  const found = await accessibilityFaults(page)
  await page.getByLabel('动态口令').fill('000000')
  await page.getByRole('button', { name: '确认启用' }).click()
  await page.getByText('动态口令或恢复码不正确').waitFor()
  await page.getByLabel('动态口令').fill(codeOf(secret))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '恢复码' }).waitFor()
  const recoveryCodes = await page.locator('.recovery-codes code').allInnerTexts()
  expect(recoveryCodes).toHaveLength(10)
  found.push(...(await accessibilityFaults(page)))
  await page.getByRole('button', { name: '已妥善保存' }).click()
  await page.getByText('已启用').first().waitFor()

  await page.getByRole('banner').getByRole('button', { name: '温静' }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.waitForURL('**/sign-in')
  later(2)
  await page.getByLabel('用户名').fill('shi.anquan')
  await page.getByLabel('密码', { exact: true }).fill(demonstrationPassword)
  await page.keyboard.press('Enter')
  await page.getByLabel('动态口令').fill('111111')
  await page.keyboard.press('Enter')
  await page.getByText('动态口令或恢复码不正确').waitFor()
  found.push(...(await accessibilityFaults(page)))
  await page.getByLabel('动态口令').fill(codeOf(secret))
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === '/')

  later(6)
  await page.goto('/people')
  await page.getByRole('link', { name: '乔志强' }).click()
  const dialog = page.getByRole('dialog', { name: '授予角色' })
  const grant = async (role: string) => {
    await page.getByRole('button', { name: '授予角色' }).click()
    await dialog.getByLabel('角色', { exact: true }).click()
    await page.keyboard.type(role)
    await page.locator('.ant-select-dropdown:visible').getByText(role, { exact: true }).click()
    await dialog.getByRole('button', { name: '授予', exact: true }).click()
  }
  await grant('监督检查')
  const proof = page.getByRole('dialog', { name: '请再次验证身份' })
  found.push(...(await accessibilityFaults(page)))
  await proof.getByRole('button', { name: '改用恢复码' }).click()
  await proof.getByRole('button', { name: '改用动态口令' }).click()
  await proof.getByLabel('动态口令').fill(codeOf(secret))
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('main').getByText('监督检查', { exact: true }).waitFor()
  // Fresh for five minutes: the next one is given without being asked again.
  await grant('节能审核')
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('main').getByText('节能审核', { exact: true }).waitFor()
  await context.close()
  expect([...faults, ...found]).toEqual([])
})

test('the policy is changed with a reason; whoever gives up the step-up changes nothing', async () => {
  const { page, context, faults } = await visitor(browser, stage.address)
  await signIn(page, 'sheng.anquan', demonstrationPassword)
  later(6)
  await page.goto('/people/policy')
  await page.getByRole('button', { name: '修改策略' }).click()
  const dialog = page.getByRole('dialog', { name: '修改安全策略' })
  await dialog.getByLabel('锁定时间').fill('5')
  await dialog.getByLabel('修改理由').fill('按年度等级测评整改意见')
  await dialog.getByRole('button', { name: '保存修改' }).click()
  const proof = page.getByRole('dialog', { name: '请再次验证身份' })
  await proof.getByLabel('密码').waitFor()
  await page.keyboard.press('Escape')
  await dialog.getByText('办理这一事项前，须再次验证身份').waitFor()
  await dialog.getByRole('button', { name: '保存修改' }).click()
  await proof.getByLabel('密码').fill(demonstrationPassword)
  await page.keyboard.press('Enter')
  await dialog.getByText('“锁定时间”应在10至1440分钟之间').waitFor()
  await dialog.getByLabel('锁定时间').fill('60')
  await dialog.getByRole('button', { name: '保存修改' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('锁定时间：30分钟 → 60分钟').waitFor()
  const found = await accessibilityFaults(page)
  await context.close()
  expect([...faults, ...found]).toEqual([])
})
