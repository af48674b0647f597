import ExcelJS from 'exceljs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostileTexts } from '#kernel/testing/hostile-texts.ts'
import { contract as calendar } from '#modules/calendar/contract.ts'
import { contract as consultation } from '#modules/consultation/contract.ts'
import { contract as organs } from '#modules/organs/contract.ts'
import { contract as people } from '#modules/people/contract.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { openBrowser, signIn, visitor, type Visitor } from './browser.ts'
import { openStage, type StageForTest } from './stage.ts'
import { callerAt, sessionAt, type Caller } from './visit.ts'

/**
 * G14: every hostile text in the free-text fields of the main journeys, put there through the interface; then the pages
 * that show them, the workbook and the documents. They are shown as what they are: texts.
 */
let stage: StageForTest
let browser: Browser
let clerk: Caller
let demandId: string
let consultationId: string
let personId: string
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: '2026-11-23T09:00:00+08:00' })
  browser = await openBrowser()
  clerk = await callerAt(stage.address, 'shi.education.jingban')
})
afterAll(async () => {
  await browser?.close()
  await stage?.close()
})

const kept = (text: string) => text.trim()
const all = hostileTexts.join('\n')

test('G14 hostile texts are taken as texts: kept to the letter, without a fault of the database', async () => {
  const reviewer = await callerAt(stage.address, 'shi.jihua')
  const opened = await reviewer(plans.openCycle, {
    year: 2027,
    calendar: {
      demandOpensOn: '2026-11-01',
      demandClosesOn: '2026-12-01',
      reviewUntil: '2026-12-15',
      planUntil: '2026-12-28',
    },
    standardsOn: '2026-11-01',
  })
  expect(opened.status).toBe(200)
  const [demand] = (await clerk(plans.demands, { year: 2027, limit: 1 })).body.items
  demandId = demand?.id as string
  const saved = await clerk(plans.saveDemand, {
    demandId,
    contact: '<img src=x onerror=hostile()>'.slice(0, 100),
    declaredNotSecret: true,
    version: demand?.version as number,
    lines: hostileTexts.map((text) => ({
      id: null,
      needKind: 'N01' as never,
      itemName: text,
      standardCode: null,
      economicCode: '30201',
      quantity: 1,
      unit: text.slice(0, 20),
      unitPriceFen: 10_000,
      amountFen: 10_000,
      fundSource: 'general-budget' as never,
      neededMonth: 6,
      existingQuantity: null,
      usableQuantity: null,
      disposingQuantity: null,
      replacement: null,
      reason: text,
      note: text,
    })),
  })
  expect([saved.status, saved.status === 200 ? '' : JSON.stringify(saved.body)]).toEqual([200, ''])
  const { lines } = (await clerk(plans.viewDemand, { demandId })).body
  expect(lines.map(({ itemName }) => itemName.trim())).toEqual(hostileTexts.map(kept))

  const { items } = (await reviewer(organs.organs, { text: '教育局', limit: 1 })).body
  const asked = await reviewer(consultation.openConsultation, {
    title: '<script>hostile()</script>（征求意见稿）',
    text: all,
    organIds: [items[0]?.id as string],
    opinionsUntil: '2026-12-30',
  })
  expect([asked.status, asked.status === 200 ? '' : JSON.stringify(asked.body)]).toEqual([200, ''])
  consultationId = asked.body.consultation.id

  const system = await callerAt(stage.address, 'shi.xitong')
  const created = await system(people.createPerson, {
    name: '<img src=x onerror=hostile()>',
    organId: items[0]?.id as string,
    post: "'; drop table people.person; --",
    username: 'shi.hostile',
  })
  expect([created.status, created.status === 200 ? '' : JSON.stringify(created.body)]).toEqual([200, ''])
  personId = created.body.person.id

  for (const [turn, text] of hostileTexts.entries()) {
    const day = new Date(Date.UTC(2027, 5, 1 + turn)).toISOString().slice(0, 10)
    const { status } = await system(people.people, { text: text.slice(0, 50), limit: 5 })
    expect([text, status]).toEqual([text, 200])
    if (turn < 5)
      expect(
        (
          await reviewer(calendar.addOverride, {
            jurisdictionCode: '140100',
            daysOff: [day],
            reason: text,
            citation: text,
          })
        ).status,
      ).toBeLessThan(500)
  }
  expect((await clerk(plans.viewDemand, { demandId })).body.lines).toHaveLength(hostileTexts.length)
})

