import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openBrowser, signIn, visitor, type sizes } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** The authority asks, organs answer on their phones, every opinion is answered, the organ reads what became of its own. */
let stage: StageForTest
let browser: Browser
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: '2026-11-23T09:00:00+08:00' })
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

const title = '太原市机关会议服务标准（征求意见稿）'

async function as(username: string, size: keyof typeof sizes) {
  const visit = await visitor(browser, stage.address, size)
  await visit.context.clock.install({ time: new Date('2026-11-23T09:00:00+08:00') })
  await signIn(visit.page, username, demonstrationPassword)
  return visit
}

async function ask(page: Page, organ: string): Promise<void> {
  await page.getByLabel('征求的机关').click()
  await page.keyboard.type(organ)
  await page.locator('.ant-select-dropdown:visible').getByText(organ, { exact: true }).click()
  await page.keyboard.press('Escape')
}

/** From the inbox, as on any other morning. */
async function openTask(page: Page): Promise<void> {
  await page.goto('/')
  await page
    .getByRole('link', { name: new RegExp(title.slice(0, 8)) })
    .first()
    .click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}

test(
  'A9-1 asked, answered on a phone, replied to by keyboard, closed with a summary, read by the organ',
  { timeout: 120_000 },
  async () => {
    const bureau = await as('shi.jihua', 'desktop')
    await bureau.page.goto('/consultation/consultations/new')
    await bureau.page.getByLabel('标题').fill(title)
    await bureau.page
      .getByLabel('征求意见稿正文')
      .fill(
        '第一条 会议室由机关事务管理部门统一安排。\n第二条 会议用品按需准备，不摆放鲜花。\n第三条 自印发之日起施行。',
      )
    await bureau.page.getByRole('button', { name: '清空' }).click()
    await ask(bureau.page, '太原市教育局')
    await ask(bureau.page, '太原市公安局')
    await bureau.page.getByRole('button', { name: '发起', exact: true }).click()
    await bureau.page.getByRole('heading', { level: 1, name: title }).waitFor()
    const address = new URL(bureau.page.url()).pathname

    const education = await as('shi.education.jingban', 'phone')
    await openTask(education.page)
    await education.page.getByRole('button', { name: '提交答复' }).focus()
    await education.page.getByText('没有选择“无意见”或“有意见”').first().waitFor()
    await education.page.getByRole('button', { name: '对第二条提意见' }).click()
    const first = education.page.getByRole('listitem', { name: '第 1 条意见' })
    await first.getByLabel('意见', { exact: true }).fill('重要会议需要绿植')
    await first.getByLabel('修改建议').fill('改为“一般不摆放鲜花”。')
    await education.page.getByRole('button', { name: '对第一条提意见' }).click()
    const second = education.page.getByRole('listitem', { name: '第 2 条意见' })
    await second.getByLabel('意见', { exact: true }).fill('紧急会议来不及提前申请')
    // What was typed is there again after the page was lost.
    await education.page.getByText(/已保存/).waitFor()
    await education.page.reload()
    await second.waitFor()
    expect(await second.getByLabel('意见', { exact: true }).inputValue()).toBe('紧急会议来不及提前申请')
    await education.page.getByRole('button', { name: '提交答复' }).click()
    await education.page.getByRole('button', { name: '修改答复' }).waitFor()
    const own = new URL(education.page.url()).pathname

    const police = await as('shi.police.jingban', 'phone')
    await openTask(police.page)
    await police.page.getByText('无意见', { exact: true }).click()
    await police.page.getByRole('button', { name: '提交答复' }).click()
    await police.page.getByRole('button', { name: '修改答复' }).waitFor()
    expect((await police.page.request.get(`/api/v1${own}`)).status()).toBe(404)

    await bureau.page.goto(`${address}?tab=items`)
    const opinions = bureau.page.getByRole('list', { name: '意见' }).getByRole('listitem')
    await opinions.nth(1).waitFor()
    expect(await opinions.count()).toBe(2)
    await bureau.page.getByRole('button', { name: '办结' }).hover()
    await bureau.page.getByText('还有2条意见没有答复采纳情况').waitFor()
    await opinions.first().focus()
    await bureau.page.keyboard.press('j')
    await bureau.page.keyboard.press('3')
    await bureau.page.keyboard.type('重要会议另有规定。')
    await bureau.page.keyboard.press('Control+Enter')
    await bureau.page.getByText('已答复 1 条意见：不采纳').waitFor()
    // Taken back, then both at once.
    await bureau.page.getByRole('status').getByRole('button', { name: '撤销' }).click()
    await opinions.getByText('重要会议另有规定。').waitFor({ state: 'detached' })
    await opinions.first().focus()
    await bureau.page.keyboard.press('a')
    await bureau.page.getByText('所选 2 条意见').waitFor()
    await bureau.page.keyboard.press('2')
    await bureau.page.keyboard.type('按合理部分修改。')
    await bureau.page.keyboard.press('Control+Enter')
    await bureau.page.getByText('已答复 2 条意见：部分采纳').waitFor()
    await bureau.page.getByRole('button', { name: '办结' }).click()
    await bureau.page.getByRole('dialog').getByLabel('汇总说明').fill('按采纳情况修改。')
    await bureau.page.getByRole('dialog').getByRole('button', { name: '办结' }).click()
    await bureau.page.getByText('已办结', { exact: true }).first().waitFor()
    await bureau.page.getByRole('tab', { name: '汇总' }).click()
    const [file] = await Promise.all([
      bureau.page.waitForEvent('download'),
      bureau.page.getByRole('button', { name: 'Word' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/意见汇总及采纳情况表\.docx$/)

    await education.page.goto(own)
    await education.page.getByText('部分采纳').first().waitFor()
    await education.page.getByText('按合理部分修改。').first().waitFor()
    await police.page.goto(`${address}?tab=items`)
    await police.page.getByText('太原市教育局').first().waitFor()
    await police.page.getByText('按合理部分修改。').first().waitFor()
    for (const { context, faults } of [bureau, education, police]) {
      await context.close()
      expect(faults).toEqual([])
    }
  },
)
