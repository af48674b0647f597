import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { lookInto, readByPiece } from './archive-check.ts'

const document = 'application/vnd.openxmlformats-officedocument'

/** Kinds that are archives: which entry shows that the archive is what its name says. */
const archiveKinds: Readonly<Record<string, { mediaType: string; shownBy: RegExp }>> = {
  docx: { mediaType: `${document}.wordprocessingml.document`, shownBy: /^word\/[^/]+\.xml$/ },
  xlsx: { mediaType: `${document}.spreadsheetml.sheet`, shownBy: /^xl\/[^/]+\.xml$/ },
  ofd: { mediaType: 'application/ofd', shownBy: /^OFD\.xml$/i },
}

/** Kinds told by their first bytes. */
const markedKinds: readonly { mark: string; extensions: readonly string[]; mediaType: string }[] = [
  { mark: '%PDF-', extensions: ['pdf'], mediaType: 'application/pdf' },
  { mark: '\x89PNG\r\n\x1a\n', extensions: ['png'], mediaType: 'image/png' },
  { mark: '\xff\xd8\xff', extensions: ['jpg', 'jpeg'], mediaType: 'image/jpeg' },
]

const textKinds: Readonly<Record<string, string>> = { txt: 'text/plain', csv: 'text/csv' }

export type FileKind = { mediaType: string } | { refused: string }

/**
 * What a file is, by its content; the name must say the same. Programs, pages and drawings that a browser would run
 * (HTML, SVG) are none of the kinds kept, whatever they are called.
 * @returns the media type, or the reason in Chinese, to be shown as it is
 */
export async function kindOf(path: string, fileName: string): Promise<FileKind> {
  const head = await headOf(path)
  if (head.length === 0) return { refused: `“${fileName}”是空文件。请核对后重新上传。` }
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''
  const other = {
    refused: `“${fileName}”不是可以保存的文件。请上传 pdf、docx、xlsx、ofd、png、jpg、txt 或 csv 文件，文件内容应与扩展名一致。`,
  }
  const marked = markedKinds.find(({ mark }) => head.startsWith(mark))
  if (marked) return marked.extensions.includes(extension) ? { mediaType: marked.mediaType } : other
  const archive = archiveKinds[extension]
  if (archive) {
    if (!head.startsWith('PK\x03\x04')) return other
    const found = await lookInto(path, (await stat(path)).size, readByPiece)
    if (found === 'encrypted') return { refused: `“${fileName}”加了密码。请去掉密码后再上传。` }
    if (found === 'damaged') return other
    if (typeof found === 'string')
      return { refused: `“${fileName}”展开后过大，或结构不是办公软件保存的。请在办公软件中另存为新文件后再上传。` }
    if (!found.names.some((name) => archive.shownBy.test(name))) return other
    if (found.names.some((name) => /vbaProject\.bin$/i.test(name)))
      return { refused: `“${fileName}”含有宏。请去掉宏后另存，再上传。` }
    return { mediaType: archive.mediaType }
  }
  const mediaType = textKinds[extension]
  return mediaType && (await isPlainText(path, head)) ? { mediaType } : other
}

/** The first bytes, one character each. */
async function headOf(path: string): Promise<string> {
  const handle = await open(path, 'r')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024, 0).finally(() => handle.close())
  return buffer.toString('latin1', 0, bytesRead)
}

/** Text in any encoding a clerk's machine writes (UTF-8, GB 18030): no control bytes in it, and no markup or script at its head. */
async function isPlainText(path: string, head: string): Promise<boolean> {
  if (/^(?:\xef\xbb\xbf)?\s*(?:#!|<[a-z!?/])/i.test(head)) return false
  for await (const chunk of createReadStream(path)) {
    // oxlint-disable-next-line no-control-regex -- control bytes are what is looked for
    if (/[\x00-\x08\x0e-\x1f]/.test((chunk as Buffer).toString('latin1'))) return false
  }
  return true
}
