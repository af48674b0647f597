import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { copyAttachment, digestsIn } from './attachment-copies.ts'
import { BackupFault } from './backup-fault.ts'
import { backupLock } from './backup-log.ts'
import { asPackables, listDataFolder, listTree } from './data-folder.ts'
import { backupIdAt, setLabel, writeManifest, type Manifest } from './manifest.ts'
import type { Packable } from './pack.ts'
import { claimRepository, syncFolder, writePack, type Repository } from './repository.ts'
import type { BackupKey } from './sealed-file.ts'
import { segmentOf, walName } from './wal-path.ts'

export type BackupMade = {
  id: string
  folder: string
  /** Bytes of the data files, and of all that was written to the backup folder. */
  dataBytes: number
  sealedBytes: number
  files: number
  attachments: number
  attachmentsAdded: number
  /** Attachments whose content is gone or changed in the data directory; `verify` names them. */
  attachmentsMissing: number
  seconds: number
}

export type BackupSource = {
  /** Database, files and keys of the installation. */
  dataDirectory: string
  superuserUrl: string
  /** Of the program. */
  version: string
}

/**
 * Backs up the embedded database while it works, with its keys and attachments, by PostgreSQL's low-level interface: the
 * data files as they are plus the log written meanwhile are consistent, whatever changed under the copying.
 * @param progress bytes of data files done, of all
 * @throws BackupFault; a backup that was not finished leaves nothing that looks like one
 */
export async function makeBackup(
  source: BackupSource,
  target: { directory: string; key: BackupKey },
  clock: () => Date,
  progress: (done: number, total: number) => void = () => {},
): Promise<BackupMade> {
  const begun = performance.now()
  const client = new pg.Client({ connectionString: source.superuserUrl, application_name: 'backup' })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  try {
    const identity = await identityOf(client)
    const repository = await claimRepository(target.directory, identity.installation, target.key.id)
    await oneAtATime(client)
    const startedAt = clock()
    const id = await freeId(repository, startedAt)
    const part = join(repository.backupsDirectory, `${id}.part`)
    await mkdir(part, { recursive: true, mode: 0o700 })
    try {
      const made = await copyAll(client, source, { repository, id, folder: part, key: target.key }, identity, progress)
      const manifest: Manifest = {
        format: 1,
        id,
        version: source.version,
        startedAt: startedAt.toISOString(),
        ...identity,
        ...made.manifest,
      }
      const manifestBytes = await writeManifest(part, manifest, target.key)
      await syncFolder(part)
      await rename(part, join(repository.backupsDirectory, id))
      await syncFolder(repository.backupsDirectory)
      const { sets, attachments } = made.manifest
      return {
        id,
        folder: join(repository.backupsDirectory, id),
        dataBytes: sets.database.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        sealedBytes:
          manifestBytes + made.addedBytes + Object.values(sets).reduce((sum, one) => sum + one.sealedBytes, 0),
        files: sets.database.files.length,
        attachments: attachments.length,
        attachmentsAdded: made.attachmentsAdded,
        attachmentsMissing: made.attachmentsMissing,
        seconds: (performance.now() - begun) / 1000,
      }
    } catch (error) {
      await rm(part, { recursive: true, force: true })
      throw error
    }
  } finally {
    await client.end().catch(() => {})
  }
}

type Identity = { installation: string; postgres: string; segmentBytes: number }

async function identityOf(client: pg.Client): Promise<Identity> {
  const { rows } = await client.query<Identity>(
    `select s.system_identifier::text as installation, current_setting('server_version') as postgres,
      i.bytes_per_wal_segment as "segmentBytes" from pg_control_system() s, pg_control_init() i`,
  )
  return rows[0] as Identity
}

async function oneAtATime(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [backupLock])
  if (!rows[0]?.free) throw new BackupFault('refused', '', '另一个备份正在进行。请等它结束后再试。')
}

/** Identifiers are seconds; a second backup within one takes the next. */
async function freeId({ backupsDirectory }: Repository, now: Date): Promise<string> {
  for (let at = now; ; at = new Date(at.getTime() + 1000))
    if (!(await stat(join(backupsDirectory, backupIdAt(at))).catch(() => null))) return backupIdAt(at)
}

type Place = { repository: Repository; id: string; folder: string; key: BackupKey }

