import type { Command } from 'commander'
import { digestOfAttachment, withdrawFile } from '#kernel/server/withdrawn-files.ts'
import { asCommand, onGround } from './ground.ts'
import type { Answering } from './program.ts'
import { WrongUse, type Answer, type Terminal } from './terminal.ts'

type Withdrawing = { file: string; ground: string }

/** `yunbao files …`: what the keeper of the installation does about kept files whose content must not be in it (Art. 44). */
export function fileCommands(program: Command, terminal: Terminal, answering: Answering): void {
  program
    .command('files')
    .description('附件文件')
    .command('withdraw')
    .description('撤除一份文件的内容和名称（第四十四条：国家秘密不得进入系统）；摘要、时间和理由保留，不可恢复')
    .requiredOption('--file <编号>', '附件编号（下载地址中的编号），或文件的 SHA-256')
    .requiredOption('--ground <理由>', '撤除的理由，不得写出内容本身')
    .option('--json', '以 JSON 输出')
    .action(answering((given: Withdrawing) => withdraw(terminal, given)))
}

async function withdraw(terminal: Terminal, given: Withdrawing): Promise<Answer> {
  const [file, ground] = [given.file.trim().toLowerCase(), given.ground.trim()]
  const isDigest = /^[0-9a-f]{64}$/.test(file)
  if (!isDigest && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(file))
    throw new WrongUse(`--file 应为附件编号或文件的 SHA-256，不是“${given.file}”。`)
  if (ground === '') throw new WrongUse('--ground 应写明理由。')
  return onGround(terminal, async ({ act, parts }) => {
    const { sha256, attachments } = await act(async (system) => {
      const sha256 = isDigest ? file : await digestOfAttachment(system, file)
      const attachments = sha256 === null ? null : await withdrawFile(asCommand(system), sha256, ground)
      if (sha256 === null || attachments === null) throw new WrongUse(`没有编号为“${file}”的附件或文件。请核对编号。`)
      return { sha256, attachments }
    })
    // Not before the commit: what is gone could not be put back. Broken off here, the command is given once more.
    await parts.files.remove(sha256)
    return {
      ok: true,
      json: { sha256, attachments },
      lines: [
        `文件 ${sha256} 的内容已撤除，${attachments} 处附件不再列出，名称和审计记录中的名称一并撤除，留痕已记入。`,
        '此前的备份仍含有这份文件，到期清理后才不再含有；同一内容不能再次上传。',
      ],
    }
  })
}
