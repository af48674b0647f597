import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openBrowser, signIn, visitor, type Visitor } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** Somebody disagrees with a cut, and wants to know why; an auditor looks at what was decided. */
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

/** Opens a notice that tells of a cut, and leaves the page where its link in the list leads. */
async function openNoticeWithCut(page: Page): Promise<void> {
  await page.goto('/plans/notices')
  await page.locator('main a[href^="/plans/notices/"]').first().waitFor()
  const notices = await page
    .locator('main a[href^="/plans/notices/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') as string))
  for (const notice of notices) {
    await page.goto(notice)
    await page.locator('.notice-lines').waitFor()
    if ((await cutLines(page).count()) > 0) return
  }
  throw new Error('no notice tells of a cut')
}
const cutLines = (page: Page) => page.locator('.notice-lines tbody tr').filter({ hasText: '核减' })

describe.each(['desktop', 'phone'] as const)('on a %s', (size) => {
  test(
    'A33-1 A8-1 from the notice of a cut to its article, standard and arithmetic: two clicks at most',
    { timeout: 120_000 },
    async () => {
      const page = await at('shi.education.jingban', size)
      await openNoticeWithCut(page)
      let clicks = 0
      const click = async (what: ReturnType<Page['locator']>) => {
        clicks++
        await what.click()
      }
      await click(
        cutLines(page)
          .first()
          .getByRole('link', { name: /^依据 JD-/ }),
      )
      await page.waitForURL(/\/decisions\/[0-9a-f-]{36}$/)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(clicks).toBeLessThanOrEqual(2)
      const grounds = page.locator('.basis')
      await grounds
        .getByRole('link', { name: /《山西省机关运行保障条例》第.+条/ })
        .first()
        .waitFor()
      expect(await grounds.locator('a[href^="/regulations/articles/"]').first().getAttribute('href')).toMatch(
        /^\/regulations\/articles\/\d+$/,
      )
      expect(await page.getByText('核减金额（元）').count()).toBeGreaterThan(0)
      expect(await grounds.locator('.basis-steps tr').count()).toBeGreaterThan(0)

      await page.getByRole('tab', { name: '重放' }).click()
      await page.getByText('重放一致').waitFor()
      await page.getByRole('tab', { name: '按今日标准' }).click()
      await page.getByText('本决定用到的标准没有变化。').waitFor()
      await page.getByRole('tab', { name: '文字说明' }).click()
      await page
        .getByText(/条款：《山西省机关运行保障条例》/)
        .first()
        .waitFor()
    },
  )
})

test(
  'an auditor narrows the decisions to those that differ from the proposal, by keyboard',
  { timeout: 120_000 },
  async () => {
    const page = await at('shi.shenji')
    await page.goto('/decisions')
    await page.getByRole('row').nth(2).waitFor()
    await page.getByRole('checkbox', { name: '只看与建议不同' }).focus()
    await page.keyboard.press('Space')
    await page.waitForURL(/deviating=true/)
    await page.getByLabel('规范').fill('A8-1')
    await page.keyboard.press('Enter')
    await page.waitForURL(/norm=A8-1/)
    await page.getByText('相同', { exact: true }).first().waitFor({ state: 'detached' }) // the list before has gone
    await page.locator('main a[href^="/decisions/"]').first().press('Enter')
    await page.getByText('决定与建议不同').waitFor()
  },
)

test(
  'a plan line opens the decision it comes from; a norm named in the address stands out',
  { timeout: 120_000 },
  async () => {
    const page = await at('shi.education.jingban')
    await page.goto('/plans/plans?year=2026')
    await page.locator('main a[href^="/plans/plans/"]').first().click()
    await page.getByRole('tab', { name: /计划事项/ }).click()
    await page.locator('.tab-panel tbody').getByRole('button').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('link', { name: /^JD-/ }).waitFor()
    await dialog.locator('a[href^="/regulations/articles/"]').first().waitFor()
    await page.goto('/norms#A35-2')
    await page.locator('#A35-2.norm-named').waitFor()
    await expect.poll(() => page.evaluate<number>('window.scrollY')).toBeGreaterThan(100)
  },
)

test('no page had an error', () => expect(people.flatMap(({ faults }) => faults)).toEqual([]))
