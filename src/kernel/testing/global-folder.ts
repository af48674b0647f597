import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { fastFolder } from './fast-folder.ts'

/**
 * Temporary files of a run lie in one folder, whoever makes them, libraries and killed processes too. It is gone with the run;
 * that of a run that was killed goes with the next.
 */
const folderPrefix = 'yunbao-run-'

/** Several projects may ask in one run; all get the same folder, and the last to leave removes it. */
const shared = globalThis as { yunbaoTestFolder?: { users: number; making: Promise<string> } }

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.yunbaoTestFolder ??= { users: 0, making: make() }
  shared.yunbaoTestFolder.users++
  project.config.env = { ...project.config.env, TMPDIR: await shared.yunbaoTestFolder.making }
  return remove
}

async function make(): Promise<string> {
  const base = await fastFolder()
  await sweepAbandoned(base)
  const directory = await mkdtemp(join(base, `${folderPrefix}${process.pid}-`))
  await chmod(directory, 0o711) // as the system's own: a private folder is a case of its own, tested where it belongs
  return directory
}

async function remove(): Promise<void> {
  const held = shared.yunbaoTestFolder
  if (!held || --held.users > 0) return
  delete shared.yunbaoTestFolder
  await rm(await held.making, { recursive: true, force: true, maxRetries: 3 }) // a browser that ends may still write
}

async function sweepAbandoned(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    const maker = name.startsWith(folderPrefix) ? Number.parseInt(name.slice(folderPrefix.length), 10) : NaN
    if (Number.isNaN(maker) || isRunning(maker)) continue
    await rm(join(base, name), { recursive: true, force: true }).catch(() => {}) // somebody else's
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
