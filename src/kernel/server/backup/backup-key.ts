import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { BackupFault } from './backup-fault.ts'
import { cipherSuites, type BackupKey, type CipherSuite } from './sealed-file.ts'

/**
 * The backup key lies in a file of its own outside of the data directory: whoever has a backup and not this file has
 * nothing, and a data directory that is lost does not take the key along.
 */
type KeyFile = { format: 1; suite: CipherSuite; id: string; secret: string; madeAt: string }

/**
 * Makes a key file, readable by its owner only; an existing file is never overwritten.
 * @throws BackupFault when the file exists, or lies where it would be lost with the data
 */
export async function makeBackupKey(
  path: string,
  suite: CipherSuite,
  dataDirectory: string,
  now: Date,
): Promise<BackupKey> {
  refuseInside(path, dataDirectory)
  const secret = randomBytes(32)
  const key: BackupKey = { suite, id: keyIdOf(secret), secret }
  const file: KeyFile = { format: 1, suite, id: key.id, secret: secret.toString('base64'), madeAt: now.toISOString() }
  await mkdir(dirname(resolve(path)), { recursive: true, mode: 0o700 })
  const handle = await open(path, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST')
      throw new BackupFault(
        'refused',
        path,
        `文件 ${path} 已经存在，没有改动。备份密钥一旦丢失，用它加密的备份都无法恢复：请另取文件名。`,
      )
    throw new BackupFault('refused', path, `无法写入 ${path}：${cause.message}。请检查位置和权限。`, { cause })
  })
  try {
    await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`)
    await handle.sync()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  await chmod(path, 0o600)
  return key
}

/** @throws BackupFault when the file is not there, is readable by others, or is no key */
export async function readBackupKey(path: string): Promise<BackupKey> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new BackupFault(
      'missing',
      path,
      `没有找到备份密钥文件 ${path}，或无权读取。请用 yunbao backup-key 生成，或检查 YUNBAO_BACKUP_KEY_FILE。`,
      { cause },
    )
  })
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0)
    throw new BackupFault('refused', path, `备份密钥文件 ${path} 可被其他用户读取。请执行 chmod 600 后重试。`)
  try {
    const { format, suite, id, secret } = JSON.parse(text) as KeyFile
    const bytes = Buffer.from(secret, 'base64')
    if (format !== 1 || !(suite in cipherSuites) || bytes.length !== 32 || keyIdOf(bytes) !== id)
      throw new Error('other members')
    return { suite, id, secret: bytes }
  } catch (cause) {
    throw new BackupFault('damaged', path, `文件 ${path} 不是完整的备份密钥文件。请改用它的副本。`, { cause })
  }
}

/**
 * What the archiver of the database seals log segments with: derived, so that neither the server process nor its user
 * ever has the key of the backups themselves.
 */
export function walKeyOf({ suite, id, secret }: BackupKey): BackupKey {
  return { suite, id, secret: Buffer.from(hkdfSync('sha256', secret, '', 'yunbao wal', 32)) }
}

/** Key in one word, for the environment of the archiver. */
export function keyAsWord({ suite, id, secret }: BackupKey): string {
  return [suite, id, secret.toString('base64url')].join(':')
}

/** Names the key without telling it: sixteen hexadecimal digits. */
function keyIdOf(secret: Buffer): string {
  return createHash('sha256').update('yunbao backup key ').update(secret).digest('hex').slice(0, 16)
}

function refuseInside(path: string, dataDirectory: string): void {
  if (`${resolve(path)}${sep}`.startsWith(`${resolve(dataDirectory)}${sep}`))
    throw new BackupFault(
      'refused',
      path,
      `备份密钥不能放在数据目录 ${dataDirectory} 内：数据目录损毁时，密钥会一同丢失。请放到另外的存储上。`,
    )
}
