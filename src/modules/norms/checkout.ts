import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SourceFile } from './rules/source.ts'

/** Folder of the repository this file lies in. */
export const root = join(import.meta.dirname, '..', '..', '..')

/** Whether the source with its tests is there: in a checkout it is, in an installation it may not be. */
export function isCheckout(): boolean {
  return existsSync(join(root, 'vitest.config.ts')) && existsSync(join(root, 'src', 'modules'))
}

/** All source files and tests under `src` and `journeys`. */
export async function sourceFiles(): Promise<SourceFile[]> {
  const paths = (
    await Promise.all(
      ['src', 'journeys'].map(async (folder) =>
        (await readdir(join(root, folder), { recursive: true })).map((path) => join(folder, path)),
      ),
    )
  ).flat()
  return Promise.all(
    paths
      .filter((path) => /\.tsx?$/.test(path))
      .sort()
      .map(async (path) => ({
        file: path.replaceAll('\\', '/'),
        text: await readFile(join(root, path), 'utf8'),
      })),
  )
}
