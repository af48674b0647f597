import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FreshDatabase } from '#kernel/testing/database.ts'
import { readSettings } from '../../settings.ts'
import { demonstrationDatabase } from '../../testing/demonstration-database.ts'
import { runCommandLine } from '../program.ts'

export type Ran = {
  exitCode: number
  out: string
  err: string
  // oxlint-disable-next-line typescript/no-explicit-any -- documents of all commands
  json: () => any
}

export type CommandStage = {
  fresh: FreshDatabase
  /** A folder of its own for files. */
  directory: string
  env: Record<string, string>
  /** Runs a command line in this process, as `user` where one is given. */
  run: (user: string | null, ...argv: string[]) => Promise<Ran>
  close: () => Promise<void>
}

/** When the stage lives: the cycle of the next year is open then. */
const morning = '2026-11-23T09:00:00+08:00'

/**
 * A database with the demonstration's organs and accounts, for commands to work on.
 * @param options.planYears level whose plan years are there too, e.g. `140121`
 */
export async function openCommandStage(options: { planYears?: string } = {}): Promise<CommandStage> {
  const directory = await mkdtemp(join(tmpdir(), 'yunbao-command-'))
  const { planYears } = options
  const fresh = await demonstrationDatabase(
    planYears === undefined ? 'people' : { planYears },
    readSettings({ YUNBAO_CLOCK: morning }).clock,
    directory,
  )
  const env = {
    DATABASE_URL: fresh.url,
    DATABASE_APP_URL: fresh.appUrl,
    YUNBAO_DATA_DIR: directory,
    YUNBAO_MODE: 'demo',
    YUNBAO_CLOCK: morning,
    YUNBAO_FORGETFUL_DATABASE: 'true', // the databases of tests are quick
  }
  const run = async (user: string | null, ...argv: string[]): Promise<Ran> => {
    const out: string[] = []
    const err: string[] = []
    const exitCode = await runCommandLine(argv, {
      env: { ...env, ...(user ? { YUNBAO_USER: user } : {}) },
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      bars: null,
    })
    return { exitCode, out: out.join('\n'), err: err.join('\n'), json: () => JSON.parse(out.join('\n')) }
  }
  return {
    fresh,
    directory,
    env,
    run,
    close: async () => {
      await fresh.drop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
