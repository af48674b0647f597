import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Download } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommandLine } from '#apps/commands/program.ts'
import { demonstrationPassword } from '#modules/people/reference/demonstration.ts'
import { accessibilityFaults } from '../../../../journeys/accessibility.ts'
import { openBrowser, signIn, visitor, type Visitor } from '../../../../journeys/browser.ts'
import { openStage, type StageForTest } from '../../../../journeys/stage.ts'
import { sessionAt } from '../../../../journeys/visit.ts'

/** The audit administrator finds who was denied what, and takes the proof of it away. */
let stage: StageForTest
let browser: Browser
let auditor: Visitor
let directory: string
beforeAll(async () => {
  stage = await openStage({ demonstration: 'people', clock: '2026-11-23T09:00:00+08:00' })
  directory = await mkdtemp(join(tmpdir(), 'yunbao-proof-'))
  const driver = await sessionAt(stage.address, 'shi.education.jiashi')
  await fetch(`${stage.address}/api/v1/plans/demands`, { headers: { cookie: driver } })
  browser = await openBrowser()
  auditor = await visitor(browser, stage.address)
  await auditor.context.clock.install({ time: new Date('2026-11-23T09:00:00+08:00') })
  await signIn(auditor.page, 'shi.shenjiyuan', demonstrationPassword)
})
afterAll(async () => {
  await browser?.close()
  await stage?.close()
  await rm(directory, { recursive: true, force: true })
})

/** Everything is in the tree, whatever else the server of the tests is doing. */
async function sealed(): Promise<void> {
  for (const endsAt = Date.now() + 150_000; Date.now() < endsAt; await pause(100)) {
    const { waiting, sealed } = await stage.application.ground.sealer.round()
    if (!waiting && sealed === 0) return
  }
}
async function kept(download: Promise<Download>): Promise<string> {
  const file = await download
  const path = join(directory, file.suggestedFilename())
  await file.saveAs(path)
  return path
}
async function yunbao(...argv: string[]): Promise<{ exitCode: number; out: string }> {
  const out: string[] = []
  const terminal = {
    env: { YUNBAO_DATA_DIR: stage.dataDirectory },
    out: (line: string) => out.push(line),
    err: () => {},
    bars: null,
  }
  return { exitCode: await runCommandLine(argv, terminal as never), out: out.join('\n') }
}

test(
  'finds the denial, sees who and why but no business, and the proof verifies offline',
  { timeout: 180_000 },
  async () => {
    await sealed()
    const { page } = auditor
    await page.goto('/record/audit?result=denied')
    const row = page.getByRole('row', { name: /越权被拒/ }).first()
    await row.waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await row.getByRole('link').first().click()
    await page.getByRole('heading', { level: 1, name: /^越权被拒 · 审计记录 \d+$/ }).waitFor()
    const main = page.getByRole('main')
    for (const text of ['plans.demands', '驾驶员', '127.0.0.1', '被拒']) await main.getByText(text).first().waitFor()
    await main.getByText('证明路径').click()
    expect(await accessibilityFaults(page)).toEqual([])
    const path = await kept(
      Promise.all([page.waitForEvent('download'), main.getByRole('button', { name: '下载证明' }).click()]).then(
        ([file]) => file,
      ),
    )
    const good = await yunbao('verify', '--proof', path)
    expect([good.exitCode, good.out]).toEqual([0, expect.stringContaining('证明成立')])
    const forged = join(directory, 'forged.json')
    const text = await readFile(path, 'utf8')
    await writeFile(forged, text.replace('kernel.denied', 'kernel.allowed'))
    const bad = await yunbao('verify', '--proof', forged)
    expect([bad.exitCode, bad.out]).toEqual([1, expect.stringContaining('证明不成立')])
  },
)

test('exports what is filtered, with the purpose in its first line', { timeout: 120_000 }, async () => {
  const { page } = auditor
  await page.goto('/record/audit?result=denied')
  await page
    .getByRole('row', { name: /越权被拒/ })
    .first()
    .waitFor()
  await page.getByRole('main').getByRole('button', { name: '导出' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/用途/).fill('季度检查')
  await dialog.getByText('CSV').click()
  expect(await accessibilityFaults(page)).toEqual([])
  const path = await kept(
    Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: '导出' }).click()]).then(
      ([file]) => file,
    ),
  )
  const [watermark, , first] = (await readFile(path, 'utf8')).split('\r\n')
  expect(watermark).toContain('用途：季度检查')
  expect(first).toContain('kernel.denied')
  await dialog.waitFor({ state: 'detached' })
})

test('fits a phone, and nothing went wrong on the way', { timeout: 120_000 }, async () => {
  const phone = await visitor(browser, stage.address, 'phone')
  await signIn(phone.page, 'shi.shenjiyuan', demonstrationPassword)
  await phone.page.goto('/record/audit?result=denied')
  const link = phone.page
    .getByRole('row', { name: /越权被拒/ })
    .first()
    .getByRole('link')
    .first()
  await link.waitFor()
  const wider = () => phone.page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  expect(await wider()).toBeLessThanOrEqual(1)
  await link.click()
  await phone.page.getByText('签名检查点').waitFor()
  expect(await wider()).toBeLessThanOrEqual(1)
  expect(await accessibilityFaults(phone.page)).toEqual([])
  expect([...auditor.faults, ...phone.faults]).toEqual([])
})
