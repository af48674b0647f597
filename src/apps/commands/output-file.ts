import { existsSync, statSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import type { Download } from '#kernel/server/context.ts'
import { WrongUse } from './terminal.ts'

/** The form a file is asked for in, by the ending of its name. */
export function formOf<F extends string>(path: string, forms: readonly F[]): F {
  const form = extname(path).slice(1).toLowerCase()
  const found = forms.find((one) => one === form)
  if (!found)
    throw new WrongUse(
      `输出文件“${path}”的扩展名应为${forms.map((one) => `.${one}`).join('、')}之一，按扩展名决定格式。`,
    )
  const folder = dirname(resolve(path))
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new WrongUse(`没有文件夹 ${folder}。请先建立它，或换一个输出位置。`)
  return found
}

/** Writes a file whole or not at all. @returns its size in bytes */
export async function writeWhole(path: string, { body }: Download): Promise<number> {
  const content = await contentOf(body)
  await writeFile(`${path}.new`, content)
  await rename(`${path}.new`, path)
  return content.length
}

/** All of a download in memory. */
async function contentOf(body: Buffer | Readable): Promise<Buffer> {
  return Buffer.isBuffer(body) ? body : Buffer.concat(await body.toArray())
}
