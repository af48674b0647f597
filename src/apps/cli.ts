import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { transaction } from '#kernel/server/database.ts'
import { storedFilesCheck } from '#kernel/server/stored-files-check.ts'
import { partyOrgan, registerFirstAuthority } from '#modules/organs/offers.ts'
import { administratorRoles } from '#modules/people/model.ts'
import { createFirstAdministrator } from '#modules/people/offers.ts'
import { openGround, type Ground } from './application.ts'
import { readSettings, WrongSetting } from './settings.ts'

const root = join(import.meta.dirname, '..', '..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

const program = new Command('yunbao')
  .description('运保：机关运行保障信息系统')
  .version(version, '--version', '显示版本')
  .helpOption('-h, --help', '显示帮助')
  .helpCommand('help [命令]', '显示命令的帮助')

program
  .command('start')
  .description('启动（同 npm start）')
  .action(async () => void (await import('./start.ts')))

program
  .command('demo')
  .description('以演示模式启动')
  .action(async () => {
    process.env['YUNBAO_MODE'] = 'demo'
    await import('./start.ts')
  })

program
  .command('verify')
  .description('核验：台账余额、审计记录、公文摘要等；发现问题时退出码为 1')
  .option('--json', '以 JSON 输出')
  .action(async ({ json }: { json?: boolean }) => {
    const checks = await onGround(async ({ db, modules, parts }) => {
      const results: { module: string; name: string; title: string; checked: number; faults: string[] }[] = []
      for (const module of [...modules, { name: 'kernel', checks: [storedFilesCheck(parts.files)] }])
        for (const { name, title, check } of module.checks ?? []) {
          const result = await transaction(db, (tx) => check(tx), { readOnly: true, statementTimeoutMs: 0 })
          results.push({ module: module.name, name, title, ...result })
          if (!json)
            console.log(
              `${result.faults.length === 0 ? '通过' : '有误'}  ${title}（核对 ${result.checked} 条）${result.faults.map((fault) => `\n      ${fault}`).join('')}`,
            )
        }
      return results
    })
    const faults = checks.reduce((sum, check) => sum + check.faults.length, 0)
    if (json) console.log(JSON.stringify({ ok: faults === 0, checks }, null, 2))
    else console.log(faults === 0 ? '全部通过。' : `发现 ${faults} 处问题。`)
    process.exitCode = faults === 0 ? 0 : 1
  })

const user = program.command('user').description('账号')
user
  .command('create-administrator')
  .description('为还没有管理员的一级开通第一个系统管理员、安全保密管理员或安全审计员；初始密码只显示一次')
  .requiredOption('--jurisdiction <代码>', '行政区划代码，例如 140100')
  .requiredOption('--authority <名称>', '本级机关事务管理部门全称；尚未登记的同时登记')
  .requiredOption('--name <姓名>', '姓名')
  .requiredOption('--username <用户名>', '用户名')
  .addOption(new Option('--role <角色>', '三员之一').choices([...administratorRoles]).makeOptionMandatory())
  .option('--json', '以 JSON 输出')
  .action(
    async (given: {
      jurisdiction: string
      authority: string
      name: string
      username: string
      role: (typeof administratorRoles)[number]
      json?: boolean
    }) => {
      const created = await onGround(({ act }) =>
        act(async (system) => {
          const known = await partyOrgan(system.tx, given.jurisdiction, 'authority', system.today)
          if (known && known.name !== given.authority)
            throw new Error(`本级机关事务管理部门已登记为“${known.name}”，与“${given.authority}”不符。`)
          const organId =
            known?.id ??
            (await registerFirstAuthority(system, {
              jurisdictionCode: given.jurisdiction,
              name: given.authority,
              shortName: given.authority.slice(0, 40),
            }))
          return createFirstAdministrator(system, {
            organId,
            name: given.name,
            username: given.username,
            role: given.role,
          })
        }),
      )
      if (given.json) console.log(JSON.stringify(created))
      else
        console.log(`已开通 ${given.username}。初始密码：${created.initialPassword}\n只显示这一次，首次登录时须修改。`)
    },
  )

/** Opens database and modules for one command, and closes them whatever happens. */
async function onGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const ground = await openGround(
    readSettings(process.env),
    async () => 'production',
    (line) => console.error(line),
  )
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
