import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import { newId } from './identifier.ts'

/**
 * Takes a file in: streamed to disk under a name of its own, measured and hashed on the way. Whoever takes it in removes
 * it again once the action is done; what was kept has moved away by then.
 * @param directory where files wait for the action; made when missing
 */
export async function takeIn(
  content: Readable,
  { fileName, mediaType }: Pick<UploadedFile, 'fileName' | 'mediaType'>,
  directory: string,
): Promise<UploadedFile> {
  await mkdir(directory, { recursive: true })
  const path = join(directory, newId())
  const hash = createHash('sha256')
  let sizeBytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      sizeBytes += chunk.length
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(content, measure, createWriteStream(path))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { path, fileName, mediaType, sizeBytes, sha256: hash.digest('hex') }
}
