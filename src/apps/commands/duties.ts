import { Option, type Command } from 'commander'
import { contract } from '#modules/duties/contract.ts'
import { dutyReaches, dutyReachLabels, dutyStateLabels, type DutyReach } from '#modules/duties/model.ts'
import { leftWords } from '#modules/duties/rules/wording.ts'
import { atDesk, type Acting, type Desk } from './desk.ts'
import { acting } from './plans.ts'
import type { Answering } from './program.ts'
import { tableOf, type Answer, type Terminal } from './terminal.ts'

type ListOptions = Acting & { overdue?: boolean; reach: DutyReach; term?: string }

/** Statutory terms: `yunbao duties …`. */
export function dutyCommands(program: Command, terminal: Terminal, answering: Answering): void {
  acting(program.command('duties').description('法定时限').command('list'))
    .description('列出未办结的法定时限事项；--overdue 列出逾期的，包括逾期后已补办的')
    .option('--overdue', '只列逾期未办和逾期后补办的')
    .option('--term <时限>', '只列某一时限，例如 adjustment-filing')
    .addOption(
      new Option(
        '--reach <范围>',
        `范围：${dutyReaches.map((reach) => `${reach} ${dutyReachLabels[reach]}`).join('，')}`,
      )
        .choices([...dutyReaches])
        .default('organ'),
    )
    .action(answering((given: ListOptions) => atDesk(terminal, given, (desk) => listDuties(desk, given))))
}

async function listDuties(desk: Desk, { overdue = false, reach, term }: ListOptions): Promise<Answer> {
  const narrowed = term === undefined ? {} : { term }
  const items = overdue
    ? await desk.all(contract.overdue, narrowed)
    : await desk.all(contract.list, { reach, ...narrowed })
  const rows = items.map((duty) => [
    duty.dueOn + (duty.provisional ? '（暂定）' : ''),
    leftWords(duty),
    dutyStateLabels[duty.state],
    duty.termTitle,
    duty.title,
    duty.bearerName,
  ])
  return {
    ok: true,
    json: { items },
    lines:
      rows.length === 0
        ? [overdue ? '没有逾期事项。' : '没有未办结的法定时限事项。']
        : tableOf(['最后一日', '剩余', '状态', '时限', '事项', '责任机关'], rows),
  }
}