async function copyAll(
  client: pg.Client,
  { dataDirectory }: BackupSource,
  { repository, id, folder, key }: Place,
  { segmentBytes }: Identity,
  progress: (done: number, total: number) => void,
) {
  const pgData = join(dataDirectory, 'database', 'pg')
  // The log written from here on stays until it has been copied, whatever the archiver does.
  await client.query(`select pg_create_physical_replication_slot('yunbao_backup_' || pg_backend_pid(), true, true)`)
  const { rows: started } = await client.query<{ lsn: string }>('select pg_backup_start($1, true)::text as lsn', [id])
  const startLsn = started[0]?.lsn ?? ''
  const timeline = await timelineOf(client)
  const listed = await listDataFolder(pgData)
  const total = listed.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  let done = 0
  const database = await writePack(
    join(folder, 'database.yb'),
    asPackables(listed),
    key,
    setLabel(id, 'database'),
    {},
    (file) => progress((done += file.sizeBytes), total),
  )
  // Before the end of the backup: what they say the database must have then.
  const keys = await writePack(join(folder, 'keys.yb'), await keysAndAnchors(dataDirectory), key, setLabel(id, 'keys'))
  const { rows: stopped } = await client.query<{ lsn: string; label: string; spaces: string; at: Date }>(
    `select lsn::text, labelfile as label, spcmapfile as spaces, clock_timestamp() as at from pg_backup_stop(false)`,
  )
  const end = stopped[0]
  if (!end || end.spaces.trim() !== '')
    throw new BackupFault('refused', '', '数据库使用了表空间，本程序的备份不包括它们。请移除表空间后再备份。')
  const log = await writePack(
    join(folder, 'log.yb'),
    logWritten(pgData, end.label, segmentsBetween(startLsn, end.lsn, timeline, segmentBytes)),
    key,
    setLabel(id, 'log'),
  )
  const copied = await copyAttachments(repository, join(dataDirectory, 'files'), key)
  return {
    ...copied,
    manifest: {
      timeline,
      consistentAt: end.at.toISOString(),
      startLsn,
      stopLsn: end.lsn,
      sets: { database, log, keys },
      attachments: copied.attachments,
    },
  }
}

/** The line the log is written on now: it changes with a restore. */
async function timelineOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ name: string }>('select pg_walfile_name(pg_current_wal_lsn()) as name')
  return Number.parseInt((rows[0]?.name ?? '').slice(0, 8), 16)
}

/** Passwords of the database roles, keys, and checkpoints of the record: small, and worth more than all the rest. */
async function keysAndAnchors(dataDirectory: string): Promise<Packable[]> {
  const passwords = await readFile(join(dataDirectory, 'database', 'cluster.json'))
  return [
    { path: 'database/cluster.json', content: passwords },
    ...(await listTree(join(dataDirectory, 'keys'), 'keys')),
    ...(await listTree(join(dataDirectory, 'audit'), 'audit')),
  ]
}

function segmentsBetween(startLsn: string, stopLsn: string, timeline: number, segmentBytes: number): string[] {
  const names: string[] = []
  for (let segment = segmentOf(startLsn, segmentBytes); segment <= segmentOf(stopLsn, segmentBytes); segment++)
    names.push(walName({ timeline, segment }, segmentBytes))
  return names
}

async function* logWritten(pgData: string, label: string, names: readonly string[]): AsyncGenerator<Packable> {
  yield { path: 'backup_label', content: Buffer.from(label) }
  for (const name of names) {
    const file = join(pgData, 'pg_wal', name)
    const found = await stat(file).catch(() => null)
    // The end may lie exactly at the beginning of a segment that is not written yet.
    if (!found && name === names.at(-1) && names.length > 1) return
    if (!found) throw new BackupFault('missing', name, `数据库日志 ${name} 在备份期间被移除，备份没有完成。请重试。`)
    yield { path: `pg_wal/${name}`, content: { file, sizeBytes: found.size } }
  }
}

async function copyAttachments(repository: Repository, filesDirectory: string, key: BackupKey) {
  const attachments: Manifest['attachments'] = []
  let attachmentsAdded = 0
  let attachmentsMissing = 0
  let addedBytes = 0
  for await (const sha256 of digestsIn(filesDirectory)) {
    const copied = await copyAttachment(repository, filesDirectory, sha256, key)
    if (copied) attachments.push(copied.copy)
    else attachmentsMissing++
    if (copied?.added) {
      attachmentsAdded++
      addedBytes += copied.copy.sizeBytes
    }
  }
  return { attachments, attachmentsAdded, attachmentsMissing, addedBytes }
}
