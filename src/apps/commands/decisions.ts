import type { Command } from 'commander'
import { purgeDecisions, subjectOfDecision } from '#kernel/server/decisions.ts'
import { asCommand, onGround } from './ground.ts'
import type { Answering } from './program.ts'
import { WrongUse, type Answer, type Terminal } from './terminal.ts'

type Withdrawing = { decision: string; ground: string }

/** `yunbao decisions …`: what the keeper of the installation does about decisions whose content must not be in it (Art. 44). */
export function decisionCommands(program: Command, terminal: Terminal, answering: Answering): void {
  program
    .command('decisions')
    .description('决定')
    .command('withdraw')
    .description('撤除一项事项全部决定的内容（第四十四条：国家秘密不得进入系统）；编号、时间和决定人保留，不可恢复')
    .requiredOption('--decision <编号>', '决定编号（JD-…）')
    .requiredOption('--ground <理由>', '撤除的理由，不得写出内容本身')
    .option('--json', '以 JSON 输出')
    .action(answering((given: Withdrawing) => withdraw(terminal, given)))
}

async function withdraw(terminal: Terminal, { decision, ground }: Withdrawing): Promise<Answer> {
  const [number, said] = [decision.trim(), ground.trim()]
  if (said === '') throw new WrongUse('--ground 应写明理由。')
  return onGround(terminal, async ({ act }) => {
    const emptied = await act(async (system) => {
      const subject = await subjectOfDecision(system.tx, number)
      if (subject === null) throw new WrongUse(`没有编号为“${number}”的决定。请核对编号。`)
      return purgeDecisions(asCommand(system), subject, said)
    })
    if (emptied === 0) throw new WrongUse(`决定 ${number} 的内容已经撤除。`)
    return {
      ok: true,
      json: { decision: number, emptied },
      lines: [
        `已撤除 ${number} 所涉事项的 ${emptied} 项决定的内容，编号、时间和决定人保留，留痕已记入。`,
        '申请等原件、附件和审计记录中的同一内容，须另行删除和撤除（yunbao files withdraw、yunbao audit withdraw）。',
      ],
    }
  })
}