/** Whatever a page would do because of a text. */
async function watched(username: string): Promise<Visitor & { deeds: string[] }> {
  const opened = await visitor(browser, stage.address)
  const deeds: string[] = []
  const { page, context } = opened
  page.on('dialog', (dialog) => {
    deeds.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const { host, pathname } = new URL(request.url())
    if (pathname.includes('canary') || (request.url().startsWith('http') && host !== new URL(stage.address).host))
      deeds.push(`asked for ${request.url()}`)
  })
  await context.exposeFunction('hostile', () => void deeds.push('a script ran'))
  await context.addInitScript(
    `document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))`,
  )
  await signIn(page, username, demonstrationPassword)
  return { ...opened, deeds }
}

async function show(page: Page, path: string): Promise<string> {
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  return page.locator('main').innerText()
}

test('G14 no page runs, loads or frames what a text says; nothing breaks the content policy', async () => {
  const ofClerk = await watched('shi.education.jingban')
  expect(await show(ofClerk.page, `/plans/demands/${demandId}`)).not.toBe('')
  await show(ofClerk.page, '/plans/demands')
  await show(ofClerk.page, '/consultation/consultations')
  await show(ofClerk.page, '/')
  const ofReviewer = await watched('shi.jihua')
  const shown = await show(ofReviewer.page, `/consultation/consultations/${consultationId}`)
  for (const text of ['<script>hostile()</script>', '{{constructor.constructor("hostile()")()}}', "' or '1'='1"])
    expect(shown).toContain(text)
  await show(ofReviewer.page, `/consultation/consultations?after=${encodeURIComponent('"><script>hostile()</script>')}`)
  await show(ofReviewer.page, '/calendar')
  const ofSystem = await watched('shi.xitong')
  expect(await show(ofSystem.page, `/people/${personId}`)).toContain('onerror=hostile()')
  await show(ofSystem.page, `/people?text=${encodeURIComponent('<img src=x onerror=hostile()>')}`)
  for (const { page, deeds, faults, context } of [ofClerk, ofReviewer, ofSystem]) {
    expect(deeds).toEqual([])
    expect(faults).toEqual([])
    expect(await page.evaluate('[({}).polluted, ({}).admin]')).toEqual([undefined, undefined])
    await context.close()
  }
})

test('G14 the documentation of the interface opens under the same policy', async () => {
  const { page, context, deeds, faults } = await watched('shi.jihua')
  await page.goto('/api/docs/')
  await page.locator('.scalar-app').first().waitFor({ state: 'attached', timeout: 60_000 })
  // Its schema library asks whether it may compile code; the policy says no, and it goes on without.
  expect([...deeds, ...faults.filter((fault) => !fault.endsWith('policy: script-src eval'))]).toEqual([])
  await context.close()
})

test('G14 built files carry the same protection', async () => {
  const index = await fetch(`${stage.address}/plans/demands`)
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await index.text())?.[1]
  expect(script).toBeDefined()
  for (const response of [
    index,
    await fetch(`${stage.address}${script}`),
    await fetch(`${stage.address}/assets/none.js`),
  ]) {
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('permissions-policy')).toContain('camera=(self), accelerometer=()')
  }
})

test('G14 in a workbook no text is a formula', async () => {
  const cookie = await sessionAt(stage.address, 'shi.education.jingban')
  const response = await fetch(`${stage.address}/api/v1/plans/demands/${demandId}/export`, { headers: { cookie } })
  expect(response.status).toBe(200)
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(await response.arrayBuffer())
  const seen = new Set<string>()
  workbook.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        expect([
          cell.address,
          cell.type === ExcelJS.ValueType.Formula || cell.type === ExcelJS.ValueType.Hyperlink,
        ]).toEqual([cell.address, false])
        if (typeof cell.value === 'string') seen.add(cell.value.trim())
      }),
    ),
  )
  for (const text of ["=cmd|'/c calc'!A0", '+1+1', '@SUM(A1)']) expect(seen).toContain(text)
})
