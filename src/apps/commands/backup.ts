import { resolve } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { makeBackupKey, readBackupKey } from '#kernel/server/backup/backup-key.ts'
import { backupIds, readManifest } from '#kernel/server/backup/manifest.ts'
import { repositoryIn } from '#kernel/server/backup/repository.ts'
import { restoreBackup, type Restored } from '#kernel/server/backup/restore-backup.ts'
import { runBackup } from '#kernel/server/backup/run-backup.ts'
import type { BackupKey, CipherSuite } from '#kernel/server/backup/sealed-file.ts'
import type { Act } from '#kernel/server/context.ts'
import { record } from '#kernel/server/record.ts'
import { readSettings } from '../settings.ts'
import { programVersion } from '../version.ts'
import { asCommand, breakable, onGround } from './ground.ts'
import type { Answering } from './program.ts'
import { byteBar, tableOf, WrongUse, type Answer, type Terminal } from './terminal.ts'
import { verify } from './verify.ts'

/** `yunbao backup-key`, `backup`, `backups`, `restore`. */
export function backupCommands(program: Command, terminal: Terminal, answering: Answering): void {
  program
    .command('backup-key')
    .description('生成备份密钥文件；请另存副本，密钥丢失后备份无法恢复')
    .requiredOption('--out <文件>', '密钥文件，须在数据目录之外')
    .addOption(
      new Option('--suite <算法>', 'gm 为 SM4-GCM 和 SM3，intl 为 AES-256-GCM').choices(['gm', 'intl']).default('gm'),
    )
    .option('--json', '以 JSON 输出')
    .action(answering((given: { out: string; suite: CipherSuite }) => newKey(terminal, given)))
  program
    .command('backup')
    .description('不停机备份数据库、密钥和附件；位置和密钥见 YUNBAO_BACKUP_DIR、YUNBAO_BACKUP_KEY_FILE')
    .option('--to <目录>', '备份目录')
    .option('--key-file <文件>', '备份密钥文件')
    .option('--json', '以 JSON 输出')
    .action(answering((given: Place) => backup(terminal, given)))
  program
    .command('backups')
    .description('列出备份目录中的备份')
    .option('--from <目录>', '备份目录')
    .option('--key-file <文件>', '备份密钥文件')
    .option('--json', '以 JSON 输出')
    .action(answering(({ from, keyFile }: RestoreGiven) => listBackups(terminal, { to: from, keyFile })))
  program
    .command('restore')
    .description('恢复到另一个数据目录：先核对备份，再恢复到所选时刻，最后核验；备份有损坏时不留下任何内容')
    .option('--from <目录>', '备份目录')
    .requiredOption('--into <目录>', '恢复到的数据目录，应不存在或为空')
    .option('--to-time <时刻>', '例如 2026-11-25T10:30:00；不写则恢复到归档的最后', instantOption)
    .option('--backup <编号>', '指定用哪一份备份（见 backups）')
    .option('--key-file <文件>', '备份密钥文件')
    .option('--set-aside', '目录不为空时，把原内容改名保留后恢复')
    .option('--json', '以 JSON 输出')
    .action(answering((given: RestoreGiven & { into: string }) => breakable(() => restore(terminal, given))))
}

type Place = { to?: string | undefined; keyFile?: string | undefined }
export type RestoreGiven = { from?: string; keyFile?: string; toTime?: Date; backup?: string; setAside?: boolean }

/** A moment; without a zone it is of Asia/Shanghai. */
export function instantOption(text: string): Date {
  const shape = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?$/.exec(text)
  const instant = new Date(shape?.[3] ? text : `${text}+08:00`)
  if (!shape || Number.isNaN(instant.getTime()))
    throw new InvalidArgumentError(`应为时刻，例如 2026-11-25T10:30:00（北京时间），不是“${text}”。`)
  return instant
}

async function newKey(terminal: Terminal, { out, suite }: { out: string; suite: CipherSuite }): Promise<Answer> {
  const { dataDirectory, clock } = readSettings(terminal.env)
  const path = resolve(out)
  const { id } = await makeBackupKey(path, suite, dataDirectory, clock())
  return {
    ok: true,
    json: { id, suite, file: path },
    lines: [
      `备份密钥 ${id} 已写入 ${path}。`,
      '请把它的副本存放到备份和本机之外：没有这个文件，任何人都不能恢复备份。',
      `启用每日备份：设置 YUNBAO_BACKUP_DIR=<备份目录> 和 YUNBAO_BACKUP_KEY_FILE=${path}，重新启动。`,
    ],
  }
}

/** Folder and key of the options, else of the settings. */
export async function placeOf(
  terminal: Terminal,
  { to, keyFile }: Place,
): Promise<{ directory: string; key: BackupKey; keep: number }> {
  const { backup: set } = readSettings(terminal.env)
  const directory = to === undefined ? set?.directory : resolve(to)
  const file = keyFile === undefined ? set?.keyFile : resolve(keyFile)
  if (directory === undefined || file === undefined)
    throw new WrongUse(
      '请指明备份目录和密钥文件：设置 YUNBAO_BACKUP_DIR 和 YUNBAO_BACKUP_KEY_FILE，或写在命令中（见 --help）。密钥用 yunbao backup-key 生成。',
    )
  return { directory, key: await readBackupKey(file), keep: set?.keep ?? 7 }
}

