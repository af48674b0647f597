import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { Act } from '#kernel/server/context.ts'
import { commandLine } from '#kernel/server/record.ts'
import { openGround, type Ground } from '../application.ts'
import { readSettings, type Settings } from '../settings.ts'
import { WrongUse, type Terminal } from './terminal.ts'

/**
 * Opens database and modules for one command, and closes them whatever happens. Beside a running server it works with
 * the server's database.
 * @param options.create makes the database where there is none; else the command refuses
 */
export async function onGround<T>(
  terminal: Terminal,
  work: (ground: Ground, settings: Settings) => Promise<T>,
  options: { create?: boolean } = {},
): Promise<T> {
  const settings = readSettings(terminal.env)
  if (!options.create && settings.databaseUrl === undefined && !existsSync(join(settings.dataDirectory, 'database')))
    throw new WrongUse(
      `数据目录 ${settings.dataDirectory} 中还没有数据库。请先用 npm start 启动一次，或用 YUNBAO_DATA_DIR 指明数据目录。`,
    )
  const ground = await openGround(settings, async () => 'production', terminal.err, {
    mayJoin: true,
    demonstration: 'none',
  })
  // Ending by `exit` lets the embedded database of this process end with it.
  const interrupted = () => process.exit(130)
  process.once('SIGINT', interrupted)
  try {
    return await work(ground, settings)
  } finally {
    process.off('SIGINT', interrupted)
    // Without a server nobody else seals what the command recorded.
    await ground.sealer.round({ asBefore: true }).catch(() => {})
    await ground.close()
  }
}

/** Work with a database server of its own: broken off at the terminal, it takes the server along. */
export async function breakable<T>(work: () => Promise<T>): Promise<T> {
  const interrupted = () => process.exit(130)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.once(signal, interrupted)
  try {
    return await work()
  } finally {
    for (const signal of signals) process.off(signal, interrupted)
  }
}

/** An act of the system, asked for at the command line by a user of the machine: the record says so. */
export function asCommand(act: Act): Act {
  return { ...act, source: `${commandLine}（系统用户 ${userInfo().username}）` }
}
