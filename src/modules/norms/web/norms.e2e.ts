import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openBrowser, signIn, visitor, type Visitor } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** Somebody of supervision asks what the system does of the Regulation, article by article. */
let stage: StageForTest
let browser: Browser
const people: Visitor[] = []
beforeAll(async () => {
  stage = await openStage({ demonstration: 'all', clock: '2026-11-23T09:00:00+08:00' })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

async function at(username: string, size: 'desktop' | 'phone' = 'desktop'): Promise<Page> {
  const person = await visitor(browser, stage.address, size)
  await person.context.clock.install({ time: new Date('2026-11-23T09:00:00+08:00') })
  people.push(person)
  await signIn(person.page, username, demonstrationPassword)
  return person.page
}

const norm = (page: Page, id: string) => page.locator(`li[id="${id}"]`)

test('from the article to its norm, to what carries it, to the text of the law and back', async () => {
  const page = await at('shi.jihua')
  await page.goto('/norms')
  await page.getByText(/共85项规范：已承载\d+/).waitFor()
  await page.getByRole('searchbox', { name: '查找条文' }).fill('备案')
  await page.getByRole('searchbox', { name: '查找条文' }).press('Enter')
  const filing = norm(page, 'A35-2')
  expect(await filing.innerText()).toContain('已承载')
  expect(await norm(page, 'A17-1').count()).toBe(0)

  // The text itself lies in the library, with its norms beside it; from there back to the very norm.
  await page.getByRole('link', { name: '第三十五条' }).first().click()
  await page.getByRole('heading', { name: /第三十五条/ }).waitFor()
  await page.getByText('十五个工作日内').first().waitFor()
  await page.getByRole('link', { name: 'A35-2' }).first().click()
  await norm(page, 'A35-2').waitFor()
  expect(await norm(page, 'A35-2').getAttribute('class')).toContain('norm-named')

  // And on to where it is done.
  await norm(page, 'A35-2').getByRole('link', { name: '计划调整' }).click()
  await page.getByRole('heading', { name: '计划调整' }).waitFor()
})

test('what nothing carries yet is told, with the area that will', async () => {
  const page = await at('shi.jihua')
  await page.goto('/norms?show=open')
  await norm(page, 'A17-2').waitFor()
  expect(await norm(page, 'A17-2').innerText()).toContain('待建')
  expect(await norm(page, 'A35-2').count()).toBe(0)
})

test('an organ reads it on a phone, with its own cases counted; nothing went wrong on the way', async () => {
  const page = await at('shi.education.jingban', 'phone')
  await page.goto('/norms')
  await norm(page, 'A32-1').waitFor()
  expect(await norm(page, 'A32-1').innerText()).toMatch(/在办 \d/)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(people.flatMap(({ faults }) => faults)).toEqual([])
})
