import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { openApplication, type Application } from './application.ts'
import type { Mode } from './installation.ts'
import { readSettings, WrongSetting } from './settings.ts'
import { programVersion } from './version.ts'
import { prepareWeb, webDirectory } from './web-build.ts'

const startedAt = performance.now()
const root = join(import.meta.dirname, '..', '..')

/** The process: starts everything, prints the address, and ends all of it on Ctrl-C. */
async function main(): Promise<void> {
  const settings = readSettings(process.env)
  let application: Application | null = null
  let ending = false
  const end = async (signal: string) => {
    if (ending) return
    ending = true
    log(`收到 ${signal}，正在停止……`)
    const patience = setTimeout(() => process.exit(1), 20_000)
    await application?.close().catch((error: unknown) => log(`停止时出错：${said(error)}`))
    clearTimeout(patience)
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(signal))

  // The web application is built while the database starts: both take their time on a first start.
  // `npm run dev` serves them itself.
  const web = process.argv.includes('--without-pages') ? null : prepareWeb(root, log)
  web?.catch(() => {}) // told where it is awaited
  application = await openApplication(settings, {
    chooseMode,
    log,
    web: async () => (await web, web && webDirectory(root)),
    version: programVersion(),
    logger: false,
  })
  if (ending) return application.close()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  log(`运保已启动（${seconds} 秒）${application.ground.mode === 'demo' ? '，演示模式：演示账号见登录页' : ''}`)
  console.log(`\n    ${application.address.replace('0.0.0.0', '127.0.0.1')}\n`)
  log('按 Ctrl-C 停止。')
}

/** Asked once, on the first start by a person at a terminal; elsewhere the demonstration is loaded, as the README says. */
async function chooseMode(): Promise<Mode> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return 'demo'
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    const answer = await terminal.question(
      '数据目录是空的。要载入演示数据吗？（山西省、太原市、清徐县，全部为虚构）[Y/n] ',
    )
    return /^n(o)?$/i.test(answer.trim()) || answer.trim() === '否' ? 'production' : 'demo'
  } finally {
    terminal.close()
  }
}

function log(line: string): void {
  console.log(`${new Date().toLocaleTimeString('zh-CN', { hour12: false })} ${line}`)
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

try {
  await main()
} catch (error) {
  const known = error instanceof WrongSetting || (error instanceof Error && /[\u4e00-\u9fff]/.test(error.message))
  console.error(known ? `无法启动：${said(error)}` : error)
  process.exit(1)
}
