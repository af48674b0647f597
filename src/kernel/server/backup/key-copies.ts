import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { listTree } from './data-folder.ts'
import { namesIn, readPack, writePack, type Repository } from './repository.ts'
import { byteSource, readHeader, type BackupKey } from './sealed-file.ts'

/**
 * Keys are made between two backups too (a rotation), and what is sealed with them is nothing without them: every change
 * of the folder of keys is copied within seconds, under the moment it was seen.
 */
const folder = 'keys'

function keysDirectory({ directory }: Repository): string {
  return join(directory, folder)
}

/** @returns one look: copies the keys when they are not as they were copied last */
export function keyShipper(parts: {
  dataDirectory: string
  repository: Repository
  key: BackupKey
  clock: () => Date
}): () => Promise<void> {
  const { dataDirectory, repository, key, clock } = parts
  const shipped = async () => (await keyCopies(repository)).at(-1)
  let known: string | null = null
  return async () => {
    const entries = await listTree(join(dataDirectory, folder), folder)
    const digest = await digestOf(entries)
    known ??= await digestNoted(repository, await shipped())
    if (digest === known) return
    await mkdir(keysDirectory(repository), { recursive: true, mode: 0o700 })
    const name = clock().toISOString().replaceAll(/[-:]/g, '')
    await writePack(join(keysDirectory(repository), `${name}.yb`), entries, key, `${folder}/${name}`, { digest })
    known = digest
  }
}

/** Names and contents; a key never stands in it readable. */
async function digestOf(entries: Awaited<ReturnType<typeof listTree>>): Promise<string> {
  const hash = createHash('sha256')
  for (const { path, content } of entries) {
    hash.update(`${path}\0`)
    if (typeof content === 'object' && 'file' in content)
      for await (const piece of createReadStream(content.file)) hash.update(piece as Buffer)
    hash.update('\0')
  }
  return hash.digest('hex')
}

async function digestNoted(repository: Repository, name: string | undefined): Promise<string | null> {
  if (name === undefined) return null
  const stream = createReadStream(join(keysDirectory(repository), `${name}.yb`), { end: 4095 })
  const head = await byteSource(stream).take(4096)
  stream.destroy()
  return readHeader(head.subarray(0, head.indexOf(0x0a) + 1), `${folder}/${name}.yb`).note['digest'] ?? null
}

/** Names of the copies, oldest first; each is the moment it was made. */
export async function keyCopies(repository: Repository): Promise<string[]> {
  return (await namesIn(keysDirectory(repository)))
    .filter((name) => /^\d{8}T\d{6}\.\d{3}Z\.yb$/.test(name))
    .map((name) => name.slice(0, -3))
}

/** The moment a copy was made. */
export function copiedAt(name: string): Date {
  return new Date(name.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(.*)$/, '$1-$2-$3T$4:$5:$6'))
}

export function readKeyCopy(repository: Repository, name: string, key: BackupKey) {
  return readPack(join(keysDirectory(repository), `${name}.yb`), key, `${folder}/${name}.yb`, `${folder}/${name}`)
}
