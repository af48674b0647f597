import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { accessibilityFaults } from '../../../../../journeys/accessibility.ts'
import { openBrowser, signIn, visitor, type Visitor } from '../../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../../journeys/stage.ts'

/** A clerk keeps the own data right; a leader looks at a number for a purpose; the clerk sees who looked. */
let stage: StageForTest
let browser: Browser
const faults: string[][] = []
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: '2026-11-23T09:00:00+08:00' })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

async function as(username: string, size: 'desktop' | 'phone' = 'desktop'): Promise<Visitor['page']> {
  const one = await visitor(browser, stage.address, size)
  await one.context.clock.install({ time: new Date('2026-11-23T09:00:00+08:00') })
  await signIn(one.page, username, demonstrationPassword)
  faults.push(one.faults)
  return one.page
}
test('own data is put right by keyboard, taken away as a file, and a correction is asked for and done', async () => {
  const page = await as('shi.education.zhigong')
  await page.goto('/people/my-data')
  await page.getByRole('button', { name: '更新联系方式' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('手机号码').fill('1420')
  await page.keyboard.press('Enter')
  await dialog.getByText('手机号码应为11位数字').first().waitFor()
  await dialog.getByLabel('手机号码').fill('142 0351 0777')
  await page.keyboard.press('Enter')
  await page.getByText('14203510777').waitFor()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出 JSON' }).click()
  const file = await (await downloading).path()
  expect(JSON.parse(await readFile(file, 'utf8')).personalData.mobile).toBe('14203510777')
  await page.getByText('待办理').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])

  const administrator = await as('shi.xitong')
  await administrator.goto('/people/corrections')
  await administrator.locator('main a[href^="/people/corrections/"]').first().click()
  await administrator.getByText('一级科员').waitFor()
  expect(await accessibilityFaults(administrator)).toEqual([])
  await administrator.getByRole('button', { name: '核对无误，更正' }).click()
  await administrator.getByText('申请内容办结后已删除').waitFor()

  await page.reload()
  await page.getByText('已更正', { exact: true }).waitFor()
  await page.getByText('一级科员').waitFor()
})

test('G12 a number is masked until a purpose is given, and its person sees who looked, on the phone too', async () => {
  const leader = await as('shi.juzhang')
  await leader.goto('/people')
  await leader.getByRole('button', { name: '按号码查找' }).click()
  await leader.getByLabel('完整号码').fill('14203510777')
  await leader.keyboard.press('Enter')
  await leader.getByRole('dialog').getByRole('link').click()
  await leader.getByRole('tab', { name: '联系方式和号码' }).click()
  await leader.getByText('142****0777').waitFor()
  expect(await leader.locator('main').innerText()).not.toContain('14203510777')
  await leader.getByRole('button', { name: '查看完整号码' }).click()
  await leader.getByLabel('目的').click()
  await leader.getByTitle('应急处置').click()
  await leader.getByRole('button', { name: '查看', exact: true }).click()
  await leader.getByText('14203510777').waitFor()
  expect(await accessibilityFaults(leader)).toEqual([])

  const phone = await as('shi.education.zhigong', 'phone')
  await phone.goto('/people/my-data')
  await phone.getByText('应急处置').waitFor()
  await phone.getByText('郭建平').waitFor()
  expect(await accessibilityFaults(phone)).toEqual([])
  expect(faults.flat()).toEqual([])
})
