import { Command, CommanderError, Option } from 'commander'
import { ArchiveFault } from '#kernel/server/archive/archive-fault.ts'
import { BackupFault } from '#kernel/server/backup/backup-fault.ts'
import { BadInput } from '#kernel/server/errors.ts'
import { problemOf } from '#kernel/server/http/problem.ts'
import type { Refusal } from '#kernel/pure/verdict.ts'
import { administratorRoles } from '#modules/people/model.ts'
import { WrongSetting } from '../settings.ts'
import { programVersion } from '../version.ts'
import { archiveCommands } from './archive.ts'
import { auditCommands, verifyProofFile } from './audit.ts'
import { decisionCommands } from './decisions.ts'
import { fileCommands } from './files.ts'
import { keyCommands } from './keys.ts'
import { backupCommands } from './backup.ts'
import { drillCommand } from './drill.ts'
import { explainCommand } from './explain.ts'
import { dutyCommands } from './duties.ts'
import { normCommands } from './norms.ts'
import { planCommands } from './plans.ts'
import { registerCommands } from './register-commands.ts'
import { WrongUse, type Answer, type Terminal } from './terminal.ts'
import { speakChinese, usageFault } from './usage.ts'
import { createAdministrator, resetSecondFactor, type FirstAdministrator } from './user.ts'
import { verify, type VerifyGiven } from './verify.ts'

/** Adds a command's action: what it answers is printed for people, or as the one JSON document of `--json`. */
export type Answering = <Given extends unknown[]>(
  work: (...given: Given) => Promise<Answer>,
) => (...given: Given) => Promise<void>

/**
 * Runs one command line.
 * @returns the exit code: 0 well, 1 refused or faulty, 2 not understood (nothing was changed)
 */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  const json = argv.includes('--json')
  let exitCode = 0
  const answering: Answering =
    (work) =>
    async (...given) => {
      const { ok, json: document, lines } = await work(...given)
      if (json) terminal.out(JSON.stringify({ ok, ...document }, null, 2))
      else for (const line of lines) terminal.out(line)
      exitCode = ok ? 0 : 1
    }
  const program = compose(terminal, answering)
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    const fault = faultOf(error)
    if (fault === null) return 0
    if (fault.bug) terminal.err(error instanceof Error ? (error.stack ?? error.message) : String(error))
    terminal.err(fault.message)
    for (const remedy of fault.remedies) terminal.err(`  ${remedy}`)
    if (json)
      terminal.out(
        JSON.stringify({ ok: false, code: fault.code, message: fault.message, refusals: fault.refusals }, null, 2),
      )
    return fault.exitCode
  }
}

function compose(terminal: Terminal, answering: Answering): Command {
  const program = new Command('yunbao')
    .description('运保：机关运行保障信息系统')
    .version(programVersion(), '--version', '显示版本')
  program
    .command('start')
    .description('启动（同 npm start）')
    .action(async () => void (await import('../start.ts')))
  program
    .command('demo')
    .description('以演示模式启动')
    .action(async () => {
      process.env['YUNBAO_MODE'] = 'demo'
      await import('../start.ts')
    })
  program
    .command('verify')
    .description('核验：审计记录、台账余额、公文摘要、决定重放等；发现问题时退出码为 1')
    .option('--since <日期>', '审计记录只逐条核验该日起封存的')
    .option('--checkpoint <文件或文字>', '与所留存的检查点核对')
    .option('--proof <文件>', '只核验一条审计记录的存在证明，不需要数据库')
    .option('--key <公钥>', '另外信任的审计公钥（Base64）')
    .addOption(
      new Option('--decisions <范围>', '重放全部决定，或抽样重放').choices(['all', 'sample']).default('sample'),
    )
    .option('--json', '以 JSON 输出')
    .action(
      answering(({ proof, ...given }: VerifyGiven & { proof?: string }) =>
        proof === undefined ? verify(terminal, given) : verifyProofFile(terminal, { ...given, proof }),
      ),
    )
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
    .action(answering((given: FirstAdministrator) => createAdministrator(terminal, given)))
  user
    .command('reset-second-factor')
    .description('手机和恢复码都已丢失、本级又无人可以重置时，由系统运行人员重置第二因素')
    .requiredOption('--username <用户名>', '用户名')
    .option('--json', '以 JSON 输出')
    .action(answering((given: { username: string }) => resetSecondFactor(terminal, given)))
  planCommands(program, terminal, answering)
  registerCommands(program, terminal, answering)
  dutyCommands(program, terminal, answering)
  normCommands(program, answering)
  explainCommand(program, terminal, answering)
  auditCommands(program, terminal, answering)
  decisionCommands(program, terminal, answering)
  fileCommands(program, terminal, answering)
  keyCommands(program, terminal, answering)
  backupCommands(program, terminal, answering)
  archiveCommands(program, terminal, answering)
  drillCommand(program, terminal, answering)
  return speakChinese(program, { out: (text) => terminal.out(text.trimEnd()) })
}

type Fault = {
  exitCode: 1 | 2
  code: string
  message: string
  refusals: readonly Refusal[]
  remedies: readonly string[]
  bug: boolean
}

/** What was thrown, for the person at the terminal; null when help or version was asked for. */
function faultOf(error: unknown): Fault | null {
  const wrongUse = (message: string): Fault => ({
    exitCode: 2,
    code: 'usage',
    message,
    refusals: [],
    remedies: [],
    bug: false,
  })
  if (error instanceof CommanderError) {
    const message = usageFault(error)
    return message === null ? null : wrongUse(message)
  }
  if (error instanceof WrongUse || error instanceof WrongSetting) return wrongUse(error.message)
  const message = error instanceof Error ? error.message : String(error)
  const refusals = (error as { refusals?: readonly Refusal[] }).refusals ?? []
  const remedies = refusals.flatMap(({ remedy }) => remedy ?? [])
  const answered = problemOf(error)
  if (answered) {
    const { code, detail } = answered.problem
    // A file that cannot be read is refused; a word that cannot be understood was typed wrong.
    const typedWrong = error instanceof BadInput && error.errors.every(({ pointer }) => pointer !== '/file')
    return { exitCode: typedWrong ? 2 : 1, code, message: detail, refusals, remedies, bug: false }
  }
  const said = /[\u4e00-\u9fff]/.test(message)
  const code =
    error instanceof BackupFault || error instanceof ArchiveFault ? error.code : said ? 'refused' : 'internal'
  return {
    exitCode: 1,
    code,
    message: said ? message : '命令遇到没有预料到的情况，没有完成。请把以上信息告诉系统管理员。',
    refusals,
    remedies,
    bug: !said,
  }
}
