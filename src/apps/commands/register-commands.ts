import type { Command } from 'commander'
import { atDesk, existingFile, type Acting } from './desk.ts'
import { dateOption, yearOption } from './finding.ts'
import { machineCommands } from './machines.ts'
import { acting } from './plans.ts'
import type { Answering } from './program.ts'
import { importExecutions, loadNotice, type LoadNoticeOptions } from './registers.ts'
import type { Terminal } from './terminal.ts'

/** What fills the ledger and the calendar: `yunbao ledger …`, `yunbao calendar …`; and `yunbao machines …`. */
export function registerCommands(program: Command, terminal: Terminal, answering: Answering): void {
  machineCommands(program, terminal, answering)
  acting(program.command('ledger').description('计划台账').command('import'))
    .description('把支出明细工作簿记入台账：全部记入，或一行也不记；记过的凭证不重复记')
    .argument('<文件>', '.xlsx、.csv 工作簿')
    .requiredOption('--year <年度>', '年度', yearOption)
    .action(
      answering(async (path: string, given: Acting & { year: number }) => {
        await existingFile(path)
        return atDesk(terminal, given, (desk) => importExecutions(desk, path, given))
      }),
    )
  acting(program.command('calendar').description('工作日历').command('load-notice'))
    .description('录入国务院办公厅放假安排：通知正文（.txt）或“日期，类型，名称”表（.csv）；另一人复核后生效')
    .argument('<文件>', '.txt 或 .csv')
    .requiredOption('--year <年度>', '年度', yearOption)
    .requiredOption('--document <文号>', '通知文号')
    .requiredOption('--issued <日期>', '发文日期', dateOption)
    .action(
      answering(async (path: string, given: LoadNoticeOptions) => {
        await existingFile(path)
        return atDesk(terminal, given, (desk) => loadNotice(desk, path, given))
      }),
    )
}
