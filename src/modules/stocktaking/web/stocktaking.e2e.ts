import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract as assets } from '#modules/assets/contract.ts'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { accessibilityFaults } from '../../../../journeys/accessibility.ts'
import { openBrowser, signIn, visitor, type sizes } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'
import { callerAt, type Caller } from '../../../../journeys/visit.ts'
import { contract } from '../contract.ts'

/** A keeper counts a floor on a phone; the network is cut in the middle; nothing is lost, nothing is doubled. */
let stage: StageForTest
let browser: Browser
let clerk: Caller
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: '2026-11-23T09:00:00+08:00' })
  browser = await openBrowser()
  clerk = await callerAt(stage.address, 'shi.education.jingban')
  for (let at = 1; at <= 5; at++)
    await clerk(assets.registerCard, {
      number: `PD-0${at}`,
      classCode: 'A02010105',
      name: '台式计算机',
      costFen: 499_800,
      acquiredOn: '2024-03-08',
      place: at === 5 ? '主楼302' : '主楼301',
      custodianName: '王丽娟',
    })
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

const row = (page: Page, number: string) => page.getByRole('listitem', { name: `台式计算机 ${number}` })

test(
  'A12-4 a floor is counted on a phone with the network cut in the middle, and its differences worked to closure',
  { timeout: 120_000 },
  async () => {
    const desk = await as('shi.education.jingban', 'desktop')
    await desk.page.goto('/stocktaking/counts/new')
    await desk.page.getByLabel('盘点名称').fill('主楼三层盘点')
    await desk.page.getByLabel('存放地点').fill('主楼3')
    await desk.page.getByLabel('存放地点').press('Enter')
    await desk.page.getByLabel('存放地点').press('Escape')
    await desk.page.getByRole('button', { name: '开启盘点' }).click()
    await desk.page.getByRole('heading', { level: 1, name: '主楼三层盘点' }).waitFor()
    const address = new URL(desk.page.url()).pathname
    const countId = address.split('/').at(-1) as string

    const phone = await as('shi.education.jingban', 'phone')
    const { page } = phone
    await page.goto('/stocktaking/counts')
    await page.getByRole('button', { name: '开始清点' }).click()
    await page.getByText('已盘 0 / 5').waitFor()
    await row(page, 'PD-01').getByRole('button', { name: '一致' }).click()
    await page.getByText('全部已上传').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])

    await phone.context.setOffline(true)
    await row(page, 'PD-02').getByRole('button', { name: '一致' }).click()
    await page.getByLabel('资产编号或序列号').fill('PD-03')
    await page.getByRole('button', { name: '查找' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('信息不符').click()
    await dialog.getByLabel('实际存放地点').fill('主楼309')
    await dialog.locator('input[type=file]').setInputFiles({
      name: '现场.png',
      mimeType: 'image/png',
      buffer: Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    })
    await dialog.getByText('现场.png').waitFor()
    await dialog.getByRole('button', { name: '确定' }).click()
    await page.getByRole('button', { name: '登记盘盈（账上没有的实物）' }).click()
    await dialog.getByLabel('资产名称').fill('碎纸机')
    await dialog.getByLabel('存放地点').fill('主楼301')
    await dialog.getByRole('button', { name: '确定' }).click()
    await page.getByText(/网络中断.*待上传 4 项/).waitFor()
    expect((await clerk(contract.viewCount, { countId })).body.tally).toMatchObject({ counted: 1, surplus: 0 })
    // The page is left and opened again before anything could be sent: it is all still on the phone.
    await phone.context.setOffline(false)
    await page.reload()
    await page.getByText('全部已上传').waitFor()
    await page.getByText('已盘 3 / 5').waitFor()
    const { tally } = (await clerk(contract.viewCount, { countId })).body
    expect(tally).toMatchObject({ counted: 3, same: 2, mismatch: 1, surplus: 1, disputed: 0 })
    const { body: items } = await clerk(contract.items, { countId, which: 'differing' })
    expect(items.items).toMatchObject([{ number: 'PD-03', found: { place: '主楼309' } }])
    const { body: seen } = await clerk(contract.viewItem, { countId, cardId: items.items[0]?.cardId as string })
    expect([seen.marks.length, seen.photos.map(({ fileName }) => fileName)]).toEqual([1, ['现场.png']])

    await row(page, 'PD-04').getByRole('button', { name: '一致' }).click()
    await page.getByText('全部已上传').waitFor()
    await desk.page.reload()
    await desk.page.getByRole('button', { name: '结束清点' }).click()
    await desk.page.getByLabel('未清点的 1 项确已找不到实物，一并记为盘亏').check()
    await desk.page.getByRole('dialog').getByRole('button', { name: '结束清点' }).click()
    await desk.page.getByRole('tab', { name: '差异（3 项未处理）' }).click()
    expect(await accessibilityFaults(desk.page)).toEqual([])
    for (const [name, cause] of [
      [/信息不符/, '办公室调整未变更卡片'],
      [/盘亏/, '去向不明'],
    ] as const) {
      await desk.page.getByRole('row', { name }).getByRole('checkbox').check()
      await desk.page.getByRole('button', { name: '处理', exact: true }).click()
      await desk.page.getByLabel('原因').fill(cause)
      await desk.page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
      await desk.page.getByText(cause).first().waitFor()
    }
    await desk.page.getByRole('tab', { name: '差异（1 项未处理）' }).waitFor()
    expect([...desk.faults, ...phone.faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))]).toEqual(
      [],
    )
  },
)