async function backup(terminal: Terminal, given: Place): Promise<Answer> {
  const target = await placeOf(terminal, given)
  return onGround(terminal, async ({ act, superuserUrl, backup: plan }, { dataDirectory, clock }) => {
    if (superuserUrl === null)
      throw new WrongUse(
        '数据库由 DATABASE_URL 指定，本程序不能复制它的数据文件：请用该数据库自己的工具备份（方法见运维手册），数据目录中的 files、keys、audit 一并复制。',
      )
    const bar = byteBar(terminal, '备份')
    const atCommand = <T>(work: (act: Act) => Promise<T>) => act((system) => work(asCommand(system)))
    const source = { dataDirectory, superuserUrl, version: programVersion() }
    const made = await runBackup(atCommand, source, target, 'command', clock, bar.to).finally(bar.end)
    const archived = plan?.directory === target.directory
    return {
      ok: true,
      json: { backup: made, archived },
      lines: [
        `备份 ${made.id} 已完成：${megabytes(made.dataBytes)}，写入 ${megabytes(made.sealedBytes)}，${made.seconds.toFixed(1)} 秒，在 ${made.folder}。`,
        `附件 ${made.attachments} 个，其中新增 ${made.attachmentsAdded} 个。`,
        ...(made.attachmentsMissing > 0
          ? [`有 ${made.attachmentsMissing} 个附件的内容缺失或已被改动，没有备份。请运行 yunbao verify 查明。`]
          : []),
        ...(archived
          ? []
          : [
              '没有启用日志归档：这份备份只能恢复到它完成的时刻。要恢复到任一时刻，请设置 YUNBAO_BACKUP_DIR 后重新启动。',
            ]),
        ...(made.removed === null
          ? ['期满的备份没有能够移除，下次备份时再试。请检查备份目录中较早的备份是否完好。']
          : []),
        ...(made.removed?.backups.length ? [`已移除期满的备份 ${made.removed.backups.join('、')}。`] : []),
      ],
    }
  })
}

async function listBackups(terminal: Terminal, given: Place): Promise<Answer> {
  const { directory, key } = await placeOf(terminal, given)
  const repository = repositoryIn(directory)
  const backups = []
  for (const id of await backupIds(repository)) {
    const { consistentAt, version, postgres, sets, attachments } = await readManifest(repository, id, key)
    const dataBytes = sets.database.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    backups.push({ id, consistentAt, version, postgres, dataBytes, attachments: attachments.length })
  }
  const rows = backups.map((one) => [one.id, one.consistentAt, megabytes(one.dataBytes), String(one.attachments)])
  return {
    ok: true,
    json: { directory, backups },
    lines:
      backups.length === 0
        ? [`目录 ${directory} 中没有完成的备份。`]
        : tableOf(['编号', '可以恢复到的最早时刻', '数据', '附件'], rows),
  }
}

async function restore(terminal: Terminal, given: RestoreGiven & { into: string }): Promise<Answer> {
  const { directory, key } = await placeOf(terminal, { to: given.from, keyFile: given.keyFile })
  const into = resolve(given.into)
  const bar = byteBar(terminal, '恢复')
  const restored = await restoreBackup({
    from: directory,
    into,
    key,
    to: given.toTime,
    backup: given.backup,
    setAside: given.setAside,
    log: terminal.err,
    progress: bar.to,
  }).finally(bar.end)
  const verified = await verifyRestored(terminal, into, restored, given.toTime)
  const { copying, recovery, checking } = restored.seconds
  return {
    ok: verified.ok,
    json: { restored: { ...restored, into }, verify: verified.json },
    lines: [
      `已从备份 ${restored.backup} 恢复到 ${into}：${megabytes(restored.bytes)}，日志 ${restored.segments} 段，附件 ${restored.attachments} 个。`,
      `最后一次改动：${restored.lastChangeAt ?? '备份之后没有改动'}。复制 ${copying.toFixed(1)} 秒，重放 ${recovery.toFixed(1)} 秒，核对索引 ${restored.indexesChecked} 个 ${checking.toFixed(1)} 秒。`,
      ...(restored.setAsideTo ? [`原来的内容在 ${restored.setAsideTo}。`] : []),
      ...verified.lines,
    ],
  }
}

/** Everything `yunbao verify` recomputes, on what was restored; that it was restored is the first thing it records. */
export async function verifyRestored(
  terminal: Terminal,
  into: string,
  { backup: id, lastChangeAt }: Restored,
  to: Date | undefined,
): Promise<Answer> {
  const { DATABASE_URL: _database, DATABASE_APP_URL: _app, YUNBAO_BACKUP_DIR: _directory, ...rest } = terminal.env
  // It is another copy: it must not write to the backup folder of the first, nor to its anchors.
  const { YUNBAO_BACKUP_KEY_FILE: _key, YUNBAO_ANCHOR_DIR: _anchors, DATABASE_READER_URL: _reader, ...own } = rest
  const env = { ...own, YUNBAO_DATA_DIR: into, YUNBAO_MODE: undefined }
  const there: Terminal = { ...terminal, env }
  const verdict = await verify(there, { decisions: 'sample' })
  await onGround(there, ({ act }) =>
    act((system) =>
      record(asCommand(system), 'kernel.backup-restored', {
        subject: { kind: 'kernel.backup', id },
        after: { backup: id, to: to?.toISOString() ?? null, lastChangeAt },
      }),
    ),
  )
  return verdict
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
