import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { contract as consultation } from '#modules/consultation/contract.ts'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { openBrowser, signIn, visitor, type Visitor } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'
import { callerAt } from '../../../../journeys/visit.ts'

/** The price cap of a thing is revised: drafted, consulted on, approved; then it judges the next demands, not the last (Art. 9). */
let now = '2026-11-23T09:00:00+08:00'
let stage: StageForTest
let browser: Browser
const people = new Map<string, Visitor>()
const faultsBefore: string[] = []

beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: now })
  browser = await openBrowser()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

/** What everybody saw when a step failed, where the environment asks for pictures. */
afterEach(async ({ task }) => {
  const folder = process.env['YUNBAO_JOURNEY_PICTURES']
  if (!folder || task.result?.state !== 'fail') return
  for (const [name, { page }] of people) await page.screenshot({ path: `${folder}/${name}.png` })
})

async function at(username: string): Promise<Page> {
  const known = people.get(username)
  if (known) return known.page
  const person = await visitor(browser, stage.address)
  await person.context.clock.install({ time: new Date(now) })
  await signIn(person.page, username, demonstrationPassword)
  people.set(username, person)
  return person.page
}

/** Another day: everybody comes back to their machine and signs in again. */
async function laterOn(instant: string): Promise<void> {
  now = instant
  stage.goTo(instant)
  faultsBefore.push(...[...people.values()].flatMap(({ faults }) => faults))
  for (const { context } of people.values()) await context.close()
  people.clear()
}

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('main').getByRole('button', { name }).first().click()
const confirm = (page: Page, name: string | RegExp) =>
  page.getByRole('dialog').getByRole('button', { name }).last().click()
const closed = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' })
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const title = '太原市市级机关台式计算机配置标准'
let draftId = ''

