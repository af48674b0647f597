import { chown, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { keyAsWord } from '../backup/backup-key.ts'
import type { BackupKey } from '../backup/sealed-file.ts'
import { ClusterError } from './cluster-error.ts'
import type { Runner } from './service-user.ts'

/** Where finished log segments go, and how often one is finished at least while anything is written. */
export type Archiving = { directory: string; key: BackupKey; timeoutSeconds: number }

const script = resolve(import.meta.dirname, '..', 'backup', 'archive-wal.ts')

/** Server settings that have every finished segment handed to our archiver. */
export function archivingSettings(archiving: Archiving): Record<string, string> {
  return {
    archive_mode: 'on',
    archive_command: [process.execPath, script, '%p', '%f'].map(quoted).join(' '),
    archive_timeout: `${archiving.timeoutSeconds}s`,
  }
}

/**
 * The archiver runs as a child of the server and so as its user: the key for log segments (not the backup key) reaches
 * it by the environment, which only that user and root can read and which is gone with the server.
 */
export function archivingEnvironment({ directory, key }: Archiving): Record<string, string> {
  return { YUNBAO_WAL_DIR: directory, YUNBAO_WAL_KEY: keyAsWord(key) }
}

/** The folder of segments, which the user of the server writes to. */
export async function prepareArchive({ directory }: Archiving, { user }: Runner, dataDirectory: string): Promise<void> {
  await handInHistories(join(dataDirectory, 'pg_wal'), user)
  try {
    // As root, the user of the server must be able to pass; what lies in there is encrypted.
    await mkdir(join(directory, '..'), { recursive: true, mode: 0o711 })
    await mkdir(directory, { recursive: true, mode: 0o711 })
    if (user) await chown(directory, user.uid, user.gid)
  } catch (cause) {
    throw new ClusterError(
      'no-permission',
      `无法建立日志归档目录 ${directory}。请检查权限，或用 YUNBAO_BACKUP_DIR 指定另一个目录。`,
      { cause },
    )
  }
}

/**
 * A database that was restored has left its old timeline while nothing was archived: without the file that tells where,
 * what it writes from now on could not be found by a later restore.
 */
async function handInHistories(log: string, user: Runner['user']): Promise<void> {
  const names = (await readdir(log).catch(() => [])).filter((name) => name.endsWith('.history'))
  const noted = new Set(await readdir(join(log, 'archive_status')).catch(() => []))
  for (const name of names) {
    if (noted.has(`${name}.done`) || noted.has(`${name}.ready`)) continue
    const mark = join(log, 'archive_status', `${name}.ready`)
    await writeFile(mark, '', { mode: 0o600 })
    if (user) await chown(mark, user.uid, user.gid)
  }
}

/** For the shell of the server; a percent sign is a mark of its own there. */
function quoted(word: string): string {
  if (word === '%p' || word === '%f') return `"${word}"`
  const plain = word.replaceAll('%', '%%')
  return process.platform === 'win32' ? `"${plain}"` : `'${plain.replaceAll("'", `'\\''`)}'`
}
