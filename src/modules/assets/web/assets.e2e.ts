import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { accessibilityFaults } from '../../../../journeys/accessibility.ts'
import { openBrowser, signIn, visitor, type sizes } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** A clerk takes last year's cards over, resolves the errors, prints labels; a colleague signs for a computer on a phone. */
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

async function as(username: string, size: keyof typeof sizes) {
  const visit = await visitor(browser, stage.address, size)
  await visit.context.clock.install({ time: new Date('2026-11-23T09:00:00+08:00') })
  await signIn(visit.page, username, demonstrationPassword)
  return visit
}

const workbook = join(import.meta.dirname, '../../../kernel/server/spreadsheet/fixtures/asset-cards-500.xlsx')

test(
  'A12-2 A12-4 cards are taken over from a workbook, mended by cell, labelled, handed over and signed for',
  { timeout: 120_000 },
  async () => {
    const clerk = await as('shi.education.jingban', 'desktop')
    const { page } = clerk
    await page.goto('/assets/imports')
    await page.getByText('还没有导入过').waitFor()
    await page.locator('input[type=file]').setInputFiles(workbook)
    await page.getByRole('button', { name: '只导入没有问题的 495 行' }).waitFor()
    const name = page.getByLabel('第 406 行 资产名称')
    await name.fill('台式计算机')
    await name.press('Enter')
    await page.getByRole('button', { name: '只导入没有问题的 496 行' }).click()
    await page.getByText('已登记 496 张卡片').waitFor()
    await page.getByRole('link', { name: '查看资产卡片' }).click()
    await page.getByText('共 496 条').waitFor()

    await page.getByLabel('搜索资产').fill('TYWW-00007')
    await page.getByLabel('搜索资产').press('Enter')
    await page.getByText('共 1 条').waitFor()
    await page
      .getByRole('row', { name: /TYWW-00007/ })
      .getByRole('checkbox')
      .check()
    await page.getByRole('button', { name: '打印标签' }).click()
    const [labels] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: '生成标签' }).click(),
    ])
    expect(labels.suggestedFilename()).toBe('资产标签（1张）.pdf')
    await page.getByRole('button', { name: '交接' }).click()
    await page.getByLabel('接收人').click()
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').last().click()
    await page.getByLabel('交接原因').fill('岗位调整')
    await page.getByRole('button', { name: '发起交接' }).click()
    await page.getByText('待接收').first().waitFor()
    const address = new URL(page.url()).pathname
    const receiver = await page.getByRole('heading', { level: 1 }).textContent()
    expect(await accessibilityFaults(page)).toEqual([])

    const signer = await receiverOf(receiver?.split('交接给 ').at(-1) ?? '')
    await signer.page.goto('/')
    await signer.page
      .getByRole('link', { name: /资产交接/ })
      .first()
      .waitFor()
    await signer.page.goto(address)
    await signer.page.getByRole('button', { name: '核对无误，签收' }).click()
    await signer.page.getByText('已接收').first().waitFor()
    await signer.page.goto('/assets/scan')
    await signer.page.getByLabel('资产编号或序列号').fill('TYWW-00007')
    await signer.page.getByRole('button', { name: '查看资产' }).click()
    await signer.page.getByRole('heading', { level: 1, name: '台式计算机' }).waitFor()
    expect(await accessibilityFaults(signer.page)).toEqual([])
    expect([...clerk.faults, ...signer.faults]).toEqual([])
  },
)

