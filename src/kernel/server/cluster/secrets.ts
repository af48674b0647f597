import { randomBytes } from 'node:crypto'
import { chown, open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ClusterError } from './cluster-error.ts'

/** What `cluster.json` keeps: the port in use and the passwords of the roles. */
export type ClusterSecrets = {
  port: number | null
  superuserPassword: string
  ownerPassword: string
  appPassword: string
  readerPassword: string
}

export function newSecrets(): ClusterSecrets {
  const password = () => randomBytes(24).toString('base64url')
  return {
    port: null,
    superuserPassword: password(),
    ownerPassword: password(),
    appPassword: password(),
    readerPassword: password(),
  }
}

/** @returns null when there are none yet; throws when the file is there but cannot be understood */
export async function readSecrets(directory: string): Promise<ClusterSecrets | null> {
  const path = join(directory, 'cluster.json')
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ClusterSecrets
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new ClusterError('secrets', `无法读取 ${path}（内含数据库口令）。请检查该文件的权限，或从备份中恢复它。`, {
      cause,
    })
  }
}

/** Written whole or not at all, readable by its owner only. */
export async function writeSecrets(directory: string, secrets: ClusterSecrets): Promise<void> {
  const path = join(directory, 'cluster.json')
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(JSON.stringify(secrets, null, 2))
    await file.sync()
  } finally {
    await file.close()
  }
  // Run once by root, the cluster of an ordinary user must stay readable for that user.
  const { uid, gid } = await stat(directory)
  if (process.getuid?.() === 0 && uid !== 0) await chown(`${path}.new`, uid, gid)
  await rename(`${path}.new`, path)
}
