import { join } from 'node:path'
import pg from 'pg'
import { openCluster } from '../cluster.ts'
import { BackupFault } from './backup-fault.ts'
import { writeOut } from './write-out.ts'

/** Folder beside the data where the log to be replayed lies. */
export const restoredLog = 'restored-log'

/** Lets PostgreSQL replay the log up to the moment, then checks every index against its table. */
export async function recover(staging: string, to: Date | undefined, log: (line: string) => void) {
  const directory = join(staging, 'database')
  const signal = join(directory, 'pg', 'recovery.signal')
  await writeOut(signal, [], 0o600)
  const settings = recoverySettings(join(directory, restoredLog))
  const target = to && { recovery_target_time: to.toISOString().replace('Z', '+00'), recovery_target_action: 'promote' }
  log('正在重放数据库日志……')
  const cluster = await openCluster({ directory, log, settings: { ...settings, ...target } }).catch(
    async (error: unknown) => {
      // Nothing was committed after the moment: all there is lies before it.
      if (!target || !/recovery ended before configured recovery target/.test(String(error))) throw error
      await writeOut(signal, [], 0o600)
      return openCluster({ directory, log, settings })
    },
  )
  const began = performance.now()
  try {
    const { storedFiles, ...found } = await checkRecovered(cluster.superuserUrl, log)
    return { found, storedFiles, checking: (performance.now() - began) / 1000 }
  } finally {
    await cluster.stop()
  }
}

function recoverySettings(logDirectory: string): Record<string, string> {
  const copy = process.platform === 'win32' ? 'copy' : 'cp'
  return {
    restore_command: `${copy} "${join(logDirectory, '%f').replaceAll('%f', '\0').replaceAll('%', '%%').replaceAll('\0', '%f')}" "%p"`,
    recovery_target_timeline: 'latest',
    hot_standby: 'off', // so that it is ready only once it takes writes
    archive_mode: 'off',
    logging_collector: 'off', // what it says is for us
    log_min_messages: 'warning',
  }
}

/** Structure and content of every B-tree; the extension is there for this transaction only. */
async function checkRecovered(superuserUrl: string, log: (line: string) => void) {
  const client = new pg.Client({ connectionString: superuserUrl })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  try {
    log('正在核对索引……')
    const { rows: last } = await client.query<{ at: Date | null }>('select pg_last_xact_replay_timestamp() as at')
    await client.query('begin; create schema yunbao_check; create extension amcheck schema yunbao_check')
    const { rows } = await client.query<{ checked: number }>(
      `select count(yunbao_check.bt_index_check(c.oid, true)) as checked from pg_class c
        join pg_index i on i.indexrelid = c.oid join pg_am a on a.oid = c.relam
       where a.amname = 'btree' and c.relkind = 'i' and c.relpersistence <> 't' and i.indisready and i.indisvalid`,
    )
    await client.query('rollback')
    const { rows: stored } = await client.query<{ sha256: string }>(
      'select sha256 from kernel.stored_file f where not exists (select from kernel.withdrawn_file w where w.sha256 = f.sha256)',
    )
    return {
      indexesChecked: Number(rows[0]?.checked ?? 0),
      lastChangeAt: last[0]?.at?.toISOString() ?? null,
      storedFiles: new Set(stored.map(({ sha256 }) => sha256)),
    }
  } catch (cause) {
    throw new BackupFault('damaged', '', `恢复出的数据库未通过索引核对：${String(cause)}。请改用另一份备份。`, {
      cause,
    })
  } finally {
    await client.end().catch(() => {})
  }
}
