import { rmSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeBackupKey } from '#kernel/server/backup/backup-key.ts'
import type { CipherSuite } from '#kernel/server/backup/sealed-file.ts'
import { openGround, type Ground } from '../application.ts'
import { readSettings, type Settings } from '../settings.ts'

/** An installation of its own for a drill, with backups set up; gone when it is closed. */
export type Scratch = { ground: Ground; settings: Settings; directory: string; close: () => Promise<void> }

export async function openScratch(
  base: string | undefined,
  suite: CipherSuite,
  log: (line: string) => void,
): Promise<Scratch> {
  const directory = await mkdtemp(join(base ?? tmpdir(), 'yunbao-drill-'))
  await chmod(directory, 0o711) // the user of the database server must be able to pass
  const keyFile = join(directory, 'backup-key.json')
  const dataDirectory = join(directory, 'data')
  await makeBackupKey(keyFile, suite, dataDirectory, new Date())
  const settings = readSettings({
    YUNBAO_DATA_DIR: dataDirectory,
    YUNBAO_BACKUP_DIR: join(directory, 'backups'),
    YUNBAO_BACKUP_KEY_FILE: keyFile,
    YUNBAO_MODE: 'production',
  })
  const atExit = () => rmSync(directory, { recursive: true, force: true })
  process.once('exit', atExit) // broken off at the terminal
  const remove = async () => {
    process.off('exit', atExit)
    await rm(directory, { recursive: true, force: true })
  }
  try {
    const ground = await openGround(settings, async () => 'production', log, { mayJoin: true })
    return { ground, settings, directory, close: () => ground.close().finally(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}
