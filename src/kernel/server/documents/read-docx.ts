import { inWorker } from '../in-worker.ts'
import type { DocxText } from './docx-text.ts'

const limits = { seconds: 10, megabytes: 256 }

/**
 * The text of a .docx file as people read it: deleted and hidden parts, notes and page heads are left out. Read in a
 * worker of its own: whatever is in the file, others are served meanwhile.
 * @returns why the file is refused, in Chinese, to follow its name
 */
export async function readDocx(path: string): Promise<DocxText | string> {
  const read = await inWorker<DocxText | string>(new URL('./docx-worker.ts', import.meta.url), path, limits)
  return read === 'too-much' ? '内容过于庞大，不能读取。请只保留正文，并另存为新的 .docx 后再上传。' : read
}
