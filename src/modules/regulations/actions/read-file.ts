import { readFile } from 'node:fs/promises'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import { readDocx } from '#kernel/server/documents/read-docx.ts'
import { BadInput } from '#kernel/server/errors.ts'
import { longestText } from '../model.ts'

export type ReadText = { source: string; automaticNumbers: number }

/**
 * The text of an uploaded file: .docx, or .txt in UTF-8 or GB 18030.
 * @throws BadInput for other kinds, for what cannot be read, and for what is too long
 */
export async function readTextFile(file: UploadedFile): Promise<ReadText> {
  const extension = /\.([a-z0-9]+)$/i.exec(file.fileName)?.[1]?.toLowerCase()
  const read =
    extension === 'docx'
      ? await ofDocx(file.path)
      : extension === 'txt'
        ? await ofPlainText(file)
        : `不能导入。请上传 .docx 或 .txt 文件；.doc、.wps、.pdf 请另存为 .docx。`
  const why = typeof read === 'string' ? read : whyNot(read.source)
  if (typeof read === 'string' || why !== null)
    throw new BadInput([{ pointer: '/file', code: 'law-text', message: `“${file.fileName}”${why}` }])
  return read
}

async function ofDocx(path: string): Promise<ReadText | string> {
  const read = await readDocx(path)
  return typeof read === 'string' ? read : { source: read.text, automaticNumbers: read.automaticNumbers }
}

async function ofPlainText(file: UploadedFile): Promise<ReadText | string> {
  if (file.sizeBytes > longestText * 4) return tooLong
  const bytes = await readFile(file.path)
  // oxlint-disable-next-line no-control-regex -- control bytes are what is looked for
  if (/[\x00-\x08\x0e-\x1f]/.test(bytes.toString('latin1'))) return '不是文本文件。请上传 .docx 或 .txt 文件。'
  for (const encoding of ['utf-8', 'gb18030'])
    try {
      return { source: new TextDecoder(encoding, { fatal: true }).decode(bytes), automaticNumbers: 0 }
    } catch {
      continue
    }
  return '的文字编码无法识别。请另存为 UTF-8 编码的 .txt 后再上传。'
}

const tooLong = `超过${longestText / 10_000}万字。请只保留一部制度的正文。`

function whyNot(source: string): string | null {
  if (source.trim() === '') return '中没有文字。扫描件请先识别为文字，再上传。'
  if (!/\p{Script=Han}/u.test(source)) return '中没有中文，不是制度文本。请核对文件，或者检查文字编码。'
  return source.length > longestText ? tooLong : null
}
