import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Document, Packer, Paragraph } from 'docx'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { accessibilityFaults } from '../../../../journeys/accessibility.ts'
import { openBrowser, signIn, visitor } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** The authority keeps its library: a text is imported, mended, confirmed, found and compared. */
let stage: StageForTest
let browser: Browser
let folder: string
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people' })
  browser = await openBrowser()
  folder = await mkdtemp(join(tmpdir(), 'yunbao-library-'))
}, 120_000)
afterAll(async () => {
  await browser.close()
  await stage.close()
  await rm(folder, { recursive: true, force: true })
})

async function as(username: string, size: 'desktop' | 'phone' = 'desktop') {
  const visit = await visitor(browser, stage.address, size)
  await signIn(visit.page, username, demonstrationPassword)
  return visit
}

async function upload(page: Page, name: string, lines: readonly string[]): Promise<void> {
  const path = join(folder, name)
  await writeFile(
    path,
    await Packer.toBuffer(new Document({ sections: [{ children: lines.map((line) => new Paragraph(line)) }] })),
  )
  await page.goto('/regulations/import')
  await page.locator('input[type="file"]').setInputFiles(path)
  await page.waitForURL(/\/regulations\/imports\//)
}

const title = '太原市机关公务用车定点维修办法'
const lines = [
  title,
  '第一章　总则',
  '第一条　为了规范机关公务用车定点维修，根据《山西省机关运行保障条例》第二十一条，制定本办法。',
  '第二条　维修企业每三年择优确定一次。',
  '第二条　车辆出现故障的，按照第二条确定的企业维修，三日内登记里程和费用。',
  '第四条　本办法自2026年3月1日起施行。',
]

test('A15-1 a text with a broken number is mended in the preview, confirmed, found, and read with its references', async () => {
  const { page, context, faults } = await as('shi.jihua')
  await page.goto('/regulations')
  await page.getByRole('button', { name: '导入制度' }).click()
  await page.getByRole('heading', { level: 1, name: '导入制度' }).waitFor()
  await upload(page, '办法.docx', lines)

  const oddities = page.getByRole('list', { name: '存疑之处' })
  await oddities.getByText('第二条出现两次：第4行和第5行。按顺序应为第三条。').waitFor()
  await oddities.getByText('缺第三条').waitFor()
  // What is wrong keeps it out, and says so at the button.
  const confirm = page.getByRole('button', { name: '确认导入' })
  await confirm.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('第二条出现两次').waitFor()
  // The place is one press away; the number is mended there with the keyboard.
  await oddities.getByRole('button', { name: '第5行' }).first().click()
  const source = page.getByRole('textbox', { name: '读到的文字' })
  expect(
    await source.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd)),
  ).toBe(lines[4])
  await page.keyboard.insertText((lines[4] as string).replace('第二条', '第三条'))
  await page.getByText('没有妨碍导入的错误').waitFor()
  expect(await oddities.getByRole('listitem').count()).toBe(0)
  // Nothing typed is lost with the page.
  await page.reload()
  await page.getByText('没有妨碍导入的错误').waitFor()
  expect(await source.inputValue()).toContain('第三条　车辆出现故障的')

  expect(await page.getByLabel('标题').inputValue()).toBe(title)
  expect(await page.getByLabel('施行日期').inputValue()).toBe('2026-03-01')
  await confirm.click()
  await page.getByText('请填写').first().waitFor()
  await page.getByLabel('文号').fill('并管〔2026〕2号')
  await page.getByLabel('制定机关').fill('太原市机关事务管理局')
  await page.getByLabel('印发日期').fill('2026-02-10')
  expect(await accessibilityFaults(page)).toEqual([])
  await confirm.click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()

  // The reference to the Regulation leads to its article.
  await page.getByRole('link', { name: '《山西省机关运行保障条例》第二十一条' }).click()
  await page.getByRole('heading', { level: 1, name: '山西省机关运行保障条例' }).waitFor()
  expect(new URL(page.url()).hash).toBe('#article-21')
  await page.getByRole('link', { name: 'A21-1' }).waitFor()

  // Found by a fragment in the library and everywhere by Ctrl+K.
  await page.goto('/regulations')
  await page.getByRole('searchbox', { name: '检索制度和条文' }).fill('定点维修')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: title, exact: true }).waitFor()
  await page.locator('mark').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('三十五条')
  await page
    .getByRole('option', { name: /第三十五条/ })
    .first()
    .click()
  await page.getByRole('heading', { level: 1, name: '《山西省机关运行保障条例》第三十五条' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/regulations/articles/35')
  expect(faults).toEqual([])
  await context.close()
})

test('a new version ends the one before, and both are compared word by word', async () => {
  const { page, context, faults } = await as('shi.jihua')
  const known = '太原市演示用机关会议室使用管理办法'
  await upload(page, '修订.docx', [
    known,
    '第一条　为了规范会议室使用，制定本办法。',
    '第二条　会议室由市机关事务管理局统一管理。',
    '第三条　使用会议室应当提前一个工作日预约。',
    '第四条　本办法自2026年9月1日起施行。',
  ])
  // A title that the library holds is taken to be its next version.
  await page.getByText('它将在新版本施行的前一天失效').waitFor()
  await page.getByLabel('文号').fill('演示并管〔2026〕9号')
  await page.getByLabel('制定机关').fill('太原市机关事务管理局')
  await page.getByLabel('印发日期').fill('2026-08-10')
  await page.getByRole('button', { name: '确认导入' }).click()
  await page.getByRole('button', { name: '比较版本' }).click()
  await page.getByRole('heading', { level: 1, name: `${known}：版本比较` }).waitFor()
  await page.locator('del', { hasText: '2025' }).first().waitFor()
  await page.locator('ins', { hasText: '2026' }).first().waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  expect(faults).toEqual([])
  await context.close()
})

test('everybody reads on a phone what binds where they work, and imports nothing', async () => {
  const { page, context, faults } = await as('shi.education.zhigong', 'phone')
  for (const path of ['/regulations', '/regulations/system', '/regulations/articles/35', '/regulations/articles/44']) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    expect([path, await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)]).toEqual([
      path,
      true,
    ])
  }
  await page.getByText('第四十四条的句子不完整').waitFor()
  await page.goto('/regulations/import')
  await page.getByText('制度库由本级机关事务管理部门的局领导、计划审核或监督检查人员维护').waitFor()
  expect(await page.locator('input[type="file"]').count()).toBe(0)
  await page.goto('/regulations?text=' + encodeURIComponent('节约用餐'))
  await page.getByText('没有找到“节约用餐”').waitFor() // a county's text does not bind the city
  expect(faults).toEqual([])
  await context.close()
})
