import type { Browser, Page } from 'playwright-core'
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
  const screen = new URL(page.url()).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
  const unfit = looked.has(screen) ? [] : await accessibilityFaults(page)
  looked.add(screen)
  const wider = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  return [...shown, ...unfit, ...(wider > 1 ? [`${wider} px wider than the window`] : [])].map(
    (fault) => `${new URL(page.url()).pathname}: ${fault}`,
  )
}

const settled = async (page: Page) => {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
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
  '%s opens every page offered, and the first record of each list (%s)',
  { timeout: 180_000 },
  async (username, size) => {
    const { page, context, faults } = await visitor(browser, stage.address, size)
    await context.clock.install({ time: new Date('2026-11-23T09:00:00+08:00') })
    await signIn(page, username, demonstrationPassword)
    await settled(page)
    const found: string[] = await faultsOf(page)
    if (size === 'phone') await page.locator('.shell-menu-button').click()
    const links = page.getByRole('navigation', { name: '主导航' }).getByRole('link')
    await links.first().waitFor()
    const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') as string))
    expect(paths.length).toBeGreaterThan(2)
    for (const path of new Set(paths)) {
      await page.goto(path)
      await settled(page)
      found.push(...(await faultsOf(page)))
      const record = await page
        .locator(`main a[href^="${path}/"]`)
        .first()
        .getAttribute('href', { timeout: 500 })
        .catch(() => null)
      if (record === null || path === '/') continue
      await page.goto(record)
      await settled(page)
      found.push(...(await faultsOf(page)))
    }
    await context.close()
    expect([...faults, ...found]).toEqual([])
  },
)
