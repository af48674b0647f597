import { open } from 'node:fs/promises'

/** @returns bytes written */
export async function writeOut(
  path: string,
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
  mode: number,
): Promise<number> {
  const file = await open(path, 'w', mode)
  try {
    await file.writeFile(content)
    return (await file.stat()).size
  } finally {
    await file.close()
  }
}