describe('a price cap from draft to demand', { timeout: 180_000 }, () => {
  test('A9-2 the reviewer finds the standard, revises it in a form of its own, and is told what is missing', async () => {
    const page = await at('shi.jihua')
    await page.goto('/standards')
    await page.getByLabel('查找标准').fill('台式')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: '台式计算机', exact: true }).click()
    await says(page, '单价不超过5,000.00元')
    await press(page, '修订')
    await page.waitForURL(/\/standards\/drafts\/new/)
    await says(page, '带入 1 行现行标准')
    await page.getByLabel(/文件名称/).fill(title)
    await page.getByRole('button', { name: '市场价格变化' }).click()
    await press(page, '开始起草')
    await page.waitForURL(/\/standards\/drafts\/[0-9a-f-]{36}/)
    draftId = new URL(page.url()).pathname.split('/').at(-1) as string
    await says(page, '没有填写施行日期')
    await says(page, '尚未征求服务保障对象的意见')
    await press(page, '修改')
    await page.getByRole('dialog').getByLabel('单价上限').fill('6000')
    await page.getByRole('dialog').getByRole('button', { name: '市场价格下降' }).click()
    await confirm(page, '保存')
    await closed(page)
    // A6-2: looser than the province's is refused at the row, with its ground.
    await says(page, /宽于上级标准（价格上限）/)
    await press(page, '修改')
    await page.getByRole('dialog').getByLabel('单价上限').fill('4500')
    await confirm(page, '保存')
    await closed(page)
    await says(page, '单价不超过4,500.00元')
    await press(page, '文件信息')
    await page.getByRole('dialog').getByLabel('施行日期').fill('2027-01-01')
    await confirm(page, '保存')
    await closed(page)
    await says(page, '2027年1月1日')
  })

  test('A9-1 it cannot be sent up before those served were asked; an organ says its opinion', async () => {
    const page = await at('shi.jihua')
    const send = page.getByRole('main').getByRole('button', { name: '送批' })
    expect(await send.getAttribute('aria-disabled')).toBe('true')
    await press(page, '征求意见')
    await page.getByRole('dialog').getByLabel('意见截止日').waitFor()
    await confirm(page, '发出征求意见')
    await closed(page)
    await says(page, '征求意见尚未办结')
    const clerk = await callerAt(stage.address, 'shi.education.jingban')
    const subject = { kind: 'drafting.draft', id: draftId }
    const asked = await clerk(consultation.consultationsOnSubject, subject)
    const opinionId = asked.body.items[0]?.mine?.opinionId as string
    const { body } = await clerk(consultation.viewOpinion, { opinionId })
    const said = await clerk(consultation.submitOpinion, {
      opinionId,
      version: body.opinion.version,
      stance: 'comments',
      items: [{ id: null, place: '第1行', opinion: '请写明含显示器。' }],
    })
    expect(said.status, JSON.stringify(said.body)).toBe(200)
    await page.getByRole('tab', { name: '征求意见' }).click()
    await says(page, '征求 15 个机关')
  })

  test('the opinion is answered, the consultation closed, the draft sent up; another person approves', async () => {
    await laterOn('2026-12-09T09:00:00+08:00')
    const reviewer = await callerAt(stage.address, 'shi.jihua')
    const { body } = await reviewer(consultation.consultationsOnSubject, { kind: 'drafting.draft', id: draftId })
    const consultationId = body.items[0]?.id as string
    const items = (await reviewer(consultation.items, { consultationId })).body.items
    expect(items).toHaveLength(1)
    await reviewer(consultation.replyItems, {
      consultationId,
      items: items.map(({ id, version }) => ({ id, version })),
      reply: 'adopted',
    })
    const { version } = (await reviewer(consultation.viewConsultation, { consultationId })).body.consultation
    const done = await reviewer(consultation.closeConsultation, { consultationId, version })
    expect(done.status, JSON.stringify(done.body)).toBe(200)

    const page = await at('shi.jihua')
    await page.goto(`/standards/drafts/${draftId}`)
    await press(page, '送批')
    await confirm(page, '送批')
    await closed(page)
    await says(page, '待批准')
    const leader = await at('shi.juzhang')
    await leader.goto('/')
    await leader
      .getByRole('link', { name: /批准标准/ })
      .first()
      .click()
    await leader.getByRole('tab', { name: '对照' }).click()
    await leader.getByText('单价不超过4,500.00元').first().waitFor()
    await press(leader, '批准')
    await confirm(leader, '批准并印发')
    await closed(leader)
    await says(leader, '已批准')
    await leader.getByRole('tab', { name: '公文' }).click()
    await says(leader, `关于印发《${title}》的通知`)
  })

  test('A9-2 the page of the standard answers for two days; the old one is not overwritten', async () => {
    const page = await at('shi.jihua')
    await page.goto('/standards/item.desktop?on=2026-12-31')
    await says(page, '单价不超过5,000.00元')
    await page.goto('/standards/item.desktop?on=2027-01-01')
    await says(page, '单价不超过4,500.00元')
    await page.getByRole('tab', { name: '对照' }).click()
    await page.getByText('单价不超过4,500.00元').first().waitFor()
  })

  test('A33-1 the year judged by the old figure keeps it, the next is judged by the new one', async () => {
    const caps: [number, string | null][] = []
    for (const [year, day] of [
      [2027, '2026-12-09'],
      [2028, '2027-06-01'],
    ] as const) {
      await laterOn(`${day}T09:00:00+08:00`)
      const reviewer = await callerAt(stage.address, 'shi.jihua')
      await reviewer(plans.openCycle, {
        year,
        standardsOn: day,
        calendar: {
          demandOpensOn: day,
          demandClosesOn: `${year - 1}-12-15`,
          reviewUntil: `${year - 1}-12-25`,
          planUntil: `${year - 1}-12-30`,
        },
      })
      caps.push([year, await judged(year)])
    }
    // Asked again in 2027, the year decided by the old figure still answers with it.
    caps.push([2027, await judged(2027)])
    expect(caps).toEqual([
      [2027, null],
      [2028, '台式计算机单价4,800.00元，超过标准上限4,500.00元。'],
      [2027, null],
    ])
  })

  test('no page had an error of its own', () => {
    expect([...faultsBefore, ...[...people.values()].flatMap(({ faults }) => faults)]).toEqual([])
  })
})

/** What the rules say of the price of a computer at 4,800 yuan in the organ's demand for a year; null where it fits. */
async function judged(year: number): Promise<string | null> {
  const clerk = await callerAt(stage.address, 'shi.education.jingban')
  const { items } = (await clerk(plans.demands, { year })).body
  const demandId = items[0]?.id as string
  const { demand } = (await clerk(plans.viewDemand, { demandId })).body
  const { status, body } = await clerk(plans.saveDemand, {
    demandId,
    contact: '林丽娟',
    declaredNotSecret: true,
    version: demand.version,
    lines: [
      {
        id: null,
        needKind: 'N09',
        itemName: '台式计算机',
        standardCode: 'item.desktop',
        economicCode: '31002',
        quantity: 1,
        unit: '台',
        unitPriceFen: 480_000,
        amountFen: 480_000,
        fundSource: 'general-budget',
        neededMonth: 4,
        existingQuantity: null,
        usableQuantity: null,
        disposingQuantity: null,
        replacement: null,
        reason: '更新',
        note: '',
        inOwnBudget: false,
      },
    ],
  })
  expect(status, JSON.stringify(body)).toBe(200)
  const findings = body.lines[0]?.findings ?? []
  return findings.find(({ rule, outcome }) => rule === 'PLAN-R03' && outcome === 'block')?.message ?? null
}
