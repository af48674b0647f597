import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const uploads = mkdtemp(join(tmpdir(), 'yunbao-authorization-'))

/** Takes away what no action has taken. */
export async function removeFreshFiles(): Promise<void> {
  await rm(await uploads, { recursive: true, force: true })
}

/** A file as the kernel hands it to an action, which may take it away. */
export async function freshFile(fileName: string, content: Buffer) {
  const path = join(await uploads, `${process.hrtime.bigint()}`)
  await writeFile(path, content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { path, fileName, sizeBytes: content.length, mediaType: 'application/octet-stream', sha256 }
}
