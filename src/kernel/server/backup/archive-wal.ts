import { createReadStream } from 'node:fs'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { seal, unseal, type BackupKey, type CipherSuite } from './sealed-file.ts'

/**
 * What PostgreSQL runs for every finished log segment (`archive_command`), as the user of the server: seals it into the
 * archive, forces it to the disk and then gives it its name, so that a segment is there whole or not at all. A second
 * call with the same segment is fine; another content under a name that is taken is refused, as PostgreSQL asks.
 */
async function archiveWal(source: string, name: string, directory: string, key: BackupKey): Promise<void> {
  const target = join(directory, `${name}.yb`)
  if (await exists(target)) {
    const [kept, given] = [await readArchived(target, name, key), await readFile(source)]
    if (kept.equals(given)) return
    throw new Error(`归档目录已有内容不同的 ${name}：该目录可能正由另一个数据库使用。`)
  }
  const part = `${target}.part`
  const label = `wal/${name}`
  // When it was written last: what was committed until then is in it or in earlier ones.
  const at = (await stat(source)).mtime.toISOString()
  const packed = createReadStream(source).compose(createZstdCompress())
  const file = await open(part, 'w', 0o640)
  try {
    await file.writeFile(seal(packed as AsyncIterable<Buffer>, key, label, { at }))
    await file.sync()
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally {
    await file.close()
  }
  await rename(part, target)
  await syncFolder(directory)
}

/** Content of an archived segment. @throws BackupFault */
export async function readArchived(path: string, name: string, key: BackupKey): Promise<Buffer> {
  const opened = unseal(createReadStream(path), key, `wal/${name}.yb`, `wal/${name}`)
  const pieces: Buffer[] = []
  for await (const piece of Readable.from(opened).compose(createZstdDecompress())) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [source = '', name = ''] = process.argv.slice(2)
  const [suite, id = '', secret = ''] = (process.env['YUNBAO_WAL_KEY'] ?? '').split(':')
  const key: BackupKey = { suite: suite as CipherSuite, id, secret: Buffer.from(secret, 'base64url') }
  await archiveWal(source, name, process.env['YUNBAO_WAL_DIR'] ?? '', key).catch((error: unknown) => {
    console.error(`归档 ${name} 失败：${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  })
}
