import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium'
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core'

/**
 * A real headless Chromium that came with the packages; its own libraries are unpacked where the machine has none.
 * @param camera path of a film (`.mjpeg`) that it takes for what a camera shows; read anew whenever the camera opens
 */
export async function openBrowser({ camera }: { camera?: string } = {}): Promise<Browser> {
  const executablePath = process.env['YUNBAO_CHROMIUM'] ?? (await chromium.executablePath())
  // Not the package's own flags: they are for one page in a small function, with one process and without web security.
  const film =
    camera === undefined
      ? []
      : [
          '--use-fake-ui-for-media-stream',
          '--use-fake-device-for-media-stream',
          `--use-file-for-fake-video-capture=${camera}`,
        ]
  const launch = () =>
    playwright.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none', ...film],
      headless: true,
    })
  try {
    return await launch()
  } catch (error) {
    if (!/shared librar|ENOENT|exitCode=127/.test(String(error))) throw error
    await inflate(join(import.meta.dirname, '..', 'node_modules', '@sparticuz', 'chromium', 'bin', 'al2023.tar.br'))
    setupLambdaEnvironment(join(tmpdir(), 'al2023', 'lib'))
    return launch()
  }
}

export const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

export type Visitor = { context: BrowserContext; page: Page; faults: string[] }

/** A person with a browser of their own; errors of the page are collected, since a journey with errors has failed. */
export async function visitor(
  browser: Browser,
  baseURL: string,
  size: keyof typeof sizes = 'desktop',
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL,
    viewport: sizes[size],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    // Answers of 401, 403, 409 and 422 are part of what is tried; the browser logs each of them by itself.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(`${page.url()}: ${message.text()}`)
  })
  return { context, page, faults }
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}
