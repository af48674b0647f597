import { open } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { builtWhole, lookInto, type ArchiveFault } from '../archive-check.ts'
import { damaged, textOfXml, type DocxText } from './docx-text.ts'

/** What the text of a document may unpack to; the longest laws have a tenth of it. */
const largestTextBytes = 24 * 1024 * 1024

const tooLarge = '展开后过大，不能读取。请只保留正文，并另存为新的 .docx 后再上传。'
const why: Readonly<Record<ArchiveFault, string>> = {
  damaged,
  encrypted: '加了密码。请去掉密码后再上传。',
  'too-many-entries': tooLarge,
  'too-large': tooLarge,
  'document-type': '含有不允许的文档类型声明。请在 Word 或 WPS 中另存为 .docx 后再上传。',
  'too-deep': '内容嵌套过深，不是文字处理软件保存的文件。请在 Word 或 WPS 中另存为 .docx 后再上传。',
}

async function answer(path: string): Promise<DocxText | string> {
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0).finally(() => handle.close())
  if (bytesRead === 0) return '是空文件。请核对后重新上传。'
  const magic = bytesRead >= 4 ? buffer.readUInt32BE(0) : 0
  // The old binary format, and also a .docx with a password.
  if (magic === 0xd0cf11e0) return '是旧版 .doc 或加了密码的文件。请去掉密码并另存为 .docx 后再上传。'
  if (magic !== 0x504b0304) return '不是 Word 文档。请上传 .docx 或 .txt 文件。'
  const chunks: Buffer[] = []
  let bytes = 0
  const found = await lookInto(path, size, builtWhole, (entry, chunk) => {
    if (entry !== 'word/document.xml') return false
    chunks.push(chunk)
    return (bytes += chunk.length) > largestTextBytes
  })
  if (typeof found === 'string') return why[found]
  if (!found.names.includes('word/document.xml'))
    return '不是 Word 文档：其中没有正文。请在 Word 或 WPS 中另存为 .docx 后再上传。'
  try {
    return textOfXml(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    return damaged
  }
}

parentPort?.postMessage(await answer(workerData as string))
