import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { attachmentShipper } from '#kernel/server/backup/attachment-shipping.ts'
import { restoreBackup, type Restored } from '#kernel/server/backup/restore-backup.ts'
import { runBackup } from '#kernel/server/backup/run-backup.ts'
import type { CipherSuite } from '#kernel/server/backup/sealed-file.ts'
import { openGround } from '../application.ts'
import { readSettings } from '../settings.ts'
import { archiveTimeoutSeconds } from '../upkeep.ts'
import { programVersion } from '../version.ts'
import { openPlanLines, startLoad } from './load.ts'
import { openScratch, type Scratch } from './scratch.ts'
import { compare, standingOf, type Comparison } from './standing.ts'

export type DrillOrder = {
  /** How long is written, seconds. */
  seconds: number
  writers: number
  /** Megabytes of filling, so that rates are not those of an empty database. */
  fillMegabytes: number
  suite: CipherSuite
  /** Where the drill works; the system's folder for temporary files when not given. */
  base?: string | undefined
  log: (line: string) => void
}

export type DrillFigures = {
  comparison: Comparison
  /** The moment restored to. */
  to: string
  backup: { seconds: number; megabytes: number; megabytesPerSecond: number }
  restore: Restored & { megabytesPerSecond: number; totalSeconds: number }
  rpo: {
    /** How often a log segment is finished at least. */ timeoutSeconds: number
    /** From the end of a segment to its place in the archive, as measured. */ handoverSeconds: number
    /** What may be lost with the machine at most. */ boundSeconds: number
  }
  /** Minutes to bring back 50 GB at the rate measured. */
  minutesFor50GB: number
}

const referenceBytes = 50e9

/**
 * Restores under trial: writes to an installation of its own, backs it up meanwhile, restores it elsewhere to a whole
 * second between two acts, and compares.
 * @param verified runs on the restored data directory before it is removed
 */
export async function drill(
  order: DrillOrder,
  verified: (dataDirectory: string, restored: Restored, to: Date) => Promise<void>,
): Promise<DrillFigures> {
  const scratch = await openScratch(order.base, order.suite, order.log)
  try {
    return await drillIn(scratch, order, verified)
  } finally {
    await scratch.close()
  }
}

async function drillIn(
  { ground, settings, directory }: Scratch,
  { seconds, writers, fillMegabytes, log }: DrillOrder,
  verified: (dataDirectory: string, restored: Restored, to: Date) => Promise<void>,
): Promise<DrillFigures> {
  const { backup: plan, superuserUrl } = ground
  if (plan === null || superuserUrl === null) throw new Error('a drill works on the embedded database with backups')
  await fill(ground.ownerUrl, fillMegabytes)
  const lines = await openPlanLines(ground)
  const source = { dataDirectory: settings.dataDirectory, superuserUrl, version: programVersion() }
  const ship = attachmentShipper({
    read: (work) => ground.act(({ tx }) => work(tx)),
    filesDirectory: join(settings.dataDirectory, 'files'),
    directory: plan.directory,
    key: plan.key,
  })
  log(`${writers} 路同时写入 ${seconds} 秒，其间备份……`)
  const load = startLoad(ground, lines, join(settings.dataDirectory, 'incoming'), writers)
  await pause((seconds * 1000) / 4)
  const made = await runBackup(ground.act, source, plan, 'command', settings.clock)
  await pause((seconds * 1000) / 4)
  await load.pause()
  await ground.sealer.round()
  const before = new Set(load.acknowledged)
  const then = await standingOf(ground)
  const to = await wholeSecond()
  load.resume()
  await pause((seconds * 1000) / 2)
  await load.pause()
  const after = new Set([...load.acknowledged].filter((id) => !before.has(id)))
  await ship() // a running application does so every ten seconds
  const handoverSeconds = await archiveRest(superuserUrl)
  const into = join(directory, 'restored')
  log('正在恢复到另一个目录……')
  const begun = performance.now()
  const restored = await restoreBackup({ from: plan.directory, into, key: plan.key, to, log })
  const totalSeconds = (performance.now() - begun) / 1000
  const comparison = compare({ before, after }, then, await standingIn(into))
  await verified(into, restored, to)
  return {
    comparison,
    to: to.toISOString(),
    backup: {
      seconds: made.seconds,
      megabytes: made.dataBytes / 1e6,
      megabytesPerSecond: made.dataBytes / 1e6 / made.seconds,
    },
    restore: { ...restored, totalSeconds, megabytesPerSecond: restored.bytes / 1e6 / totalSeconds },
    rpo: {
      timeoutSeconds: archiveTimeoutSeconds,
      handoverSeconds,
      boundSeconds: archiveTimeoutSeconds + handoverSeconds,
    },
    minutesFor50GB: referenceBytes / (restored.bytes / totalSeconds) / 60,
  }
}

/** Waits for the next whole second, and a moment more: what is done later bears a later time. */
async function wholeSecond(): Promise<Date> {
  const second = Math.ceil(Date.now() / 1000) * 1000
  await pause(second - Date.now() + 50)
  return new Date(second)
}

async function standingIn(dataDirectory: string) {
  const settings = readSettings({ YUNBAO_DATA_DIR: dataDirectory })
  const ground = await openGround(
    settings,
    async () => 'production',
    () => {},
  )
  try {
    return await standingOf(ground)
  } finally {
    await ground.close()
  }
}

/** Ends the segment under way and waits until it is in the archive. @returns how long that took, seconds */
async function archiveRest(superuserUrl: string): Promise<number> {
  return withClient(superuserUrl, async (client) => {
    await client.query(`select pg_logical_emit_message(true, 'drill', '')`) // an empty segment would not end
    const { rows } = await client.query<{ name: string }>('select pg_walfile_name(pg_switch_wal()) as name')
    const begun = performance.now()
    for (const until = begun + 120_000; performance.now() < until; await pause(20)) {
      const { rows: archived } = await client.query<{ last: string | null }>(
        `select last_archived_wal as last from pg_stat_archiver where last_archived_wal ~ '^[0-9A-F]{24}$'`,
      )
      if ((archived[0]?.last ?? '') >= (rows[0]?.name ?? '')) return (performance.now() - begun) / 1000
    }
    throw new Error('日志归档没有进展，演练不能继续。请检查备份目录是否可写、有无空间。')
  })
}

/** Text that compresses about as rows do: half of it is random. */
async function fill(ownerUrl: string, megabytes: number): Promise<void> {
  if (megabytes === 0) return
  await withClient(ownerUrl, (client) =>
    client.query(
      `create table public.drill_filling as select n, md5(random()::text) || repeat('机关运行保障', 2) as text
        from generate_series(1, $1::int) n`,
      [Math.round((megabytes * 1e6) / 104)],
    ),
  )
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  return work(client).finally(() => client.end())
}
