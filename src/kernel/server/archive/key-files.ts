import { copyFile, mkdir, stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { namesIn } from '../backup/repository.ts'
import { fileKeyService } from '../sealing/key-files.ts'
import { ArchiveFault } from './archive-fault.ts'

/** Master keys and the name of the one that seals; keys put aside and keys of signatures stay where they are. */
const keyFile = /^sealing-([0-9a-f]{8}\.key|current)$/

/** Keys go another way than the archive. @throws ArchiveFault `refused` for a folder that is not empty or lies in the archive */
export async function refuseKeyFolder(archive: string, keysTo: string): Promise<void> {
  const [within, folder] = [resolve(archive), resolve(keysTo)]
  if (folder === within || folder.startsWith(`${within}${sep}`))
    throw new ArchiveFault('refused', `密钥不能与归档放在一起：请把 --keys-to 指定到 ${within} 之外，分开保管和传递。`)
  if ((await namesIn(folder)).length > 0 || (await stat(folder).catch(() => null))?.isFile())
    throw new ArchiveFault('refused', `${folder} 不是空目录，没有写入。请用 --keys-to 指定另一个目录。`)
}

/** @returns how many files were copied */
export async function copySealingKeys(from: string, to: string): Promise<number> {
  const names = (await namesIn(from)).filter((name) => keyFile.test(name))
  await mkdir(to, { recursive: true, mode: 0o700 })
  for (const name of names) await copyFile(join(from, name), join(to, name))
  return names.length
}

/**
 * Every key that sealed columns rest on is in the folder, and is the key it is named for.
 * @param folder undefined where none was given
 * @throws ArchiveFault `missing-key` naming those that are not there
 */
export async function refuseMissingKeys(needed: readonly string[], folder: string | undefined): Promise<void> {
  if (needed.length === 0) return
  if (folder === undefined)
    throw new ArchiveFault(
      'missing-key',
      `归档中有用密钥 ${needed.join('、')} 加密的数据。请用 --keys 指定密钥所在目录（导出时的 --keys-to，或原数据目录的 keys）。`,
    )
  const names = await namesIn(folder)
  const here = new Set(
    fileKeyService(folder)
      .generations()
      .map(({ id }) => id),
  )
  const missing = needed.filter((id) => !here.has(id)).map((id) => `sealing-${id}.key`)
  if (!names.includes('sealing-current')) missing.push('sealing-current')
  if (missing.length > 0)
    throw new ArchiveFault(
      'missing-key',
      `目录 ${resolve(folder)} 中缺少密钥文件 ${missing.join('、')}，没有导入任何内容。没有密钥，加密数据无法读取。`,
    )
}
