import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anchorDirectories, trustedKeys } from '#kernel/server/audit/anchors.ts'
import { verifyAudit } from '#kernel/server/audit/verify.ts'
import { transaction } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { accessibilityFaults } from './accessibility.ts'
import { openBrowser, signIn, visitor } from './browser.ts'
import { openStage, type StageForTest } from './stage.ts'

/** The whole demonstration: everything in it verifies, and everybody can open every page they are offered. */
let stage: StageForTest
let browser: Browser
beforeAll(async () => {
  stage = await openStage({ demonstration: 'all', clock: '2026-11-23T09:00:00+08:00' })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

test('every check of `yunbao verify` passes on the demonstration', async () => {
  const { db, modules } = stage.application.ground
  const checks = modules.flatMap((module) => module.checks ?? [])
  expect(checks.length).toBeGreaterThan(2)
  for (const { name, check } of checks) {
    const { checked, faults } = await transaction(db, (tx) => check(tx), { readOnly: true, scope: systemScope })
    expect([name, faults]).toEqual([name, []])
    expect(checked, name).toBeGreaterThan(0)
  }
  const anchors = anchorDirectories(stage.dataDirectory, undefined)
  const keys = await trustedKeys(stage.dataDirectory, anchors)
  const audit = await verifyAudit({ url: stage.application.ground.readerUrl, keys, anchors })
  expect(audit.faults).toEqual([])
  expect(audit.checked).toBeGreaterThan(1000)
})

/** Screens already looked at for accessibility: who looks, and how wide, changes the rows and their places, seldom the screen. */
const looked = new Set<string>()

/** Titles of what cannot be shown, and accessibility faults that keep people out. */
async function faultsOf(page: Page): Promise<string[]> {
  const shown = await page.locator('.error-panel').allInnerTexts()
  const screen = screenOf(page.url())
  const unfit = looked.has(screen) ? [] : await accessibilityFaults(page)
  looked.add(screen)
  const wider = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  return [...shown, ...unfit, ...(wider > 1 ? [`${wider} px wider than the window`] : [])].map(
    (fault) => `${new URL(page.url()).pathname}: ${fault}`,
  )
}

const screenOf = (address: string) =>
  new URL(address, 'http://any').pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')

/** A page is there when its heading is not the one that was left, and nothing of it is still being fetched. */
const settled = async (page: Page) => {
  await page.locator('h1:not([data-left])').first().waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
}

/** Goes where a link leads, as the application goes there itself. */
async function follow(page: Page, link: Locator): Promise<void> {
  await link.evaluate((element) => {
    for (const heading of element.ownerDocument.querySelectorAll('h1')) heading.setAttribute('data-left', '')
    element.click()
  })
  await settled(page)
}

/** Addresses of all that the main navigation offers, its groups opened. */
async function offered(navigation: Locator): Promise<string[]> {
  await navigation.getByRole('link').first().waitFor()
  const closed = navigation.getByRole('button', { expanded: false })
  while ((await closed.count()) > 0) await closed.first().click()
  return navigation.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href') as string))
}

// Two at a time: a browser waits more than it works.
test.concurrent.each([
  ['shi.education.jingban', 'desktop'],
  ['shi.jihua', 'desktop'],
  ['shi.juzhang', 'phone'],
  ['shi.caizheng', 'desktop'],
  ['sheng.xitong', 'desktop'],
  ['shi.shenjiyuan', 'desktop'],
  ['xian.education.jingban', 'phone'],
  ['shi.education.jiashi', 'phone'],
] as const)(
  '%s opens every page offered, and the first record of each list that nobody has opened yet (%s)',
  { timeout: 300_000 },
  async (username, size) => {
    const { page, context, faults } = await visitor(browser, stage.address, size)
    await context.clock.install({ time: new Date('2026-11-23T09:00:00+08:00') })
    await signIn(page, username, demonstrationPassword)
    await settled(page)
    const found: string[] = await faultsOf(page)
    if (size === 'phone') await page.locator('.shell-menu-button').click()
    const paths = await offered(page.getByRole('navigation', { name: '主导航' }))
    expect(paths.length).toBeGreaterThanOrEqual(18)
    for (const path of paths) {
      if (path !== '/') await follow(page, page.locator(`#navigation a[href="${path}"]`)) // on a phone it is drawn in
      expect(new URL(page.url()).pathname).toBe(path)
      found.push(...(await faultsOf(page)))
      const record = page.locator(`main a[href^="${path}/"]`).first()
      const screen = (await record.count()) > 0 ? screenOf((await record.getAttribute('href')) ?? '') : ''
      if (path === '/' || screen === '' || looked.has(screen)) continue
      await follow(page, record)
      found.push(...(await faultsOf(page)))
    }
    await context.close()
    expect([...faults, ...found]).toEqual([])
  },
)

test('most screens of records were opened too', () => {
  expect([...looked].filter((screen) => screen.includes(':id')).length).toBeGreaterThan(20)
})
