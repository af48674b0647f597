import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { restoreBackup } from '#kernel/server/backup/restore-backup.ts'
import type { CipherSuite } from '#kernel/server/backup/sealed-file.ts'
import { drill, type DrillFigures } from '../drill/drill.ts'
import { instantOption, placeOf, verifyRestored } from './backup.ts'
import { breakable } from './ground.ts'
import type { Answering } from './program.ts'
import type { Answer, Terminal } from './terminal.ts'

type Given = { seconds: number; writers: number; fill: number; suite: CipherSuite; in?: string }

/** `yunbao drill`: shows that what is backed up comes back, on an installation of its own or from real backups. */
export function drillCommand(program: Command, terminal: Terminal, answering: Answering): void {
  const whole = (least: number, most: number) => (text: string) => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`应为 ${least} 至 ${most} 的整数，不是“${text}”。`)
  }
  program
    .command('drill')
    .description('恢复演练：边写入边备份，恢复到另一处并逐项比对；或用 --from 演练真实的备份。不影响正在运行的系统')
    .option('--seconds <秒>', '写入多久', whole(1, 3600), 10)
    .option('--writers <路>', '同时写入的路数', whole(1, 64), 8)
    .option('--fill <MB>', '先填充的数据量，使速度更接近实际', whole(0, 100_000), 0)
    .addOption(new Option('--suite <算法>', '加密算法').choices(['gm', 'intl']).default('gm'))
    .option('--in <目录>', '在哪个目录中进行，结束后清除')
    .option('--from <目录>', '演练这个备份目录中最新的备份')
    .option('--to-time <时刻>', '与 --from 合用：恢复到这一时刻', instantOption)
    .option('--key-file <文件>', '与 --from 合用：备份密钥文件')
    .option('--json', '以 JSON 输出')
    .action(
      answering((given: Given & { from?: string; toTime?: Date; keyFile?: string }) =>
        breakable(() => (given.from === undefined ? drillAlone(terminal, given) : drillReal(terminal, given))),
      ),
    )
}

async function drillAlone(terminal: Terminal, given: Given): Promise<Answer> {
  let verdict: Answer = { ok: false, json: {}, lines: [] }
  const figures = await drill(
    {
      seconds: given.seconds,
      writers: given.writers,
      fillMegabytes: given.fill,
      suite: given.suite,
      base: given.in === undefined ? undefined : resolve(given.in),
      log: terminal.err,
    },
    async (dataDirectory, restored, to) => {
      verdict = await verifyRestored(terminal, dataDirectory, restored, to)
    },
  )
  const { lost, tooMany, balancesEqual, auditRootEqual, attachmentsEqual } = figures.comparison
  const equal = lost === 0 && tooMany === 0 && balancesEqual && auditRootEqual && attachmentsEqual
  return {
    ok: equal && verdict.ok,
    json: { ...figures, verify: verdict.json },
    lines: [...linesOf(figures), ...verdict.lines, equal && verdict.ok ? '演练通过。' : '演练没有通过。'],
  }
}

function linesOf({ comparison, to, backup, restore, rpo, minutesFor50GB }: DrillFigures): string[] {
  const same = (equal: boolean) => (equal ? '一致' : '不一致')
  const { lost, tooMany, attachments } = comparison
  return [
    `恢复到 ${to}：此前已确认的写入 ${comparison.acknowledgedBefore} 笔，丢失 ${lost} 笔；此后的 ${comparison.acknowledgedAfter} 笔，多出 ${tooMany} 笔。`,
    `台账余额${same(comparison.balancesEqual)}，审计树根${same(comparison.auditRootEqual)}，附件 ${attachments} 个${same(comparison.attachmentsEqual)}。`,
    `备份 ${backup.megabytes.toFixed(0)} MB，${backup.seconds.toFixed(1)} 秒（每秒 ${backup.megabytesPerSecond.toFixed(0)} MB）。`,
    `恢复 ${restore.totalSeconds.toFixed(1)} 秒（每秒 ${restore.megabytesPerSecond.toFixed(0)} MB）；按此速度，50 GB 需 ${minutesFor50GB.toFixed(0)} 分钟。`,
    `恢复点目标：日志至多 ${rpo.timeoutSeconds} 秒归档一次，移交 ${rpo.handoverSeconds.toFixed(1)} 秒，整机损毁时至多丢失 ${rpo.boundSeconds.toFixed(0)} 秒。`,
  ]
}

async function drillReal(
  terminal: Terminal,
  given: Given & { from?: string; toTime?: Date; keyFile?: string },
): Promise<Answer> {
  const { directory, key } = await placeOf(terminal, { to: given.from, keyFile: given.keyFile })
  const place = await mkdtemp(join(given.in === undefined ? tmpdir() : resolve(given.in), 'yunbao-drill-'))
  const into = join(place, 'restored')
  try {
    const begun = performance.now()
    const restored = await restoreBackup({ from: directory, into, key, to: given.toTime, log: terminal.err })
    const seconds = (performance.now() - begun) / 1000
    const verdict = await verifyRestored(terminal, into, restored, given.toTime)
    const rate = restored.bytes / 1e6 / seconds
    return {
      ok: verdict.ok,
      json: { restored, totalSeconds: seconds, megabytesPerSecond: rate, verify: verdict.json },
      lines: [
        `从备份 ${restored.backup} 恢复 ${(restored.bytes / 1e6).toFixed(0)} MB，${seconds.toFixed(1)} 秒（每秒 ${rate.toFixed(0)} MB），最后一次改动 ${restored.lastChangeAt ?? '在备份之前'}。`,
        ...verdict.lines,
        verdict.ok ? '演练通过，恢复出的数据已清除。' : '演练没有通过，恢复出的数据已清除。',
      ],
    }
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}
