import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ClusterError } from './cluster-error.ts'

/**
 * Lets one process at a time run the cluster in a directory. The lock is a kernel file lock (taken through SQLite, the
 * one way Node offers): it vanishes with its holder however that dies, so there is no stale lock to judge and no reused
 * process number to be fooled by. A second file names the holder, for the message only.
 * @returns the function that gives the lock back
 */
export function lockDirectory(directory: string): () => void {
  const holderFile = join(directory, 'cluster.holder')
  const lock = new DatabaseSync(join(directory, 'cluster.lock'), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    if ((cause as { errcode?: number }).errcode !== sqliteBusy)
      throw new ClusterError(
        'no-permission',
        `无法锁定数据目录 ${directory}。请确认它在本机磁盘上，且当前用户可以写入。`,
        { cause },
      )
    throw new ClusterError(
      'in-use',
      `数据目录 ${directory} 正由另一个运保进程${holderOf(holderFile)}使用。请先停止它，或用 YUNBAO_DATA_DIR 指定另一个目录。`,
    )
  }
  writeFileSync(holderFile, String(process.pid))
  return () => {
    rmSync(holderFile, { force: true })
    lock.close()
  }
}

const sqliteBusy = 5

function holderOf(holderFile: string): string {
  try {
    return `（进程号 ${readFileSync(holderFile, 'utf8')}）`
  } catch {
    return ''
  }
}
