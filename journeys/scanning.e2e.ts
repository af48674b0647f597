import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Browser, Page } from 'playwright-core'
import { encodeQR } from 'qr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract as assets } from '#modules/assets/contract.ts'
import { labelSheetOf } from '#modules/assets/documents/labels.ts'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { contract as stocktaking } from '#modules/stocktaking/contract.ts'
import { accessibilityFaults } from './accessibility.ts'
import { openBrowser, signIn, visitor } from './browser.ts'
import { openStage, type StageForTest } from './stage.ts'
import { callerAt, type Caller } from './visit.ts'

/** Labels before the camera of a phone whose browser reads no codes itself: every iPhone, WeChat, Firefox. */
let stage: StageForTest
let browser: Browser
let directory: string
let film: string
let keeper: Caller
type Labelled = Parameters<typeof labelSheetOf>[0][number]
let printer: Labelled
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-camera-'))
  film = join(directory, 'camera.mjpeg')
  stage = await openStage({ demonstration: 'people', clock: '2026-11-23T09:00:00+08:00' })
  browser = await openBrowser({ camera: film })
  keeper = await callerAt(stage.address, 'shi.education.jingban')
  const { body } = await keeper(assets.registerCard, {
    number: 'SM-0001',
    classCode: 'A02021003',
    name: '激光打印机',
    model: '奔图 P3300',
    costFen: 115_000,
    acquiredOn: '2024-03-08',
    place: '主楼301',
  })
  printer = body.card
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await stage?.close()
  await rm(directory, { recursive: true, force: true })
})

/** The label as it is printed, drawn by the sheet's own template. */
async function drawnLabel(card: Labelled): Promise<string> {
  const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/package.json'))
  const typst = NodeCompiler.create({ workspace: directory, fontArgs: [{ fontPaths: [join(fonts, '400Regular')] }] })
  typst.mapShadow(
    join(directory, 'sheet.json'),
    Buffer.from(JSON.stringify(labelSheetOf([card], { paper: 'a4-24', skip: 0 }))),
  )
  return typst.svg({ mainFileContent: await readFile('src/modules/assets/documents/labels.typ', 'utf8') })
}

/** What the camera shows from now on: a label held a little askew, on a grey shelf. */
async function hold(svg: string, width: number): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  await page.setContent(`<body style="margin:0;background:#8d8f88;overflow:hidden"><div style="position:absolute;left:330px;top:180px;width:640px;
    height:340px;overflow:hidden;background:#fff;transform:perspective(1400px) rotateX(14deg) rotateY(-12deg) rotate(-7deg)">
    <div style="width:${width}px">${svg}</div></div></body>`)
  await page.addStyleTag({ content: 'svg { width: 100%; height: auto; display: block }' })
  await writeFile(film, await page.screenshot({ type: 'jpeg', quality: 70 }))
  await page.close()
}

const aside = (text: string) => encodeQR(text, 'svg', { ecc: 'medium', border: 4 })
const light = (page: Page) => page.evaluate('window.lit')

/** Reads no codes; refuses the camera once; and has the light that no film has. */
const poorPhone = `
  delete window.BarcodeDetector
  const { getUserMedia } = MediaDevices.prototype
  let asked = 0
  MediaDevices.prototype.getUserMedia = async function (wanted) {
    if (location.pathname === '/assets/scan' && asked++ === 0) throw new DOMException('refused', 'NotAllowedError')
    return getUserMedia.call(this, wanted)
  }
  const { getCapabilities } = MediaStreamTrack.prototype
  MediaStreamTrack.prototype.getCapabilities = function () {
    return { ...getCapabilities.call(this), torch: true }
  }
  MediaStreamTrack.prototype.applyConstraints = async ({ advanced: [{ torch }] }) => {
    window.lit = torch
  }`

test(
  'A12-4 G14 a label is read by a phone whose browser reads none: the card opens, a foreign code says what it is, and a count goes on without a network',
  { timeout: 120_000 },
  async () => {
    const { context, page, faults } = await visitor(browser, stage.address, 'phone')
    await context.clock.install({ time: new Date('2026-11-23T09:00:00+08:00') })
    await context.addInitScript(poorPhone)
    await hold(aside('https://assets.example.cn/card/7'), 340)
    await signIn(page, 'shi.education.jingban', demonstrationPassword)
    await page.goto('/assets/scan')
    await page.getByRole('button', { name: '打开相机扫码' }).click()
    await page.getByText('没有使用相机的许可').waitFor()
    await page.getByRole('button', { name: '收起' }).click()
    await page.getByRole('button', { name: '打开相机扫码' }).click()
    await page.getByText('这是网址（assets.example.cn）的二维码，不是资产标签。').waitFor()
    await page.getByRole('button', { name: '打开补光灯' }).click()
    await expect.poll(() => light(page)).toBe(true)
    await page.getByRole('button', { name: '关闭补光灯' }).click()
    await expect.poll(() => light(page)).toBe(false)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: '关闭相机' }).click()

    await hold(await drawnLabel(printer), 1900)
    await page.getByRole('button', { name: '打开相机扫码' }).click()
    await page.getByRole('heading', { level: 1, name: '激光打印机' }).waitFor()

    const { body: opened } = await keeper(stocktaking.openCount, {
      title: '主楼三层盘点',
      baseOn: '2026-11-23',
      scope: { places: ['主楼3'] },
      team: [(await keeper(stocktaking.scopeChoices, {})).body.people[0]?.id as string],
    })
    await page.goto(`/stocktaking/counts/${opened.count.id}/sheet`)
    await page.getByText(/已盘 0 \/ \d/).waitFor()
    await page.evaluate('navigator.serviceWorker.ready.then(() => {})')
    // The page is opened anew in a cellar: the program that reads codes lies on the phone as the list does.
    await context.setOffline(true)
    await page.reload()
    await page.getByText(/网络中断/).waitFor()
    await page.getByRole('button', { name: '扫码清点' }).click()
    await page.getByRole('dialog', { name: '激光打印机' }).waitFor()
    expect(faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
  },
)
