import type { FastifyInstance } from 'fastify'
import { isDiskFull, isDiskLow } from '#kernel/pure/disk-space.ts'
import type { SealingState } from '../audit/sealer.ts'
import { lastBackupTimes } from '../backup/backup-log.ts'
import { transaction, type Database } from '../database.ts'
import type { ProcessState } from '../upkeep/server-process.ts'

type Parts = { db: Database; sealing: () => SealingState; upkeep?: (() => ProcessState | null) | undefined }

/** Throws unless the database answers in time; one that takes connections and says nothing is away too. */
async function answersWithin(db: Database, milliseconds: number): Promise<void> {
  const client = await db.pool.connect()
  const query = { text: 'select 1', query_timeout: milliseconds }
  await client.query(query).then(
    () => client.release(),
    (error: Error) => {
      client.release(true) // what did not answer now would give its answer to the next question
      throw error
    },
  )
}

/**
 * `/health/live` (the process), `/health/ready` (database, migrations, disk, record, archive), `/metrics` for Prometheus
 * on this machine. Only what keeps people from working makes it 503: a record that is not sealed, a log that is not
 * archived or a full disk are told, and work goes on while it can.
 */
export function healthRoutes(server: FastifyInstance, parts: Parts): void {
  server.get('/health/live', () => ({ status: 'live' }))
  server.get('/health/ready', async (_, reply) => {
    try {
      await answersWithin(parts.db, 3000)
    } catch {
      return reply.code(503).header('retry-after', '5').send({ status: 'database-away' })
    }
    const { working, lagSeconds } = parts.sealing()
    const audit = { sealing: working ? 'working' : 'stopped', lagSeconds }
    const state = parts.upkeep?.() ?? null
    if (state?.migrations === 'pending')
      return reply.code(503).header('retry-after', '5').send({ status: 'migrations-pending', audit })
    return { status: 'ready', audit, ...(state && machineOf(state)) }
  })
  server.get('/metrics', async (request, reply) => {
    // Behind a proxy every request comes from this machine; those it passes on say so.
    const local =
      /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '') &&
      request.headers['x-forwarded-for'] === undefined
    if (!local) return reply.code(404).send()
    const figures = [...sealingFigures(parts.sealing()), ...(await upkeepFigures(parts))]
    return reply
      .type('text/plain; version=0.0.4')
      .send(
        figures
          .map(([name, type, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`)
          .join(''),
      )
  })
}

function machineOf({ migrations, disk, archive }: ProcessState) {
  const { state, lagSeconds, lastArchivedAt } = archive
  return {
    migrations,
    disk: disk && { state: isDiskFull(disk) ? 'full' : isDiskLow(disk) ? 'low' : 'enough', freeShare: shareOf(disk) },
    archive: { state, lagSeconds, lastArchivedAt },
  }
}

function shareOf({ freeBytes, totalBytes }: { freeBytes: number; totalBytes: number }): number {
  return Math.round((freeBytes / Math.max(totalBytes, 1)) * 1000) / 1000
}

type Figure = [name: string, type: 'gauge' | 'counter', help: string, value: number]

function sealingFigures({ working, lagSeconds, sealed }: SealingState): Figure[] {
  return [
    ['yunbao_audit_sealing_working', 'gauge', '1 while the audit record is being sealed', working ? 1 : 0],
    ['yunbao_audit_sealing_lag_seconds', 'gauge', 'since when rows wait without one being sealed', lagSeconds],
    ['yunbao_audit_sealed_rows_total', 'counter', 'rows sealed by this process', sealed],
  ]
}

/** What is not known is left out: no backup yet is not a backup of age 0. */
async function upkeepFigures({ db, upkeep }: Parts): Promise<Figure[]> {
  const state = upkeep?.() ?? null
  if (!state) return []
  const { disk, archive, memoryBytes } = state
  const figures: Figure[] = [['yunbao_process_memory_bytes', 'gauge', 'resident memory of this process', memoryBytes]]
  if (disk)
    figures.push(
      ['yunbao_disk_free_bytes', 'gauge', 'free space where the data lie', disk.freeBytes],
      ['yunbao_disk_total_bytes', 'gauge', 'all space where the data lie', disk.totalBytes],
    )
  if (archive.state !== 'off')
    figures.push(
      [
        'yunbao_archive_working',
        'gauge',
        '1 while the database log is being archived',
        Number(archive.state === 'working'),
      ],
      ['yunbao_archive_lag_seconds', 'gauge', 'since when the oldest segment waits', archive.lagSeconds],
      ['yunbao_archive_waiting_segments', 'gauge', 'segments that wait to be archived', archive.waiting],
    )
  const last = await transaction(db, lastBackupTimes, { readOnly: true }).catch(() => null)
  if (last?.doneAt)
    figures.push([
      'yunbao_backup_last_success_timestamp_seconds',
      'gauge',
      'when the last good backup began',
      Math.round(last.doneAt.getTime() / 1000),
    ])
  return figures
}
