import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Packable } from './pack.ts'

/** Folders whose content belongs to a running server and not to the data; they are kept empty (as pg_basebackup does). */
const emptyFolders = new Set([
  'log',
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_wal',
  'pg_wal/archive_status',
  'pg_wal/summaries',
])
const leftOut = new Set(['postmaster.pid', 'postmaster.opts', 'backup_label', 'tablespace_map', 'backup_manifest'])
const leftOutAnywhere = /^(pgsql_tmp.*|pg_internal\.init.*|startup\.log|core)$/

export type ListedFile = { path: string; file: string; sizeBytes: number }

/** Folders and files of a data directory as a backup keeps them; the control file last. */
export async function listDataFolder(root: string): Promise<{ folders: string[]; files: ListedFile[] }> {
  const folders: string[] = []
  const files: ListedFile[] = []
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(ifThere)
    for (const entry of entries ?? []) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (leftOutAnywhere.test(entry.name) || leftOut.has(path)) continue
      if (entry.isDirectory()) {
        folders.push(path)
        await visit(path)
      } else if (entry.isFile() && !emptyFolders.has(folder)) {
        const found = await stat(join(root, path)).catch(ifThere)
        if (found) files.push({ path, file: join(root, path), sizeBytes: found.size })
      }
    }
  }
  await visit('')
  files.sort((a, b) => Number(a.path === controlFile) - Number(b.path === controlFile))
  return { folders, files }
}

const controlFile = 'global/pg_control'

/** What a running server removed between two looks at it is no fault. */
function ifThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

/** All files under a folder, to be packed under a prefix; none when it is not there. */
export async function listTree(root: string, prefix: string): Promise<Packable[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(ifThere)
  const packed: Packable[] = []
  for (const entry of entries ?? []) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const { size } = await stat(file)
    const inner = file.slice(root.length + 1).replaceAll('\\', '/')
    packed.push({ path: `${prefix}/${inner}`, content: { file, sizeBytes: size } })
  }
  return packed.sort((a, b) => (a.path < b.path ? -1 : 1))
}

export function asPackables({ folders, files }: Awaited<ReturnType<typeof listDataFolder>>): Packable[] {
  return [
    ...folders.map((path): Packable => ({ path, content: 'folder' })),
    ...files.map(({ path, file, sizeBytes }): Packable => ({ path, content: { file, sizeBytes } })),
  ]
}