test(
  'A12-4 G12 a list opens on a phone without a network; what one counted is never sent under another’s name',
  { timeout: 120_000 },
  async () => {
    const { people } = (await clerk(contract.scopeChoices, {})).body
    const { body: opened } = await clerk(contract.openCount, {
      title: '地下室盘点',
      baseOn: '2026-11-23',
      scope: { places: ['主楼3'] },
      team: people.map(({ id }) => id),
    })
    const countId = opened.count.id
    const sheet = `/stocktaking/counts/${countId}/sheet`
    const phone = await as('shi.education.jingban', 'phone')
    await phone.page.goto(sheet)
    await phone.page.getByText(/已盘 0 \/ \d/).waitFor()
    const kept = await phone.page.evaluate(async () => {
      await navigator.serviceWorker.ready
      const names = await caches.keys()
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return requests.flat().map(({ url }) => new URL(url).pathname)
    })
    expect(kept).toContain('/')
    expect(kept.filter((path) => path !== '/' && !path.startsWith('/assets/'))).toEqual([])
    await phone.page.close()

    // The page is opened anew in a cellar.
    await phone.context.setOffline(true)
    const page = await phone.context.newPage()
    page.on('pageerror', (error) => phone.faults.push(error.message))
    await page.goto(sheet)
    await page.getByText(/网络中断.*待上传 0 项/).waitFor()
    await row(page, 'PD-01').getByRole('button', { name: '一致' }).click()
    await page.reload()
    await page.getByText(/网络中断.*待上传 1 项/).waitFor()
    await page.goto('/stocktaking/counts')
    await page.getByText('您在本机清点的 1 项尚未上传').waitFor()
    await page.goto(sheet)
    await page.getByText(/待上传 1 项/).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])

    // The session is over, and a colleague signs in on the same phone.
    await phone.context.clearCookies()
    await phone.context.setOffline(false)
    const dialog = page.getByRole('dialog', { name: '登录已失效，请重新登录' })
    await dialog.getByLabel('用户名').fill('shi.education.zhigong')
    await dialog.getByLabel('密码', { exact: true }).fill(demonstrationPassword)
    await dialog.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('本机另有 1 项由其他人员清点').waitFor()
    await row(page, 'PD-02').getByRole('button', { name: '一致' }).click()
    await page.getByText('全部已上传').waitFor()
    const marksOf = async () => {
      const { items } = (await clerk(contract.items, { countId })).body
      const views = await Promise.all(
        items.map(async ({ cardId }) => (await clerk(contract.viewItem, { countId, cardId })).body),
      )
      return views.flatMap(({ item, marks }) => marks.map(({ personName }) => [item.number, personName]))
    }
    expect((await marksOf()).map(([number]) => number)).toEqual(['PD-02'])
    await signOut(page)
    await expect.poll(() => heldOnPhone(page)).toEqual({ lists: 0, marks: 1 })

    // Who counted signs in again: now it is sent, in that person's name.
    await signIn(page, 'shi.education.jingban', demonstrationPassword)
    await page.goto(sheet)
    await page.getByText('全部已上传').waitFor()
    const told = await marksOf()
    expect(told.map(([number]) => number).toSorted()).toEqual(['PD-01', 'PD-02'])
    expect(new Set(told.map(([, name]) => name)).size).toBe(2)

    // Signed out, the phone shows nothing of anybody without a network.
    await signOut(page)
    await expect.poll(() => heldOnPhone(page)).toEqual({ lists: 0, marks: 0 })
    await phone.context.setOffline(true)
    await page.goto(sheet)
    await page.getByText('连接中断').waitFor()
    expect(await page.getByText('PD-01').count()).toBe(0)
    expect(phone.faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
  },
)

async function signOut(page: Page) {
  await page.locator('.user-name').click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.waitForURL((url) => url.pathname === '/sign-in')
}

/** How much of anybody's work lies in the browser's database. */
const heldOnPhone = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ lists: number; marks: number }>((resolve, reject) => {
        const request = indexedDB.open('yunbao-stocktaking')
        request.onerror = () => reject(new Error('indexedDB'))
        request.onsuccess = () => {
          const transaction = request.result.transaction(['lists', 'marks'])
          const [lists, marks] = ['lists', 'marks'].map((name) => transaction.objectStore(name).count())
          transaction.oncomplete = () => {
            request.result.close()
            resolve({ lists: lists?.result ?? -1, marks: marks?.result ?? -1 })
          }
        }
      }),
  )
