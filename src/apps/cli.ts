import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { transaction } from '#kernel/server/database.ts'
import { openGround, type Ground } from './application.ts'
import { readSettings, WrongSetting } from './settings.ts'

const root = join(import.meta.dirname, '..', '..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

const program = new Command('yunbao')
  .description('运保:机关运行保障信息系统')
  .version(version, '--version', '显示版本')
  .helpOption('-h, --help', '显示帮助')
  .helpCommand('help [命令]', '显示命令的帮助')

program.command('start').description('启动(同 npm start)').action(async () => void (await import('./start.ts')))

program.command('demo').description('以演示模式启动').action(async () => {
  process.env['YUNBAO_MODE'] = 'demo'
  await import('./start.ts')
})

program
  .command('verify')
  .description('核验:台账余额、审计记录、公文摘要等;发现问题时退出码为 1')
  .option('--json', '以 JSON 输出')
  .action(async ({ json }: { json?: boolean }) => {
    const checks = await onGround(async ({ db, modules }) => {
      const results: { module: string; name: string; title: string; checked: number; faults: string[] }[] = []
      for (const module of modules)
        for (const { name, title, check } of module.checks ?? []) {
          const result = await transaction(db, (tx) => check(tx), { readOnly: true, statementTimeoutMs: 0 })
          results.push({ module: module.name, name, title, ...result })
          if (!json) console.log(`${result.faults.length === 0 ? '通过' : '有误'}  ${title}(核对 ${result.checked} 条)${result.faults.map((fault) => `\n      ${fault}`).join('')}`)
        }
      return results
    })
    const faults = checks.reduce((sum, check) => sum + check.faults.length, 0)
    if (json) console.log(JSON.stringify({ ok: faults === 0, checks }, null, 2))
    else console.log(faults === 0 ? '全部通过。' : `发现 ${faults} 处问题。`)
    process.exitCode = faults === 0 ? 0 : 1
  })

/** Opens database and modules for one command, and closes them whatever happens. */
async function onGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const ground = await openGround(readSettings(process.env), async () => 'production', (line) => console.error(line))
  try {
    return await work(ground)
  } finally {
    await ground.close()
  }
}

try {
  await program.parseAsync()
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  console.error(error instanceof WrongSetting || /[\u4e00-\u9fff]/.test(message) ? message : error)
  process.exitCode = 1
}