test(
  'A12-2 A12-4 AST-R17 a card of a set is split; one part is lent, signed for on a phone and looked over when it is back',
  { timeout: 120_000 },
  async () => {
    const clerk = await as('shi.education.jingban', 'desktop')
    const borrower = await as('shi.education.zhigong', 'phone')
    const { person } = (await (await borrower.page.request.get('/api/v1/people/session')).json()) as {
      person: { name: string }
    }
    const { page } = clerk
    await page.goto('/assets/cards?text=TYWW-00011')
    await page.getByRole('grid').getByRole('link').first().click()
    await page.getByRole('button', { name: '拆分', exact: true }).click()
    await page.getByLabel('第1张的名称').fill('主机')
    await page.getByLabel('第2张的名称').fill('显示器')
    // From the keyboard: the sum says what is missing until it is right.
    await page.getByLabel('第2张的原值').fill('1')
    await page.getByText('比原卡片少').waitFor()
    await page.getByRole('button', { name: '平均分配' }).press('Enter')
    await page.getByText('与原卡片一致').waitFor()
    await page.getByLabel('原因').fill('成套入账，按件管理')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByLabel('原因').press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('拆分为 2 张卡片：').waitFor()
    await page
      .getByRole('link', { name: /^ZC-2026-/ })
      .first()
      .click()
    await page.getByText(/由 TYWW-00011 拆分形成/).waitFor()

    await page.getByRole('button', { name: '借用', exact: true }).click()
    await page.getByLabel('借用人').fill(person.name)
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: person.name }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByLabel('归还日期').fill('2026-12-10')
    await page.getByLabel('用途').fill('下乡调研使用')
    await page.getByRole('button', { name: '办理借用' }).click()
    await page.getByRole('heading', { level: 1, name: `借给 ${person.name}` }).waitFor()
    const address = new URL(page.url()).pathname

    await borrower.page.goto(address)
    await borrower.page.getByRole('button', { name: '核对无误，签收' }).click()
    await borrower.page.getByText('还有 17 天').waitFor()
    expect(await accessibilityFaults(borrower.page)).toEqual([])
    await borrower.page.getByRole('button', { name: '交还' }).click()
    await borrower.page.getByText('已交还，待验收').first().waitFor()

    await page.reload()
    await page.getByRole('button', { name: '验收归还' }).click()
    await page.getByLabel(/的归还情况/).press('ArrowDown')
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: '损坏' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('button', { name: '验收归还' }).click()
    await form.getByText('没有填写原因和责任').waitFor()
    await form.getByLabel(/的原因和责任/).fill('屏幕有划痕，借用人负责修复')
    await form.getByRole('button', { name: '验收归还' }).click()
    await page.getByText('损坏：屏幕有划痕，借用人负责修复').waitFor()
    await page.getByRole('grid').getByRole('link').first().click()
    await page.getByText('待修').first().waitFor()
    expect([...clerk.faults, ...borrower.faults]).toEqual([])
  },
)

test(
  'A12-4 many things are moved by scanning on: doubles are told, a reload loses nothing, one receipt is printed',
  { timeout: 120_000 },
  async () => {
    const keeper = await as('shi.education.jingban', 'phone')
    const { page } = keeper
    await page.goto('/assets/scan')
    await page.getByRole('link', { name: /连续扫码/ }).click()
    await page.getByLabel('新的存放地点').fill('主楼305')
    await page.getByRole('button', { name: '开始扫码' }).click()
    await page.getByText('请填写原因。').waitFor()
    await page.getByLabel('原因').fill('办公室调整')
    await page.getByRole('button', { name: '开始扫码' }).click()
    // A hand scanner types and sends Enter, faster than the server answers.
    for (const code of ['TYWW-00008', 'TYWW-00009', 'TYWW-00008', 'TYWW-99999']) {
      await page.keyboard.type(code)
      await page.keyboard.press('Enter')
    }
    await page.getByText('没有找到编号为“TYWW-99999”的资产').first().waitFor()
    await page.getByText('已扫 3 件，可以办理 2 件').waitFor()
    await page.keyboard.type('TYWW-00009')
    await page.keyboard.press('Enter')
    await page.getByText(/已经扫过：.*TYWW-00009/).waitFor()
    const picture = page.getByRole('listitem', { name: /TYWW-00009/ }).locator('input[type=file]')
    await picture.setInputFiles({ name: '正面.png', mimeType: 'image/png', buffer: await largePicture(page) })
    await page.getByText('已存照片 1 张').waitFor()
    await page.reload()
    await page.getByText('已扫 3 件，可以办理 2 件').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: '办理 2 件' }).click()
    await page.getByRole('heading', { level: 1, name: '变更存放地点、部门 2 件' }).waitFor()
    const [sheet] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '打印变动单' }).click(),
    ])
    expect(sheet.suggestedFilename()).toMatch(/^资产变动单（BD-2026-0001）\.pdf$/)
    expect(await accessibilityFaults(page)).toEqual([])
    await page
      .getByRole('row', { name: /TYWW-00009/ })
      .getByRole('link')
      .click()
    await page.getByText('主楼305').first().waitFor()
    await page.getByRole('tab', { name: '附件' }).click()
    // Made smaller on the phone before it was sent.
    const shown = page.getByAltText('正面.jpg')
    await expect
      .poll(() => shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]))
      .toEqual([2000, 1000])
    expect(keeper.faults).toEqual([])
  },
)

/** A picture as a phone takes it, 4000 × 2000. */
async function largePicture(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 4000
    canvas.height = 2000
    canvas.getContext('2d')?.fillRect(100, 100, 900, 900)
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })
  return Buffer.from(base64, 'base64')
}

/** Whoever the list put last signs on a phone. */
async function receiverOf(name: string) {
  for (const account of ['shi.education.zhigong', 'shi.education.fuze', 'shi.education.jiashi']) {
    const visit = await as(account, 'phone')
    if (
      await visit.page
        .getByText(name)
        .first()
        .isVisible()
        .catch(() => false)
    )
      return visit
    await visit.context.close()
  }
  throw new Error(`nobody is called ${name}`)
}
