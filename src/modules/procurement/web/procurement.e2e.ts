import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/server/identifier.ts'
import { openLines } from '#modules/ledger/offers.ts'
import { demonstrationOrganId } from '#modules/organs/offers.ts'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { accessibilityFaults } from '../../../../journeys/accessibility.ts'
import { openBrowser, signIn, visitor, type sizes } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'

/** A clerk buys two laptops from a plan line; the head approves, signs for them on a phone and lets them be paid. */
const now = '2026-11-23T09:00:00+08:00'
let stage: StageForTest
let browser: Browser
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: now })
  browser = await openBrowser()
  const organId = demonstrationOrganId('taiyuan-education')
  await stage.application.ground.act((act) =>
    openLines(
      act,
      [
        {
          id: newId(),
          jurisdictionCode: '140100',
          year: 2026,
          number: 'JH-2026-140100-0901',
          planId: newId(),
          holderOrganId: organId,
          servedOrganId: organId,
          needKind: 'N09',
          itemName: '便携式计算机',
          economicCode: '31002',
          unit: '台',
          centralised: false,
          amountFen: 1_360_000,
          quantity: 2,
        },
      ],
      '2026-01-20',
    ),
  )
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

async function as(username: string, size: keyof typeof sizes) {
  const visit = await visitor(browser, stage.address, size)
  await visit.context.clock.install({ time: new Date(now) })
  await signIn(visit.page, username, demonstrationPassword)
  return visit
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('A11-1 A12-2 A34-1 from plan line to card and payment, nothing typed twice', { timeout: 120_000 }, async () => {
  const clerk = await as('shi.education.jingban', 'desktop')
  const { page } = clerk
  await page.goto('/procurement/purchases/new')
  await page.getByLabel('选择计划行').fill('便携式')
  await page.getByText('便携式计算机（JH-2026-140100-0901）').click()
  await page.getByLabel('资产分类').fill('A02010108')
  await page.locator('.ant-select-item-option', { hasText: '便携式计算机 A02010108' }).click()
  await page.getByLabel('采购项目名称').fill('便携式计算机采购')
  await page.getByLabel('采购需求概况').fill('外出调研用便携式计算机2台，三年保修。')
  await page.getByText('自行采购 · 单位自行采购').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await press(page, '保存申请')
  await page.getByText('编制申请').first().waitFor()
  await press(page, '提交审批')
  await page.getByText('待单位审批').first().waitFor()
  const address = new URL(page.url()).pathname

  const head = await as('shi.education.fuze', 'phone')
  await head.page.goto(address)
  await press(head.page, '同意采购')
  await head.page.getByRole('dialog').getByRole('button', { name: '同意采购' }).click()
  await head.page.getByText('组织采购').first().waitFor()

  await page.goto(address)
  await press(page, '登记采购开始')
  await page.getByLabel('采购项目编号').fill('DZMC-2026-0117')
  await press(page, '保存')
  await press(page, '登记中标、成交')
  await page.getByLabel('名称').fill('山西并州信息技术有限公司')
  await page.getByLabel('统一社会信用代码').fill('91140100ma0k10003x')
  await page.getByLabel('报价').fill('13,000')
  await page.getByLabel('中标、成交金额').fill('13,000')
  await page.getByLabel('定标、成交的理由').fill('同型号报价最低')
  await press(page, '登记结果')
  await press(page, '登记合同')
  // Supplier, thing, number and price are there already.
  await page.getByRole('heading', { name: '登记合同：山西并州信息技术有限公司' }).waitFor()
  expect(await page.getByLabel('合同单价').inputValue()).toBe('6,500.00')
  await page.getByLabel('规格型号').fill('华为 MateBook B5-440')
  await page.getByLabel('合同编号').fill('HT-2026-0117')
  await page.getByLabel('交付期限').fill('2026-12-10')
  expect(await accessibilityFaults(page)).toEqual([])
  await press(page, '保存')
  await page.getByText('履约中').first().waitFor()
  await press(page, '验收')
  expect(await page.getByLabel('验收合格').inputValue()).toBe('2')
  await press(page, '保存')
  await page.getByText('待验收复核').first().waitFor()

  await head.page.goto(address)
  await press(head.page, '复核签字')
  await head.page.getByRole('dialog').getByRole('button', { name: '复核验收并签字' }).click()
  await head.page.getByText('已验收').first().waitFor()
  expect(await accessibilityFaults(head.page)).toEqual([])

  await page.goto(address)
  await press(page, '建立资产卡片')
  await page.getByLabel('序列号').fill('HW26A0001\nHW26A0002')
  await page.getByLabel('存放地点').fill('主楼305')
  await press(page, '建立卡片')
  await page.getByText('2张卡片').waitFor()
  await press(page, '申请付款')
  expect(await page.getByLabel('付款金额').inputValue()).toBe('13,000.00')
  await page.getByLabel('发票号码').fill('26142000000117')
  await press(page, '保存')
  await page.getByText('已申请付款').first().waitFor()
  await page.getByRole('tab', { name: '付款' }).click()
  await page.getByRole('link', { name: '第1次' }).click()
  await page.getByText('待审批').first().waitFor()
  const payment = new URL(page.url()).pathname

  await head.page.goto(payment)
  await press(head.page, '同意付款')
  await head.page.getByRole('dialog').getByRole('button', { name: '同意付款' }).click()
  await head.page.getByText('已同意付款').first().waitFor()

  await page.goto(address)
  await press(page, '办结')
  await page.getByRole('dialog').getByRole('button', { name: '办结采购' }).click()
  await page.getByText('已办结').first().waitFor()
  await page.goto('/assets/cards?text=HW26A0002')
  await page.getByRole('link', { name: '便携式计算机' }).click()
  await page.getByText('HT-2026-0117').first().waitFor()
  await page.getByText('6,500.00').first().waitFor()
  expect([...clerk.faults, ...head.faults]).toEqual([])
})
