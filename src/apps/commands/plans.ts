import { Option, type Command } from 'commander'
import { atDesk, type Acting } from './desk.ts'
import { dateOption, yearOption } from './finding.ts'
import { checkImportDemand, importDemand, type ImportDemandOptions } from './import-demand.ts'
import type { Answering } from './program.ts'
import { openYear, type OpenYearOptions } from './registers.ts'
import { checkReport, reportExecution, type ReportOptions } from './report-execution.ts'
import { reviewDemands, type ReviewOptions } from './review-demands.ts'
import { listCycles, showPlan, type ShowOptions } from './show-plan.ts'
import type { Terminal } from './terminal.ts'

/** Options of every command that somebody acts by. */
export function acting(command: Command): Command {
  return command
    .option('--as <用户名>', '由谁办理；不写时用环境变量 YUNBAO_USER')
    .option('--acting-for <机关>', '以该账号在哪个机关的身份办理；不写时为其所在机关')
    .option('--json', '以 JSON 输出')
}

/** The plan cycle: `yunbao plans …`. */
export function planCommands(program: Command, terminal: Terminal, answering: Answering): void {
  const plans = program.command('plans').description('年度保障计划')
  acting(plans.command('list'))
    .description('本级各年度的周期')
    .action(answering((given: Acting) => atDesk(terminal, given, listCycles)))
  acting(plans.command('open'))
    .description('开启年度保障计划周期')
    .requiredOption('--jurisdiction <代码>', '行政区划代码')
    .requiredOption('--year <年度>', '年度', yearOption)
    .requiredOption('--opens <日期>', '申报开始，例如 2026-11-01', dateOption)
    .requiredOption('--closes <日期>', '申报截止', dateOption)
    .requiredOption('--review-until <日期>', '审核截止', dateOption)
    .requiredOption('--plan-until <日期>', '计划截止', dateOption)
    .option('--standards-on <日期>', '按哪一天有效的标准审核；不写时为申报开始之日', dateOption)
    .action(answering((given: OpenYearOptions) => atDesk(terminal, given, (desk) => openYear(desk, given))))
  acting(plans.command('import-demand'))
    .description('把工作簿导入一个机关的需求申请；有一处不能确定就整份不导入，并逐格列出')
    .argument('<文件>', '.xlsx、.csv 工作簿')
    .requiredOption('--organ <机关>', '机关全称、简称、预算编码或标识')
    .requiredOption('--year <年度>', '年度', yearOption)
    .option('--commit', '核对无误即导入（不写也是如此）')
    .option('--dry-run', '只核对，不导入')
    .addOption(new Option('--mode <方式>', '申请中已有的行：append 保留，replace 替换').choices(['append', 'replace']))
    .option(
      '--answer <问题=答复>',
      '对工作簿中问题的答复，例如 hidden-9=skip；可以写多次',
      (text: string, all: string[] = []) => [...all, text],
    )
    .option('--annotated <文件.xlsx>', '另存逐格标注了问题的工作簿')
    .action(
      answering(async (path: string, given: ImportDemandOptions) => {
        await checkImportDemand(path, given)
        return atDesk(terminal, given, (desk) => importDemand(desk, path, given))
      }),
    )
  acting(plans.command('review'))
    .description('为本级已提交的需求申请生成审核建议')
    .requiredOption('--jurisdiction <代码>', '行政区划代码')
    .requiredOption('--year <年度>', '年度', yearOption)
    .option('--organ <机关>', '只审这一个机关')
    .option('--adopt', '采纳不需人工判断的建议（同页面上的批量采纳）')
    .action(
      answering((given: ReviewOptions) => atDesk(terminal, given, (desk) => reviewDemands(desk, given, terminal))),
    )
  acting(plans.command('show'))
    .description('一个机关的申请和计划：申请多少，核定多少，核减多少，为什么，支出多少')
    .requiredOption('--organ <机关>', '机关全称、简称、预算编码或标识')
    .requiredOption('--year <年度>', '年度', yearOption)
    .action(answering((given: ShowOptions) => atDesk(terminal, given, (desk) => showPlan(desk, given))))
  acting(plans.command('report'))
    .description('执行情况报告：一个机关的，或本级汇总的；数字取自台账')
    .option('--organ <机关>', '机关全称、简称、预算编码或标识')
    .option('--jurisdiction <代码>', '行政区划代码：本级汇总报告')
    .requiredOption('--year <年度>', '年度', yearOption)
    .requiredOption('--out <文件>', '写到哪里；.docx、.pdf、.xlsx、.json，按扩展名决定格式')
    .option('--refresh', '台账又有变动的，按台账更新报告')
    .action(
      answering(async (given: ReportOptions) => {
        checkReport(given)
        return atDesk(terminal, given, (desk) => reportExecution(desk, given))
      }),
    )
}
